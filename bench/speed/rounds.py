"""Asking every server for every kind of page, in rounds, and saying how long that took."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median, quantiles

from bench.speed.reader import Answer, Reader
from bench.speed.servers import Server, restart

#: So many requests of a kind go to a slow server in one round.
SLOW = 2
#: Our pages: with no entry read before, as everybody else draws theirs; after one has changed; drawn from what was read
#: before; and as they come, kept where nothing has changed.
FIRST, CHANGED, OURS, KEPT = "ours, asked first", "ours, after a change", "ours, drawn anew", "ours, page kept"
BARE, UNCHANGED = "bare WSGI", "not modified"

#: Seconds by kind of page and name of the server. What nobody waited for to the end took infinitely many.
type Samples = Mapping[tuple[str, str], list[float]]


def asked_in_rounds(
    servers: Sequence[Server],
    kinds: Mapping[str, list[str]],
    tags: Mapping[str, str],
    *,
    rounds: int,
    batch: int,
    patience: float,
    given_up: Iterable[tuple[str, str]] = (),
) -> Samples:
    """Return the seconds that answers took, by kind of page and name of the server.

    `tags` are those of our pages, by address, and `batch` requests go to one server in one round. A server that keeps
    a reader waiting for `patience` seconds is begun anew, and not asked for this kind of page again; nor are those that
    were `given_up` before.

    Raises:
        RuntimeError: an answer was none.
    """
    readers = {server: Reader(server.port, patience=patience) for server in servers}
    samples = defaultdict(list, {each: [math.inf] for each in given_up})
    turns: dict[str, int] = defaultdict(int)
    light = [*kinds.values()][-1][0]
    for _ in range(rounds):
        for kind, addresses in kinds.items():
            for server in random.sample(servers, len(servers)):
                for nth in range(SLOW if server.slow else batch):
                    if math.inf in samples[kind, server.name]:
                        break
                    address = addresses[(turns[kind] + nth) % len(addresses)]
                    if server.before:
                        server.before()
                    try:
                        seen = _answered(readers[server], server.address(address), 200)
                    except TimeoutError:
                        samples[kind, server.name].append(math.inf)
                        print(f"{kind}, {server.name}: not waited for any longer", flush=True)
                        restart(server.port, server.address(light))
                        break
                    samples[kind, server.name].append(seen.seconds)
                    if server.name == OURS:
                        known = _answered(readers[server], address, 304, tag=tags[address])
                        samples[UNCHANGED, OURS].append(known.seconds)
                    if server.name == BARE and kind == "first page":
                        samples[UNCHANGED, BARE].append(seen.seconds)
            turns[kind] += batch
    return samples


def _answered(reader: Reader, address: str, status: int, *, tag: str = "") -> Answer:
    answer = reader.get(address, tag=tag)
    if answer.status != status:
        raise RuntimeError(f"{address} came with {answer.status} instead of {status}")
    return answer


def say(samples: Samples, servers: Sequence[Server], kinds: Sequence[str]) -> None:
    """Print a table of medians, one of multiples of the bare application's, and how far ahead of others we are."""
    columns = [*kinds, UNCHANGED]
    print("| milliseconds: p50 (p99), requests a second | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for server in servers:
        print(f"| {server.name} | " + " | ".join(_cell(samples.get((kind, server.name))) for kind in columns) + " |")
    for name in (FIRST, CHANGED, OURS, KEPT):
        _say_multiples(f"{name}, as a multiple of {BARE}", samples, columns, name, BARE)
    others = [server.name for server in servers if server.counts]
    for name in others:
        _say_multiples(f"{name}, as a multiple of {OURS}", samples, columns, name, OURS)
    print()
    for name in others:
        if theirs := samples.get(("first page", name)):
            drawn, kept = (median(theirs) / median(samples["first page", own]) for own in (OURS, KEPT))
            print(f"first page: ours is {drawn:.0f}× ahead of {name} if drawn anew, {kept:.0f}× if kept")


def _say_multiples(title: str, samples: Samples, columns: Sequence[str], name: str, other: str) -> None:
    pairs = [(samples.get((kind, name)), samples.get((kind, other))) for kind in columns]
    times = [median(these) / median(those) if these and those else math.inf for these, those in pairs]
    cells = [f"{each:.1f}" if each < math.inf else "" for each in times]
    print(f"| {title} | " + " | ".join(cells) + " |")


def _cell(seconds: list[float] | None) -> str:
    if not seconds:
        return ""
    if math.inf in seconds:
        answered = ", ".join(f"{each * 1000:.0f}" for each in seconds if each < math.inf)
        return f"given up{f' after {answered}' if answered else ''}"
    # Of a few: not slower than the slowest that was seen.
    slow = quantiles(seconds, n=100, method="inclusive")[98] if len(seconds) > 1 else seconds[0]
    return f"{median(seconds) * 1000:.2f} ({slow * 1000:.1f}), {len(seconds) / sum(seconds):.0f}"
