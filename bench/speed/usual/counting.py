"""The usual way to filter and to count, of any model: a join a filter, and a GROUP BY a facet.

It knows nothing of Passerelle: the site made with Wagtail counts by it as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Expression, F, Model, QuerySet
from django.http import QueryDict

PAGE_SIZE = 20
#: So many values of a facet are shown, the most frequent ones.
MOST_SHOWN = 30


class By(NamedTuple):
    """How the query gets from an entry to the values of a facet, and to what they are called."""

    value: F | Expression
    label: F | Expression


class Choice(NamedTuple):
    """One value of a facet, with the number of entries that choosing it would give."""

    value: str
    label: str
    number: int
    selected: bool


def chosen(query: QueryDict, facets: Mapping[str, By]) -> dict[str, list[str]]:
    """Return the values that an address chooses, by facet."""
    return {name: values for name in facets if (values := [each for each in query.getlist(name) if each])}


def narrowed[M: Model](
    entries: QuerySet[M], facets: Mapping[str, By], values: Mapping[str, list[str]], *, without: str = ""
) -> QuerySet[M]:
    """Return the entries that have one of the values chosen in each facet, that of `without` left out."""
    for name, wanted in values.items():
        if name != without:
            alias = f"value_of_{name}"
            entries = entries.alias(**{alias: facets[name].value}).filter(**{f"{alias}__in": wanted}).distinct()
    return entries


def counted(
    entries: QuerySet[Any], facets: Mapping[str, By], values: Mapping[str, list[str]]
) -> dict[str, list[Choice]]:
    """Return every facet with its most frequent values, each counted with the facet's own choice left out."""
    return {
        name: _counted(narrowed(entries, facets, values, without=name), by, values.get(name, []))
        for name, by in facets.items()
    }


def _counted(entries: QuerySet[Any], by: By, selected: list[str]) -> list[Choice]:
    rows = (
        entries.order_by()
        .annotate(facet_value=by.value, facet_label=by.label)
        .values_list("facet_value", "facet_label")
    )
    grouped = rows.annotate(number=Count("pk", distinct=True)).exclude(facet_value=None).exclude(facet_value="")
    most = grouped.order_by("-number", "facet_value")[:MOST_SHOWN]
    return [Choice(value, label, number, value in selected) for value, label, number in most]


def by_year(spans: Iterable[tuple[int, int, int]]) -> list[Choice]:
    """Return the years, the newest first, from rows of a first year, a last year, and how many entries have these."""
    numbers: Counter[int] = Counter()
    for first, last, number in spans:
        numbers.update(dict.fromkeys(range(first, last + 1), number))
    return [Choice(str(year), str(year), numbers[year], selected=False) for year in sorted(numbers, reverse=True)]
