"""The figures of the home page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import ngettext

from initiatives.browse.cards import Card, cards
from initiatives.models import by_name
from initiatives.search.filters import BY_NAME
from initiatives.search.found import Found
from initiatives.search.vocabularies import Rows


@dataclass(frozen=True)
class Figure:
    """A number and what it counts."""

    value: int
    label: str


def tally(found: Found, *, countries: int) -> list[Figure]:
    """Count the entries of the whole catalogue and their cities, beside their `countries`; nothing of nothing."""
    if not found.count:
        return []
    cities = found.counts("city", most=0).total
    return [
        Figure(found.count, ngettext("initiative", "initiatives", found.count)),
        Figure(countries, ngettext("country", "countries", countries)),
        Figure(cities, ngettext("city", "cities", cities)),
    ]


def counted(rows: QuerySet, name: str, found: Found) -> list[Any]:
    """Return rows of the vocabulary of the filter `name`, each with its `count` of entries among those found."""
    counts = found.among(name)
    column = cast("Rows", BY_NAME[name].vocabulary).column
    everything = list(rows)
    for each in everything:
        each.count = counts.get(getattr(each, column), 0)
    return everything


def in_use(rows: QuerySet, name: str, found: Found) -> list[Any]:
    """Return those that at least one entry has, the most frequent first."""
    used = [each for each in counted(rows, name, found) if each.count]
    return sorted(by_name(used), key=lambda each: -each.count)


def newest(found: Found, count: int = 5) -> list[Card]:
    """Return the entries that were published last."""
    return cards(found.numbers(0, count))
