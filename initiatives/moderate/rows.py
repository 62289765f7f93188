"""One line of the queue, as the table shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from accounts.models import User
from initiatives.choices import Status
from initiatives.models import Submission
from initiatives.moderate.words import held_until

#: A submission that waits longer than this (days) is marked.
LATE_AFTER = 7


@dataclass(frozen=True)
class Row:
    """What a moderator needs to choose the next submission.

    `tick` is what a tick box for it says: which submission, with which version and which newest message.
    """

    tick: str
    url: str
    title: str
    language: str
    direction: str
    kind: str
    where: str
    age: str
    is_late: bool
    channel: str
    submitter: str
    is_verified: bool
    status: str
    status_label: str
    holder: str
    held_until: str
    is_mine: bool


def row(submission: Submission, *, moderator: User, query: str = "") -> Row:
    """Return the line of a submission, loaded with `SubmissionQuerySet.with_content`, for a moderator.

    `query` is what its address keeps of the queue: the filters.
    """
    revision, holder = submission.revision, submission.holder
    return Row(
        tick=f"{submission.pk}-{submission.revision_id}-{submission.last_message_pk}",
        url=reverse("moderate:review", args=[submission.pk]) + query,
        title=revision.title,
        language=revision.language,
        direction=revision.direction,
        kind=submission.what,
        where=revision.where,
        age=timesince(submission.submitted_at or submission.created_at, depth=1),
        is_late=submission.status == Status.SUBMITTED and submission.waiting_days > LATE_AFTER,
        channel=_(" · ").join(map(str, revision.channels)) or _("Submitted directly"),
        submitter=submission.name or (str(submission.member) if submission.member else _("Anonymous")),
        is_verified=submission.is_verified,
        status=submission.status,
        status_label=submission.status_label,
        holder=str(holder or ""),
        held_until=held_until(submission) if holder else "",
        is_mine=holder == moderator,
    )
