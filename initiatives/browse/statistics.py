"""Statistics: the entries of a list by year, channel, kind of organisation and status, as bars with their figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.browse.listing import Listing
from initiatives.browse.views import a_list
from initiatives.search.facets import every_year
from initiatives.search.filters import BY_NAME

#: So many bars are drawn; the others are in the filters of the list.
MOST_BARS = 40


@dataclass(frozen=True)
class Bar:
    """A value with its count; `length` is in percent of the longest bar."""

    label: str
    count: int
    length: float
    url: str


@dataclass(frozen=True)
class Chart:
    """Bars of one subject; `note` says how to read them, `missing` how many entries say nothing about it."""

    name: str
    title: str
    note: str
    bars: list[Bar]


class Statistics:
    """The entries of a list, counted by several subjects."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing

    @property
    def charts(self) -> list[Chart]:
        """The charts that have something to show."""
        charts = [
            self._chart("year", _("Active in"), _("An initiative counts in each year it ran."), order=_by_value),
            self._chart("channel", _("Channels"), _("How initiatives reached the catalogue; some by several ways.")),
            self._chart("organisation_type", _("Kinds of organisation"), _("Who leads or takes part.")),
            self._chart("status", _("Status"), _("How far the initiatives have come, as they say.")),
        ]
        return [chart for chart in charts if chart.bars]

    def _chart(self, name: str, title: str, note: str, *, order: Callable = lambda pair: (-pair[1], pair[0])) -> Chart:
        each = BY_NAME[name]
        counts = self.listing.found.among(name)
        if name == "year":
            counts = every_year(counts)
        pairs = sorted(counts.items(), key=order)[:MOST_BARS]
        labels, most = each.vocabulary.labels([value for value, _count in pairs]), max(counts.values(), default=1)
        bars = [
            Bar(str(labels[value]), count, round(100 * count / most, 1), self._url(name, value) if count else "")
            for value, count in pairs
        ]
        return Chart(name, title, note, bars)

    def _url(self, name: str, value: str) -> str:
        chosen = self.listing.chosen(name)
        if chosen and value not in chosen:
            return ""
        return self.listing.other_form(reverse("browse:list"), **{name: value})


def _by_value(pair: tuple[str, int]) -> int:
    return -int(pair[0])


@a_list
def statistics(request: HttpRequest) -> HttpResponse:
    """The filtered entries in figures."""
    listing = Listing(request)
    context = {
        "listing": listing,
        "charts": Statistics(listing).charts,
        "list_url": listing.other_form(reverse("browse:list")),
    }
    return render(request, "browse/statistics.html", context)
