"""Writing to the submitter without deciding anything."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.moderate.access import acts, find, moderators_only
from initiatives.moderate.filters import Queue
from initiatives.moderate.forms import MessageForm
from initiatives.moderate.review import show


@moderators_only
@acts
def say(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Write to the submitter."""
    submission = find(request.user, pk)
    if submission.reviewer == request.user:
        moderation.hold(submission, by=request.user)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show(request, submission, message_form=form)
    moderation.say(submission, form.cleaned_data["text"], by=request.user, as_moderator=True)
    if submission.email:
        messages.success(request, _("Your message is on its way to the submitter."))
    else:
        messages.success(request, _("Your message stands on the tracking page. There is no address to send it to."))
    query = Queue(request.GET, moderator=request.user).query_string(state="")
    return redirect(reverse("moderate:review", args=[pk]) + query)
