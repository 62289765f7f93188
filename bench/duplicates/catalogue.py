"""A catalogue in a database to look for duplicates in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import batched

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from bench.duplicates.entries import Entry
from bench.duplicates.made_up import made_up
from initiatives.content import Content, NamedOrganisation
from initiatives.models import City, Country, Initiative, Involvement, Revision
from initiatives.search import duplicates
from initiatives.text import key


@transaction.atomic
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
    related = ["current__countries", "current__cities", "current__involvements__organisation"]
    prefetch_related_objects(initiatives, *related)
    duplicates.index([initiative.pk for initiative in initiatives], initiatives)
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


def publish_made_up(number: int, seed: int = 7) -> None:
    """Publish so many entries that nobody has thought of."""
    for batch in batched(made_up(number, seed), 1000, strict=False):
        publish(batch)
