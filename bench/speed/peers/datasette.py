"""Datasette over the copied entries: every facet of ours is one of its own, and nothing is cut off for taking long."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from bench.speed.agreement import Counts
from bench.speed.peers.copied import ARRAYS
from bench.speed.reader import Reader
from bench.speed.servers import free_port, running

_LIST, _ENTRIES = "/entries/list", "/entries/entries"
_FACETS = [*ARRAYS, "year"]
_METADATA = {
    "fts_table": "entries_fts",
    "fts_pk": "id",
    "sort_desc": "published_at",
    "size": 20,
    "facets": [*({"array": name} for name in _FACETS), "submitter", "status"],
}
_SETTINGS = {
    "suggest_facets": "off",
    "sql_time_limit_ms": "600000",
    "facet_time_limit_ms": "600000",
    # As many as our lists show.
    "default_facet_size": "30",
}


@contextmanager
def datasette(python: str, entries: Path) -> Iterator[int]:
    """Serve the file as one that does not change, which is quicker, and give the port."""
    metadata = entries.with_name("metadata.json")
    metadata.write_text(json.dumps({"databases": {"entries": {"tables": {"list": _METADATA}}}}))
    port = free_port()
    settings = [part for name, value in _SETTINGS.items() for part in ("--setting", name, value)]
    command = [python, "-m", "datasette", "serve", "--port", str(port), "--metadata", str(metadata), *settings]
    with running([*command, "--immutable", str(entries)], dict(os.environ), port):
        yield port


def address(ours: str) -> str:
    """Return Datasette's address of what one of ours shows."""
    path, query = urlsplit(ours).path, parse_qsl(urlsplit(ours).query)
    if slug := path.removeprefix("/initiatives/").strip("/"):
        return f"{_ENTRIES}/{slug}"
    names = {"q": "_search"} | {name: f"{name}__arraycontains" for name in ARRAYS}
    return _LIST + (f"?{urlencode([(names[name], value) for name, value in query])}" if query else "")


def counts(reader: Reader, ours: str) -> Counts:
    """Return what the page at one of our addresses counts, from the same page as JSON."""
    path, _, query = address(ours).partition("?")
    said = json.loads(reader.get(f"{path}.json?{query}").body)
    # One that took too long is left out without a word.
    if missing := {*_FACETS, "submitter", "status"} - said["facet_results"].keys():
        raise RuntimeError(f"Datasette did not count {missing} at {ours}")
    facets = {
        name: {str(each["value"]): each["count"] for each in facet["results"] if each["value"]}
        for name, facet in said["facet_results"].items()
    }
    return Counts(said["filtered_table_rows_count"], facets)
