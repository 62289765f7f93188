"""The filters of a list: read from its address, applied to entries, written back as an address.

Values of one filter widen, different filters narrow. A value that the catalogue does not
know matches nothing and is named in a notice; it never turns into "everything".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Kind, OrganisationType, Stage
from initiatives.models import WORLD, Channel, City, Country, Initiative, Keyword, Objective, TaggedRevision, Theme
from initiatives.models.revision import FIRST_YEAR, LAST_YEAR
from initiatives.querysets import InitiativeQuerySet
from initiatives.search import text as search
from initiatives.search.address import given_once, given_values, reversed_years, shown, unknown_value
from initiatives.search.vocabularies import Choices, Regions, Rows, Vocabulary
from initiatives.text import clean

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: A search longer than this (characters) is a mistake or an attack.
MAX_QUERY = 200


@dataclass(frozen=True)
class Filter:
    """One filter of the address table.

    Attributes:
        name: the parameter in the address.
        label: what its values are, for people.
        vocabulary: which values exist, and what they are called.
        path: how the query gets from an initiative to what has the value; empty where `match` says it.
        many: whether several values may be chosen.
        offered: whether lists show its values to choose from; one that is not is reached by links or fields alone.
        match: the condition for one value, where a path is not enough.
        end_of: the filter that it is one end of a range of; then `reach` says which values of that one it takes.
    """

    name: str
    label: StrOrPromise
    vocabulary: Vocabulary
    path: str = ""
    many: bool = True
    offered: bool = True
    match: Callable[[str], InitiativeQuerySet] | None = None
    end_of: str = ""
    reach: Callable[[str], Iterable[str]] | None = None

    @property
    def value_path(self) -> str:
        """How the query gets from an initiative to the value."""
        return f"{self.path}__{self.vocabulary.column}" if isinstance(self.vocabulary, Rows) else self.path

    def entries_with(self, values: Iterable[str]) -> InitiativeQuerySet:
        """Return the published entries that have any of the (known) values."""
        values = list(values)
        published = Initiative.objects.published()
        if self.match:
            found = published.none()
            for value in values:
                found = found | self.match(value)
            return found
        return published.filter(**{f"{self.value_path}__in": values})

    def as_kept(self, values: Iterable[str]) -> tuple[str, Iterable[str]]:
        """Return what the index has instead: the name of a filter, and values any of which an entry must have."""
        if self.reach is None:
            return self.name, values
        return self.end_of, {reached for value in values for reached in self.reach(value)}


SUBMITTER = {"verified": _("Verified"), "unverified": _("Not verified")}


def _by_submitter(value: str) -> InitiativeQuerySet:
    # The index has this rule once more (`memory.columns`), as that of the regions.
    return Initiative.objects.published().filter(
        submissions__kind=Kind.NEW, submissions__verified_at__isnull=value != "verified"
    )


def _in_region(value: str) -> InitiativeQuerySet:
    # The index has this rule once more (`memory.build`); the tests of freshness hold the two equal.
    published, code = Initiative.objects.published(), int(value)
    if code == WORLD:
        return published.filter(current__is_global=True)
    inside = Country.objects.filter(Q(region=code) | Q(region__parent=code))
    return published.filter(current__countries__in=inside)


def _public_keywords() -> QuerySet:
    # Of keywords only those of published entries exist for the public: anybody can make one.
    # Asked from the keyword's side, row by row, for the first entry: the databases would look through all entries for
    # each and, where it is only asked whether there is one, PostgreSQL through all those of the keyword.
    entry = Initiative.objects.published().filter(current=OuterRef("content_object"))
    public = TaggedRevision.objects.filter(Exists(entry), tag=OuterRef("pk"))
    return Keyword.objects.alias(public=Subquery(public.values("pk")[:1])).filter(public__isnull=False)


def _active(first: int, last: int) -> InitiativeQuerySet:
    return Initiative.objects.published().active_between(first, last)


def _years(first: int, last: int) -> dict[str, str]:
    return {str(year): str(year) for year in range(first, last + 1)}


_YEARS = Choices(_years(FIRST_YEAR, LAST_YEAR))

FILTERS = [
    Filter("theme", _("Theme"), Rows(Theme.objects.all()), "current__themes"),
    Filter("channel", _("Channel"), Rows(Channel.objects.all()), "current__publications__channel"),
    Filter("country", _("Country"), Rows(Country.objects.all(), "code"), "current__countries"),
    Filter("region", _("Region"), Regions(), match=_in_region, offered=False),
    Filter("city", _("City"), Rows(City.objects.select_related("country")), "current__cities"),
    Filter(
        "objective", _("Objective"), Rows(Objective.objects.select_related("framework"), "code"), "current__objectives"
    ),
    Filter(
        "organisation_type", _("Organisation"), Choices(dict(OrganisationType.choices)), "current__involvements__type"
    ),
    Filter("keyword", _("Keyword"), Rows(Keyword.objects.all(), shown=_public_keywords), "current__keywords"),
    Filter(
        "year",
        _("Active in"),
        _YEARS,
        many=False,
        match=lambda value: _active(int(value), int(value)),
    ),
    # What began before a range ended, and ended after it began, ran in it: so each end is a filter of its own.
    Filter(
        "year_from",
        _("Active from"),
        _YEARS,
        many=False,
        offered=False,
        match=lambda value: _active(int(value), LAST_YEAR),
        end_of="year",
        reach=lambda value: _years(int(value), LAST_YEAR),
    ),
    Filter(
        "year_to",
        _("Active until"),
        _YEARS,
        many=False,
        offered=False,
        match=lambda value: _active(FIRST_YEAR, int(value)),
        end_of="year",
        reach=lambda value: _years(FIRST_YEAR, int(value)),
    ),
    Filter("submitter", _("Submitter"), Choices(SUBMITTER), many=False, match=_by_submitter),
    Filter("status", _("Status"), Choices(dict(Stage.choices)), "current__stage", many=False),
]
BY_NAME = {each.name: each for each in FILTERS}
#: What the index keeps: the others are made of these.
KEPT = [each for each in FILTERS if not each.end_of]

SORTS = {
    "relevance": _("Most relevant first"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "title": _("By title"),
}


@dataclass(frozen=True)
class Selection:
    """What the address of a list asks for.

    Attributes:
        q: the text searched for.
        values: the chosen values that exist, by filter, in canonical order.
        unknown: the values that do not exist, by filter.
        sort: one of SORTS, or empty for the usual one.
        problems: sentences on what in the address could not be used.
        faults: those of them that belong to the field of a filter, by filter.
        too_long: a text that is too long to be searched for; then nothing is found, whatever else is asked for.
    """

    q: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    problems: tuple[str, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    too_long: str = ""

    @classmethod
    def read(cls, query: QueryDict, *, held: Mapping[str, str] | None = None) -> Selection:
        """Read a selection from the parameters of an address.

        `held` are values that the page itself stands for, a theme's page its theme; they are not
        in the address and cannot be taken away.
        """
        problems: list[str] = []
        too_long = ""
        q = clean(given_once(query, "q", problems)).strip()
        if len(q) > MAX_QUERY:
            problems.append(
                gettext("Your search has %(length)s characters; at most %(most)s can be searched for. Shorten it.")
                % {"length": len(q), "most": MAX_QUERY}
            )
            q, too_long = "", q
        sort = given_once(query, "sort", problems)
        if sort and sort not in SORTS:
            problems.append(
                gettext("There is no order “%(value)s”; the list is in its usual order.") % {"value": shown(sort)}
            )
            sort = ""
        values: dict[str, tuple[str, ...]] = {}
        unknown: dict[str, tuple[str, ...]] = {}
        faults: dict[str, str] = {}
        for each in FILTERS:
            given = [] if held and each.name in held else given_values(query, each, problems)
            if given:
                known = each.vocabulary.labels(given)
                values[each.name] = tuple(sorted(value for value in given if value in known))
                unknown[each.name] = tuple(value for value in given if value not in known)
                said = [unknown_value(each, value) for value in unknown[each.name]]
                problems += said
                if said and each.end_of:
                    faults[each.name] = said[0]
        if fault := reversed_years(values):
            problems.append(fault)
            faults["year_to"] = fault
            values["year_to"], unknown["year_to"] = (), values["year_to"]
        return cls(q, values, unknown, sort, tuple(problems), faults, too_long)

    @property
    def order(self) -> str:
        """The order of the list: the one asked for, else relevance for a search and newest otherwise."""
        if self.sort == "relevance" and not self.q:
            return "newest"
        return self.sort or ("relevance" if self.q else "newest")

    def apply(self, initiatives: InitiativeQuerySet, *, without: str = "") -> InitiativeQuerySet:
        """Return those of `initiatives` that the selection matches, the filter `without` left out."""
        if self.too_long:
            return initiatives.none()
        if self.q:
            initiatives = search.matching(initiatives, self.q)
        for name, values in self.values.items():
            if name != without:
                # A subquery instead of a join: no entry appears twice for two of its themes.
                initiatives = initiatives.filter(pk__in=BY_NAME[name].entries_with(values).values("pk"))
        return initiatives

    def ordered(self, initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
        """Return `initiatives` in the order asked for."""
        match self.order:
            case "relevance":
                return search.ranked(initiatives, self.q)
            case "title":
                return initiatives.order_by(search.by_title(), "pk")
            case "oldest":
                return initiatives.order_by("published_at", "pk")
            case _:
                return initiatives.order_by("-published_at", "-pk")

    def pairs(self) -> list[tuple[str, str]]:
        """Return what the selection stands for as parameters, in canonical order."""
        pairs = [("q", self.q)] if self.q else []
        for each in FILTERS:
            chosen = [*self.values.get(each.name, ()), *self.unknown.get(each.name, ())]
            pairs += [(each.name, value) for value in sorted(chosen)]
        if self.order != replace(self, sort="").order:
            pairs.append(("sort", self.order))
        return pairs

    def query_string(self, *, page: int = 1, whole: str = "") -> str:
        """Return the canonical form of the address after the path: "?q=…&theme=…", or nothing.

        The list of which the filter `whole` shows all its values has the same canonical address.
        """
        pairs = self.pairs() + ([("page", str(page))] if page > 1 else []) + ([("all", whole)] if whole else [])
        return f"?{urlencode(pairs)}" if pairs else ""

    def without(self, name: str, value: str) -> Selection:
        """Return the selection with one value taken away; `name` "q" takes the search away."""
        if name == "q":
            return replace(self, q="", too_long="")
        left = [
            {key: tuple(v for v in values if (key, v) != (name, value)) for key, values in each.items()}
            for each in (self.values, self.unknown)
        ]
        empty = {key for key in left[0] if not left[0][key] and not left[1].get(key)}
        kept = [{key: values for key, values in each.items() if key not in empty} for each in left]
        return replace(self, values=kept[0], unknown=kept[1])
