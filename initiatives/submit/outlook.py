"""What the tracking page says: where a submission stands, what comes next, and what was done and said so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from initiatives import moderation
from initiatives.choices import Kind, Status, Step
from initiatives.models import Decision, Message, Submission
from initiatives.queue_figures import place_in_queue, usual_days_to_decision

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_STANDS: dict[tuple[Kind, Status], StrOrPromise] = {
    (Kind.NEW, Status.SUBMITTED): gettext_lazy(
        "A moderator will read it before anything of it is public. Until then you can change it or take it back."
    ),
    (Kind.NEW, Status.CHANGES_REQUESTED): gettext_lazy(
        "A moderator has read it and asks you for changes; the note is below. "
        "Change it and send it again, or answer: either brings it back into the queue."
    ),
    (Kind.NEW, Status.PUBLISHED): gettext_lazy("It is public."),
    (Kind.NEW, Status.REJECTED): gettext_lazy("A moderator decided not to publish it; the reason is below."),
    (Kind.NEW, Status.WITHDRAWN): gettext_lazy("You took it back. Nothing of it is public."),
    (Kind.CORRECTION, Status.SUBMITTED): gettext_lazy(
        "A moderator will read your correction. Until then the entry stays as it is, "
        "and you can change your correction or take it back."
    ),
    (Kind.CORRECTION, Status.CHANGES_REQUESTED): gettext_lazy(
        "A moderator has read your correction and asks you for changes; the note is below. "
        "Change it and send it again, or answer: either brings it back into the queue."
    ),
    (Kind.CORRECTION, Status.PUBLISHED): gettext_lazy("Your correction is public."),
    (Kind.CORRECTION, Status.REJECTED): gettext_lazy(
        "A moderator decided not to take it over; the reason is below. The entry stays as it is."
    ),
    (Kind.CORRECTION, Status.WITHDRAWN): gettext_lazy("You took your correction back. The entry stays as it is."),
    (Kind.CLAIM, Status.SUBMITTED): gettext_lazy(
        "A moderator will read why this entry is yours and decide. Until then you can add something or take it back."
    ),
    (Kind.CLAIM, Status.CHANGES_REQUESTED): gettext_lazy(
        "A moderator has a question, which is below. Your answer brings your claim back into the queue."
    ),
    (Kind.CLAIM, Status.ACCEPTED): gettext_lazy("Your claim is granted: you may correct the entry as its owner."),
    (Kind.CLAIM, Status.REJECTED): gettext_lazy("A moderator decided not to grant it; the reason is below."),
    (Kind.CLAIM, Status.WITHDRAWN): gettext_lazy("You took your claim back."),
    (Kind.REPORT, Status.SUBMITTED): gettext_lazy(
        "A moderator will look into it. Until then you can add something or take it back."
    ),
    (Kind.REPORT, Status.CHANGES_REQUESTED): gettext_lazy(
        "A moderator has a question, which is below. Your answer brings your report back into the queue."
    ),
    (Kind.REPORT, Status.ACCEPTED): gettext_lazy("A moderator has looked into it and dealt with it. Thank you."),
    (Kind.REPORT, Status.REJECTED): gettext_lazy(
        "A moderator has looked into it and found no problem; the reason is below."
    ),
    (Kind.REPORT, Status.WITHDRAWN): gettext_lazy("You took your report back."),
}


@dataclass(frozen=True)
class Event:
    """A line of the time line, as the submitter reads it: they are not told which moderator it was."""

    label: str
    by_name: str
    at: datetime
    note: str
    is_message: bool = False


def stands(submission: Submission) -> str:
    """Return in a sentence where a submission stands."""
    entry = submission.initiative
    if submission.is_taken_off:
        if entry.merged_into_id:
            return _("It was merged into another entry, to which its address leads now.")
        return _("It was public until a moderator took it off the catalogue; the reason is below.")
    if submission.status == Status.PUBLISHED and submission.kind == Kind.CORRECTION and _is_taken_in_part(submission):
        return _("Your correction is public, as far as a moderator took it over.")
    return str(_STANDS[Kind(submission.kind), Status(submission.status)])


def label(submission: Submission) -> str:
    """Return in a word or two where a submission stands."""
    return _("No longer public") if submission.is_taken_off else submission.status_label


def comes_next(submission: Submission) -> list[str]:
    """Return in sentences when a moderator will have read it, as far as anybody can tell; none if it does not wait."""
    place = place_in_queue(submission)
    if place is None:
        return []
    before = _("It is the next one in the queue.")
    if place > 1:
        before = ngettext(
            "%(n)s other is before it in the queue.", "%(n)s others are before it in the queue.", place - 1
        )
        before %= {"n": place - 1}
    return [before, _usual_time()]


def history(submission: Submission) -> list[Event]:
    """Return everything that was done and said, the oldest first."""
    decisions = moderation.timeline(submission)
    # Of what happened at the same moment, a claim is sent with its words, and an answer brings it back into the queue.
    events = [_done(each) for each in decisions if each.step != Step.ANSWER]
    events += [_said(each) for each in submission.messages.all()]
    events += [_done(each) for each in decisions if each.step == Step.ANSWER]
    return sorted(events, key=lambda event: event.at)


def _usual_time() -> str:
    days = usual_days_to_decision()
    if days is None:
        return _("Too little was decided lately to say how long that takes.")
    if days <= 1:
        return _("Lately half of all decisions came within a day.")
    return _("Lately half of all decisions came within %(days)s days.") % {"days": ceil(days)}


def _done(decision: Decision) -> Event:
    by = _("you") if decision.is_by_submitter else _("a moderator")
    if decision.step == Step.ANSWER:
        return Event(_("Back in the queue"), "", decision.at, decision.note)
    return Event(decision.label, by, decision.at, decision.note)


def _said(message: Message) -> Event:
    label = _("A moderator wrote") if message.is_from_moderator else _("You wrote")
    return Event(label, "", message.at, message.text, is_message=True)


def _is_taken_in_part(submission: Submission) -> bool:
    approval = submission.decisions.filter(step=Step.APPROVE).last()
    return approval is not None and approval.revision_id != submission.revision_id
