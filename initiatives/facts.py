"""The key facts of a version: where, when, who, about what, and who sent it, as every page names them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.choices import Role
from initiatives.models import Publication, Revision, Signature, Submission, by_name


@dataclass(frozen=True)
class Part:
    """One value of a fact, perhaps with an address, and with another site that says it and since when."""

    text: str
    url: str = ""
    lang: str = ""
    source: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class Fact:
    """A line of the key facts; `lines` sets its parts one under the other."""

    label: str
    parts: list[Part]
    lines: bool = True


def facts(revision: Revision, submission: Submission | None) -> list[Fact]:
    """Return every fact of a version in the order of the page, those that it says nothing of without parts."""
    involved: dict[str, list[Part]] = {role: [] for role in Role}
    for each in revision.involvements.all():
        involved[each.role].append(Part(f"{each.shown_name} ({each.get_type_display().lower()})"))
    found = [
        Fact(_("Where"), _places(revision)),
        Fact(_("When"), [Part(text) for text in (revision.years, revision.get_stage_display()) if text]),
        Fact(_("Led by"), involved[Role.LEAD]),
        Fact(_("Partners"), involved[Role.PARTNER]),
        Fact(_("Themes"), _chips(by_name(revision.themes.all())), lines=False),
        Fact(_("Objectives"), [_filtered(str(each), "objective", each.code) for each in revision.objectives.all()]),
        Fact(
            _("Declarations"),
            [
                Part(_signed(each))
                for involvement in revision.involvements.all()
                for each in involvement.signatures.all()
            ],
        ),
        Fact(_("Published in"), [_published(each) for each in revision.publications.all()]),
        Fact(
            _("Keywords"),
            [_filtered(keyword.name, "keyword", keyword.slug) for keyword in revision.keywords.all()],
            lines=False,
        ),
    ]
    if submission:
        verified = _("verified") if submission.is_verified else _("not verified")
        found.append(Fact(_("Submitted by"), [Part(f"{submission.submitter_name} ({verified})")]))
    return found


def key_facts(revision: Revision, submission: Submission | None) -> list[Fact]:
    """Return the facts that a version says something of."""
    return [fact for fact in facts(revision, submission) if fact.parts]


def _places(revision: Revision) -> list[Part]:
    cities = [Part(str(city), city.get_absolute_url()) for city in revision.cities.all()]
    named = {city.country_id for city in revision.cities.all()}
    countries = sorted(
        (country for country in revision.countries.all() if country.code not in named), key=lambda each: each.name
    )
    everywhere = [Part(_("Global"))] if revision.is_global else []
    return cities + _chips(countries) + everywhere


def _chips(subjects: Iterable[Any]) -> list[Part]:
    return [Part(str(each), each.get_absolute_url()) for each in subjects]


def _filtered(text: str, parameter: str, value: str) -> Part:
    return Part(text, f"{reverse('browse:list')}?{parameter}={value}")


def _signed(signature: Signature) -> str:
    return _("%(organisation)s has signed the %(declaration)s") % {
        "organisation": signature.involvement.shown_name,
        "declaration": signature.declaration,
    }


def _published(publication: Publication) -> Part:
    text = publication.channel.shown_name
    if publication.edition:
        text = _("%(channel)s, %(edition)s") % {"channel": text, "edition": publication.edition}
    channel_url = publication.channel.get_absolute_url()
    return Part(text, channel_url, source=publication.url, date=publication.date)
