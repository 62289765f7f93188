"""The past of an entry: its approved versions, what changed from one to the next, any two beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from initiatives import versions
from initiatives.browse.reading import reading
from initiatives.content import read
from initiatives.forms import TellingForm
from initiatives.models import Initiative, Revision
from initiatives.tombstones import answers_when_taken_off, published


@dataclass(frozen=True)
class Version:
    """An approved version of an entry, as the list of them shows it.

    Attributes:
        revision: with its `number`.
        parts: what was changed since the version before; empty for the first.
        old, new: the buttons that choose it for a comparison.
    """

    revision: Revision
    parts: list[str]
    old: Any
    new: Any


class ComparisonForm(TellingForm):
    """Which two versions to compare, by their numbers, the newest first."""

    old = forms.TypedChoiceField(
        label=gettext_lazy("Older version"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the older version."),
            "invalid_choice": gettext_lazy("There is no version %(value)s. Choose one below."),
        },
    )
    new = forms.TypedChoiceField(
        label=gettext_lazy("Newer version"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the newer version."),
            "invalid_choice": gettext_lazy("There is no version %(value)s. Choose one below."),
        },
    )

    def __init__(self, data: Any = None, *, newest: int) -> None:
        """Offer the versions 1 to `newest`; the last two are chosen at first."""
        super().__init__(data, initial={"old": max(newest - 1, 1), "new": newest})
        numbers = [(number, _("Version %(number)s") % {"number": number}) for number in range(newest, 0, -1)]
        for field in self.fields.values():
            field.choices = numbers  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Ask for two."""
        chosen = self.cleaned_data.get("old"), self.cleaned_data.get("new")
        if chosen[0] and chosen[0] == chosen[1]:
            self.add_error("new", _("This is the same version twice. Choose another one."))


@require_safe
@answers_when_taken_off
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every approved version of an entry, the newest first."""
    return _show(request, published(slug))


@require_safe
@answers_when_taken_off
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two approved versions beside each other, whichever of them was named first."""
    entry = published(slug)
    form = ComparisonForm(request.GET, newest=entry.revisions.approved().count())
    if not form.is_valid():
        return _show(request, entry, request.GET)
    new, old = entry.revisions.numbered(*form.cleaned_data.values()).with_content()
    context = {
        "initiative": entry,
        "revision": entry.public,
        "old": old,
        "new": new,
        "changes": versions.changes(read(old), read(new)),
    }
    return render(request, "browse/compare.html", context)


@require_safe
@answers_when_taken_off
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An entry as it was in one of its approved versions."""
    entry = published(slug)
    shown = get_object_or_404(entry.revisions.numbered(number).with_content())
    context = reading(request, shown) | {
        "initiative": entry,
        "revision": shown,
        "is_current": shown.pk == entry.current_id,
    }
    return render(request, "browse/version.html", context)


def _show(request: HttpRequest, entry: Initiative, chosen: QueryDict | None = None) -> HttpResponse:
    """List the versions, with what is wrong with the two that were `chosen`."""
    revisions = list(entry.revisions.numbered().with_content())
    form = ComparisonForm(chosen, newest=len(revisions))
    says = [read(revision) for revision in revisions]
    parts = [versions.part_labels(versions.changed_parts(old, new)) for new, old in pairwise(says)]
    rows = zip(revisions, [*parts, []], form["old"], form["new"], strict=True)
    context = {
        "initiative": entry,
        "revision": entry.public,
        "versions": [Version(*row) for row in rows],
        "form": form,
    }
    return render(request, "browse/history.html", context)
