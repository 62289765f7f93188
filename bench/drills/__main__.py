"""Drills: what the portal promises about accidents and crowds, tried out on a site of its own.

    python -m bench.drills [NAME…] [--scale SHARE] [--folder FOLDER]

On SQLite, or on the PostgreSQL that DATABASE_URL names, in which a database is made for the drills and dropped
again. Prints a table and exits with 0 if every figure held.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench.drills.clicks import four_posts
from bench.drills.figure import HEAD, Figure
from bench.drills.kills import killed_workers
from bench.drills.races import two_moderators
from bench.drills.site import Site, prepare, served
from bench.drills.writers import eight_browsers, eight_processes

#: What is tried, and how often.
DRILLS: dict[str, list[tuple[Callable[[Site, int], Figure], int]]] = {
    "races": [(two_moderators, 100)],
    "clicks": [(four_posts, 50)],
    "writers": [(lambda site, rounds: eight_processes(site.folder, rounds), 150), (eight_browsers, 150)],
    "kills": [(killed_workers, 200)],
}
#: What the log may not hold.
FAULTS = ("database is locked", "Traceback", "Internal Server Error")


def main() -> int:
    """Run the drills that were asked for, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.drills", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(DRILLS)}; all unless given")
    parser.add_argument("--scale", type=float, default=1, help="how much of it: 0.1 for a tenth")
    parser.add_argument("--folder", help="where the site is kept meanwhile (the usual place for temporary files)")
    asked = parser.parse_args()
    if unknown := set(asked.names) - DRILLS.keys():
        parser.error(f"there is no drill {', '.join(sorted(unknown))}")
    figures = []
    with tempfile.TemporaryDirectory(prefix="passerelle-drill-", dir=asked.folder) as folder, _database():
        prepare(Path(folder))
        print(f"{_database_version()}\n\n{HEAD}", flush=True)
        for name in asked.names or DRILLS:
            for drill, rounds in DRILLS[name]:
                with served(Path(folder)) as site:
                    figures.append(_run(drill, site, max(int(rounds * asked.scale), 1)))
        from django.db import connections

        connections.close_all()
    for figure in figures:
        for line in figure.broken[:20]:
            print(f"{figure.name}: {line}", file=sys.stderr)
    return int(any(figure.broken for figure in figures))


def _run(drill: Callable[[Site, int], Figure], site: Site, rounds: int) -> Figure:
    begun, written = time.perf_counter(), len(site.log)
    figure = drill(site, rounds)
    log = site.log[written:]
    figure.broken = [*figure.broken, *(f"the log has “{fault}”" for fault in FAULTS if fault in log)]
    figure.beside = [*figure.beside, f"{time.perf_counter() - begun:.0f} s"]
    print(figure.line, flush=True)
    return figure


@contextmanager
def _database() -> Iterator[None]:
    """Let DATABASE_URL name a database of its own, if it names a server."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield
        return
    import psycopg

    name = f"passerelle_drill_{os.getpid()}"
    os.environ["DATABASE_URL"] = urlsplit(url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _database_version() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0]}"


if __name__ == "__main__":
    sys.exit(main())
