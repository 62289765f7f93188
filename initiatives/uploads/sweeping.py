"""Deletes files that nobody needs any more (docs/decisions/0010-files.md)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from initiatives.models import Draft, Revision, Upload
from initiatives.querysets import UploadQuerySet
from initiatives.uploads.keeping import erase

logger = logging.getLogger(__name__)

#: What was sent with a form and never submitted.
UNUSED = timedelta(days=1)
#: What a submission had that is closed, and no approved version has.
CLOSED = timedelta(days=90)


@dataclass
class Swept:
    """How many files were deleted, and how many could not be."""

    deleted: int = 0
    failed: int = 0


def delete_needless(now: datetime | None = None) -> Swept:
    """Delete the files that nobody needs at `now`; what cannot be deleted is logged, and tried again the next time."""
    now = now or timezone.now()
    drafted, swept = _in_drafts(), Swept()
    for upload in _needless(now).order_by("pk"):
        if upload.key in drafted:
            continue
        try:
            if _taken_out(upload, now):
                erase(upload)
                swept.deleted += 1
        except Exception:  # the store is away, or somebody attached it at this moment
            logger.exception("A file could not be deleted.")
            swept.failed += 1
    return swept


def _needless(now: datetime) -> UploadQuerySet:
    return Upload.objects.needless(unused_since=now - UNUSED, closed_since=now - CLOSED)


def _in_drafts() -> set[str]:
    """Return the keys of the files that drafts have: their answers hold the tickets."""
    return {
        key
        for answers in Draft.objects.values_list("answers", flat=True).iterator()
        for values in answers.values()
        for value in values
        if (key := Upload.key_of(str(value)))
    }


@transaction.atomic
def _taken_out(upload: Upload, now: datetime) -> bool:
    """Take an upload out of everything, unless it is needed after all; its files can be deleted from then on."""
    # Whoever attaches it at this moment is waited for, and seen below.
    Upload.objects.select_for_update().get(pk=upload.pk)
    if not _needless(now).filter(pk=upload.pk).exists():
        return False
    Revision.objects.filter(picture=upload).update(picture=None, picture_alt="", picture_credit="")
    upload.attachments.all().delete()
    Upload.objects.filter(pk=upload.pk).update(is_ready=False)
    return True
