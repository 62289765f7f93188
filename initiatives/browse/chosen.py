"""Entries that a visitor picked: a few side by side, or a shortlist to take to a meeting.

Nothing is stored here: the address names the entries, and a browser keeps its own shortlist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from initiatives.facts import Part, facts
from initiatives.models import Initiative, Text
from initiatives.search.address import shown

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: So many fit beside each other.
MOST_COMPARED = 4
MOST_LISTED = 50

TEXTS: dict[str, StrOrPromise] = {
    "summary": gettext_lazy("Summary"),
    "what_it_does": gettext_lazy("What it does"),
    "how_it_works": gettext_lazy("How it works"),
    "results": gettext_lazy("Results so far"),
    "reusable": gettext_lazy("What others can reuse"),
}


class Chosen:
    """The published entries that an address names by `id` (their slugs), in its order.

    Attributes:
        initiatives: those there are.
        problems: sentences on those there are not, or that are too many.
    """

    def __init__(self, request: HttpRequest, *, most: int) -> None:
        """Look the entries up, at most so many."""
        asked = list(dict.fromkeys(each.strip() for each in request.GET.getlist("id") if each.strip()))
        found = Initiative.objects.published().with_content().in_bulk(asked[: 2 * most], field_name="slug")
        self.initiatives = [found[slug] for slug in asked if slug in found][:most]
        self.problems = [
            _("There is no entry “%(slug)s” in the catalogue.") % {"slug": shown(slug)}
            for slug in asked[: 2 * most]
            if slug not in found
        ]
        if len(asked) > most:
            many = ngettext("Only the first one is shown.", "Only the first %(most)s are shown.", most)
            self.problems.append(many % {"most": most})

    @property
    def slugs(self) -> list[str]:
        """The entries as addresses name them."""
        return [str(initiative.slug) for initiative in self.initiatives]

    def address(self, name: str, *, without: str = "") -> str:
        """Return the address of a page of this room that shows these entries, `without` one of them."""
        slugs = [slug for slug in self.slugs if slug != without]
        return reverse(f"browse:{name}") + (f"?{urlencode({'id': slugs}, doseq=True)}" if slugs else "")


@dataclass(frozen=True)
class Row:
    """A line of the comparison: what it is about, and what each entry says, as parts or as a text."""

    label: str
    cells: list[list[Part]] | list[Text]
    is_text: bool = False


def comparison(initiatives: list[Initiative]) -> list[Row]:
    """Return the lines in which entries are compared; what none of them says anything about is left out."""
    every = [facts(initiative.public, initiative.founding_submission) for initiative in initiatives]
    rows = [Row(lines[0].label, [fact.parts for fact in lines]) for lines in zip(*every, strict=True)]
    for name, label in TEXTS.items():
        rows.append(Row(str(label), [initiative.public.words.text(name) for initiative in initiatives], is_text=True))
    return [row for row in rows if any(row.cells)]


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four entries side by side."""
    chosen = Chosen(request, most=MOST_COMPARED)
    context = {
        "chosen": chosen,
        "columns": [(each, chosen.address("compare_entries", without=str(each.slug))) for each in chosen.initiatives],
        "rows": comparison(chosen.initiatives) if len(chosen.initiatives) > 1 else [],
        "shortlist_url": chosen.address("shortlist"),
    }
    return render(request, "browse/compare_entries.html", context)


@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """The entries of a shortlist as a briefing to read, share or print."""
    chosen = Chosen(request, most=MOST_LISTED)
    context = {
        "chosen": chosen,
        "share_url": request.build_absolute_uri(chosen.address("shortlist")),
        "compare_url": chosen.address("compare_entries") if 1 < len(chosen.initiatives) <= MOST_COMPARED else "",
        "entries": [(each, each.founding_submission) for each in chosen.initiatives],
    }
    return render(request, "browse/shortlist.html", context)
