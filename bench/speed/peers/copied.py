"""A copy of the published entries for the peers: one SQLite file, one row an entry, with all that lists filter by.

Datasette serves it as it is, and the site made with Wagtail is filled from it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import batched
from pathlib import Path
from typing import Any

from initiatives.choices import Kind
from initiatives.models import Initiative
from initiatives.search.filters import BY_NAME

#: The filters of which an entry may have several values: each is a column with an array in JSON.
ARRAYS = ["theme", "channel", "country", "city", "objective", "organisation_type", "keyword"]
_TEXTS = ["what_it_does", "how_it_works", "results", "reusable"]
_OWN = ["slug", "published_at", *(f"current__{name}" for name in ["title", "language", "summary", "stage", *_TEXTS])]
_COLUMNS = [
    *("slug", "published_at", "title", "language", "summary", "body"),
    *("status", "submitter", "first_year", "last_year", *ARRAYS, "year"),
]
_TABLES = """
    CREATE TABLE entries (
        slug TEXT PRIMARY KEY, published_at TEXT, title TEXT, language TEXT, summary TEXT, body TEXT,
        status TEXT, submitter TEXT, first_year INTEGER, last_year INTEGER,
        theme TEXT, channel TEXT, country TEXT, city TEXT, objective TEXT, organisation_type TEXT, keyword TEXT,
        year TEXT
    );
    CREATE TABLE labels (facet TEXT, value TEXT, label TEXT, PRIMARY KEY (facet, value));
"""
#: The index for text search is the one that Datasette's documentation tells to make. The view is its list: to count, it
#: sorts whole rows, and with the texts in them that took five times as long.
_INDEXES = """
    CREATE INDEX entries_published_at ON entries (published_at);
    CREATE INDEX entries_status ON entries (status);
    CREATE INDEX entries_submitter ON entries (submitter);
    CREATE VIRTUAL TABLE entries_fts USING fts5 (title, summary, body, content="entries");
    INSERT INTO entries_fts (rowid, title, summary, body) SELECT rowid, title, summary, body FROM entries;
    CREATE VIEW list AS SELECT
        rowid AS id, slug, title, published_at, status, submitter,
        theme, channel, country, city, objective, organisation_type, keyword, year
        FROM entries;
    ANALYZE;
"""


def copy(path: Path) -> int:
    """Write the published entries into a new file; return how many they are."""
    number, used = 0, defaultdict(set)
    with sqlite3.connect(path) as target:
        target.executescript(_TABLES)
        for pks in batched(Initiative.objects.published().order_by("pk").values_list("pk", flat=True), 2000):
            rows = list(_rows(pks, used))
            marks = ", ".join("?" * len(_COLUMNS))
            target.executemany(f"INSERT INTO entries ({', '.join(_COLUMNS)}) VALUES ({marks})", rows)
            number += len(rows)
        for facet, values in used.items():
            labels = BY_NAME[facet].vocabulary.labels(values)
            rows = [(facet, value, str(labels[value])) for value in sorted(values)]
            target.executemany("INSERT INTO labels VALUES (?, ?, ?)", rows)
        target.executescript(_INDEXES)
    target.close()
    return number


def _rows(pks: Sequence[int], used: dict[str, set[str]]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of entries; add to `used` which values they have."""
    entries = Initiative.objects.published().filter(pk__range=(pks[0], pks[-1]))
    having: dict[str, dict[int, set[str]]] = {}
    for name in ARRAYS:
        having[name] = defaultdict(set)
        for pk, value in entries.values_list("pk", BY_NAME[name].value_path):
            if value is not None:
                having[name][pk].add(value)
                used[name].add(value)
    spans = {pk: span for pk, *span in entries.with_span().values_list("pk", "first_year", "last_year")}
    new = entries.filter(submissions__kind=Kind.NEW)
    verified = set(new.filter(submissions__verified_at__isnull=False).values_list("pk", flat=True))
    for pk, slug, published, title, language, summary, stage, *texts in entries.values_list("pk", *_OWN):
        first, last = spans.get(pk, (None, None))
        years = [] if first is None else [str(year) for year in range(first, last + 1)]
        yield (
            *(slug, published.isoformat(), title, language, summary, "\n\n".join(filter(None, texts))),
            *(stage, "verified" if pk in verified else "unverified", first, last),
            *(json.dumps(sorted(having[name][pk])) for name in ARRAYS),
            json.dumps(years),
        )
