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
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

import django

os.environ |= {"DEMO": "true", "DJANGO_SETTINGS_MODULE": "config.settings"}
ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("VAR_DIR", str(ROOT / "var" / "bench"))
django.setup()

from django.core.management import call_command
from django.db import connection

from bench.speed.reader import Answer, Reader
from bench.speed.servers import gunicorn, nginx, stored, wait_until
from initiatives.exchange.generate.words import names
from initiatives.models import City, Initiative

#: So many addresses of a kind are asked for in turn.
ADDRESSES = 40


def main() -> None:
    """Fill, serve, ask and say."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__.partition("\n")[0])
    parser.add_argument("entries", type=int, metavar="N")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--batch", type=int, default=10, help="requests to one server in one round")
    parser.add_argument("--without-sql", action="store_true", help="leave the usual way out, where it takes minutes")
    asked = parser.parse_args()
    fill(asked.entries)
    print(f"{connection.display_name}, {Initiative.objects.published().count()} entries")
    for options in (["--anew"], []):
        command = [sys.executable, "-m", "bench.speed.index", *options]
        print("index", *options, subprocess.check_output(command, cwd=ROOT, text=True).strip(), flush=True)
    measure(asked.rounds, asked.batch, with_sql=not asked.without_sql)


def fill(entries: int) -> None:
    """Make the tables and the vocabularies, and generate entries until there are so many."""
    for command in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
        call_command(*command, verbosity=0)
    if not City.objects.exists():
        call_command("load_catalogue", "--without-entries", verbosity=0)
    missing = entries - Initiative.objects.published().count()
    if missing > 0:
        call_command("generate_initiatives", str(missing))


def kinds() -> dict[str, list[str]]:
    """Return the addresses that are asked for, by kind."""
    chance = random.Random(1)
    published = Initiative.objects.published()
    first, last = (published.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    some = [chance.randint(first, last) for _ in range(4 * ADDRESSES)]
    columns = ("slug", "current__title", "current__countries", "current__themes__slug")
    rows = list({row[0]: row for row in published.filter(pk__in=some).values_list(*columns)}.values())[:ADDRESSES]
    known = set(names())
    told = [[word for word in title.split() if word in known] for _, title, _, _ in rows]
    broad = ["migrants refugees", "language courses", "young people", "legal advice", "housing families"]
    return {
        "first page": ["/initiatives/"],
        "two filters": [f"/initiatives/?theme={theme}&country={code or 'IN'}" for _, _, code, theme in rows],
        "narrow text": [f"/initiatives/?q={words[0]}+courses" for words in told if words],
        "broad text": [f"/initiatives/?q={query.replace(' ', '+')}" for query in broad],
        "entry": [f"/initiatives/{slug}/" for slug, *_ in rows],
    }


def measure(rounds: int, batch: int, *, with_sql: bool) -> None:
    """Serve, ask in turns, and print a table of medians and one of multiples of the bare application's."""
    asked = kinds()
    with ExitStack() as stack:
        ours = stack.enter_context(gunicorn("config.wsgi"))
        wait_until(ours, "/initiatives/")
        answers = {address: Reader(ours).get(address) for each in asked.values() for address in each}
        _warm(ours, answers)
        file = stack.enter_context(stored(answers))
        servers: dict[str, int] = {
            "ours": ours,
            "bare WSGI": stack.enter_context(gunicorn("bench.speed.bare", ANSWERS=str(file))),
        }
        if (port := stack.enter_context(nginx(answers))) is not None:
            servers["nginx"] = port
        if with_sql:
            servers["usual Django"] = stack.enter_context(gunicorn("config.wsgi", SEARCH_IN_MEMORY="false"))
        samples = _asked(servers, asked, answers, rounds, batch)
    _say(samples, answers, asked)


def _warm(port: int, answers: dict[str, Answer]) -> None:
    reader = Reader(port)
    for _ in range(2):
        for address in answers:
            reader.get(address)


def _asked(
    servers: dict[str, int], asked: dict[str, list[str]], answers: dict[str, Answer], rounds: int, batch: int
) -> dict[tuple[str, str], list[float]]:
    readers = {name: Reader(port) for name, port in servers.items()}
    number = {address: f"/{position}" for position, address in enumerate(answers)}
    samples: dict[tuple[str, str], list[float]] = defaultdict(list)
    turns: dict[str, int] = defaultdict(int)
    for _ in range(rounds):
        for kind, addresses in asked.items():
            for name in random.sample(list(servers), len(servers)):
                reader = readers[name]
                for nth in range(2 if name == "usual Django" else batch):
                    address = addresses[(turns[kind] + nth) % len(addresses)]
                    seen = reader.get(number[address] if name == "nginx" else address)
                    samples[kind, name].append(seen.seconds)
                    if name == "ours":
                        again = reader.get(address, tag=answers[address].tag)
                        samples["not modified", name].append(again.seconds)
                        if again.status != 304:
                            raise RuntimeError(f"{address} came again: {again.status}")
                    if name == "bare WSGI" and kind == "first page":
                        samples["not modified", name].append(seen.seconds)
            turns[kind] += batch
    return samples


def _say(samples: dict[tuple[str, str], list[float]], answers: dict[str, Answer], asked: dict[str, list[str]]) -> None:
    columns = [*asked, "not modified"]
    names_ = list(dict.fromkeys(name for _, name in samples))
    sizes = {
        kind: round(median(len(answers[each].body) for each in addresses) / 1000) for kind, addresses in asked.items()
    }
    print(f"\nKilobytes: {json.dumps(sizes)}\n")
    print("| milliseconds: p50 (p99), requests a second | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for name in names_:
        print(f"| {name} | " + " | ".join(_cell(samples.get((kind, name))) for kind in columns) + " |")

    def multiple(kind: str) -> str:
        return f"{median(samples[kind, 'ours']) / median(samples[kind, 'bare WSGI']):.1f}"

    print("| ours, as a multiple of bare WSGI | " + " | ".join(map(multiple, columns)) + " |")


def _cell(seconds: list[float] | None) -> str:
    if not seconds:
        return ""
    slow = quantiles(seconds, n=100)[98]
    return f"{median(seconds) * 1000:.2f} ({slow * 1000:.1f}), {len(seconds) / sum(seconds):.0f}"


if __name__ == "__main__":
    main()
