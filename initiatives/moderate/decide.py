"""The decision, and on to the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.choices import Kind, Status, Step
from initiatives.models import Decision, Submission
from initiatives.moderate import words
from initiatives.moderate.access import find, moderators_only
from initiatives.moderate.comparison import compare
from initiatives.moderate.deciding import HeldByAnother, what_happened
from initiatives.moderate.deciding import decide as take_decision
from initiatives.moderate.forms import DecisionForm
from initiatives.moderate.queue import go_on
from initiatives.moderate.review import show


@moderators_only
def decide(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take a decision and go on to the next; what cannot be done any more is told, with what was typed kept."""
    submission = find(request.user, pk)
    if request.method != "POST":
        # Whoever had to sign in again in the middle of a decision arrives here.
        if submission.status == Status.SUBMITTED:
            messages.info(request, _("Nothing is decided yet. Press one of the buttons."))
        response = show(request, submission, status=405)
        response.headers["Allow"] = "POST"
        return response
    if submission.reviewer == request.user:
        moderation.hold(submission, by=request.user)
    form = form_sent(request, submission)
    if "decision" not in request.POST and ("use_reply" in request.POST or "all_the_same" in request.POST):
        return show(request, submission, typed=kept(form))
    if not form.is_valid() and not form.is_outdated(submission):
        return show(request, submission, form=form)
    try:
        decision = _take(form, submission, request)
    except moderation.IllegalTransition as refused:
        messages.warning(request, what_happened(refused, seen_revision=str(form["revision"].value())))
    except HeldByAnother as held:
        messages.warning(request, words.who_holds(held.submission) + " " + _("Nothing is decided; your note is kept."))
    else:
        messages.success(request, _done(decision, left=_left(form)))
        return go_on(request)
    return show(request, find(request.user, pk), typed=kept(form) | {"all_the_same": False})


def form_sent(request: AuthenticatedHttpRequest, submission: Submission) -> DecisionForm:
    """Return the form of the decision as it was sent."""
    comparison = compare(submission)
    return DecisionForm(request.POST, submission=submission, changes=comparison.changes if comparison else ())


def kept(form: DecisionForm) -> dict[str, Any]:
    """Return what was typed and ticked, for the page that comes back; with the saved reply if that was asked for."""
    typed: dict[str, Any] = {
        name: form[name].value()
        for name in ("note", "take", "with_note", "settled", "all_the_same")
        if name in form.fields
    }
    if "use_reply" in form.data:
        typed["note"] = form.with_reply()
    return typed


def _take(form: DecisionForm, submission: Submission, request: AuthenticatedHttpRequest) -> Decision:
    if not form.is_valid():
        raise moderation.IllegalTransition(submission)
    data = form.cleaned_data
    step = Step(data["decision"])
    chosen = {}
    if step == Step.APPROVE and submission.kind == Kind.CORRECTION:
        with_note = data.get("with_note", True)
        chosen = {"take": form.parts_taken, "with_note": with_note, "public_id": data["public"]}
    return take_decision(
        step,
        submission,
        by=request.user,
        note=data["note"],
        revision_id=data["revision"],
        status=data["status"],
        message_id=data["message"],
        all_the_same=data["all_the_same"],
        **chosen,
    )


def _left(form: DecisionForm) -> list[str]:
    """Return the parts of a correction that were not taken, by their names."""
    if form.cleaned_data["decision"] != Step.APPROVE:
        return []
    return [each.label for each in form.changes if each.part not in form.parts_taken]


def _done(decision: Decision, *, left: list[str]) -> str:
    """Return a sentence on what was decided, with the way to undo it."""
    submission = decision.submission
    said = _("“%(title)s”: %(decision)s.") % {
        "title": submission.revision.title,
        "decision": decision.label.lower(),
    }
    if left:
        said += " " + _("Left as it was: %(parts)s.") % {"parts": ", ".join(left)}
    undo = undo_url(submission)
    return format_html('{} <a href="{}">{}</a>', said, undo, _("Undo")) if undo else said


def undo_url(submission: Submission) -> str:
    """Return where the latest decision on a submission can be undone, or nothing."""
    for step in moderation.decisions_open(submission):
        if step in words.UNDOING:
            return reverse("moderate:undo", args=[submission.pk, step])
    return words.restore_url(submission)
