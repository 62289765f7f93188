"""One line of the queue, as the table shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from initiatives.models import Submission

#: A submission that waits longer than this (days) is marked.
LATE_AFTER = 7


@dataclass(frozen=True)
class Row:
    """What a moderator needs to choose the next submission."""

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


def row(submission: Submission) -> Row:
    """Return the line of a submission; its content is loaded with `SubmissionQuerySet.with_content`."""
    revision = submission.revision
    return Row(
        url=reverse("moderate:review", args=[submission.pk]),
        title=revision.title,
        language=revision.language,
        direction=revision.direction,
        kind=submission.get_kind_display(),
        where=revision.where,
        age=timesince(submission.submitted_at or submission.created_at, depth=1),
        is_late=submission.waiting_days > LATE_AFTER,
        channel="; ".join(channel.name for channel in revision.channels) or _("Submitted directly"),
        submitter=submission.name or _("Anonymous"),
        is_verified=submission.is_verified,
        status=submission.status,
        status_label=submission.get_status_display(),
    )
