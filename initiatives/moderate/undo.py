"""Undoing a decision by another one: GET says what will happen, POST does it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.choices import Kind, Status, Step
from initiatives.models import Decision, Submission
from initiatives.moderate import words
from initiatives.moderate.access import find, moderators_only
from initiatives.moderate.deciding import what_happened
from initiatives.moderate.forms import UndoForm
from initiatives.moderate.review import show


@moderators_only
def undo(request: AuthenticatedHttpRequest, pk: int, step: str) -> HttpResponse:
    """Open a submission again, take its entry off the catalogue, or put it back."""
    if step not in words.UNDOING:
        raise Http404
    # First, or the page might be older than the decision that it names.
    latest = Decision.objects.filter(submission=pk).last()
    submission, asked = find(request.user, pk), Step(step)
    form = UndoForm(asked, request.POST or None, initial={"decision": latest and latest.pk})
    if asked not in moderation.decisions_open(submission):
        messages.info(request, _("That cannot be done any more: see below what happened meanwhile."))
        return _instead(request, pk, form)
    kept = _kept_by_heir(submission)
    if form.is_valid():
        try:
            decision = _take(asked, submission, form, by=request.user)
        except moderation.IllegalTransition as refused:
            messages.warning(request, what_happened(refused, seen_revision=str(submission.revision_id)))
            return _instead(request, pk, form)
        messages.success(request, format_html("{} {}", _done(decision), kept))
        return redirect("moderate:review", pk)
    context = {
        "submission": submission,
        "form": form,
        "button": words.button(submission.kind, asked),
        "what": format_html("{} {}", _what(submission, asked), kept),
    }
    return render(request, "moderate/undo.html", context)


def _take(step: Step, submission: Submission, form: UndoForm, *, by: User) -> Decision:
    note, seen = form.cleaned_data["note"], form.cleaned_data["decision"]
    if step == Step.UNPUBLISH:
        return moderation.unpublish(submission.initiative, by=by, reason=note, decision_id=seen)
    if step == Step.REPUBLISH:
        return moderation.republish(submission.initiative, by=by, note=note, decision_id=seen)
    decision = moderation.reopen(submission, by=by, note=note, decision_id=seen)
    # Into the hands of whoever opened it again.
    moderation.hold(submission, by=by)
    return decision


def _instead(request: AuthenticatedHttpRequest, pk: int, form: UndoForm) -> HttpResponse:
    """Answer with where the submission stands now, and the note that was not sent."""
    if request.method != "POST":
        return redirect("moderate:review", pk)
    return show(request, find(request.user, pk), typed={"note": form["note"].value()})


def _what(submission: Submission, step: Step) -> str:
    """Return what the step does, in a sentence."""
    match step:
        case Step.UNPUBLISH:
            return _(
                "The entry disappears from the catalogue, its lists, feeds and search at once. "
                "Its address says when it was taken off and why. Nothing is deleted: it can be put back."
            )
        case Step.REPUBLISH:
            return _("The entry is public again at once, at its address, as it was.")
        case _ if submission.status == Status.WITHDRAWN:
            return _(
                "It goes back into the queue, into your hands, and can be decided anew. "
                "Its address says that it was taken off until it is approved."
            )
        case _ if submission.kind == Kind.CLAIM and submission.status == Status.ACCEPTED:
            return _(
                "The claim goes back into the queue, and whoever made it owns the entry no longer. "
                "Whoever owned it before owns it again."
            )
        case _:
            return _("It goes back into the queue, into your hands, and can be decided anew.")


def _kept_by_heir(submission: Submission) -> str:
    """Return what undoing leaves of a merging, in a sentence with the way to undo that as well; nothing of others."""
    heir = submission.initiative.merged_into
    if heir is None or not heir.is_public:
        return ""
    kept = _("“%(title)s” keeps what it says since they were merged.") % {"title": heir.public.title}
    restore = _("Restore an earlier version of it")
    return format_html('{} <a href="{}">{}</a>', kept, reverse("browse:history", args=[heir.slug]), restore)


def _done(decision: Decision) -> str:
    return _("“%(title)s”: %(decision)s.") % {
        "title": decision.submission.revision.title,
        "decision": decision.label.lower(),
    }
