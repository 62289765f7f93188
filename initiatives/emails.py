"""One function per e-mail: who gets it, what it says, where its links lead.

Anybody can type anybody's address. So a mail to one that is not confirmed holds no word of whoever typed it, and
only a few of them go there; each function returns whether its mail was sent.
"""

from __future__ import annotations

import hashlib
import re

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, TimestampSigner
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import override

from accounts.models import User
from initiatives.choices import Step
from initiatives.limits import Limit
from initiatives.models import Decision, Draft, Initiative, Message, Submission, Tracked
from initiatives.querysets import DRAFTS_NOTICE

#: How long the link in a confirmation mail works, in seconds.
CONFIRMATION_AGE = 14 * 24 * 60 * 60
#: Mails to one address that is not confirmed.
UNCONFIRMED = Limit("mails", most=3, seconds=3600)
#: What tells of which decision.
_TOLD = {
    Step.APPROVE: "submission_published",
    Step.REQUEST_CHANGES: "submission_changes_requested",
    Step.REJECT: "submission_rejected",
    Step.REOPEN: "submission_reopened",
    Step.UNPUBLISH: "entry_taken_off",
    Step.MERGE: "entry_taken_off",
    Step.REPUBLISH: "submission_published",
}
_ENDS = {Step.ACCEPT, Step.REJECT}
_signer = TimestampSigner(salt="initiatives.confirm-address")


def confirmation_value(submission: Submission) -> str:
    """Return the signed value that a confirmation link carries: which submission, and a hash of which address."""
    return _signer.sign_object([submission.pk, _address_hash(submission)])


def read_confirmation(value: str) -> Submission | None:
    """Return the submission whose address a confirmation link confirms.

    None if the link was not made here, is older than CONFIRMATION_AGE or went to another address.
    """
    try:
        pk, address = _signer.unsign_object(value, max_age=CONFIRMATION_AGE)
    except BadSignature:
        return None
    submission = Submission.objects.select_related("revision").filter(pk=pk).first()
    return submission if submission and constant_time_compare(address, _address_hash(submission)) else None


def _address_hash(submission: Submission) -> str:
    # With the seed, which nobody knows: an address alone could be found by trying.
    return hashlib.sha256(f"{submission.seed}:{submission.email}".encode()).hexdigest()[:32]


def in_language_of(sent: Tracked | None) -> override:
    """Return what lets texts and links speak the language of whoever sent something, while the site speaks it."""
    language = sent.reader_language if sent else ""
    return override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


def submission_received(submission: Submission) -> bool:
    """Thank the submitter, hand over the tracking link and ask to confirm the address if that is open."""
    with in_language_of(submission):
        confirm = None if submission.is_verified else reverse("submit:confirm", args=[confirmation_value(submission)])
    return _send(submission, "submission_received", {"confirm_url": confirm and settings.SITE_URL + confirm})


def submission_decided(decision: Decision) -> bool:
    """Tell the submitter what a moderator decided, with the moderator's note."""
    submission = decision.submission
    template = "request_decided" if not submission.proposes and decision.step in _ENDS else _TOLD[Step(decision.step)]
    return _send(submission, template, {"decision": decision})


def owned_again(claim: Submission) -> bool:
    """Tell whoever was granted a claim, and lost the entry to another one, that the entry is theirs again."""
    return _send(claim, "owned_again", {})


def entry_decided(entry: Initiative, decision: Decision) -> bool:
    """Tell the owner of an entry that it is off the catalogue, or public again, if they did not submit it as well."""
    if entry.owner is None or entry.owner.email.casefold() == decision.submission.email.casefold():
        return False
    return _send_owner(entry, entry.owner, "entry_of_owner", "browse:entry", {"decision": decision})


def owner_replaced(entry: Initiative, owner: User) -> bool:
    """Tell who owned an entry that somebody else does now; what is between that one and the moderators is theirs."""
    return _send_owner(entry, owner, "owner_replaced", "submit:claim", {})


def message_written(message: Message) -> bool:
    """Hand over what a moderator writes to the submitter."""
    return _send(message.submission, "message_written", {"message": message})


def submission_withdrawn(submission: Submission) -> bool:
    """Confirm to the submitter that it is taken back, whoever holding the link did it."""
    return _send(submission, "submission_withdrawn", {})


def draft_expires(draft: Draft) -> bool:
    """Tell whoever began a draft when it is deleted unless they open it."""
    is_verified = draft.member is not None and _is_confirmed(draft.member)
    context = {
        "draft": draft,
        "deleted_at": max(draft.kept_until, timezone.now() + DRAFTS_NOTICE),
        "title": draft.title if is_verified else "",
    }
    return _mail(draft, draft.email, "draft_expires", context, is_verified=is_verified)


def _send(submission: Submission, template: str, context: dict[str, object]) -> bool:
    context = {
        "submission": submission,
        "title": submission.revision.title if submission.is_verified else "",
        **context,
    }
    return _mail(submission, submission.email, template, context, is_verified=submission.is_verified)


def _send_owner(entry: Initiative, owner: User, template: str, page: str, context: dict[str, object]) -> bool:
    # In the language in which they wrote about it last.
    wrote = Submission.objects.filter(initiative=entry, member=owner).order_by("pk").last()
    is_verified = _is_confirmed(owner)
    with in_language_of(wrote):
        context |= {
            "entry": entry,
            "title": entry.public.title if is_verified else "",
            "tracking_url": settings.SITE_URL + reverse(page, args=[entry.slug]),
        }
        return _mail(wrote, owner.email, template, context, is_verified=is_verified)


def _is_confirmed(member: User) -> bool:
    """Return whether a member's address is confirmed."""
    return EmailAddress.objects.filter(user=member, email__iexact=member.email, verified=True).exists()


def _mail(sent: Tracked | None, address: str, template: str, context: dict[str, object], *, is_verified: bool) -> bool:
    if not address:
        return False
    with in_language_of(sent):
        context = {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "tracking_url": sent and settings.SITE_URL + sent.tracking_url,
            **context,
        }
        subject = render_to_string(f"emails/{template}_subject.txt", context)
        body = render_to_string(f"emails/{template}.txt", context)
    message = EmailMessage(
        # A title is somebody else's text: no line end of it may reach a header.
        subject=" ".join(subject.split()),
        body=re.sub(r"\n{3,}", "\n\n", body).strip() + "\n",
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    if not is_verified:
        return _send_unconfirmed(message, address)
    message.send()
    return True


def _send_unconfirmed(message: EmailMessage, address: str) -> bool:
    name, _, domain = address.casefold().rpartition("@")
    # What stands behind a "+" is still the same letter box.
    place = UNCONFIRMED.take(f"{name.partition('+')[0]}@{domain}")
    if place is None:
        return False
    try:
        message.send()
    except Exception:
        UNCONFIRMED.give_back(place)
        raise
    return True
