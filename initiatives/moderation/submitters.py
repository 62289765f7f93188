"""What submitters do about themselves, which shows beside their entries at once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from initiatives.models import Submission
from initiatives.search.changes import changed


@transaction.atomic
def confirm_address(submission: Submission) -> None:
    """Note that whoever gave the e-mail address reads its mail; a second call changes nothing."""
    if Submission.objects.filter(pk=submission.pk, verified_at=None).update(verified_at=timezone.now()):
        changed([submission.initiative_id])
    submission.refresh_from_db(fields=["verified_at"])


@transaction.atomic
def hide_name(submission: Submission) -> None:
    """Take the submitter's name off the pages, also off a published entry; a second call changes nothing."""
    if Submission.objects.filter(pk=submission.pk, show_name=True).update(show_name=False):
        changed()
    submission.refresh_from_db(fields=["show_name"])
