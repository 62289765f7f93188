"""Making one entry of two: find the other one, choose part by part, look at what comes of it, merge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.requests import AuthenticatedHttpRequest
from initiatives import moderation, versions
from initiatives.choices import Kind
from initiatives.content import Content, read, write
from initiatives.forms import FormError, TextField, VersionField, errors_of
from initiatives.models import Initiative, Revision, Submission
from initiatives.moderate.access import find, moderators_only
from initiatives.moderate.alike import Alike, alike
from initiatives.search import text as search
from initiatives.search.duplicates import entries_like
from initiatives.uniting import LISTS, Side, united, usual_side

#: So many entries are offered that a search for the other one finds.
MOST_OFFERED = 10


class MergeForm(forms.Form):
    """Of each part in which two entries differ, whose is kept; and which versions of both were looked at."""

    public = VersionField()
    loser = VersionField()
    note = TextField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In the log of decisions, and to whoever submitted the entry that goes."),
    )

    def __init__(self, data: Any = None, *, into: Revision, other: Revision, **kwargs: Any) -> None:
        """`into` is the version of the entry that stays, `other` that of the one that goes."""
        super().__init__(data, initial={"public": into.pk, "loser": other.pk}, **kwargs)
        self.into, self.other = read(into), read(other)
        self.seen = {"public": into.pk, "loser": other.pk}
        self.changes = versions.changes(self.into, self.other)
        for change in self.changes:
            sides = [(Side.INTO, _("of the one that stays")), (Side.OTHER, _("of the one that goes"))]
            if change.part in LISTS:
                sides.append((Side.BOTH, _("both")))
            self.fields[f"part_{change.part}"] = forms.ChoiceField(
                label=_("Keep"),
                choices=[(side.value, label) for side, label in sides],
                initial=usual_side(change.part, self.into, self.other).value,
                widget=forms.RadioSelect,
            )

    @property
    def rows(self) -> list[tuple[versions.Change, forms.BoundField]]:
        """The parts that differ, each with the field that chooses."""
        return [(change, self[f"part_{change.part}"]) for change in self.changes]

    @property
    def is_outdated(self) -> bool:
        """Whether one of the two was changed since the page was shown."""
        return any(self.cleaned_data.get(name) != number for name, number in self.seen.items())

    def content(self) -> Content:
        """Return what the (valid) form makes of the two."""
        return united(
            self.into, self.other, {each.part: Side(self.cleaned_data[f"part_{each.part}"]) for each in self.changes}
        )

    @property
    def error_items(self) -> list[FormError]:
        """Every mistake, for the summary at the top of the page."""
        return [error for field in self for error in errors_of(field)] if self.is_bound else []


@moderators_only
def merge(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Merge the entry that submission `pk` founded into the one that `into` names, or help to find that."""
    submission = find(request.user, pk)
    loser = _public(Initiative.objects.filter(pk=submission.initiative_id))
    if submission.kind != Kind.NEW:
        raise Http404
    if not (slug := request.GET.get("into")):
        return _choose(request, submission, loser)
    into = _public(Initiative.objects.filter(slug=slug).exclude(pk=loser.pk))
    form = MergeForm(request.POST or None, into=into.public, other=loser.public)
    if request.method == "POST" and form.is_valid():
        if form.is_outdated:
            messages.warning(request, _CHANGED)
            form = _again(form, into, loser)
        elif "preview" in request.POST:
            return HttpResponse(_preview(request, form, submission, loser, into))
        elif "merge" in request.POST and _merged(request, form, loser, into):
            return redirect(into)
    context = {
        "submission": submission,
        "loser": loser,
        "into": into,
        "form": form,
        # The other way round: the one that stays goes.
        "swapped": into.founding_submission,
    }
    return render(request, "moderate/merge.html", context)


_CHANGED = gettext_lazy(
    "One of the two was changed while you were reading. Look at them below; your choices are kept."
)


def _public(entries: Any) -> Initiative:
    return get_object_or_404(entries.published().with_content())


def _again(form: MergeForm, into: Initiative, loser: Initiative) -> MergeForm:
    """Return the form with what was chosen, on the versions that are public now."""
    data = {**form.data.dict(), **{name: str(number) for name, number in form.seen.items()}}  # type: ignore[attr-defined]
    return MergeForm(data, into=into.public, other=loser.public)


def _merged(request: AuthenticatedHttpRequest, form: MergeForm, loser: Initiative, into: Initiative) -> bool:
    """Merge and return True, or tell why not and return False."""
    data = form.cleaned_data
    try:
        moderation.merge(loser, into, form.content(), by=request.user, public_id=data["public"], note=data["note"])
    except moderation.IllegalTransition:
        messages.warning(request, _CHANGED)
        return False
    done = _("“%(loser)s” is merged into this entry, and its address leads here.")
    messages.success(request, done % {"loser": loser.public.title})
    return True


def _preview(
    request: AuthenticatedHttpRequest, form: MergeForm, submission: Submission, loser: Initiative, into: Initiative
) -> str:
    """Return the page with what comes of it, made by the same code and taken back."""
    with transaction.atomic():
        revision = Revision.objects.with_content().get(pk=write(form.content(), initiative=into).pk)
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "preview")
        ]
        context = {"revision": revision, "submission": submission, "loser": loser, "into": into, "typed": typed}
        page = render_to_string("moderate/merge_preview.html", context, request)
        transaction.set_rollback(True)
    return page


def _choose(request: AuthenticatedHttpRequest, submission: Submission, loser: Initiative) -> HttpResponse:
    """Offer the entries that look the same, and those that a search finds."""
    query = request.GET.get("q", "").strip()[:200]
    found: list[Alike] = []
    if query:
        entries = Initiative.objects.published().exclude(pk=loser.pk)
        ranked = search.ranked(search.matching(entries, query), query).with_list_content()[:MOST_OFFERED]
        found = [Alike.of_entry(each) for each in ranked]
    context = {
        "submission": submission,
        "loser": loser,
        "query": query,
        "found": found,
        "alike": alike(entries_like(read(loser.public), but=loser, most=5)),
    }
    return render(request, "moderate/merge_choose.html", context)
