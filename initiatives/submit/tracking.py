"""What the holder of a tracking link sees and does, and a member's own submissions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import AuthenticatedHttpRequest
from initiatives import emails, moderation
from initiatives.choices import Status
from initiatives.models import Draft, Initiative, Submission, token_hash
from initiatives.submit import drafts, outlook
from initiatives.submit.abuse import refuse_message
from initiatives.submit.answer import AnswerForm

logger = logging.getLogger(__name__)

#: Between two confirmation mails for one submission, in seconds.
MAIL_PAUSE = 600


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the answers of `view` out of caches, search engines and other sites' referrers."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(wrapped)


def find(token: str) -> Submission:
    """Return the submission that a tracking link leads to. Raises Http404 when there is none."""
    submissions = Submission.objects.select_related("revision", "initiative", "member")
    return get_object_or_404(submissions, token_hash=token_hash(token))


def submitter(request: HttpRequest, data: dict[str, Any]) -> moderation.Submitter:
    """Return who sends the form: the member who is signed in, or whoever the form names."""
    given = {name: data[name] for name in ("name", "show_name", "organisation")}
    if not request.user.is_authenticated:
        return moderation.Submitter(email=data["email"], **given)
    confirmed = EmailAddress.objects.filter(user=request.user, email__iexact=request.user.email, verified=True)
    return moderation.Submitter(member=request.user, email=request.user.email, is_verified=confirmed.exists(), **given)


def acting(request: HttpRequest, submission: Submission) -> User | None:
    """Return the member whose submission it is, if it is they who ask: the link alone says nothing of who holds it."""
    user = request.user
    return user if user.is_authenticated and user.pk == submission.member_id else None


@private
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Where a draft or a submission stands, and what was said about it; a draft that is sent back to it is kept."""
    if draft := drafts.find(token):
        if request.method == "POST":
            draft.keep()
            until = date_format(localtime(draft.kept_until), "DATE_FORMAT")
            messages.success(request, _("It is kept until %(date)s.") % {"date": until})
            return redirect("submit:tracking", token)
        drafts.opened(draft, by=request.user)
        return render(request, "submit/draft.html", {"draft": draft, "page_url": _kept_address(request, token)})
    return _show(request, token, find(token), AnswerForm())


@private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Say something to the moderators."""
    submission = find(token)
    if request.method != "POST":
        return redirect("submit:tracking", token)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, token, submission, form)
    if status := refuse_message(request, form):
        return _show(request, token, submission, form, status=status)
    try:
        moderation.say(submission, form.cleaned_data["text"], by=acting(request, submission))
    except moderation.IllegalTransition:
        messages.warning(request, _("This was decided in the meantime. Your message is below; it was not sent."))
        return _show(request, token, find(token), form)
    messages.success(request, _("Your message is sent; a moderator will read it."))
    return redirect("submit:tracking", token)


def _show(
    request: HttpRequest, token: str, submission: Submission, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "submission": submission,
        "revision": submission.revision,
        "entry": Initiative.objects.published().filter(pk=submission.initiative_id).first(),
        "label": outlook.label(submission),
        "stands": outlook.stands(submission),
        "comes_next": outlook.comes_next(submission),
        "history": outlook.history(submission),
        "form": form,
        "may_answer": submission.hears_submitter,
        "page_url": _kept_address(request, token),
    }
    return render(request, "submit/tracking.html", context, status=status)


def _kept_address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("submit:tracking", args=[token]))


@private
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take a submission back: GET asks, POST acts."""
    submission = find(token)
    if request.method == "POST":
        with suppress(moderation.IllegalTransition):
            moderation.withdraw(submission, by=acting(request, submission))
            messages.success(request, _("It is taken back; no moderator will decide it."))
            return redirect("submit:tracking", token)
    if submission.is_open:
        return render(request, "submit/withdraw.html", {"submission": submission})
    if submission.status != Status.WITHDRAWN:
        messages.info(request, _("It is too late to withdraw this submission: it was decided already."))
    return redirect("submit:tracking", token)


@private
@require_POST
def hide_name(request: HttpRequest, token: str) -> HttpResponse:
    """Take the submitter's name off the pages, at once and also off a published entry."""
    submission = find(token)
    moderation.hide_name(submission)
    messages.success(request, _("Your name is no longer shown."))
    return redirect("submit:tracking", token)


@private
def confirm(request: HttpRequest, value: str) -> HttpResponse:
    """Confirm an e-mail address: GET shows a button and POST acts, because mail scanners follow links."""
    submission = emails.read_confirmation(value)
    if submission is None:
        return render(request, "submit/confirm_expired.html", status=404)
    if request.method == "POST":
        moderation.confirm_address(submission)
        messages.success(request, _("Thank you. Your address is confirmed, and the submission counts as verified."))
        return redirect(submission.tracking_url)
    return render(request, "submit/confirm.html", {"submission": submission})


@private
@require_POST
def send_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Send the confirmation mail again."""
    submission = find(token)
    if submission.email and not submission.is_verified:
        pause = f"confirmation:{submission.pk}"
        if not cache.add(pause, True, MAIL_PAUSE):
            messages.info(request, _("A mail was sent a moment ago. Wait ten minutes before you ask for another."))
        elif not _sends_confirmation(request, submission):
            cache.delete(pause)
    return redirect("submit:tracking", token)


def _sends_confirmation(request: HttpRequest, submission: Submission) -> bool:
    """Send the mail, say how that went, and return whether it was sent."""
    try:
        sent = emails.submission_received(submission)
    except OSError:
        # The mail server is away or refuses: SMTPException is an OSError.
        logger.exception("A confirmation mail was not sent.")
        messages.error(request, _("The mail could not be sent just now. Try again in a few minutes."))
        return False
    if sent:
        messages.success(request, _("The mail is on its way. Look into the spam folder too."))
    else:
        minutes = emails.UNCONFIRMED.minutes_left
        late = ngettext(
            "Several mails went to this address within an hour. Try again in %(minutes)s minute.",
            "Several mails went to this address within an hour. Try again in %(minutes)s minutes.",
            minutes,
        )
        messages.info(request, late % {"minutes": minutes})
    return sent


@private
@login_required
def mine(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What the member who is signed in has begun, submitted and owns."""
    context = {
        "drafts": Draft.objects.of_member(request.user),
        "owned": Initiative.objects.published().owned_by(request.user).with_list_content().order_by("-published_at"),
        "submissions": Submission.objects.of_member(request.user).with_content(),
    }
    return render(request, "submit/mine.html", context)
