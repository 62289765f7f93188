"""The queue: what waits, who has it, and the way to the next one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.models import Remit, Submission
from initiatives.moderate.access import acts, moderators_only
from initiatives.moderate.filters import Queue
from initiatives.moderate.forms import MOST_TICKS, SkipForm
from initiatives.moderate.rows import row
from initiatives.queue_figures import figures

PAGE_SIZE = 50


@moderators_only
def queue(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits for a decision, the longest waiting first; or what is with its submitter, or decided."""
    asked = Queue(request.GET, moderator=request.user)
    asked.offer()
    page = Paginator(asked.submissions.with_content(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "queue": asked,
        "page": page,
        "rows": [row(each, moderator=request.user, query=asked.query_string(state="")) for each in page],
        "previous_url": page.has_previous() and asked.query_string(page=page.previous_page_number()),
        "next_url": page.has_next() and asked.query_string(page=page.next_page_number()),
        "next_action": reverse("moderate:next") + asked.query_string(state=""),
        "figures": figures(),
        "remit": Remit.objects.of(request.user),
        "most": MOST_TICKS,
    }
    return render(request, "moderate/queue.html", context)


@moderators_only
@acts
def take_next(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Take the longest waiting that nobody has, or the one after the one that is skipped and so put back."""
    form = SkipForm(request.POST)
    skipped = form.is_valid() and Submission.objects.filter(pk=form.cleaned_data["after"]).first()
    if skipped:
        moderation.put_back(skipped, by=request.user)
    return go_on(request, after=skipped or None)


def go_on(request: AuthenticatedHttpRequest, *, after: Submission | None = None) -> HttpResponse:
    """Take the next submission of the queue in the request's address and lead there; without one, to the queue.

    `after` is one that is passed over: the next is one that came later, or else the first.
    """
    asked = Queue(request.GET, moderator=request.user)
    waiting = asked.waiting
    found = None
    if after:
        found = moderation.hold_next(waiting.after(after), by=request.user)
        waiting = waiting.exclude(pk=after.pk)
    found = found or moderation.hold_next(waiting, by=request.user)
    if found:
        return redirect(reverse("moderate:review", args=[found.pk]) + asked.query_string(state=""))
    if (held := asked.waiting.count()) and not after:
        others = ngettext(
            "The %(count)s submission that waits here is with another moderator.",
            "All %(count)s submissions that wait here are with other moderators.",
            held,
        )
        messages.info(request, others % {"count": held})
    elif held:
        messages.info(request, _("There is no other one to go on to."))
    return redirect(reverse("moderate:queue") + asked.query_string(state=""))
