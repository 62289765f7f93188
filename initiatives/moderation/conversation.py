"""What a submitter and the moderators say to each other about a submission."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from initiatives import emails
from initiatives.choices import Step
from initiatives.models import Message, Submission
from initiatives.moderation.steps import TRANSITIONS, IllegalTransition, NotAllowed, require_moderator, take

#: For so long the same words are taken for the second of two clicks.
SECOND_CLICK = timedelta(minutes=1)


@transaction.atomic
def say(submission: Submission, text: str, *, by: User | None = None, as_moderator: bool = False) -> Message:
    """Add a message to the conversation; the second of two clicks gets the message of the first.

    What a moderator says goes to the submitter by mail. A submitter's answer to a request for changes, or the
    one to a rejection, brings the submission back into the queue, so that it is read.

    Raises:
        NotAllowed: `as_moderator`, and `by` is none, or not for this submission.
        IllegalTransition: it is closed, and nobody would read what the submitter says.
    """
    if as_moderator:
        if by is None:
            raise NotAllowed(submission.pk)
        require_moderator(by, submission)
    # One after the other: so two clicks at once are seen to be two.
    Submission.objects.select_for_update().get(pk=submission.pk)
    submission.refresh_from_db()
    if said := _said_just_now(submission, text, as_moderator=as_moderator):
        return said
    if not as_moderator and not submission.hears_submitter:
        raise IllegalTransition(submission)
    message = Message.objects.create(submission=submission, by=by, is_from_moderator=as_moderator, text=text)
    if as_moderator:
        transaction.on_commit(lambda: emails.message_written(message), robust=True)
    elif submission.status in TRANSITIONS[Step.ANSWER].sources:
        take(Step.ANSWER, submission, by=by, changes={"submitted_at": timezone.now()})
    return message


def _said_just_now(submission: Submission, text: str, *, as_moderator: bool) -> Message | None:
    """Return the last message if it says this very thing, and nothing was done since but what it did itself."""
    last = submission.messages.filter(at__gt=timezone.now() - SECOND_CLICK).last()
    if last is None or (last.text, last.is_from_moderator) != (text, as_moderator):
        return None
    since = submission.decisions.filter(at__gte=last.at).exclude(step=Step.ANSWER)
    return None if since.exists() else last
