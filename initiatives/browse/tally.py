"""The figures of the home page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from initiatives.models import City, Country, Initiative


@dataclass(frozen=True)
class Figure:
    """A number and what it counts."""

    value: int
    label: str


def tally(countries: int) -> list[Figure]:
    """Count the published entries and their cities, beside the number of their `countries`; nothing of nothing."""
    entries = Initiative.objects.published().count()
    if not entries:
        return []
    cities = City.objects.filter(revisions__current_of__in=Initiative.objects.published()).distinct().count()
    return [
        Figure(entries, ngettext("initiative", "initiatives", entries)),
        Figure(countries, ngettext("country", "countries", countries)),
        Figure(cities, ngettext("city", "cities", cities)),
    ]


def countries_in_use() -> list[Any]:
    """Return the countries (Country, with its `count`) of published entries, the most frequent first."""
    return sorted(Country.objects.in_use(), key=lambda country: (-country.count, country.name))


def newest(count: int = 5) -> list[Initiative]:
    """Return the entries that were published last."""
    published = Initiative.objects.published().with_list_content()
    return list(published.order_by("-published_at", "-pk")[:count])
