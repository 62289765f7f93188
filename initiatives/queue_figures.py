"""How fast the queue moves: its own figures, for submitters, moderators and the public alike.

They are worked out in Python from the log of decisions, so both databases give the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from initiatives.choices import Status, Step
from initiatives.models import Decision, Submission

#: What is recent: decisions of so many days, and of them the last so many.
RECENT = timedelta(days=180)
MOST = 200
#: From fewer decisions nothing can be told.
FEWEST = 5
#: What a moderator decides about something that waits.
_DECISIONS = [Step.APPROVE, Step.ACCEPT, Step.REQUEST_CHANGES, Step.REJECT]


@dataclass(frozen=True)
class Wait:
    """How long one submission waited for one decision.

    Attributes:
        since: when it had come into the queue, the last time before.
        until: when it was decided.
    """

    since: datetime
    until: datetime

    @property
    def days(self) -> float:
        """The time between, in days."""
        return (self.until - self.since) / timedelta(days=1)


def waits(since: datetime, *, most: int | None = None) -> list[Wait]:
    """Return how long what was decided since a moment had waited, the latest decision first, at most `most`.

    What moderators publish of their own, and what comes with the installation, waited for nobody.
    """
    came = Decision.objects.filter(
        submission=OuterRef("submission"), pk__lt=OuterRef("pk"), to_status=Status.SUBMITTED
    ).order_by("-pk")
    decided = Decision.objects.filter(
        ~Q(moderator_name=""), step__in=_DECISIONS, from_status=Status.SUBMITTED, at__gte=since
    )
    rows = (
        decided.annotate(came=Subquery(came.values("at")[:1]))
        .order_by("-pk")
        .values_list("came", "at", "by", "submission__member")
    )
    return [Wait(came, at) for came, at, by, sender in rows[:most] if came and (by is None or by != sender)]


def recent_waits() -> list[Wait]:
    """Return how long what was decided lately had waited."""
    return waits(timezone.now() - RECENT, most=MOST)


def median_days_to_decision() -> float | None:
    """Return within how many days half of the recent decisions came, or None where there are too few to tell."""
    recent = recent_waits()
    return median(wait.days for wait in recent) if len(recent) >= FEWEST else None


def number_waiting() -> int:
    """Return how many submissions wait for a decision."""
    return Submission.objects.awaiting_review().count()


def place_in_queue(submission: Submission) -> int | None:
    """Return the place of a submission in the queue, 1 for the one that waits longest; None if it does not wait."""
    if submission.status != Status.SUBMITTED or submission.submitted_at is None:
        return None
    earlier = Q(submitted_at__lt=submission.submitted_at) | Q(
        submitted_at=submission.submitted_at, pk__lt=submission.pk
    )
    return Submission.objects.awaiting_review().filter(earlier).count() + 1
