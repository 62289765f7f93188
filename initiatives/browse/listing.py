"""One list of entries: what it shows, page by page, and how to get to its other forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from initiatives.browse.cards import Card, cards
from initiatives.search import text as search
from initiatives.search.address import shown
from initiatives.search.facets import Facet, facets
from initiatives.search.filters import BY_NAME, FILTERS, SORTS, Selection
from initiatives.search.found import Found, find

PAGE_SIZE = 20
#: So many entries are shown of a search that was probably meant.
MOST_MEANT = 5


@dataclass(frozen=True)
class Chip:
    """A chosen value, with the address of the list without it."""

    facet_label: str
    label: str
    remove_url: str


@dataclass(frozen=True)
class PageLink:
    """A page of the list; `number` 0 stands for a gap."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True)
class Sort:
    """An order the list may have, or a way to look at it."""

    label: str
    url: str
    current: bool


class NoSuchPage(Exception):
    """The list has no such page.

    Attributes:
        asked: the page in the address, as typed.
        last: the number of the list's last page.
        first_url: the address of its first page.
        last_url: the address of its last page.
    """

    def __init__(self, asked: str, last: int, listing: Listing) -> None:
        """Say which pages `listing` has instead."""
        super().__init__(asked)
        self.asked = shown(asked)
        self.last = last
        self.first_url, self.last_url = listing.page_url(1), listing.page_url(last)


class _Numbers(Sequence[int]):
    """The primary keys of what is found, as Django's Paginator wants them: with a length, and read by the page."""

    def __init__(self, found: Found) -> None:
        self._found = found

    def __len__(self) -> int:
        return self._found.count

    def __getitem__(self, part: Any) -> Any:
        return self._found.numbers(part.start, part.stop)


class Listing:
    """A filtered, sorted list of published entries at one address.

    Attributes:
        path: the address without parameters.
        selection: what the address asks for.
        held: the filters that the page itself stands for, a theme's page its theme.
        found: the entries of all its pages, to be counted.
    """

    def __init__(self, request: HttpRequest, *, held: Mapping[str, str] | None = None) -> None:
        """Read the list that `request` asks for.

        Raises:
            NoSuchPage: its `page` is no number, or the list has no such page.
        """
        self.path = request.path
        self.held = dict(held or {})
        self.selection = Selection.read(request.GET, held=self.held)
        self._whole = request.GET.get("all", "")
        self.found = find(self.selection, self.held)
        self.page = self._page(request.GET.getlist("page"))

    def _page(self, given: list[str]) -> Page:
        asked = given[-1] if given else "1"
        paginator = Paginator(_Numbers(self.found), PAGE_SIZE)
        valid = asked.isascii() and asked.isdecimal() and len(asked) < 10 and 1 <= int(asked) <= paginator.num_pages
        if not valid:
            raise NoSuchPage(asked, paginator.num_pages, self)
        return paginator.page(int(asked))

    @property
    def count(self) -> int:
        """How many entries the list has on all its pages."""
        return self.page.paginator.count

    @cached_property
    def cards(self) -> list[Card]:
        """The entries of this page."""
        return cards(list(self.page.object_list), query=self.selection.q)

    @cached_property
    def lacks_words(self) -> bool:
        """Whether no entry of the whole catalogue has all that is searched for."""
        return bool(self.selection.q) and not self.found.has_complete

    @cached_property
    def suggestion(self) -> str:
        """What was probably meant, in words that the catalogue has; nothing where the search finds what it says."""
        return search.suggestion(self.selection.q) if self.lacks_words else ""

    @cached_property
    def meant(self) -> list[Card]:
        """The first entries of what was probably meant, where what was typed finds none."""
        if self.count or not self.suggestion:
            return []
        found = find(replace(self.selection, q=self.suggestion), self.held)
        return cards(found.numbers(0, MOST_MEANT), query=self.suggestion)

    @property
    def suggestion_url(self) -> str:
        """The list with that, and with its filters."""
        return self.path + replace(self.selection, q=self.suggestion).query_string()

    @property
    def problems(self) -> tuple[str, ...]:
        """What in the address could not be used, in sentences."""
        return self.selection.problems

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters with their exact counts."""
        return facets(self.selection, self.found, held=self.held, path=self.path, whole=self._whole)

    @cached_property
    def chips(self) -> list[Chip]:
        """The chosen values, each with the address that takes it away."""
        chips = []
        if self.selection.q:
            chips.append(self._chip("q", self.selection.q, gettext("Search"), f"“{self.selection.q}”"))
        for facet in self.facets:
            chips += [
                self._chip(facet.name, choice.value, facet.label, choice.label)
                for choice in facet.choices
                if choice.selected
            ]
        chips += self._years()
        for each in (each for each in FILTERS if not each.offered and not each.end_of):
            labels = each.vocabulary.labels(self.selection.values.get(each.name, ()))
            chips += [self._chip(each.name, value, str(each.label), str(label)) for value, label in labels.items()]
        for name, values in self.selection.unknown.items():
            shown_as = BY_NAME[BY_NAME[name].end_of or name]
            chips += [self._chip(name, value, str(shown_as.label), _one_end(name, shown(value))) for value in values]
        return chips

    def _years(self) -> list[Chip]:
        """The range of years as one chip, whichever of its ends are given."""
        (first,), (last,) = (self.selection.values.get(name) or ("",) for name in ("year_from", "year_to"))
        if not (first or last):
            return []
        if first and last:
            label = first if first == last else f"{first}–{last}"
        else:
            label = _one_end("year_from" if first else "year_to", first or last)
        without = self.selection.without("year_from", first).without("year_to", last)
        return [Chip(str(BY_NAME["year"].label), label, self.path + without.query_string())]

    def _chip(self, name: str, value: str, facet_label: str, label: str) -> Chip:
        return Chip(facet_label, label, self.path + self.selection.without(name, value).query_string())

    @property
    def sorts(self) -> list[Sort]:
        """The orders the list may have; relevance only where there is something to be relevant to."""
        return [
            Sort(
                str(label),
                self.path + replace(self.selection, sort=value).query_string(),
                value == self.selection.order,
            )
            for value, label in SORTS.items()
            if value != "relevance" or self.selection.q
        ]

    @property
    def searched(self) -> str:
        """What the search box holds: what is searched for, or what was typed and is too long for that."""
        return self.selection.q or self.selection.too_long

    @property
    def chosen_count(self) -> int:
        """How many filter values are chosen, known or not."""
        return sum(len(each) for part in (self.selection.values, self.selection.unknown) for each in part.values())

    @property
    def is_narrowed(self) -> bool:
        """Whether the address asks for fewer entries than the page has."""
        return bool(self.selection.q or self.chosen_count or self.problems)

    @property
    def kept_by_search(self) -> list[tuple[str, str]]:
        """What a new search keeps: the filters and the order."""
        return [pair for pair in self.selection.pairs() if pair[0] != "q"]

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        """What new filters keep: the search, the order, and what no list offers to choose.

        A single year is not chosen there but comes with a link; what is chosen there is a range of years.
        """
        kept = {"q", "sort", "year"} | {each.name for each in FILTERS if not each.offered and not each.end_of}
        whole = [("all", facet.name) for facet in self.facets if facet.whole]
        return [pair for pair in self.selection.pairs() if pair[0] in kept] + whole

    @property
    def clear_url(self) -> str:
        """The list with its search and order, but without filters."""
        return self.path + replace(self.selection, values={}, unknown={}).query_string()

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the values of a filter that the entries were chosen by, the page's own included."""
        return (self.held[name],) if name in self.held else self.selection.values.get(name, ())

    @property
    def ways(self) -> list[Sort]:
        """The ways to look at these entries: as a list, on a map, in tables."""
        names = {
            "list": gettext("List"),
            "map": gettext("Map"),
            "coverage": gettext("Coverage"),
            "statistics": gettext("Statistics"),
        }
        paths = {name: reverse(f"browse:{name}") for name in names}
        return [Sort(label, self.other_form(paths[name]), paths[name] == self.path) for name, label in names.items()]

    def other_form(self, path: str, **chosen: str) -> str:
        """Return the address of another form of the list (a map, a file), with these values alone of their filters."""
        selection = replace(self.selection, sort="")
        for name, value in {**self.held, **chosen}.items():
            selection = replace(
                selection,
                values={**selection.values, name: (value,)},
                unknown={key: given for key, given in selection.unknown.items() if key != name},
            )
        return path + selection.query_string()

    @property
    def canonical_path(self) -> str:
        """The one address of this page of the list."""
        return self.page_url(self.page.number)

    @property
    def page_links(self) -> list[PageLink]:
        """The pages around this one, the first and the last, with gaps between."""
        links = []
        for number in self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1):
            if isinstance(number, int):
                links.append(PageLink(number, self.page_url(number), number == self.page.number))
            else:
                links.append(PageLink(0, "", current=False))
        return links

    @property
    def previous_url(self) -> str:
        """The page before this one, or nothing."""
        return self.page_url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The page after this one, or nothing."""
        return self.page_url(self.page.number + 1) if self.page.has_next() else ""

    def page_url(self, number: int) -> str:
        """Return the address of a page of the list."""
        return self.path + self.selection.query_string(page=number)


def _one_end(name: str, value: str) -> str:
    """Return what the chip of a filter says of a value: more than the value, where it is one end of a range."""
    ends = {"year_from": gettext("from %(year)s"), "year_to": gettext("until %(year)s")}
    return ends.get(name, "%(year)s") % {"year": value}
