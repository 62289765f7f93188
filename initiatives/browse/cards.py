"""What a list shows of its entries: a few columns of each, read in a handful of queries for all of them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from initiatives.choices import Kind
from initiatives.models import (
    LONG_TEXTS,
    Initiative,
    Publication,
    Revision,
    Translation,
    Words,
    direction,
    in_language,
    origin,
)
from initiatives.models.revision import where, years
from initiatives.models.submission import submitter_name
from initiatives.search.kept import Kept
from initiatives.search.marks import Marked, marked


@dataclass(frozen=True)
class Channel:
    """A channel that an entry came through."""

    name: str
    url: str
    edition: str


@dataclass(frozen=True)
class Card:
    """One line of a list, in the reader's language.

    Attributes:
        language, direction: of the title and the summary.
        origin: from what these were translated, and by whom, in a sentence.
        is_stale: whether the original was changed since.
        found: title, summary and snippet with the words of a search marked, if there is one.
        reasons: why it is shown, in short sentences, where that is not plain.
    """

    pk: int
    slug: str
    url: str
    title: str
    summary: str
    language: str
    direction: str
    where: str
    years: str
    day: str
    date: str
    submitter: str
    is_verified: bool
    origin: str = ""
    is_stale: bool = False
    channels: Sequence[Channel] = ()
    found: Marked | None = None
    reasons: Sequence[str] = ()


_OF_REVISION = ["title", "summary", "language", "is_global", "start_year", "end_year", "stage"]
_OF_SUBMISSION = ["name", "show_name", "verified_at"]
_COLUMNS = [
    *("pk", "slug", "published_at", "current_id"),
    *(f"current__{name}" for name in _OF_REVISION),
    *(f"submissions__{name}" for name in _OF_SUBMISSION),
]


#: So many of them a process remembers, in whatever languages they were read.
_kept = Kept[tuple[str, int], Card](4000, touched=lambda key, _card, entries: key[1] in entries)


def cards(pks: Sequence[int], *, query: str = "") -> list[Card]:
    """Return what a list shows of these entries (their primary keys), in their order; what is not public is left out.

    The words of `query` are marked.
    """
    reader = get_language() or ""
    known = _kept.of([(reader, pk) for pk in pks], _read)
    return _marked(list(known.values()), query, reader) if query else list(known.values())


def _read(keys: list[tuple[str, int]]) -> dict[tuple[str, int], Card]:
    """Read the cards of entries, all in the language of whoever reads now."""
    pks = [pk for _reader, pk in keys]
    published = Initiative.objects.published().filter(pk__in=pks, submissions__kind=Kind.NEW)
    rows = {row[0]: row for row in published.values_list(*_COLUMNS)}
    revisions = [row[3] for row in rows.values()]
    translations = _translations([row[3] for row in rows.values() if row[6] != get_language()])
    cities = _by_revision(
        Revision.cities.through.objects.filter(revision__in=revisions)
        .order_by("city__name", "city_id")
        .values_list("revision_id", "city__name", "city__country_id")
    )
    countries = _by_revision(
        Revision.countries.through.objects.filter(revision__in=revisions).values_list("revision_id", "country_id")
    )
    channels = _by_revision(
        Publication.objects.filter(revision__in=revisions).values_list(
            "revision_id", "channel__name", "channel__translations", "channel__slug", "edition"
        )
    )
    return {
        (reader, pk): _card(
            rows[pk],
            translations.get(rows[pk][3]),
            where(cities[rows[pk][3]], [code for (code,) in countries[rows[pk][3]]], is_global=rows[pk][7]),
            [
                Channel(in_language(translations, "name", name), _address("channel", slug), edition)
                for name, translations, slug, edition in channels[rows[pk][3]]
            ],
        )
        for reader, pk in keys
        if pk in rows
    }


def _translations(
    revisions: list[int], *, without: Sequence[str] = (*LONG_TEXTS, "picture_alt")
) -> dict[int, Translation]:
    """Return the translations for the reader, by the primary keys of the versions, `without` some of their texts."""
    found = Translation.objects.filter(revision__in=revisions, language=get_language())
    return {each.revision_id: each for each in found.defer(*without)}


def _card(row: Sequence[Any], translation: Translation | None, places: str, channels: list[Channel]) -> Card:
    pk, slug, published_at, _revision, title, summary, language, _is_global, start, end, stage, *submitter = row
    name, show_name, verified_at = submitter
    day = timezone.localdate(published_at)
    shown = translation.language if translation else language
    return Card(
        pk=pk,
        slug=slug,
        url=_address("entry", slug),
        title=translation.title if translation else title,
        summary=translation.summary if translation else summary,
        language=shown,
        direction=direction(shown),
        origin=origin(language, translation.made_by) if translation else "",
        is_stale=translation is not None and translation.is_stale,
        where=places,
        years=str(years(start, end, stage)),
        day=day.isoformat(),
        date=_written(day, get_language() or ""),
        submitter=submitter_name(name, may_be_shown=show_name),
        is_verified=verified_at is not None,
        channels=channels,
    )


def _marked(found: list[Card], query: str, reader: str) -> list[Card]:
    """Return the cards with the words of `query` marked, which may stand in any text of the entries."""
    revisions = list(Revision.objects.filter(current_of__in=[card.pk for card in found]))
    others = [each.pk for each in revisions if each.language != reader]
    translations = _translations(others, without=())
    said = {each.initiative_id: Words(each, translations.get(each.pk)) for each in revisions}
    return [replace(card, found=marked(said[card.pk], query)) if card.pk in said else card for card in found]


def _by_revision(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    grouped = defaultdict(list)
    for revision, *rest in rows:
        grouped[revision].append(tuple(rest))
    return grouped


@lru_cache(maxsize=1024)
def _written(day: datetime.date, language: str) -> str:
    """Return a date as people write it in a language; a list has the same ones again and again."""
    return date_format(day)


def _address(page: str, slug: str) -> str:
    before, after = _around(page, get_language() or "")
    return f"{before}{slug}{after}"


@lru_cache(maxsize=64)
def _around(page: str, language: str) -> tuple[str, str]:
    """Return what stands before and behind the slug in the addresses of a page: to look up each of them is slow."""
    before, after = reverse(f"browse:{page}", args=["slug"]).rsplit("slug", 1)
    return before, after
