"""Writing to the submitter without deciding anything."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.models import Submission
from initiatives.moderate.access import find, moderators_only
from initiatives.moderate.filters import Queue
from initiatives.moderate.forms import MessageForm
from initiatives.moderate.review import show

#: The same words again within this time are a second click.
SECOND_CLICK = timedelta(minutes=1)


@moderators_only
@require_POST
def say(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Write to the submitter."""
    submission = find(request.user, pk)
    if submission.reviewer == request.user:
        moderation.hold(submission, by=request.user)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show(request, submission, message_form=form)
    _say_once(submission, form.cleaned_data["text"], by=request.user)
    if submission.email:
        messages.success(request, _("Your message is on its way to the submitter."))
    else:
        messages.success(request, _("Your message stands on the tracking page. There is no address to send it to."))
    query = Queue(request.GET, moderator=request.user).query_string(state="")
    return redirect(reverse("moderate:review", args=[pk]) + query)


@transaction.atomic
def _say_once(submission: Submission, text: str, *, by: User) -> None:
    Submission.objects.select_for_update().get(pk=submission.pk)
    latest = submission.messages.last()
    asked = (by.pk, text)
    if latest and (latest.by_id, latest.text) == asked and latest.at > timezone.now() - SECOND_CLICK:
        return
    moderation.say(submission, text, by=by, as_moderator=True)
