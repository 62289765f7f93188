"""Rejecting several at once: they are listed by their titles first, then each is decided by itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.choices import Status, Step
from initiatives.models import Submission
from initiatives.moderate import words
from initiatives.moderate.access import moderators_only
from initiatives.moderate.deciding import HeldByAnother, decide
from initiatives.moderate.filters import Queue
from initiatives.moderate.forms import RejectForm, TickForm
from initiatives.moderate.rows import row


@moderators_only
def bulk(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Reject what was ticked in the queue: GET lists it, POST rejects it with one note."""
    back = reverse("moderate:queue") + Queue(request.GET, moderator=request.user).query_string(state="")
    given = request.POST if request.method == "POST" else request.GET
    ticks = TickForm(given)
    if not ticks.is_valid():
        messages.warning(request, " ".join(map(str, ticks.errors["submission"])))
        return redirect(back)
    seen: dict[int, tuple[int, int]] = ticks.cleaned_data["submission"]
    form = RejectForm(request.POST) if request.method == "POST" else RejectForm()
    if "use_reply" in request.POST:
        form = RejectForm(initial={"note": form.with_reply()})
    elif request.method == "POST" and form.is_valid():
        _reject(request, seen, form.cleaned_data["note"])
        return redirect(back)
    found = [(each, _why_not(each, seen[each.pk], request.user)) for each in _find(seen, request.user)]
    context = {
        "form": form,
        "rows": [row(each, moderator=request.user) for each, why_not in found if not why_not],
        "left": [(row(each, moderator=request.user), why_not) for each, why_not in found if why_not],
        "back": back,
    }
    return render(request, "moderate/bulk.html", context)


def _find(seen: dict[int, tuple[int, int]], moderator: User) -> list[Submission]:
    """Return what was ticked, as far as the moderator may decide it, the longest waiting first."""
    found = Submission.objects.in_remit_of(moderator).filter(pk__in=seen).order_by("submitted_at", "pk")
    return list(found.with_content())


def _why_not(submission: Submission, seen: tuple[int, int], moderator: User) -> str:
    """Return why a submission is not rejected with the others, or nothing."""
    if submission.status != Status.SUBMITTED:
        return submission.status_label
    seen_revision, seen_message = seen
    if submission.revision_id != seen_revision:
        return _("Its sender changed it meanwhile.")
    if submission.last_message_pk != seen_message:
        return _("A message came meanwhile.")
    if submission.holder not in (None, moderator):
        return words.who_holds(submission)
    return ""


def _reject(request: AuthenticatedHttpRequest, seen: dict[int, tuple[int, int]], note: str) -> None:
    """Reject each in a transaction of its own, and say how many and which were left alone."""
    left = []
    rejected = 0
    for submission in _find(seen, request.user):
        revision_id, message_id = seen[submission.pk]
        try:
            decide(
                Step.REJECT,
                submission,
                by=request.user,
                note=note,
                revision_id=revision_id,
                status=Status.SUBMITTED,
                message_id=message_id,
            )
            rejected += 1
        except (moderation.IllegalTransition, HeldByAnother) as refused:
            left.append((submission, _why_not(refused.submission, seen[submission.pk], request.user)))
    if rejected:
        said = ngettext("%(count)s submission is rejected.", "%(count)s submissions are rejected.", rejected)
        messages.success(request, said % {"count": rejected})
    if left:
        named = "; ".join(
            _("“%(title)s” (%(why)s)") % {"title": each.revision.title, "why": why.rstrip(".")} for each, why in left
        )
        messages.warning(request, _("Left alone: %(submissions)s.") % {"submissions": named})
