"""The map of initiatives: how many each country has, shaded, with cities as dots and a table that says the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from initiatives.browse.listing import Listing
from initiatives.browse.shapes import NO_COUNTRY, country_shapes
from initiatives.browse.views import a_list
from initiatives.browse.worldmap import project
from initiatives.models import City, Country

#: So many cities are drawn and listed, the most frequent first.
MOST_CITIES = 150
SHADES = 5
LEAST_RADIUS, MOST_RADIUS = 2.6, 9.0
#: A country too small to have an outline is drawn as a dot of this radius.
SMALL = 3.5


@dataclass(frozen=True)
class Place:
    """A country or city on the map.

    Attributes:
        url: the list of exactly these entries; of a country beside the chosen ones, its own page.
        count: how many entries it has.
        shade: 1 (few) to SHADES (most).
        outline: an SVG path, or nothing where it is too small to be drawn.
        x, y, radius: where it is as a dot, and how large, in units of the drawing.
    """

    name: str
    url: str
    count: int
    shade: int
    outline: str = ""
    x: float = 0
    y: float = 0
    radius: float = SMALL


def shades(most: int) -> list[int]:
    """Return the least count of each shade: every step is the same factor, because few countries have most entries."""
    steps = min(SHADES, most)
    return sorted({max(1, round(most ** (step / steps))) if step else 1 for step in range(steps)})


def shade_of(count: int, least: list[int]) -> int:
    """Return the shade of a count, from 1 on."""
    return sum(count >= each for each in least)


class WorldView:
    """The entries of a list on a map."""

    def __init__(self, listing: Listing) -> None:
        """Count the entries of `listing` by country and city."""
        self.listing = listing
        self._countries = listing.found.among("country")
        self._cities = listing.found.among("city")

    @cached_property
    def legend(self) -> list[tuple[int, int]]:
        """The shades with the least count of each, or nothing if nothing is shaded."""
        return list(enumerate(shades(max(self._countries.values())), start=1)) if self._countries else []

    @cached_property
    def countries(self) -> list[Place]:
        """The countries that have entries, the most frequent first."""
        found = Country.objects.in_bulk(list(self._countries))
        places = [self._country(found[code], count) for code, count in self._countries.items()]
        return sorted(places, key=lambda place: (-place.count, place.name))

    @cached_property
    def cities(self) -> list[Place]:
        """The most frequent cities."""
        slugs = sorted(self._cities, key=lambda slug: (-self._cities[slug], slug))[:MOST_CITIES]
        found = City.objects.select_related("country").in_bulk(slugs, field_name="slug")
        most = max((self._cities[slug] for slug in slugs), default=1)
        return [self._city(found[slug], self._cities[slug], most) for slug in slugs]

    @property
    def city_total(self) -> int:
        """How many cities have entries, of which `cities` may be the first ones only."""
        return len(self._cities)

    @property
    def rest(self) -> str:
        """The outline of all land that has no entry."""
        drawn = {place.outline for place in self.countries}
        return "".join(path for path in country_shapes().values() if path not in drawn)

    def _country(self, country: Country, count: int) -> Place:
        x, y = project(country.latitude or 0, country.longitude or 0)
        return Place(
            name=country.name,
            url=self._url("country", country.code, country.get_absolute_url()),
            count=count,
            shade=shade_of(count, [least for _, least in self.legend]),
            outline=country_shapes().get(f"{country.numeric:03}", NO_COUNTRY),
            x=round(x, 1),
            y=round(y, 1),
        )

    def _city(self, city: City, count: int, most: int) -> Place:
        x, y = project(city.latitude, city.longitude)
        radius = max(LEAST_RADIUS, MOST_RADIUS * math.sqrt(count / max(most, 10)))
        url = self._url("city", city.slug, city.get_absolute_url())
        return Place(str(city), url, count, 0, x=round(x, 1), y=round(y, 1), radius=round(radius, 1))

    def _url(self, name: str, value: str, page: str) -> str:
        # Beside the chosen ones stand those that the same entries are also in: a list of them alone would be another.
        chosen = self.listing.chosen(name)
        if chosen and value not in chosen:
            return page
        return self.listing.other_form(reverse("browse:list"), **{name: value})


@a_list
def initiative_map(request: HttpRequest) -> HttpResponse:
    """The filtered entries on a world map."""
    listing = Listing(request)
    context = {"listing": listing, "world": WorldView(listing), "list_url": listing.other_form(reverse("browse:list"))}
    return render(request, "browse/map.html", context)
