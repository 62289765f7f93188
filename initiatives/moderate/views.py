"""The moderators' desk: the queue, one submission in it, the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.choices import Status, Step
from initiatives.models import Decision, Revision, Submission
from initiatives.moderate.forms import DECISIONS, DecisionForm
from initiatives.moderate.queue import row
from initiatives.querysets import SubmissionQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE_SIZE = 50
STEPS = {
    Step.APPROVE: moderation.approve,
    Step.REQUEST_CHANGES: moderation.request_changes,
    Step.REJECT: moderation.reject,
}


STATES: dict[str, tuple[StrOrPromise, Callable[[], SubmissionQuerySet]]] = {
    "waiting": (gettext_lazy("Waiting"), Submission.objects.awaiting_review),
    "with-submitter": (gettext_lazy("With the submitter"), Submission.objects.with_submitter),
    "decided": (gettext_lazy("Decided"), Submission.objects.decided),
}


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send whoever is not signed in to do so, and refuse whoever is no moderator."""
    return never_cache(login_required(permission_required(moderation.MODERATE, raise_exception=True)(view)))


@moderators_only
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the longest waiting first; or what is with its submitter, or decided."""
    asked = request.GET.get("state", "")
    state = asked if asked in STATES else "waiting"
    page = Paginator(STATES[state][1]().with_content(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [row(each) for each in page],
        "state": state,
        "states": [(name, label) for name, (label, _scope) in STATES.items()],
    }
    return render(request, "moderate/queue.html", context)


@moderators_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission with everything in it and its history."""
    submission = _find(pk)
    return _show(request, submission, _blank(submission))


@moderators_only
def decide(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Approve, ask for changes or reject; what cannot be done any more is told, with the note kept."""
    submission = _find(pk)
    if request.method != "POST":
        # Whoever had to sign in again in the middle of a decision arrives here.
        if submission.status == Status.SUBMITTED:
            messages.info(request, _("Nothing is decided yet. Press one of the buttons."))
        response = _show(request, submission, _blank(submission), status=405)
        response.headers["Allow"] = "POST"
        return response
    form = DecisionForm(request.POST)
    if not form.is_valid() and not form.is_outdated(submission):
        return _show(request, submission, form)
    try:
        decision = _take(form, submission, by=request.user)
    except moderation.IllegalTransition as refused:
        messages.warning(request, _what_happened(refused))
        now = _find(pk)
        return _show(request, now, _blank(now, note=form["note"].value() or ""))
    messages.success(
        request,
        _("“%(title)s”: %(decision)s.")
        % {"title": submission.revision.title, "decision": decision.get_step_display().lower()},
    )
    return redirect("moderate:queue")


def _find(pk: int) -> Submission:
    revision = Prefetch("revision", Revision.objects.with_content())
    submissions = Submission.objects.select_related("initiative__current", "member").prefetch_related(revision)
    return get_object_or_404(submissions, pk=pk)


def _blank(submission: Submission, *, note: str = "") -> DecisionForm:
    return DecisionForm(initial={"revision": submission.revision_id, "status": submission.status, "note": note})


def _show(request: HttpRequest, submission: Submission, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    context = {
        "submission": submission,
        "revision": submission.revision,
        "decisions": moderation.timeline(submission),
        "form": form,
        "steps": [step for step in moderation.decisions_open(submission) if step in DECISIONS],
        "position": Submission.objects.awaiting_review().filter(submitted_at__lt=submission.submitted_at).count() + 1,
        "waiting": Submission.objects.awaiting_review().count(),
    }
    return render(request, "moderate/review.html", context, status=status)


def _take(form: DecisionForm, submission: Submission, *, by: User) -> Decision:
    """Take the decision, or return it if it is the second of two clicks that asks for it.

    Raises:
        IllegalTransition: somebody was faster.
    """
    if not form.is_valid():
        raise moderation.IllegalTransition(submission)
    data = form.cleaned_data
    try:
        with transaction.atomic():
            # What is with its submitter may be rejected too, but not by somebody who looked at it before.
            if form.is_outdated(Submission.objects.select_for_update().get(pk=submission.pk)):
                raise moderation.IllegalTransition(submission)
            return STEPS[Step(data["decision"])](submission, by=by, note=data["note"], revision_id=data["revision"])
    except moderation.IllegalTransition as refused:
        latest, asked = refused.latest, (by.pk, data["decision"], data["note"], data["revision"])
        if latest and (latest.by_id, latest.step, latest.note, latest.revision_id) == asked:
            return latest
        raise


def _what_happened(refused: moderation.IllegalTransition) -> str:
    latest: Decision | None = refused.latest
    if latest is None or latest.step in (Step.SUBMIT, Step.RESUBMIT):
        return _(
            "The submitter sent a new version while you were reading. "
            "Read it below before you decide; your note is kept."
        )
    just_now = timezone.now() - latest.at < timedelta(minutes=1)
    return _("%(who)s was faster: “%(decision)s”, %(when)s ago. Nothing was changed by you; your note is kept.") % {
        "who": latest.by_name,
        "decision": latest.get_step_display(),
        "when": _("a moment") if just_now else timesince(latest.at),
    }
