"""Taking a submission, keeping it while reading, putting it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.models import Submission
from initiatives.moderate import words
from initiatives.moderate.access import acts, find, moderators_only
from initiatives.moderate.decide import form_sent, kept
from initiatives.moderate.filters import Queue
from initiatives.moderate.review import show


@moderators_only
@acts
def hold(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take a submission, or keep it for another half an hour; the page comes back with what was typed.

    static/js/desk.js asks for JSON while somebody works: a sentence on who has it, and 409 if that is somebody else.
    """
    submission = find(request.user, pk)
    is_mine = moderation.hold(submission, by=request.user)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"text": _who_has(submission, is_mine=is_mine)}, status=200 if is_mine else 409)
    if not is_mine:
        messages.warning(request, _who_has(submission, is_mine=False))
    return show(request, submission, typed=kept(form_sent(request, submission)))


@moderators_only
@acts
def put_back(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Let others have it, and go back to the queue."""
    submission = find(request.user, pk)
    moderation.put_back(submission, by=request.user)
    messages.success(request, _("“%(title)s” is back in the queue.") % {"title": submission.revision.title})
    return redirect(reverse("moderate:queue") + Queue(request.GET, moderator=request.user).query_string(state=""))


def _who_has(submission: Submission, *, is_mine: bool) -> str:
    if is_mine:
        return _("You have this open until %(time)s.") % {"time": words.held_until(submission)}
    if submission.holder:
        return words.who_holds(submission)
    return _("This does not wait for a decision any more.")
