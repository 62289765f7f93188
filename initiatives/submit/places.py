"""Finds the countries and cities that somebody typed."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import process

from initiatives.models import City, Country, country_name
from initiatives.text import key

#: From this likeness (0 to 100) on, a known name is offered for one that is not known.
LIKENESS = 75
OFFERED = 6


def country_names() -> list[str]:
    """Return the names of all countries in the reader's language, in alphabetical order."""
    return sorted((country.name for country in Country.objects.all()), key=key)


def find_country(name: str) -> Country:
    """Return the country called `name` in the reader's language or in English, or with that ISO code.

    Raises:
        ValidationError: there is none; the message offers the most similar name.
    """
    known = {}
    for country in Country.objects.all():
        for known_as in (country.code, country.alpha3, country_name(country.code, "en"), country.name):
            known[key(known_as)] = country
    if found := known.get(key(name)):
        return found
    message = _("“%(name)s” is not a country that the catalogue knows.") % {"name": name}
    if near := process.extractOne(key(name), known.keys(), score_cutoff=LIKENESS):
        message += " " + _("Did you mean “%(name)s”?") % {"name": known[near[0]].name}
    raise ValidationError(message)


def find_city(text: str, *, countries: Iterable[Country] = ()) -> City:
    """Return the city that `text` names: "Kampala", "San José, Costa Rica" or "Springfield, IL, United States".

    Where several cities have the name, one in `countries` goes first; of several in one
    division, which nothing but their accents tells apart, the one so written or the largest.

    Raises:
        ValidationError: there is none, or several, which the message then lists.
    """
    name, *where = [part.strip() for part in text.split(",") if part.strip()] or [""]
    candidates = _called(key(name))
    if where:
        candidates = [city for city in candidates if _lies_in(city, where)]
    chosen = {country.code for country in countries}
    if len(candidates) > 1 and chosen:
        candidates = [city for city in candidates if city.country_id in chosen] or candidates
    if len({(city.country_id, city.division) for city in candidates}) == 1:
        candidates.sort(key=lambda city: city.name != name)
        return candidates[0]
    if not candidates:
        raise ValidationError(
            _("“%(name)s” is not in the gazetteer. Check the spelling, or leave it out and name the country.")
            % {"name": text}
        )
    offered = "; ".join(precise_name(city) for city in candidates[:OFFERED])
    raise ValidationError(
        _("Several cities are called “%(name)s”. Write one of these: %(cities)s.") % {"name": name, "cities": offered}
    )


def suggest_cities(text: str) -> list[str]:
    """Return up to eight cities whose name begins with `text`, the largest first, ready to be typed."""
    start = key(text.split(",", maxsplit=1)[0])
    if len(start) < 2:
        return []
    cities = City.objects.select_related("country").filter(name_key__startswith=start).order_by("-population")[:8]
    return [precise_name(city) for city in cities]


def precise_name(city: City) -> str:
    """Return a name that `find_city` understands as this city; with its division only where that is needed."""
    namesakes = City.objects.filter(country_id=city.country_id, name_key=city.name_key).exclude(pk=city.pk)
    division = [city.division] if city.division and namesakes.exists() else []
    return ", ".join([city.name.replace(",", ""), *division, city.country.name])


def _called(name: str) -> list[City]:
    if not name:
        return []
    found = City.objects.select_related("country").filter(Q(name_key=name) | Q(other_names__contains=name))
    exact = [city for city in found.order_by("-population") if city.name_key == name]
    return exact or [city for city in found.order_by("-population") if name in city.other_names.split("\n")]


def _lies_in(city: City, where: list[str]) -> bool:
    known_as = {key(city.country.name), key(country_name(city.country_id, "en")), key(city.country_id)}
    divisions = {key(city.division)}
    return key(where[-1]) in known_as and all(key(part) in divisions for part in where[:-1])
