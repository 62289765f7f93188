"""`python -m bench.speed.index`: how long the index of this database takes to be ready, and how much memory it needs."""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from initiatives.models import Initiative
from initiatives.search import memory
from initiatives.search.filters import Selection
from initiatives.search.found import find
from initiatives.search.memory import snapshot


def megabytes(name: str) -> float:
    """Return a line of what the system says of this process's memory."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def main(*, anew: bool) -> None:
    """Make the index ready, and say what that took."""
    if anew:
        snapshot.path().unlink(missing_ok=True)
    # What a worker has anyway.
    list(Initiative.objects.published()[:1])
    find(Selection(too_long="a text"))
    gc.collect()
    before, begun = {name: megabytes(name) for name in ("Rss", "Pss")}, time.perf_counter()
    memory.prepare()
    while memory.ready() is None:
        time.sleep(0.01)
    seconds = time.perf_counter() - begun
    # Whoever built it writes it down after that.
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join()
    written = time.perf_counter() - begun
    found = find(Selection())
    first = time.perf_counter()
    for name in ("theme", "city", "keyword", "year"):
        found.counts(name, most=30)
    counted = time.perf_counter() - first
    gc.collect()
    grown = {name: megabytes(name) - value for name, value in before.items()}
    size = snapshot.path().stat().st_size / 2**20
    said = {
        "entries": found.count,
        "ready": seconds,
        "written": written,
        "first counts": counted,
        "file": size,
    } | grown
    print(json.dumps({name: round(value, 3) for name, value in said.items()}))


if __name__ == "__main__":
    main(anew="--anew" in sys.argv)
