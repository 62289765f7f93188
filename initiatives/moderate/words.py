"""What each step is called at the desk, for each kind of submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives import moderation
from initiatives.choices import Kind, Status, Step
from initiatives.models import Submission

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What ends the waiting of a submission, in the order of the buttons.
DECISIONS = [Step.APPROVE, Step.ACCEPT, Step.REQUEST_CHANGES, Step.REJECT]
#: What undoes a decision.
UNDOING = [Step.REOPEN, Step.UNPUBLISH, Step.REPUBLISH]

_KEYS = {Step.APPROVE: "a", Step.ACCEPT: "a", Step.REQUEST_CHANGES: "c", Step.REJECT: "r"}
_LOOKS = {Step.APPROVE: "primary", Step.ACCEPT: "primary", Step.REJECT: "danger"}
_BUTTONS: dict[tuple[Kind | None, Step], StrOrPromise] = {
    (None, Step.APPROVE): gettext_lazy("Approve and publish"),
    (None, Step.REQUEST_CHANGES): gettext_lazy("Ask for changes"),
    (None, Step.REJECT): gettext_lazy("Reject"),
    (None, Step.REOPEN): gettext_lazy("Open it again"),
    (None, Step.UNPUBLISH): gettext_lazy("Take it off the catalogue"),
    (None, Step.REPUBLISH): gettext_lazy("Put it back into the catalogue"),
    (Kind.CORRECTION, Step.APPROVE): gettext_lazy("Publish what is ticked"),
    (Kind.CLAIM, Step.ACCEPT): gettext_lazy("Grant the claim"),
    (Kind.CLAIM, Step.REQUEST_CHANGES): gettext_lazy("Ask for more"),
    (Kind.CLAIM, Step.REJECT): gettext_lazy("Refuse the claim"),
    (Kind.REPORT, Step.ACCEPT): gettext_lazy("Dealt with"),
    (Kind.REPORT, Step.REQUEST_CHANGES): gettext_lazy("Ask for more"),
    (Kind.REPORT, Step.REJECT): gettext_lazy("No problem found"),
}
#: What is said where a note is missing without which the submitter could do nothing.
_NOTE_MISSING: dict[tuple[Kind | None, Step], StrOrPromise] = {
    (None, Step.REQUEST_CHANGES): gettext_lazy("Say what should be changed."),
    (None, Step.REJECT): gettext_lazy("Say why it is not published."),
    (Kind.CLAIM, Step.REQUEST_CHANGES): gettext_lazy("Say what you need to know."),
    (Kind.CLAIM, Step.REJECT): gettext_lazy("Say why the claim is refused."),
    (Kind.REPORT, Step.REQUEST_CHANGES): gettext_lazy("Say what you need to know."),
    (Kind.REPORT, Step.REJECT): gettext_lazy("Say what you found."),
}


@dataclass(frozen=True)
class Button:
    """A step that a moderator may take.

    Attributes:
        step: its value.
        label: a verb and what it does.
        look: primary, danger or nothing.
        key: the key that leads to it.
        needs_note: whether it says nothing without a note.
    """

    step: str
    label: str
    look: str
    key: str
    needs_note: bool


def button(kind: str, step: Step) -> Button:
    """Return the button of a step for a kind of submission."""
    return Button(
        step=step,
        label=str(_BUTTONS.get((Kind(kind), step)) or _BUTTONS[None, step]),
        look=_LOOKS.get(step, ""),
        key=_KEYS.get(step, ""),
        needs_note=(None, step) in _NOTE_MISSING,
    )


def decision_buttons(submission: Submission) -> list[Button]:
    """Return the decisions that are open, the one that most submissions get first."""
    is_open = moderation.decisions_open(submission)
    return [button(submission.kind, step) for step in DECISIONS if step in is_open]


def note_missing(kind: str, step: str) -> str:
    """Return what to say where a step has no note, or nothing if it needs none."""
    given = Step(step)
    return str(_NOTE_MISSING.get((Kind(kind), given)) or _NOTE_MISSING.get((None, given), ""))


def restore_url(submission: Submission) -> str:
    """Return where an earlier version of what was published can be restored, or nothing.

    No other step undoes a correction that was published.
    """
    if submission.status != Status.PUBLISHED:
        return ""
    return reverse("browse:history", args=[submission.initiative.slug])


def held_until(submission: Submission) -> str:
    """Return until when it is held, with the name of the zone of time: "14:30 UTC"."""
    if submission.reviewed_until is None:
        return ""
    moment = timezone.localtime(submission.reviewed_until)
    return f"{time_format(moment)} {moment:%Z}".strip()


def who_holds(submission: Submission) -> str:
    """Return a sentence on which other moderator has it open."""
    return _("%(who)s has this open until %(time)s.") % {"who": submission.holder, "time": held_until(submission)}
