"""Taking a decision on what was looked at, and what to say when somebody was faster."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from accounts.models import User
from initiatives import moderation
from initiatives.choices import Step
from initiatives.models import Decision, Submission

STEPS = {
    Step.APPROVE: moderation.approve,
    Step.ACCEPT: moderation.accept,
    Step.REQUEST_CHANGES: moderation.request_changes,
    Step.REJECT: moderation.reject,
}


class HeldByAnother(Exception):
    """Another moderator has the submission open.

    Attributes:
        submission: with its holder.
    """

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.pk)
        self.submission = submission


class MessageCame(moderation.IllegalTransition):
    """Somebody said something since the page was opened."""


@transaction.atomic
def _decide(
    step: Step, seen: Submission, *, by: User, status: str, message_id: int | None, all_the_same: bool, **asked: Any
) -> Decision:
    now = Submission.objects.select_for_update().get(pk=seen.pk)
    # What is with its submitter may be rejected too, but not by somebody who looked at it before.
    if status and now.status != status:
        raise moderation.IllegalTransition(now)
    if message_id is not None and now.last_message_pk != message_id:
        raise MessageCame(now)
    if now.holder not in (None, by) and not all_the_same:
        raise HeldByAnother(now)
    return STEPS[step](seen, by=by, **asked)


def decide(
    step: Step,
    seen: Submission,
    *,
    by: User,
    note: str,
    revision_id: int,
    status: str,
    message_id: int | None,
    all_the_same: bool = False,
    **chosen: Any,
) -> Decision:
    """Take a decision on a submission as it was seen, or return it if it is the second of two clicks that asks for it.

    `revision_id`, `status` and `message_id`, the newest message, are what was seen (any status if empty, whatever was
    said if none); `chosen` is what else the step takes.

    Raises:
        IllegalTransition: somebody was faster.
        HeldByAnother: another moderator has it open, and it is not to be decided `all_the_same`.
    """
    asked = {"note": note, "revision_id": revision_id, **chosen}
    try:
        return _decide(step, seen, by=by, status=status, message_id=message_id, all_the_same=all_the_same, **asked)
    except moderation.IllegalTransition as refused:
        latest = refused.latest
        done = latest and (latest.by_id, latest.step, latest.note, refused.submission.revision_id)
        if latest and done == (by.pk, step, note, revision_id):
            return latest
        raise


def what_happened(refused: moderation.IllegalTransition, *, seen_revision: str) -> str:
    """Return a sentence on what happened since the version with the number `seen_revision` was looked at."""
    submission, latest = refused.submission, refused.latest
    if isinstance(refused, MessageCame):
        return _(
            "There is a message that came while you were reading. Read it below before you decide; your note is kept."
        )
    if latest and latest.step not in (Step.SUBMIT, Step.RESUBMIT, Step.ANSWER):
        faster = _("%(who)s was faster: “%(decision)s”, %(when)s ago. Nothing was changed by you; your note is kept.")
        return faster % {"who": latest.by_name, "decision": latest.label, "when": _ago(latest.at)}
    if str(submission.revision_id) != seen_revision:
        return _(
            "The submitter sent a new version while you were reading. "
            "Read it below before you decide; your note is kept."
        )
    if latest and latest.step == Step.ANSWER:
        return _("The submitter answered while you were reading. Read it below before you decide; your note is kept.")
    if submission.initiative.withdrawn_at:
        return _("The entry was taken off the catalogue. It can be neither corrected nor claimed now.")
    return _(
        "Another version of the entry was published while you were reading. "
        "The correction is compared with it below; your note and what you ticked are kept."
    )


def _ago(moment: datetime) -> str:
    return _("a moment") if timezone.now() - moment < timedelta(minutes=1) else timesince(moment)
