"""`python -m bench.speed N`: how fast pages come with N generated entries, beside what is possible and what is usual.

In the database that DATABASE_URL names, else in SQLite in VAR_DIR; it is filled if it has fewer entries. Each kind of
page is asked for in rounds that go from server to server, so that whatever else the machine does meets all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

import django

os.environ |= {"DEMO": "true", "DJANGO_SETTINGS_MODULE": "config.settings"}
ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("VAR_DIR", str(ROOT / "var" / "bench"))
django.setup()

from django.core.management import call_command
from django.db import connection

from bench.speed.addresses import KINDS, kinds
from bench.speed.agreement import agreement, our_counts, shown_counts
from bench.speed.peers.serve import peers
from bench.speed.reader import Answer, Reader
from bench.speed.rounds import BARE, CHANGED, FIRST, KEPT, OURS, asked_in_rounds, say
from bench.speed.servers import Server, gunicorn, nginx, restart, stored, wait_until
from initiatives.models import CatalogueChange, CatalogueVersion, City, Initiative
from initiatives.search.changes import changed


def main() -> None:
    """Fill, serve, ask and say."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__.partition("\n")[0])
    parser.add_argument("entries", type=int, metavar="N")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--batch", type=int, default=10, help="requests to one server in one round")
    parser.add_argument("--without-sql", action="store_true", help="leave the usual way out, where it takes minutes")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has wagtail, datasette and gunicorn")
    parser.add_argument("--patience", type=float, default=600, help="seconds after which an answer is given up")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, metavar="KIND", help=f"of {KINDS}")
    asked = parser.parse_args()
    fill(asked.entries)
    print(f"{connection.display_name}, {Initiative.objects.published().count()} entries")
    for options in (["--anew"], []):
        command = [sys.executable, "-m", "bench.speed.index", *options]
        print("index", *options, subprocess.check_output(command, cwd=ROOT, text=True).strip(), flush=True)
    measure(asked)


def fill(entries: int) -> None:
    """Make the tables and the vocabularies, and generate entries until there are so many."""
    for command in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
        call_command(*command, verbosity=0)
    if not City.objects.exists():
        call_command("load_catalogue", "--without-entries", verbosity=0)
    missing = entries - Initiative.objects.published().count()
    if missing > 0:
        call_command("generate_initiatives", str(missing))


def measure(asked: argparse.Namespace) -> None:
    """Serve, see who counts what we count, ask in turns, and print what came of it."""
    addresses = {kind: some for kind, some in kinds().items() if kind in asked.kinds}
    with serving(addresses, without_sql=asked.without_sql, python=asked.peers) as (answers, servers):
        sizes = {kind: median(len(answers[each].body) for each in some) / 1000 for kind, some in addresses.items()}
        print(f"\nKilobytes: {json.dumps({kind: round(size) for kind, size in sizes.items()})}\n")
        given_up = hold_against_ours(servers, addresses, asked.patience)
        tags = {address: answer.tag for address, answer in answers.items()}
        asking = partial(asked_in_rounds, rounds=asked.rounds, batch=asked.batch, patience=asked.patience)
        samples = dict(asking(servers, addresses, tags, given_up=given_up))
        # Apart from the others, whose pages every change concerns as well.
        by_name = {server.name: server for server in servers}
        with changes() as change:
            changing = replace(by_name[OURS], name=CHANGED, before=change)
            for name, seconds in asking([changing, by_name[BARE]], addresses, tags).items():
                samples[name] = samples.get(name, []) + seconds
        servers.insert(1, changing)
    say(samples, servers, list(addresses))


@contextmanager
def serving(
    addresses: dict[str, list[str]], *, without_sql: bool, python: str | None
) -> Iterator[tuple[dict[str, Answer], list[Server]]]:
    """Serve our pages and what they are held against; give our answers, and the servers."""
    drawn = {"PAGES_KEPT": "0"}
    with ExitStack() as stack:
        serve = stack.enter_context
        ours, keeping = serve(gunicorn("config.wsgi", **drawn)), serve(gunicorn("config.wsgi"))
        for port in (ours, keeping):
            wait_until(port, "/initiatives/")
        reader = Reader(ours)
        answers = {address: reader.get(address) for some in addresses.values() for address in some}
        forgetting = serve(gunicorn("bench.speed.forgetful", **drawn))
        wait_until(forgetting, "/initiatives/")
        servers = [Server(FIRST, forgetting), Server(OURS, ours), Server(KEPT, keeping)]
        file = serve(stored(answers))
        servers.append(Server(BARE, serve(gunicorn("bench.speed.bare", ANSWERS=str(file)))))
        if (port := serve(nginx(answers))) is not None:
            numbers = {address: f"/{number}" for number, address in enumerate(answers)}
            servers.append(Server("nginx", port, address=numbers.__getitem__))
        if not without_sql:
            off = serve(gunicorn("config.wsgi", SEARCH_IN_MEMORY="false", **drawn))
            servers.append(Server("ours, index off", off, slow=True))
            django_settings = {"DJANGO_SETTINGS_MODULE": "bench.speed.usual.settings"}
            usual = serve(gunicorn("django.core.wsgi:get_wsgi_application()", **django_settings))
            servers.append(Server("usual Django", usual, slow=True, counts=shown_counts))
        if python:
            servers += serve(peers(python))
        warm(servers, answers)
        yield answers, servers


@contextmanager
def changes() -> Iterator[Callable[[], None]]:
    """Give what says of some entry that it has changed, as its publication does; afterwards none has."""
    pks = Initiative.objects.published().order_by("pk").values_list("pk", flat=True)
    first, last = pks[0], pks.reverse()[0]
    before = CatalogueVersion.objects.get()
    try:
        yield lambda: changed([random.randint(first, last)])
    finally:
        CatalogueChange.objects.filter(number__gt=before.number).delete()
        before.save()


def warm(servers: Sequence[Server], answers: dict[str, Answer]) -> None:
    """Ask for every page once, and the slow servers for one."""
    for server in servers:
        reader = Reader(server.port)
        for address in list(answers)[: 1 if server.slow else None]:
            reader.get(server.address(address))


def hold_against_ours(
    servers: Sequence[Server], addresses: dict[str, list[str]], patience: float
) -> set[tuple[str, str]]:
    """Print how many of the numbers that the others show are ours, at the address of each kind that finds most.

    Return which kinds of page of which servers did not come within `patience` seconds.
    """
    reader = Reader(next(server.port for server in servers if server.name == OURS))
    given_up = set()
    # The kinds go from heavy to light.
    light = [*addresses.values()][-1][0]
    for kind, some in addresses.items():
        if kind == "entry":
            continue
        ours = {address: our_counts(reader, address) for address in some}
        address = max(some, key=lambda each: ours[each].found)
        for server in servers:
            if not server.counts:
                continue
            try:
                theirs = server.counts(Reader(server.port, patience=patience), address)
                said = agreement(ours[address], theirs, address)
            except TimeoutError:
                given_up.add((kind, server.name))
                said = f"no answer in {patience:.0f} s"
                restart(server.port, server.address(light))
            print(f"{address}, {server.name}: {said}", flush=True)
    print()
    return given_up


if __name__ == "__main__":
    main()
