"""Loads the real entries that a new installation shows, through the same path as every submission."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models, transaction

from initiatives import moderation
from initiatives.content import Content, Listing, NamedOrganisation, Source
from initiatives.exchange.vocabularies import read_fixture
from initiatives.models import Channel, City, Country, Declaration, Initiative, Objective, Theme

NOTE = "Loaded with the installation."
_PLAIN = ["title", "language", "summary", "what_it_does", "how_it_works", "results", "reusable", "is_global"]
_PLAIN += ["start_year", "end_year", "stage", "change_note", "keywords"]


@transaction.atomic
def load_initiatives() -> int:
    """Publish the entries of `fixtures/initiatives.json` that are not there yet; return how many."""
    known = set(Initiative.objects.exclude(slug=None).values_list("slug", flat=True))
    # The last one loaded is the newest: backwards, the list keeps the order of the file.
    missing = [row for row in reversed(read_fixture("initiatives")) if row["slug"] not in known]
    for row in missing:
        _publish(row)
    return len(missing)


def _publish(row: dict[str, Any]) -> None:
    person = row["submitter"]
    submitter = moderation.Submitter(
        name=person["name"],
        show_name=bool(person["name"]),
        organisation=person["organisation"],
        is_verified=person["verified"],
    )
    initiative = None
    for version in row["revisions"]:
        initiative = moderation.install(
            _content(version), submitter=submitter, initiative=initiative, slug=row["slug"], note=NOTE
        )


def _content(version: dict[str, Any]) -> Content:
    """Return a version of the file as content. Raises KeyError for a value that no vocabulary has."""
    listings, signed = version["publications"], version["declarations"]
    channels = _pick(Channel, "slug", [each["channel"] for each in listings])
    return Content(
        **{name: version[name] for name in _PLAIN},
        countries=_pick(Country, "code", version["countries"]),
        cities=_pick(City, "geoname_id", [city["geoname_id"] for city in version["cities"]]),
        themes=_pick(Theme, "slug", version["themes"]),
        objectives=_pick(Objective, "code", [code.replace(":", "-") for code in version["objectives"]]),
        organisations=[NamedOrganisation(**each) for each in version["organisations"]],
        declarations=_pick(Declaration, "slug", [each["declaration"] for each in signed]),
        listings=[
            Listing(
                channel=channel,
                edition=each["edition"],
                url=each["url"],
                date=datetime.date.fromisoformat(each["date"]) if each["date"] else None,
            )
            for channel, each in zip(channels, listings, strict=True)
        ],
        links=[Source(**each) for each in version["links"]],
    )


def _pick(model: type[models.Model], column: str, values: list[Any]) -> list[Any]:
    found = model._default_manager.in_bulk(values, field_name=column)
    return [found[value] for value in values]
