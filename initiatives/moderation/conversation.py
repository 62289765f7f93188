"""What a submitter and the moderators say to each other about a submission."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from initiatives import emails
from initiatives.choices import Status, Step
from initiatives.models import Message, Submission
from initiatives.moderation.steps import NotAllowed, require_moderator, take


@transaction.atomic
def say(submission: Submission, text: str, *, by: User | None = None, as_moderator: bool = False) -> Message:
    """Add a message to the conversation.

    What a moderator says goes to the submitter by mail. A submitter's answer to a request for changes
    brings the submission back into the queue, so that it is read.

    Raises:
        NotAllowed: `as_moderator`, and `by` is none, or not for this submission.
    """
    if as_moderator:
        if by is None:
            raise NotAllowed(submission.pk)
        require_moderator(by, submission)
    message = Message.objects.create(submission=submission, by=by, is_from_moderator=as_moderator, text=text)
    if as_moderator:
        transaction.on_commit(lambda: emails.message_written(message), robust=True)
    elif Submission.objects.select_for_update().get(pk=submission.pk).status == Status.CHANGES_REQUESTED:
        submission.refresh_from_db()
        take(Step.ANSWER, submission, by=by, changes={"submitted_at": timezone.now()})
    return message
