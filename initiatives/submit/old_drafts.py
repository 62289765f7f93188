"""What becomes of drafts that nobody goes on with: their writer is told, and a week later they go."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

from django.core.cache import cache
from django.utils import timezone

from initiatives import emails
from initiatives.models import Draft

logger = logging.getLogger(__name__)

#: For so long (seconds) a second run leaves a draft to the one that is telling its writer.
UNDERWAY = 3600


def warn_of_deletion() -> int:
    """Tell the writers of drafts that are deleted in a week, each once, and return how many were told.

    The week begins when the mail is sent, or at once where nobody can be told: there is no address, or the mail
    server knows of none like it. While the server is away nothing begins; the next run tries again.
    """
    told = 0
    for pk in list(Draft.objects.to_be_warned().values_list("pk", flat=True)):
        # Of two runs at once, one tells.
        if cache.add(f"draft-warned:{pk}", True, UNDERWAY):
            try:
                told += _tell(pk)
            finally:
                cache.delete(f"draft-warned:{pk}")
    return told


def delete_outlived() -> int:
    """Delete the drafts that nobody saved or kept for too long, and return how many there were."""
    _rows, by_model = Draft.objects.outlived().delete()
    return by_model.get(Draft._meta.label, 0)


def _tell(pk: int) -> bool:
    """Send the mail, if that is not done yet, and begin the week; return whether a mail was sent."""
    to_be_warned = Draft.objects.to_be_warned().filter(pk=pk)
    draft = to_be_warned.select_related("member").first()
    if draft is None:
        return False
    sent, reachable = False, bool(draft.email)
    try:
        sent = emails.draft_expires(draft)
    except SMTPRecipientsRefused:
        reachable = False
    except OSError:
        logger.exception("The writer of a draft was not told that it will be deleted.")
    if sent or not reachable:
        to_be_warned.update(warned_at=timezone.now())
    return sent
