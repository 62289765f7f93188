"""`python -m bench.speed.peers.wagtail_site.fill`: make the site in the folder PEERS, with the entries copied there."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import time
from collections.abc import Sequence
from itertools import batched
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.speed.peers.wagtail_site.settings"
django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import Page, Site

from bench.speed.peers.wagtail_site.models import VOCABULARIES, InitiativeIndexPage, InitiativePage
from bench.speed.peers.wagtail_site.settings import FOLDER

#: The columns of a page's own, as the copy has them.
_OWN = ["summary", "body", "first_year", "last_year", "status", "submitter"]


def main() -> None:
    """Make the tables, the index page, the vocabularies and the pages; then fill Wagtail's search index."""
    migrations = FOLDER / "migrations_of_site"
    migrations.mkdir()
    (migrations / "__init__.py").touch()
    call_command("makemigrations", "wagtail_site", verbosity=0)
    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    home = Site.objects.get().root_page
    index = home.add_child(instance=InitiativeIndexPage(title="Initiatives", slug="initiatives"))
    with sqlite3.connect(FOLDER / "entries.sqlite3") as source, transaction.atomic():
        source.row_factory = sqlite3.Row
        terms = {name: _terms(source, name) for name in VOCABULARIES}
        number = 0
        for rows in batched(source.execute("SELECT * FROM entries ORDER BY published_at, slug"), 2000):
            _add(index, rows, number, terms)
            number += len(rows)
    InitiativeIndexPage.objects.update(numchild=number)
    print(f"Wagtail: {number} pages in {time.perf_counter() - begun:.0f} s", flush=True)
    begun = time.perf_counter()
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        # Without it, SQLite takes a way through the search index that takes five times as long.
        cursor.execute("ANALYZE")
    print(f"Wagtail: search index in {time.perf_counter() - begun:.0f} s", flush=True)


def _terms(source: sqlite3.Connection, name: str) -> dict[str, int]:
    """Make the snippets of a vocabulary; return their primary keys by value."""
    model = InitiativePage._meta.get_field(VOCABULARIES[name]).remote_field.model
    rows = source.execute("SELECT value, label FROM labels WHERE facet = ?", [name])
    model.objects.bulk_create(model(slug=value, name=label) for value, label in rows)
    return dict(model.objects.values_list("slug", "pk"))


def _add(index: Page, rows: Sequence[sqlite3.Row], before: int, terms: dict[str, dict[str, int]]) -> None:
    """Add pages below the index page, where `before` are already."""
    kind = ContentType.objects.get_for_model(InitiativePage)
    made = Page.objects.bulk_create(_page(index, row, step, kind) for step, row in enumerate(rows, before + 1))
    pks = [page.pk for page in made]
    _insert(
        InitiativePage._meta.db_table,
        ["page_ptr_id", *_OWN],
        [(pk, *(row[column] for column in _OWN)) for pk, row in zip(pks, rows, strict=True)],
    )
    for name, field in VOCABULARIES.items():
        relation = InitiativePage._meta.get_field(field)
        pairs = [
            (pk, terms[name][value]) for pk, row in zip(pks, rows, strict=True) for value in json.loads(row[name])
        ]
        columns = [relation.m2m_column_name(), relation.m2m_reverse_name()]
        _insert(relation.remote_field.through._meta.db_table, columns, pairs)


def _page(index: Page, row: sqlite3.Row, step: int, kind: ContentType) -> Page:
    published = datetime.datetime.fromisoformat(row["published_at"])
    return Page(
        path=Page._get_path(index.path, index.depth + 1, step),
        depth=index.depth + 1,
        numchild=0,
        title=row["title"],
        draft_title=row["title"],
        slug=row["slug"],
        url_path=f"{index.url_path}{row['slug']}/",
        content_type=kind,
        locale=index.locale,
        first_published_at=published,
        last_published_at=published,
    )


def _insert(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Write rows as they are: Django makes no pages in bulk, whose columns stand in two tables."""
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


if __name__ == "__main__":
    main()
