"""What happened to a submission and what was said about it, in one line of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from initiatives import moderation
from initiatives.models import Message, Submission


@dataclass(frozen=True)
class Moment:
    """A line of the time line, as moderators read it: with names."""

    label: str
    by_name: str
    at: datetime
    note: str


def history(submission: Submission) -> list[Moment]:
    """Return every decision and every message, oldest first."""
    moments = [Moment(each.label, each.by_name, each.at, each.note) for each in moderation.timeline(submission)]
    moments += [
        Moment(_("Message"), _writer(each), each.at, each.text) for each in submission.messages.select_related("by")
    ]
    return sorted(moments, key=lambda moment: moment.at)


def _writer(message: Message) -> str:
    if message.is_from_moderator:
        return str(message.by or _("a moderator"))
    return _("the submitter")
