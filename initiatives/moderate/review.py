"""One submission with everything that helps to decide it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User
from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.choices import Kind, Status
from initiatives.models import Initiative, Submission
from initiatives.moderate import words
from initiatives.moderate.access import find, moderators_only
from initiatives.moderate.alike import candidates, note_for
from initiatives.moderate.comparison import Comparison, compare
from initiatives.moderate.filters import Queue
from initiatives.moderate.forms import DecisionForm, MessageForm
from initiatives.moderate.history import history
from initiatives.moderate.rows import row

#: More other submissions of one person than this are not listed.
MOST_OTHERS = 10


@moderators_only
def review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One submission with everything in it and its history."""
    submission = find(request.user, pk)
    return show(request, submission, typed=note_for(submission, request.GET))


def show(
    request: AuthenticatedHttpRequest,
    submission: Submission,
    *,
    form: DecisionForm | None = None,
    typed: dict[str, Any] | None = None,
    message_form: MessageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page of a submission.

    `form` is a decision with mistakes; without one, `typed` is what the page keeps of what was typed and ticked.
    """
    comparison = compare(submission)
    form = form or _blank(submission, comparison, typed or {})
    context = {
        "submission": submission,
        "revision": submission.revision,
        "comparison": comparison,
        "form": form,
        "message_form": message_form or MessageForm(),
        "moments": history(submission),
        "buttons": words.decision_buttons(submission),
        "undoing": [
            words.button(submission.kind, step)
            for step in moderation.decisions_open(submission)
            if step in words.UNDOING
        ],
        "restore_url": words.restore_url(submission),
        "candidates": candidates(submission, moderator=request.user, query=request.GET),
        "others": _others_on(submission, request.user),
        "by_owner": submission.member is not None and submission.initiative.is_owned_by(submission.member),
        **_request_context(submission, request.user),
        **_hold_context(submission, request.user, all_the_same=bool(form["all_the_same"].value())),
        **_queue_context(request, submission),
    }
    return render(request, "moderate/review.html", context, status=status)


def _blank(submission: Submission, comparison: Comparison | None, typed: dict[str, Any]) -> DecisionForm:
    seen: dict[str, Any] = {"revision": submission.revision_id, "status": submission.status}
    seen["message"] = submission.last_message_pk
    if comparison:
        seen["public"] = submission.initiative.current_id
    return DecisionForm(initial=typed | seen, submission=submission, changes=comparison.changes if comparison else ())


def _others_on(submission: Submission, moderator: User) -> list[Any]:
    """Return the lines of what else is open on the same entry."""
    open_ones = Submission.objects.in_remit_of(moderator).undecided().filter(initiative=submission.initiative_id)
    others = open_ones.exclude(pk=submission.pk).order_by("submitted_at", "pk").with_content()
    return [row(each, moderator=moderator) for each in others]


def _request_context(submission: Submission, moderator: User) -> dict[str, Any]:
    """Return what a claim or a report says, and of a claim who makes it: what else they sent, and what they own."""
    if submission.proposes:
        return {}
    context: dict[str, Any] = {"request_text": submission.messages.filter(is_from_moderator=False).first()}
    if submission.kind == Kind.REPORT:
        founding = submission.initiative.founding_submission
        context["founding_pk"] = founding.pk if founding else None
    elif submission.member:
        sent = Submission.objects.in_remit_of(moderator).of_member(submission.member).exclude(pk=submission.pk)
        context["email_host"] = submission.email.rpartition("@")[2]
        context["sent"] = [row(each, moderator=moderator) for each in sent.with_content()[:MOST_OTHERS]]
        owned = Initiative.objects.published().owned_by(submission.member).exclude(pk=submission.initiative_id)
        context["owned"] = owned.select_related("current")[:MOST_OTHERS]
    return context


def _hold_context(submission: Submission, moderator: User, *, all_the_same: bool) -> dict[str, Any]:
    holder = submission.holder
    by_another = holder is not None and holder != moderator
    return {
        "can_be_held": submission.status == Status.SUBMITTED and not by_another,
        "is_mine": holder == moderator,
        "held_until": words.held_until(submission) if holder else "",
        "held_by_another": words.who_holds(submission) if by_another else "",
        "asks_first": by_another and not all_the_same,
    }


def _queue_context(request: AuthenticatedHttpRequest, submission: Submission) -> dict[str, Any]:
    queue = Queue(request.GET, moderator=request.user)
    kept, waiting = queue.query_string(state=""), queue.waiting
    actions = {
        f"{name}_action": reverse(f"moderate:{name}", args=[submission.pk]) + kept
        for name in ("decide", "hold", "put_back", "say")
    }
    place: dict[str, int] = {}
    if submission.submitted_at and submission.status == Status.SUBMITTED:
        place["waiting"] = waiting.count()
        place["position"] = waiting.submitted_before(submission.submitted_at).count() + 1
    return {
        "queue_url": reverse("moderate:queue") + kept,
        "next_action": reverse("moderate:next") + kept,
        **actions,
        **place,
    }
