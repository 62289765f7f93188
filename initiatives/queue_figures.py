"""How quickly the queue moves: computed from the log of decisions, the same on both databases."""

from __future__ import annotations

import datetime
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from initiatives.choices import Status, Step
from initiatives.models import Decision, Submission

#: What brings a submission into the queue, and what a moderator ends its waiting with.
ARRIVALS = [Step.SUBMIT, Step.RESUBMIT, Step.ANSWER]
ANSWERS = [Step.APPROVE, Step.ACCEPT, Step.REQUEST_CHANGES, Step.REJECT]
MONTHS = 12
#: What is recent enough to say how long it usually takes, and from how many decisions on that can be said.
RECENT = datetime.timedelta(days=180)
FEWEST = 5
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Month:
    """What happened in the queue in one month.

    Attributes:
        first: its first day.
        received: how many submissions came in, not counting what came in again.
        decided: how many times a moderator decided.
        median_days: how long the half that waited least had waited at most; None without a decision.
    """

    first: datetime.date
    received: int
    decided: int
    median_days: float | None


@dataclass(frozen=True)
class Figures:
    """The queue now and in the last months, the newest month last."""

    waiting: int
    oldest_since: datetime.datetime | None
    median_days: float | None
    months: list[Month]


def figures(*, months: int = MONTHS) -> Figures:
    """Return the figures of the queue for so many months, the present one among them, in a fixed number of queries."""
    firsts = _first_days(months)
    since = timezone.make_aware(datetime.datetime.combine(firsts[0], datetime.time.min))
    received, waits = _received(since), _waits_by_month(since)
    waiting = Submission.objects.awaiting_review()
    oldest = waiting.first()
    return Figures(
        waiting=waiting.count(),
        oldest_since=oldest.submitted_at if oldest else None,
        median_days=_median([days for month in waits.values() for days in month]),
        months=[
            Month(first, received[first], decided=len(waits[first]), median_days=_median(waits[first]))
            for first in firsts
        ],
    )


def usual_days_to_decision() -> float | None:
    """Return the median of the days that what was decided lately had waited, or None if too little was to tell."""
    days = [days for _at, days in _waits(timezone.now() - RECENT)]
    return _median(days) if len(days) >= FEWEST else None


def place_in_queue(submission: Submission) -> int | None:
    """Return the place of a submission in the queue, 1 for the one that waits longest; None if it does not wait."""
    if submission.status != Status.SUBMITTED:
        return None
    since = submission.submitted_at
    earlier = Q(submitted_at__lt=since) | Q(submitted_at=since, pk__lt=submission.pk)
    return Submission.objects.awaiting_review().filter(earlier).count() + 1


def _waits(since: datetime.datetime) -> Iterable[tuple[datetime.datetime, float]]:
    """Yield when a moderator decided since then, and after how many days.

    Each time counts that something came into the queue, sent, changed or answered, until the decision that came next.
    """
    before = Decision.objects.filter(submission=OuterRef("submission"), pk__lt=OuterRef("pk")).order_by("-pk")
    decided = (
        _from_outside(Decision.objects.filter(step__in=ANSWERS, at__gte=since))
        .annotate(came_by=Subquery(before.values("step")[:1]), came_at=Subquery(before.values("at")[:1]))
        # After a decision that was undone nothing had come in, so nobody had waited.
        .filter(came_by__in=ARRIVALS)
    )
    for at, came_at in decided.values_list("at", "came_at"):
        yield at, (at - came_at).total_seconds() / _DAY


def _from_outside(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Leave out what came with the installation, and what moderators wrote themselves: nobody waited for those."""
    installed = Decision.objects.filter(step=Step.APPROVE, moderator_name="").values("submission")
    own = Decision.objects.filter(step__in=ANSWERS, by=F("submission__member")).values("submission")
    return decisions.exclude(submission__in=installed).exclude(submission__in=own)


def _received(since: datetime.datetime) -> dict[datetime.date, int]:
    counts: dict[datetime.date, int] = defaultdict(int)
    arrivals = _from_outside(Decision.objects.filter(step=Step.SUBMIT, at__gte=since))
    for at in arrivals.values_list("at", flat=True):
        counts[_month(at)] += 1
    return counts


def _waits_by_month(since: datetime.datetime) -> dict[datetime.date, list[float]]:
    months: dict[datetime.date, list[float]] = defaultdict(list)
    for at, days in _waits(since):
        months[_month(at)].append(days)
    return months


def _month(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment).replace(day=1)


def _first_days(months: int) -> list[datetime.date]:
    first = timezone.localdate().replace(day=1)
    days = [first]
    while len(days) < months:
        first = (first - datetime.timedelta(days=1)).replace(day=1)
        days.append(first)
    return days[::-1]


def _median(days: list[float]) -> float | None:
    return statistics.median(days) if days else None
