"""Making one entry of two: choose them, choose part by part, look at what comes of it, merge."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation
from initiatives.content import read, write
from initiatives.models import Initiative, Revision, Submission
from initiatives.moderate.access import moderators_only
from initiatives.moderate.decide import undo_url
from initiatives.moderate.merge_forms import MergeForm, PairForm
from initiatives.search import text as search
from initiatives.search.duplicates import entries_like

#: So many entries that were searched for, or look the same, are offered.
MOST_FOUND, MOST_ALIKE = 20, 5
_CHANGED = gettext_lazy(
    "One of the entries was changed while you were reading. What you chose is kept: look at it again, then merge."
)


@moderators_only
def merge(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Merge the entry `loser` into the entry `into`; without them, choose them."""
    if heir := _heir(request.GET.get("loser", ""), request.GET.get("into", "")):
        messages.info(request, _("These two are one entry already."))
        return redirect(heir)
    pair = PairForm(request.GET)
    chosen = pair.cleaned_data if pair.is_valid() else {}
    loser, into = chosen.get("loser"), chosen.get("into")
    for entry in filter(None, (loser, into)):
        moderation.require_moderator(request.user, entry.founding_submission)
    if not loser or not into:
        return _choose(request, pair, loser, into)
    if request.method != "POST":
        return _compare(request, MergeForm(into=into, loser=loser))
    return _answer(request, MergeForm(request.POST, into=into, loser=loser))


def _heir(loser: str, into: str) -> Initiative | None:
    """Return the entry that another was merged into already: perhaps by the first of two clicks."""
    merged = Initiative.objects.taken_off().filter(slug=loser, merged_into__slug=into).select_related("merged_into")
    entry = merged.first()
    return entry.merged_into if entry else None


def _choose(
    request: AuthenticatedHttpRequest, pair: PairForm, loser: Initiative | None, into: Initiative | None
) -> HttpResponse:
    """Offer entries to merge: those that are searched for, and those that look the same as the one that is chosen."""
    known = loser or into
    missing = "loser" if not loser else "into"
    found, alike = [], []
    if known:
        alike = [
            {"revision": each.revision, "url": _with(known, missing, each.revision.initiative), "alike": each}
            for each in entries_like(read(known.public), but=known, most=MOST_ALIKE)
        ]
    if pair.is_valid() and (q := pair.cleaned_data["q"]):
        entries = search.matching(Initiative.objects.published().with_list_content(), q)
        others = [each for each in search.ranked(entries, q)[: MOST_FOUND + 1] if each != known]
        found = [{"revision": each.public, "url": _with(known, missing, each)} for each in others[:MOST_FOUND]]
    context = {"pair": pair, "known": known, "missing": missing, "found": found, "alike": alike}
    return render(request, "moderate/merge_choose.html", context)


def _with(known: Initiative | None, missing: str, entry: Initiative) -> str:
    other = "into" if missing == "loser" else "loser"
    return reverse("moderate:merge", query={missing: entry.slug} | ({other: known.slug} if known else {}))


def _compare(request: AuthenticatedHttpRequest, form: MergeForm) -> HttpResponse:
    """Show the two side by side, to choose part by part."""
    loser, into = form.loser, form.into
    context = {
        "form": form,
        "loser": loser,
        "into": into,
        "swap_url": reverse("moderate:merge", query={"loser": into.slug, "into": loser.slug}),
        "open_on_loser": Submission.objects.undecided().filter(initiative=loser).count(),
        "losing": [each for each in loser.owners if each not in into.owners],
    }
    return render(request, "moderate/merge.html", context)


def _answer(request: AuthenticatedHttpRequest, form: MergeForm) -> HttpResponse:
    """Answer a button: back to the choice, preview, merge. What changed meanwhile is shown before anything is done."""
    again = MergeForm(into=form.into, loser=form.loser, initial=form.kept())
    if "back" in request.POST:
        return _compare(request, again)
    if form.is_outdated:
        messages.warning(request, _CHANGED)
        return _compare(request, again)
    if not form.is_valid():
        return _compare(request, form)
    return _preview(request, form) if "preview" in request.POST else _merge(request, form)


def _preview(request: AuthenticatedHttpRequest, form: MergeForm) -> HttpResponse:
    """Show the page of the entry as it would be, made by the same code and taken back."""
    with transaction.atomic():
        revision = Revision.objects.with_content().get(pk=write(form.content(), initiative=form.into).pk)
        sent = [
            (name, value) for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "preview")
        ]
        context: dict[str, Any] = {
            "revision": revision,
            "submission": form.into.founding_submission,
            "sent": sent,
            "loser": form.loser,
            "into": form.into,
        }
        page = render_to_string("moderate/merge_preview.html", context, request)
        transaction.set_rollback(True)
    return HttpResponse(page)


def _merge(request: AuthenticatedHttpRequest, form: MergeForm) -> HttpResponse:
    data, content = form.cleaned_data, form.content()
    title = form.loser.public.title
    # The history keeps it for everybody, so it is in the language of the site and not in the moderator's.
    with override(settings.LANGUAGE_CODE):
        content.change_note = data["note"] or _("“%(title)s” was merged into this entry.") % {"title": title}
    try:
        decision = moderation.merge(
            form.loser,
            form.into,
            content,
            by=request.user,
            public_id=data["into_version"],
            loser_public_id=data["loser_version"],
            note=data["note"],
        )
    except moderation.IllegalTransition:
        messages.warning(request, _CHANGED)
        now = PairForm(request.GET)
        if now.is_valid() and now.cleaned_data["loser"] and now.cleaned_data["into"]:
            both = {name: now.cleaned_data[name] for name in ("into", "loser")}
            return _compare(request, MergeForm(**both, initial=form.kept()))
        return redirect(request.get_full_path())
    said = _("“%(title)s” is merged into this entry, and its address leads here.") % {"title": title}
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, undo_url(decision.submission), _("Undo")))
    return redirect(form.into)
