"""A worker is killed in the middle of a submit, again and again: nothing is half there, nothing accepted is lost."""

from __future__ import annotations

import http.client
import os
import random
import secrets
import signal
import statistics
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from bench.drills.browser import Answer, Data
from bench.drills.figure import Figure
from bench.drills.site import Site
from bench.drills.whole import OTHERS, PATTERN, half_entries
from tests.visitor import Visitor

#: How many submit at once, so that a kill meets them at different moments.
SUBMITTERS = 4
CUT = (OSError, http.client.HTTPException)


@dataclass
class Sent:
    """One submission, as it was sent."""

    visitor: Visitor
    url: str
    data: Data
    answer: Answer | None = None

    def post(self) -> float:
        """Send it; return how long the answer took (seconds), which stays None if the line was cut."""
        begun = time.perf_counter()
        with suppress(*CUT):
            self.answer = self.visitor.client.post(self.url, self.data)  # type: ignore[assignment]
        return time.perf_counter() - begun

    @property
    def title(self) -> str:
        """What it is found by."""
        return self.data["title"][0]


class Drill:
    """What happened so far."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.forms = [(visitor, *site.form(visitor)) for visitor in (site.visitor() for _ in range(SUBMITTERS))]
        self.kills = self.accepted = self.there = self.sent = 0
        self.broken: list[str] = []
        self.took = [self._new(number).post() for number in range(SUBMITTERS)]

    def _new(self, number: int) -> Sent:
        visitor, url, data = self.forms[number % SUBMITTERS]
        self.sent += 1
        # From an address of its own: the limit by network is not what this is about.
        visitor.client.address = f"10.200.{self.sent >> 8 & 255}.{self.sent & 255}"  # type: ignore[attr-defined]
        title = PATTERN if self.sent == 1 else f"{OTHERS}{self.sent}"
        return Sent(visitor, url, data | {"title": [title], "key": [secrets.token_hex(16)], "seen_alike": ["1"]})

    def round(self) -> None:
        """Send four submissions, kill the oldest worker meanwhile, see what is there, and send the cut ones again."""
        (victim, *_others) = self._workers()
        with ThreadPoolExecutor(SUBMITTERS) as pool:
            sent = [self._new(number) for number in range(SUBMITTERS)]
            running: list[Future[float]] = [pool.submit(each.post) for each in sent]
            time.sleep(random.uniform(0, 1.2 * statistics.median(self.took[-20:])))
            open_still = any(not each.done() for each in running)
            with suppress(ProcessLookupError):  # it ended by itself: nothing is cut, nothing counts
                os.kill(victim, signal.SIGKILL)
        cut = [each for each in sent if each.answer is None]
        self.took += [each.result() for each, one in zip(running, sent, strict=True) if one.answer]
        self.kills += bool(cut) and open_still
        for each in sent:
            self._check(each)
        for each in cut:
            self.there += self._entries(each)
            self._again(each)

    def _workers(self) -> list[int]:
        while len(workers := self.site.workers()) < 2:
            time.sleep(0.02)
        return workers

    def _check(self, sent: Sent) -> None:
        found = self._entries(sent)
        if sent.answer is None:
            if found > 1:
                self.broken.append(f"{sent.title}: {found} entries")
        elif sent.answer.status_code != 302 or found != 1:
            self.broken.append(f"{sent.title}: answered {sent.answer.status_code}, and there are {found} entries")
        else:
            self.accepted += 1

    def _again(self, sent: Sent) -> None:
        """Press the button again, as somebody would whose browser says that the line was cut."""
        sent.post()
        if not (sent.answer and sent.answer.status_code == 302 and self._entries(sent) == 1):
            answered = sent.answer and sent.answer.status_code
            self.broken.append(f"{sent.title}: pressed again, {answered}, and there are {self._entries(sent)} entries")

    @staticmethod
    def _entries(sent: Sent) -> int:
        from initiatives.models import Revision, Submission, token_hash

        if sent.answer and sent.answer.location:
            token = sent.answer.location.strip("/").split("/")[-1]
            if not Submission.objects.filter(token_hash=token_hash(token), revision__title=sent.title).exists():
                return -1
        return Revision.objects.filter(title=sent.title).count()


def killed_workers(site: Site, rounds: int) -> Figure:
    """Kill a worker in the middle of a submit, `rounds` times."""
    drill = Drill(site)
    while drill.kills < rounds and len(drill.broken) < 20:
        drill.round()
    broken = [*drill.broken, *half_entries()]
    if not site.answers():
        broken.append("the site does not answer")
    return Figure(
        "a worker killed in the middle of a submit",
        f"no half entry after {rounds} kills, and all that was accepted is there",
        f"{drill.kills} kills, {len(broken)} faults",
        broken,
        [
            f"{drill.sent} sent",
            f"{drill.accepted} accepted at once",
            f"{drill.there} of those cut were there whole",
            f"a submit took {statistics.median(drill.took) * 1000:.0f} ms",
        ],
    )
