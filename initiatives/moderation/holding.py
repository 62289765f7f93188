"""Who has a submission open: a soft lock, so that no two moderators read the same one unknowingly."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from initiatives.models import Submission
from initiatives.moderation.steps import require_moderator
from initiatives.querysets import SubmissionQuerySet

#: How long a moderator has a submission open without doing anything about it.
HOLD = timedelta(minutes=30)


def hold(submission: Submission, *, by: User) -> bool:
    """Take a waiting submission, or keep it, for half an hour from now; return whether `by` has it now.

    False: somebody else has it, or it is decided. Of two who take it at once only one gets it.

    Raises:
        NotAllowed: `by` is not a moderator, or not for this one.
    """
    require_moderator(by, submission)
    free = Submission.objects.awaiting_review().free_for(by).filter(pk=submission.pk)
    taken = free.update(reviewer=by, reviewed_until=timezone.now() + HOLD)
    submission.refresh_from_db(fields=["status", "reviewer", "reviewed_until"])
    return bool(taken)


def hold_next(queue: SubmissionQuerySet, *, by: User) -> Submission | None:
    """Take the first waiting submission of `queue` that no other moderator has, and return it, or None.

    Raises:
        NotAllowed: `by` is not a moderator, or not for this one.
    """
    while submission := queue.awaiting_review().free_for(by).first():
        if hold(submission, by=by):
            return submission
    return None


def put_back(submission: Submission, *, by: User) -> None:
    """Let others have a submission that `by` has; of one that somebody else has, nothing changes."""
    Submission.objects.filter(pk=submission.pk, reviewer=by).update(reviewer=None, reviewed_until=None)
    submission.refresh_from_db(fields=["reviewer", "reviewed_until"])
