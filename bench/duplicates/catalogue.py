"""A catalogue to look for duplicates in: the real initiatives, among as many made-up ones as one likes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import batched

from django.utils import timezone

from bench.duplicates.pairs import Entry
from initiatives.content import Content, NamedOrganisation
from initiatives.models import City, Country, Initiative, Involvement, Revision
from initiatives.search import duplicates
from initiatives.text import key

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


def publish(entries: Sequence[Entry]) -> list[Initiative]:
    """Publish many entries at once, with what look-alikes are found by, and return them."""
    initiatives = Initiative.objects.bulk_create(Initiative() for _ in entries)
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            initiative=initiative,
            title=entry.title[:200],
            summary=entry.title,
            start_year=entry.start,
            end_year=entry.end,
            approved_at=now,
        )
        for initiative, entry in zip(initiatives, entries, strict=True)
    )
    for initiative, revision in zip(initiatives, revisions, strict=True):
        initiative.current, initiative.slug, initiative.published_at = revision, f"entry-{initiative.pk}", now
    Initiative.objects.bulk_update(initiatives, ["current", "slug", "published_at"], batch_size=500)
    placed = list(zip(revisions, entries, strict=True))
    Revision.countries.through.objects.bulk_create(
        Revision.countries.through(revision=revision, country_id=code)
        for revision, entry in placed
        for code in entry.countries
    )
    Revision.cities.through.objects.bulk_create(
        Revision.cities.through(revision=revision, city_id=number)
        for revision, entry in placed
        for number in entry.cities
    )
    Involvement.objects.bulk_create(
        Involvement(revision=revision, name=name, name_key=key(name), type="civil_society", role="lead")
        for revision, entry in placed
        for name in dict.fromkeys(entry.organisations)
    )
    duplicates.index(initiatives)
    return initiatives


def content(entry: Entry) -> Content:
    """Return what the form would say of an entry."""
    return Content(
        title=entry.title,
        summary=entry.title,
        countries=list(Country.objects.filter(pk__in=entry.countries)),
        cities=list(City.objects.filter(pk__in=entry.cities)),
        organisations=[NamedOrganisation(name, "civil_society", "lead") for name in entry.organisations],
        start_year=entry.start,
        end_year=entry.end,
    )


def made_up(number: int, seed: int = 7) -> Iterator[Entry]:
    """Yield entries with the words and places that initiatives have, some of them in a great many."""
    chance = random.Random(seed)
    cities = list(City.objects.order_by("-population").values_list("pk", "name", "country")[:3000])
    countries = {country.pk: country.name for country in Country.objects.all()}
    for _ in range(number):
        pk, city, country = cities[int(len(cities) * chance.random() ** 2.5)]
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
            cities=(pk,) if chance.random() < 0.6 else (),
            organisations=(organisation,),
            start=chance.randint(2005, 2026),
        )


def publish_made_up(number: int, seed: int = 7) -> None:
    """Publish so many entries that nobody has thought of."""
    for batch in batched(made_up(number, seed), 1000, strict=False):
        publish(batch)


def _zipf(values: list[str], chance: random.Random) -> str:
    return values[int(len(values) * chance.random() ** 2)]
