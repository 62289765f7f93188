"""Coverage: what is done about which aim in which part of the world; the empty cells are the point."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.browse.listing import Listing
from initiatives.browse.views import a_list
from initiatives.browse.worldview import shade_of, shades
from initiatives.models import WORLD, Objective, Region, Theme, by_name
from initiatives.text import clean, key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Heading:
    """A row or column.

    Attributes:
        value: what its filter has in the address.
        name, short: what it is called, and its number.
        inside: the value of the region that it is a part of.
    """

    value: str
    name: str
    short: str = ""
    inside: str = ""


@dataclass(frozen=True)
class Table:
    """What can be laid against the parts of the world: the filter of the rows."""

    label: StrOrPromise
    row_filter: str


TABLES = {
    "objectives": Table(gettext_lazy("Objectives of the Global Compact for Migration, by sub-region"), "objective"),
    "themes": Table(gettext_lazy("Themes, by region"), "theme"),
}


@dataclass(frozen=True)
class Cell:
    """How many entries have both, with the list of exactly these if an address can say it; `shade` is 0 for a gap."""

    count: int
    url: str
    shade: int


class Coverage:
    """The entries of a list as a table of counts."""

    def __init__(self, listing: Listing, kind: str) -> None:
        """Count the entries of `listing` for the table `kind` of TABLES."""
        self.listing, self.kind, self.table = listing, kind, TABLES[kind]

    @cached_property
    def rows(self) -> list[Heading]:
        """The objectives or the themes."""
        if self.kind == "themes":
            return [Heading(theme.slug, theme.shown_name) for theme in by_name(Theme.objects.all())]
        return [
            Heading(each.code, each.shown_name, str(each.number))
            for each in Objective.objects.filter(framework__slug="gcm").order_by("number")
        ]

    @cached_property
    def columns(self) -> list[Heading]:
        """The parts of the world, those of one continent beside each other, and the world as a whole."""
        regions = Region.objects.select_related("parent").filter(parent__isnull=self.kind == "themes")
        ordered = sorted(regions, key=lambda each: (key(str(each.parent or "")), key(str(each))))
        parts = [Heading(str(each.code), str(each), inside=str(each.parent_id or "")) for each in ordered]
        return [*parts, Heading(str(WORLD), _("Global"))]

    @cached_property
    def counts(self) -> dict[tuple[str, str], int]:
        """How many entries have each pair of a row and a column; pairs that none has are left out."""
        return self.listing.found.both(self.table.row_filter, "region", [column.value for column in self.columns])

    @cached_property
    def body(self) -> list[tuple[Heading, list[Cell]]]:
        """The rows with their cells, in the order of the columns."""
        shown = [self.counts.get((row.value, column.value), 0) for row in self.rows for column in self.columns]
        least = shades(max(shown)) if any(shown) else []
        return [(row, [self._cell(row, column, least) for column in self.columns]) for row in self.rows]

    @property
    def gaps(self) -> int:
        """How many cells are empty."""
        return sum(not cell.count for _row, cells in self.body for cell in cells)

    @property
    def total(self) -> int:
        """How many cells there are."""
        return len(self.rows) * len(self.columns)

    def _cell(self, row: Heading, column: Heading, least: Sequence[int]) -> Cell:
        count = self.counts.get((row.value, column.value), 0)
        chosen = {self.table.row_filter: row.value, "region": column.value}
        linked = count and self._narrows(self.table.row_filter, row) and self._narrows("region", column)
        url = self.listing.other_form(reverse("browse:list"), **chosen) if linked else ""
        return Cell(count, url, shade_of(count, list(least)) if count else 0)

    def _narrows(self, name: str, heading: Heading) -> bool:
        """Whether the value alone is part of what was chosen: beside it stands what the same entries have as well."""
        chosen = self.listing.chosen(name)
        return not chosen or heading.value in chosen or heading.inside in chosen


@a_list
def coverage(request: HttpRequest) -> HttpResponse:
    """Objectives by sub-regions, or themes by regions, as a table of counts."""
    listing = Listing(request)
    shown = Coverage(listing, _kind(request))
    path = request.path
    context = {
        "listing": listing,
        "coverage": shown,
        "kinds": [(table.label, _address(listing, path, kind), kind == shown.kind) for kind, table in TABLES.items()],
        "kept": [*listing.kept_by_filters, ("by", shown.kind)],
        "kept_by_search": [*listing.kept_by_search, ("by", shown.kind)],
        "csv_url": _address(listing, reverse("browse:coverage_csv"), shown.kind),
        "list_url": listing.other_form(reverse("browse:list")),
    }
    return render(request, "browse/coverage.html", context)


@a_list
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The same table as a file, a line a cell, the empty ones too."""
    shown = Coverage(Listing(request), _kind(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="coverage-{shown.kind}.csv"'
    writer = csv.writer(response)
    writer.writerow([shown.table.row_filter, "name", "region", "region_name", "initiatives"])
    for row, cells in shown.body:
        for column, cell in zip(shown.columns, cells, strict=True):
            writer.writerow([row.value, _unformula(row.name), column.value, column.name, cell.count])
    return response


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in TABLES else "objectives"


def _address(listing: Listing, path: str, kind: str) -> str:
    address = listing.other_form(path)
    return address if kind == "objectives" else f"{address}{'&' if '?' in address else '?'}by={kind}"


def _unformula(text: str) -> str:
    # A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection").
    text = clean(text)
    return f"'{text}" if text[:1] in "=+-@\t" else text
