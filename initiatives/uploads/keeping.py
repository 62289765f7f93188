"""Keeps a file that passes the checks, and deletes what was kept."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable
from unicodedata import normalize

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import FileKind
from initiatives.models import Upload
from initiatives.uploads import documents, pictures

logger = logging.getLogger(__name__)

#: The most bytes of a file.
LIMITS = {FileKind.PICTURE: 2 * 1024 * 1024, FileKind.DOCUMENT: 10 * 1024 * 1024}
_CHECKS = {FileKind.PICTURE: pictures.check, FileKind.DOCUMENT: documents.check}
_LONGEST_NAME = 200
#: What would lead elsewhere, or shows a name as another: slashes, controls, and what turns the direction around.
_STRANGE = re.compile("[/\\\\\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]")


def keep(file: File, kind: FileKind, *, name: str, size: int) -> Upload:
    """Check a file that was sent under `name` and keep it, for whoever has its ticket.

    Raises:
        ValidationError: says what is wrong with the file, and what to do.
    """
    name = _checked_name(name)
    if size > LIMITS[kind]:
        limit = filesizeformat(LIMITS[kind])
        raise ValidationError(
            _("This file has %(size)s; at most %(limit)s are taken. Make it smaller, and choose it again.")
            % {"size": filesizeformat(size), "limit": limit}
        )
    data = file.read()
    if not data:
        raise ValidationError(_("This file is empty. Choose another."))
    checked = _CHECKS[kind](data)
    kept = sum(map(len, checked.files.values()))
    _find_room(kept)
    upload = Upload.objects.create(
        kind=kind, name=name, size=kept, digest=hashlib.sha256(data).hexdigest(), **checked.values
    )
    _write(upload, checked.files)
    return upload


def redeem(tickets: Iterable[str]) -> dict[str, Upload]:
    """Return the uploads that tickets are for, by ticket; they are kept for another day.

    A ticket that was not made here, or whose file is deleted, is left out.
    """
    keys = {ticket: key for ticket in tickets if (key := Upload.key_of(ticket))}
    uploads = Upload.objects.filter(key__in=keys.values(), is_ready=True)
    if keys:
        # First, so that none of them is deleted from now on.
        uploads.update(used_at=timezone.now())
    found = {upload.key: upload for upload in uploads}
    return {ticket: found[key] for ticket, key in keys.items() if key in found}


def erase(upload: Upload) -> None:
    """Delete the files of an upload that is not ready any more, then its row; what a crash leaves is erased again."""
    for name in upload.types:
        path = upload.path(name)
        if default_storage.exists(path):
            default_storage.delete(path)
    upload.delete()


def _checked_name(name: str) -> str:
    if _STRANGE.search(name):
        raise ValidationError(
            _("The name of this file has a slash or an invisible sign in it. Rename the file, and choose it again.")
        )
    if len(name) > _LONGEST_NAME:
        raise ValidationError(_("The name of this file is too long. Rename the file, and choose it again."))
    return normalize("NFC", name).strip()


def _find_room(size: int) -> None:
    """Refuse what would fill the disk: anybody may send files, and only what is approved has been wanted."""
    waiting = Upload.objects.never_approved().aggregate(total=Sum("size"))["total"] or 0
    if waiting + size > settings.FILES_WAITING_MEGABYTES * 1024 * 1024:
        logger.error("Files that wait for a moderator fill FILES_WAITING_MEGABYTES; no more are taken.")
        raise ValidationError(
            _("The site has no room for files just now. Go on without it, and add it in a few days.")
        )


def _write(upload: Upload, files: dict[str, bytes]) -> None:
    # The row is there before the files, and counts from the last of them on: whatever is left unfinished is found.
    try:
        for name, content in files.items():
            default_storage.save(upload.path(name), ContentFile(content))
    except Exception as error:  # the disk is full, the store is away
        logger.exception("A file could not be stored.")
        raise ValidationError(
            _("The file could not be stored just now. Try again in a few minutes; everything else is kept.")
        ) from error
    upload.is_ready = True
    upload.save(update_fields=["is_ready"])
