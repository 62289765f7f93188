"""Makes what tests need, through the same path as the site does."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group, Permission

from accounts.models import User
from initiatives import moderation, uploads
from initiatives.content import Content, Document
from initiatives.models import (
    Channel,
    City,
    CityName,
    Country,
    Declaration,
    FileKind,
    Framework,
    Initiative,
    Objective,
    Region,
    Submission,
    Theme,
    Upload,
)
from initiatives.text import key
from tests import sent

_numbers = itertools.count(1)


def person(email: str = "", **fields: Any) -> User:
    """Make a member with a confirmed address."""
    from allauth.account.models import EmailAddress

    email = email or f"person{next(_numbers)}@example.org"
    user = User.objects.create_user(email, "correct horse battery", **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def moderator(email: str = "", **fields: Any) -> User:
    """Make a member of the group that decides."""
    user = person(email, **fields)
    user.groups.add(moderators())
    return user


def moderators() -> Group:
    """Return the group that decides."""
    # A test with real transactions empties the tables, and so takes away what the migration made.
    group, _ = Group.objects.get_or_create(name="Moderators")
    group.permissions.add(Permission.objects.get(codename="moderate_submission"))
    return group


def theme(slug: str = "diaspora", name: str = "") -> Theme:
    """Make a theme."""
    return Theme.objects.get_or_create(slug=slug, defaults={"name": name or slug.replace("-", " ").capitalize()})[0]


def channel(slug: str = "call-to-local-action", name: str = "", sentence: str = "") -> Channel:
    """Make a channel."""
    name = name or slug.replace("-", " ").capitalize()
    return Channel.objects.get_or_create(slug=slug, defaults={"name": name, "sentence": sentence})[0]


_COUNTRIES = {
    "UG": ("UGA", 800, 14),
    "MA": ("MAR", 504, 15),
    "TG": ("TGO", 768, 11),
    "MX": ("MEX", 484, 13),
    "US": ("USA", 840, 21),
    "CR": ("CRI", 188, 13),
    "CI": ("CIV", 384, 11),
    "TR": ("TUR", 792, 145),
    "GB": ("GBR", 826, 154),
    "CA": ("CAN", 124, 21),
}


def country(code: str = "UG") -> Country:
    """Make a country (of a few) in its sub-region."""
    return countries(code)[0]


def countries(*codes: str) -> list[Country]:
    """Make countries (of a few) in their sub-regions."""
    known = {each.code: each for each in Country.objects.filter(code__in=codes)}
    if missing := [code for code in codes if code not in known]:
        regions = {_COUNTRIES[code][2] for code in missing}
        Region.objects.bulk_create(
            [Region(code=each, name=f"Region {each}") for each in regions], ignore_conflicts=True
        )
        for code in missing:
            alpha3, numeric, region = _COUNTRIES[code]
            known[code] = Country(code=code, alpha3=alpha3, numeric=numeric, region_id=region)
        Country.objects.bulk_create(known[code] for code in missing)
    return [known[code] for code in codes]


def city(name: str = "Kampala", code: str = "UG", other_names: Sequence[str] = (), **fields: Any) -> City:
    """Make a city of the gazetteer."""
    number = next(_numbers)
    values = {
        "latitude": 0.3,
        "longitude": 32.6,
        "population": 1000,
        "slug": f"{key(name).replace(' ', '-')}-{number}",
    }
    made = City.objects.create(
        geoname_id=number, name=name, name_key=key(name), country=country(code), **values | fields
    )
    CityName.objects.bulk_create(CityName(city=made, key=key(each)) for each in [name, *other_names])
    return made


def objective(code: str = "gcm-16") -> Objective:
    """Make an objective and its framework."""
    slug, number = code.split("-")
    framework, _ = Framework.objects.get_or_create(
        slug=slug, defaults={"name": f"Framework {slug}", "abbreviation": slug.upper()}
    )
    return Objective.objects.get_or_create(
        code=code, defaults={"framework": framework, "number": int(number), "name": f"Aim {number}"}
    )[0]


def declaration(slug: str = "marrakech", name: str = "Marrakech Mayors Declaration", year: int = 2018) -> Declaration:
    """Make a declaration."""
    return Declaration.objects.get_or_create(slug=slug, defaults={"name": name, "year": year})[0]


def upload(kind: FileKind = FileKind.PICTURE, data: bytes = b"", name: str = "") -> Upload:
    """Send a file with a form: a picture unless `kind` says otherwise, each another."""
    number = next(_numbers)
    if kind == FileKind.PICTURE:
        data, name = data or sent.picture(comment=str(number).encode()), name or f"picture-{number}.jpg"
    else:
        data, name = data or sent.pdf(f"Report {number}"), name or f"report-{number}.pdf"
    return uploads.keep(io.BytesIO(data), kind, name=name, size=len(data))


def document(title: str = "Final report", **values: Any) -> Document:
    """Send a document."""
    return Document(upload(FileKind.DOCUMENT, **values), title)


def content(title: str = "", **values: Any) -> Content:
    """Make what an entry says."""
    title = title or f"Initiative number {next(_numbers)}"
    return Content(**{"title": title, "summary": f"Summary of {title}.", **values})


def submission(title: str = "", *, submitter: moderation.Submitter | None = None, **values: Any) -> Submission:
    """Put an entry into the queue."""
    return moderation.submit(content(title, **values), submitter=submitter or moderation.Submitter())


def initiative(title: str = "", *, submitter: moderation.Submitter | None = None, **values: Any) -> Initiative:
    """Publish an entry."""
    return moderation.install(content(title, **values), submitter=submitter or moderation.Submitter())
