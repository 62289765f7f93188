"""Wagtail and Datasette with the same entries, from an environment of their own, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from bench.speed.agreement import shown_counts
from bench.speed.peers import datasette
from bench.speed.peers.copied import copy
from bench.speed.servers import ROOT, Server, gunicorn
from initiatives.search.changes import version

_VERSIONS = "from importlib.metadata import version as v; print(v('wagtail'), v('datasette'))"


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
    own = {"DJANGO_SETTINGS_MODULE": "bench.speed.peers.wagtail_site.settings", "PEERS": str(folder)}
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
        command = [python, "-m", "bench.speed.peers.wagtail_site.fill"]
        subprocess.run(command, cwd=ROOT, env=os.environ | {"PEERS": str(folder)}, check=True)
        made_from.write_text(now)
    return folder
