"""Eight processes write at once, each as fast as it can: nobody is refused, and nobody waits long."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from bench.drills.figure import Figure, milliseconds, percentile
from bench.drills.site import Site

PROCESSES = 8
#: Seconds that 95 of 100 writes take at most.
LONGEST = 0.250


def eight_processes(folder: Path, rounds: int) -> Figure:
    """Let each of eight processes submit `rounds` entries through `moderation.submit`."""
    from initiatives.models import Submission

    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(PROCESSES + 1), context.Queue()
    processes = [
        context.Process(target=_write, args=(folder, number, rounds, start, answers)) for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    start.wait()
    begun = time.perf_counter()
    told = [answers.get() for _ in processes]
    lasted = time.perf_counter() - begun
    for process in processes:
        process.join()
    took = [each for times, _failed in told for each in times]
    broken = [each for _times, failed in told for each in failed]
    made = Submission.objects.filter(email__startswith="writer").count() - PROCESSES
    if made != PROCESSES * rounds:
        broken.append(f"{made} submissions are there")
    p95 = percentile(took, 0.95)
    if p95 >= LONGEST:
        broken.append(f"p95 is {p95 * 1000:.0f} ms")
    locked = sum("locked" in each for each in broken)
    return Figure(
        f"eight processes of {rounds} writes",
        "none refused, none “locked”, p95 under 250 ms",
        f"{len(took)} written, {locked} “locked”, p95 {p95 * 1000:.0f} ms",
        broken,
        [milliseconds(took), f"{len(took) / lasted:.0f} a second"],
    )


def _write(folder: Path, number: int, rounds: int, start: Barrier, answers: Any) -> None:
    """Write as one of the processes; tell how long each write took, and what failed."""
    import django

    django.setup()
    from django.db import connections

    from initiatives import moderation

    contents = [_content(number, each) for each in range(rounds)]
    submitter = moderation.Submitter(name="Sam", email=f"writer{number}@example.org", is_verified=True)
    took, failed = [], []
    # The first one loads templates and the like, which a process does once in its life.
    moderation.submit(_content(number, rounds), submitter=submitter)
    start.wait()
    for content in contents:
        begun = time.perf_counter()
        try:
            moderation.submit(content, submitter=submitter)
        except Exception as error:
            failed.append(repr(error))
        else:
            took.append(time.perf_counter() - begun)
    connections.close_all()
    answers.put((took, failed))


def _content(writer: int, number: int) -> Any:
    from initiatives.content import NamedOrganisation, Source
    from initiatives.models import Country, Objective, Theme
    from tests import factories

    return factories.content(
        f"Write {number} of {writer}",
        what_it_does="It does *much*.\n\n- one\n- two",
        start_year=2019,
        countries=list(Country.objects.filter(code__in=["UG", "MA"])),
        themes=list(Theme.objects.all()[:2]),
        objectives=list(Objective.objects.select_related("framework")[:2]),
        # Words that several use, and one of its own.
        keywords=["food", "health", f"word {number}"],
        organisations=[NamedOrganisation("Kampala Capital City Authority", "local_government", "lead")],
        links=[Source("https://example.org/kampala", "Its own page")],
    )


def eight_browsers(site: Site, rounds: int) -> Figure:
    """Let eight visitors send `rounds` forms each, without a pause, over HTTP."""
    from bench.drills.kills import Sent

    forms = [(visitor, *site.form(visitor)) for visitor in (site.visitor() for _ in range(PROCESSES))]

    def send(writer: int) -> list[tuple[float, int]]:
        visitor, url, data = forms[writer]
        told = []
        for number in range(rounds):
            visitor.client.address = f"10.{210 + writer}.{number >> 8}.{number & 255}"  # type: ignore[attr-defined]
            key = f"{writer:016x}{number:016x}"
            sent = Sent(visitor, url, data | {"title": [f"Web {writer}.{number}"], "key": [key], "seen_alike": ["1"]})
            took = sent.post()
            told.append((took, sent.answer.status_code if sent.answer else 0))
        return told

    begun = time.perf_counter()
    with ThreadPoolExecutor(PROCESSES) as pool:
        told = [each for one in pool.map(send, range(PROCESSES)) for each in one]
    lasted = time.perf_counter() - begun
    refused = [status for _took, status in told if status != 302]
    broken = [f"{len(refused)} were answered {sorted(set(refused))}"] if refused else []
    return Figure(
        f"eight browsers of {rounds} forms",
        "none refused",
        f"{len(told) - len(refused)} of {len(told)} accepted",
        broken,
        [milliseconds([took for took, _status in told]), f"{len(told) / lasted:.0f} a second"],
    )
