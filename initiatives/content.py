"""What a version of an entry says, apart from where it is stored.

The submission form, the founding entries and the editing of a version all speak
`Content`; `write` makes a revision of it, `read` gets it back.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from initiatives.choices import MadeBy, Role
from initiatives.models import (
    TEXTS,
    Attachment,
    Channel,
    City,
    Country,
    Declaration,
    Initiative,
    Involvement,
    Keyword,
    Link,
    Objective,
    Organisation,
    Publication,
    Revision,
    Signature,
    TaggedRevision,
    Theme,
    Translation,
    Upload,
)
from initiatives.text import key

#: What more than this many would say less: no form takes more, so nothing else may make more.
MOST = {
    "themes": 6,
    "keywords": 12,
    "documents": 5,
    "countries": 60,
    "cities": 60,
    "organisations": 20,
    "listings": 20,
    "links": 20,
}


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


@dataclass(frozen=True)
class Document:
    """A document that belongs to the entry."""

    upload: Upload
    title: str


@dataclass(frozen=True)
class TranslatedTexts:
    """What the texts of an entry say in another language."""

    title: str
    summary: str
    what_it_does: str = ""
    how_it_works: str = ""
    results: str = ""
    reusable: str = ""
    picture_alt: str = ""
    made_by: str = MadeBy.HUMAN
    #: Which texts it was made from: their `texts_digest`.
    original: str = ""


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
    picture: Upload | None = None
    #: What the picture shows, for people who cannot see it; there with every picture, and never without one.
    picture_alt: str = ""
    picture_credit: str = ""
    change_note: str = ""
    countries: Sequence[Country] = ()
    cities: Sequence[City] = ()
    themes: Sequence[Theme] = ()
    objectives: Sequence[Objective] = ()
    keywords: Sequence[str] = ()
    organisations: Sequence[NamedOrganisation] = ()
    #: Declarations that the leading organisation has signed; of several, the one named first.
    declarations: Sequence[Declaration] = ()
    listings: Sequence[Listing] = ()
    links: Sequence[Source] = field(default=())
    documents: Sequence[Document] = ()
    #: By language; none in its own.
    translations: Mapping[str, TranslatedTexts] = field(default_factory=dict)

    @property
    def every_country(self) -> list[Country]:
        """The countries it names, and those its cities lie in: an entry of Kampala is found under Uganda as well."""
        return list(dict.fromkeys([*self.countries, *(city.country for city in self.cities)]))


def texts_digest(content: Content) -> str:
    """Return what tells whether a translation was made from the texts that `content` has."""
    said = [content.language, *(getattr(content, name) for name in TEXTS)]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def fitted(content: Content) -> Content:
    """Return `content` with translations of what it says alone: not into its own language, nor of texts it lacks."""
    gone = {name: "" for name in TEXTS if not getattr(content, name)}
    translations = {
        language: replace(texts, **gone)
        for language, texts in content.translations.items()
        if language != content.language
    }
    return replace(content, translations=translations)


PLAIN_FIELDS = [f.name for f in fields(Content) if f.name in {c.name for c in Revision._meta.concrete_fields}]


@transaction.atomic(savepoint=False)
def write(content: Content, *, initiative: Initiative) -> Revision:
    """Store a version of `initiative` and return it; nothing public changes by that."""
    revision = Revision.objects.create(
        initiative=initiative, **{name: getattr(content, name) for name in PLAIN_FIELDS}
    )
    # Added rather than set, which would ask first what a new version has already.
    revision.countries.add(*content.every_country)
    revision.cities.add(*content.cities)
    revision.themes.add(*content.themes)
    revision.objectives.add(*content.objectives)
    TaggedRevision.objects.bulk_create(
        TaggedRevision(content_object=revision, tag=keyword) for keyword in _keywords(content.keywords)
    )
    leads = [each for each in _involve(content.organisations, revision) if each.role == Role.LEAD]
    # Of several that lead, the first one has signed: the form says so.
    Signature.objects.bulk_create(
        Signature(involvement=lead, declaration=declaration)
        for lead in leads[:1]
        for declaration in content.declarations
    )
    Publication.objects.bulk_create(
        Publication(revision=revision, channel=each.channel, edition=each.edition, url=each.url, date=each.date)
        for each in content.listings
    )
    Link.objects.bulk_create(Link(revision=revision, url=each.url, label=each.label) for each in content.links)
    Attachment.objects.bulk_create(
        Attachment(revision=revision, upload=each.upload, title=each.title) for each in content.documents
    )
    digest = texts_digest(content)
    Translation.objects.bulk_create(
        Translation(revision=revision, language=language, is_stale=texts.original != digest, **vars(texts))
        for language, texts in fitted(content).translations.items()
    )
    return revision


def _involve(organisations: Iterable[NamedOrganisation], revision: Revision) -> list[Involvement]:
    """Store who leads and partners, each once, in the order in which they are named."""
    named: dict[tuple[str, str], NamedOrganisation] = {}
    for each in organisations:
        named.setdefault((key(each.name), each.type), each)
    return Involvement.objects.bulk_create(
        Involvement(revision=revision, name=each.name, name_key=name_key, type=each.type, role=each.role)
        for (name_key, _type), each in named.items()
    )


def _keywords(names: Iterable[str]) -> list[Keyword]:
    """Find or make keywords, however their case is written."""
    wanted = sorted(names)
    if not wanted:
        return []
    known = Keyword.objects.filter(reduce(or_, (Q(name__iexact=name) for name in wanted)))
    found = {keyword.name.lower(): keyword for keyword in known.order_by("-pk")}
    for name in wanted:
        # In one order, or two writers who make the same ones at once would wait for each other.
        if name.lower() not in found:
            found[name.lower()], _ = Keyword.objects.get_or_create(name__iexact=name, defaults={"name": name})
    return list(dict.fromkeys(found[name.lower()] for name in wanted))


def link_organisations(revision: Revision) -> None:
    """Find or make the organisations that a version names; it is approved, so its words may be seen."""
    # In one order, or two approvals at once would wait for each other.
    named = list(revision.involvements.filter(organisation=None).order_by("name_key", "type"))
    if not named:
        return
    same_name = Organisation.objects.filter(name_key__in={each.name_key for each in named})
    known = {(each.name_key, each.type): each for each in same_name}
    for each in named:
        each.organisation = known.get((each.name_key, each.type)) or _organisation(each)
    Involvement.objects.bulk_update(named, ["organisation"])


def _organisation(named: Involvement) -> Organisation:
    """Make the organisation that a version names, or find the one that somebody has made at this moment."""
    found, _ = Organisation.objects.get_or_create(
        name_key=named.name_key, type=named.type, defaults={"name": named.name}
    )
    return found


def read(revision: Revision) -> Content:
    """Return what a stored version says, ready to be edited; cheap for one loaded `with_content()`."""
    return Content(
        **{name: getattr(revision, name) for name in PLAIN_FIELDS},
        countries=list(revision.countries.all()),
        cities=list(revision.cities.all()),
        themes=list(revision.themes.all()),
        objectives=list(revision.objectives.all()),
        keywords=[keyword.name for keyword in revision.keywords.all()],
        organisations=[
            NamedOrganisation(name=each.shown_name, type=each.type, role=each.role)
            for each in revision.involvements.all()
        ],
        declarations=[
            signature.declaration for each in revision.involvements.all() for signature in each.signatures.all()
        ],
        listings=[
            Listing(channel=each.channel, edition=each.edition, url=each.url, date=each.date)
            for each in revision.publications.all()
        ],
        links=[Source(url=each.url, label=each.label) for each in revision.links.all()],
        documents=[Document(upload=each.upload, title=each.title) for each in revision.attachments.all()],
        translations={
            each.language: TranslatedTexts(**{f.name: getattr(each, f.name) for f in fields(TranslatedTexts)})
            for each in revision.translations.all()
        },
    )
