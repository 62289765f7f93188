"""What a version of an entry says, apart from where it is stored.

The submission form, the founding entries and the editing of a version all speak
`Content`; `write` makes a revision of it, `read` gets it back.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from django.db import transaction

from initiatives.choices import Role
from initiatives.models import (
    Channel,
    City,
    Country,
    Declaration,
    Initiative,
    Involvement,
    Link,
    Objective,
    Organisation,
    Publication,
    Revision,
    Signature,
    Theme,
)
from initiatives.text import key


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation as somebody wrote it, with what it does in the initiative."""

    name: str
    type: str
    role: str


@dataclass(frozen=True)
class Listing:
    """That the initiative stands in a channel."""

    channel: Channel
    edition: str = ""
    url: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class Source:
    """A page about the initiative."""

    url: str
    label: str = ""


@dataclass
class Content:
    """Everything one version of an entry says."""

    title: str
    summary: str
    language: str = "en"
    what_it_does: str = ""
    how_it_works: str = ""
    results: str = ""
    reusable: str = ""
    is_global: bool = False
    start_year: int | None = None
    end_year: int | None = None
    stage: str = ""
    change_note: str = ""
    countries: Sequence[Country] = ()
    cities: Sequence[City] = ()
    themes: Sequence[Theme] = ()
    objectives: Sequence[Objective] = ()
    keywords: Sequence[str] = ()
    organisations: Sequence[NamedOrganisation] = ()
    #: Declarations that the leading organisations have signed.
    declarations: Sequence[Declaration] = ()
    listings: Sequence[Listing] = ()
    links: Sequence[Source] = field(default=())


PLAIN_FIELDS = [f.name for f in fields(Content) if f.name in {c.name for c in Revision._meta.concrete_fields}]


@transaction.atomic
def write(content: Content, *, initiative: Initiative) -> Revision:
    """Store a version of `initiative` and return it; nothing public changes by that."""
    revision = Revision.objects.create(
        initiative=initiative, **{name: getattr(content, name) for name in PLAIN_FIELDS}
    )
    # A city lies in a country: an entry of Kampala is found under Uganda as well.
    countries = set(content.countries) | {city.country for city in content.cities}
    revision.countries.set(countries)
    revision.cities.set(content.cities)
    revision.themes.set(content.themes)
    revision.objectives.set(content.objectives)
    revision.keywords.set(content.keywords)
    leads = []
    for named in content.organisations:
        organisation = _organisation(named)
        Involvement.objects.get_or_create(revision=revision, organisation=organisation, defaults={"role": named.role})
        if named.role == Role.LEAD:
            leads.append(organisation)
    Signature.objects.bulk_create(
        Signature(revision=revision, organisation=lead, declaration=declaration)
        for lead in dict.fromkeys(leads)
        for declaration in content.declarations
    )
    Publication.objects.bulk_create(
        Publication(revision=revision, channel=each.channel, edition=each.edition, url=each.url, date=each.date)
        for each in content.listings
    )
    Link.objects.bulk_create(Link(revision=revision, url=each.url, label=each.label) for each in content.links)
    return revision


def _organisation(named: NamedOrganisation) -> Organisation:
    organisation, _ = Organisation.objects.get_or_create(
        name_key=key(named.name), type=named.type, defaults={"name": named.name}
    )
    return organisation


def read(revision: Revision) -> Content:
    """Return what a stored version says, ready to be edited."""
    return Content(
        **{name: getattr(revision, name) for name in PLAIN_FIELDS},
        countries=list(revision.countries.all()),
        cities=list(revision.cities.all()),
        themes=list(revision.themes.all()),
        objectives=list(revision.objectives.all()),
        keywords=[keyword.name for keyword in revision.keywords.all()],
        organisations=[
            NamedOrganisation(name=each.organisation.name, type=each.organisation.type, role=each.role)
            for each in revision.involvements.select_related("organisation")
        ],
        declarations=list(Declaration.objects.filter(signatures__revision=revision).distinct()),
        listings=[
            Listing(channel=each.channel, edition=each.edition, url=each.url, date=each.date)
            for each in revision.publications.select_related("channel")
        ],
        links=[Source(url=each.url, label=each.label) for each in revision.links.all()],
    )
