"""The moderators' desk: the queue, one submission in it, the decision."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.choices import Step
from initiatives.models import Decision, Submission
from initiatives.moderate.forms import DecisionForm
from initiatives.moderate.queue import row

PAGE_SIZE = 50
STEPS = {
    Step.APPROVE: moderation.approve,
    Step.REQUEST_CHANGES: moderation.request_changes,
    Step.REJECT: moderation.reject,
}


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send whoever is not signed in to do so, and refuse whoever is no moderator."""
    return never_cache(login_required(permission_required(moderation.MODERATE, raise_exception=True)(view)))


@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the longest waiting first."""
    submissions = Submission.objects.awaiting_review().with_content()
    page = Paginator(submissions, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "moderate/queue.html", {"page": page, "rows": [row(each) for each in page]})


@moderators_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission with everything in it and its history."""
    submission = _find(pk)
    return _show(request, submission, DecisionForm(initial={"revision": submission.revision_id}))


@moderators_only
@require_POST
def decide(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Approve, ask for changes or reject; what cannot be done any more is told, with the note kept."""
    submission = _find(pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, submission, form)
    data = form.cleaned_data
    try:
        decision = STEPS[Step(data["decision"])](
            submission, by=request.user, note=data["note"], revision_id=data["revision"]
        )
    except moderation.IllegalTransition as refused:
        messages.warning(request, _what_happened(refused))
        return _show(request, _find(pk), form)
    messages.success(
        request,
        _("“%(title)s”: %(decision)s.")
        % {"title": submission.revision.title, "decision": decision.get_step_display().lower()},
    )
    return redirect("moderate:queue")


def _find(pk: int) -> Submission:
    return get_object_or_404(Submission.objects.select_related("revision", "initiative__current", "member"), pk=pk)


def _show(request: HttpRequest, submission: Submission, form: DecisionForm) -> HttpResponse:
    context = {
        "submission": submission,
        "revision": submission.revision,
        "decisions": moderation.timeline(submission),
        "form": form,
        "position": Submission.objects.awaiting_review().filter(submitted_at__lt=submission.submitted_at).count() + 1,
        "waiting": Submission.objects.awaiting_review().count(),
    }
    return render(request, "moderate/review.html", context)


def _what_happened(refused: moderation.IllegalTransition) -> str:
    latest: Decision | None = refused.latest
    if latest is None or latest.step in (Step.SUBMIT, Step.RESUBMIT):
        return _(
            "The submitter sent a new version while you were reading. "
            "Read it below before you decide; your note is kept."
        )
    return _("%(who)s was faster: “%(decision)s”, %(when)s ago. Nothing was changed by you; your note is kept.") % {
        "who": latest.by_name,
        "decision": latest.get_step_display(),
        "when": timesince(latest.at),
    }
