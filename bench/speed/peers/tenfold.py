"""`python -m bench.speed.peers.tenfold FOLDER`: the peers of a catalogue that was made tenfold, from those in FOLDER before.

Filling Wagtail with a million pages takes hours. What is copied here goes by the same addresses as ours (`speed.tenfold`).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings

from bench.speed.peers.serve import MADE_FROM, state

#: What is not as it was in the first of ten: `step` numbers lie between one copy and the next.
_ENTRY = {"slug": "slug || '-' || :copy"}
_PAGE = _ENTRY | {
    "id": "id + :step * :copy",
    "path": "path_after(path, :step * :copy)",
    "url_path": "rtrim(url_path, '/') || '-' || :copy || '/'",
    "translation_key": "lower(hex(randomblob(16)))",
}
_OWN = {"page_ptr_id": "page_ptr_id + :step * :copy"}
_SEARCHED = {"id": "id + :last * :copy", "object_id": "CAST(object_id + :step * :copy AS text)"}
_RELATED = {"id": "id + :last * :copy", "initiativepage_id": "initiativepage_id + :step * :copy"}


def main(before: Path) -> None:
    """Copy both files of the peers, and in them nine times what they have."""
    folder = Path(settings.VAR_DIR).resolve() / "peers"
    shutil.copytree(before, folder)
    with sqlite3.connect(folder / "entries.sqlite3") as table:
        _copy(table, "entries", _ENTRY, "rowid")
        table.execute("INSERT INTO entries_fts (entries_fts) VALUES ('rebuild')")
        table.execute("ANALYZE")
    with sqlite3.connect(folder / "wagtail.sqlite3") as site:
        site.create_function("path_after", 2, _path_after)
        first, step = site.execute("SELECT min(page_ptr_id), count(*) FROM wagtail_site_initiativepage").fetchone()
        tables = "SELECT name FROM sqlite_master WHERE name LIKE 'wagtail_site_initiativepage_%' AND type = 'table'"
        for (related,) in site.execute(tables).fetchall():
            _copy(site, related, _RELATED, "id", step=step)
        _copy(site, "wagtailsearch_indexentry", _SEARCHED, "id", f"object_id + 0 >= {first}", step=step)
        _copy(site, "wagtailcore_page", _PAGE, "id", f"id >= {first}", step=step)
        _copy(site, "wagtail_site_initiativepage", _OWN, "page_ptr_id", step=step)
        site.execute("UPDATE wagtailcore_page SET numchild = numchild * 10 WHERE numchild = ?", [step])
        site.execute("ANALYZE")
    (folder / MADE_FROM).write_text(state())


def _copy(
    site: sqlite3.Connection, table: str, other: dict[str, str], key: str, which: str = "true", **numbers: int
) -> None:
    """Copy the rows of a table nine times, with `other` expressions for some columns."""
    names = [row[1] for row in site.execute(f"PRAGMA table_info({table})")]
    (last,) = site.execute(f"SELECT max({key}) FROM {table}").fetchone()
    values = ", ".join(other.get(name, name) for name in names)
    for copy in range(1, 10):
        site.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {key} <= :last AND {which}",
            {"copy": copy, "last": last, **numbers},
        )
    print(table, flush=True)


def _path_after(path: str, steps: int) -> str:
    """Return the path of a page so many `steps` after that of `path`, as treebeard counts: by 36, in four digits."""
    number, digits = int(path[-4:], 36) + steps, ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    return path[:-4] + digits.rjust(4, "0")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
