"""One function per e-mail: who gets it, what it says, where its links lead."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import TimestampSigner
from django.template.loader import render_to_string
from django.urls import reverse

from initiatives.models import Decision, Submission

#: How long the link in a confirmation mail works, in seconds.
CONFIRMATION_AGE = 14 * 24 * 60 * 60
_signer = TimestampSigner(salt="initiatives.confirm-address")


def confirmation_value(submission: Submission) -> str:
    """Return the signed value that a confirmation link carries: which submission, which address."""
    return _signer.sign_object([submission.pk, submission.email], compress=True)


def read_confirmation(value: str) -> tuple[int, str]:
    """Return the submission's number and the address that a confirmation link speaks of.

    Raises:
        django.core.signing.BadSignature: it was not made here, or is older than CONFIRMATION_AGE.
    """
    pk, email = _signer.unsign_object(value, max_age=CONFIRMATION_AGE)
    return pk, email


def submission_received(submission: Submission) -> None:
    """Thank the submitter, hand over the tracking link and ask to confirm the address if that is open."""
    confirm = None if submission.is_verified else reverse("submit:confirm", args=[confirmation_value(submission)])
    _send(submission, "submission_received", {"confirm_url": confirm and settings.SITE_URL + confirm})


def submission_decided(decision: Decision) -> None:
    """Tell the submitter what a moderator decided, with the moderator's note."""
    _send(decision.submission, f"submission_{decision.to_status}", {"decision": decision})


def _send(submission: Submission, template: str, context: dict[str, object]) -> None:
    if not submission.email:
        return
    context = {
        "submission": submission,
        "title": submission.revision.title,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "tracking_url": settings.SITE_URL + submission.tracking_url,
        **context,
    }
    subject = render_to_string(f"emails/{template}_subject.txt", context)
    message = EmailMultiAlternatives(
        # A title is somebody else's text: no line end of it may reach a header.
        subject=" ".join(subject.split()),
        body=render_to_string(f"emails/{template}.txt", context),
        to=[submission.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.send()
