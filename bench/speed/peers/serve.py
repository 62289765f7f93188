"""Wagtail and Datasette with the same entries, from an environment of their own, in a folder of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench.speed.agreement import shown_counts
from bench.speed.peers import datasette
from bench.speed.peers.copied import copy
from bench.speed.servers import ROOT, Server, gunicorn
from initiatives.search.changes import version

_VERSIONS = "from importlib.metadata import version as v; print(v('wagtail'), v('datasette'))"


#: Where the pages of Wagtail are, in the server that has ours, if that is PostgreSQL.
_DATABASE = "passerelle_peers"
#: The file that says of which state of the catalogue a folder has the entries.
MADE_FROM = "made-from"


def state() -> str:
    """Return the state of the catalogue."""
    return f"{version().number} {version().token}"


@contextmanager
def peers(python: str) -> Iterator[list[Server]]:
    """Fill both and serve them by the interpreter of an environment that has them installed."""
    folder = _filled(python)
    wagtail, other = subprocess.check_output([python, "-c", _VERSIONS], text=True).split()
    own = {"DJANGO_SETTINGS_MODULE": "bench.speed.peers.wagtail_site.settings", **_place(folder)}
    with (
        gunicorn("django.core.wsgi:get_wsgi_application()", python=python, **own) as site,
        datasette.datasette(python, folder / "entries.sqlite3") as table,
    ):
        yield [
            Server(f"Wagtail {wagtail}", site, slow=True, counts=shown_counts),
            Server(f"Datasette {other}", table, slow=True, counts=datasette.counts, address=datasette.address),
        ]


def _filled(python: str) -> Path:
    """Return the folder, with the entries as they are now."""
    folder = Path(settings.VAR_DIR).resolve() / "peers"
    now, made_from = state(), folder / MADE_FROM
    if not made_from.exists() or made_from.read_text() != now:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        print(f"{copy(folder / 'entries.sqlite3')} entries copied for the peers", flush=True)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {_DATABASE}")
                cursor.execute(f"CREATE DATABASE {_DATABASE}")
        command = [python, "-m", "bench.speed.peers.wagtail_site.fill"]
        subprocess.run(command, cwd=ROOT, env=os.environ | _place(folder), check=True)
        made_from.write_text(now)
    return folder


def _place(folder: Path) -> dict[str, str]:
    """Return what tells the site made with Wagtail where its pages are: a database beside ours, or in the folder."""
    place = {"PEERS": str(folder)}
    if connection.vendor == "postgresql":
        ours = connection.settings_dict
        same = {name: ours[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
        database = {"ENGINE": "django.db.backends.postgresql", "NAME": _DATABASE, "CONN_MAX_AGE": 60, **same}
        place["PEERS_DATABASE"] = json.dumps(database)
    return place
