"""Text search over published entries.

Each entry keeps its folded words in a SearchDocument, between spaces, so that a word of
the query is found where a word begins: "migra" finds "migrants", "port" does not find
"support". The words are folded in Python, so both databases find the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched

import numpy as np
from django.db import connection, transaction
from django.db.models import Case, F, OrderBy, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate
from numpy.typing import NDArray

from initiatives.models import Initiative, Revision, SearchDocument, country_name
from initiatives.querysets import InitiativeQuerySet
from initiatives.search import duplicates
from initiatives.text import words

#: Words of a query beyond this number are not looked at.
MAX_WORDS = 12
#: Country names are found in every language that the site can speak.
NAME_LANGUAGES = ["en", "fr", "es", "ar"]
#: So many entries are indexed in one transaction.
BATCH = 500
TITLE_WEIGHT, NAMES_WEIGHT = 4, 2


def matching(initiatives: InitiativeQuerySet, query: str) -> InitiativeQuerySet:
    """Return those of `initiatives` that have every word of `query`; a query without a word matches nothing."""
    wanted = query_words(query)
    if not wanted:
        return initiatives.none()
    for word in wanted:
        initiatives = initiatives.filter(search_document__text__contains=f" {word}")
    return initiatives


def ranked(initiatives: InitiativeQuerySet, query: str) -> InitiativeQuerySet:
    """Return `initiatives` ordered by relevance: words in the title before names before text, then the newest."""
    rank: Combinable = Value(0)
    for word in query_words(query):
        rank = rank + Case(
            When(search_document__title__contains=f" {word}", then=Value(TITLE_WEIGHT)),
            When(search_document__names__contains=f" {word}", then=Value(NAMES_WEIGHT)),
            default=Value(0),
        )
    return initiatives.annotate(rank=rank).order_by("-rank", "-published_at", "-pk")


@dataclass(frozen=True)
class Hits:
    """The published entries that a query finds, in no order.

    Attributes:
        ids: their primary keys.
        scores: how well each fits, higher is better.
    """

    ids: NDArray[np.uint32]
    scores: NDArray[np.float32]


def find(query: str) -> Hits:
    """Return all published entries that have every word of `query`, with their scores."""
    published = Initiative.objects.published()
    rows = list(ranked(matching(published, query), query).order_by().values_list("pk", "rank"))  # type: ignore[misc]
    return Hits(
        np.fromiter((pk for pk, _ in rows), np.uint32, len(rows)),
        np.fromiter((rank for _, rank in rows), np.float32, len(rows)),
    )


def by_title() -> OrderBy:
    """Return the order by folded title, the same on both databases whatever their locale."""
    binary = "C" if connection.vendor == "postgresql" else "BINARY"
    return Collate(F("search_document__title"), binary).asc()


def titles(pks: Iterable[int]) -> dict[int, str]:
    """Return the folded titles of entries, by which `by_title` puts them in order."""
    return dict(Initiative.objects.filter(pk__in=pks).values_list("pk", "search_document__title"))


def query_words(query: str) -> list[str]:
    """Return the distinct folded words of a query that are looked for."""
    return list(dict.fromkeys(words(query)))[:MAX_WORDS]


def index(initiatives: Iterable[Initiative]) -> None:
    """Write anew by what these published entries are found: their search documents, and the marks of look-alikes."""
    for batch in batched(initiatives, BATCH):
        with transaction.atomic():
            for initiative in batch:
                if initiative.current is not None:
                    document = _document(initiative.current)
                    SearchDocument.objects.update_or_create(initiative=initiative, defaults=document)
            duplicates.index(batch)


def _document(revision: Revision) -> dict[str, str]:
    names = [involvement.shown_name for involvement in revision.involvements.select_related("organisation")]
    for city in revision.cities.prefetch_related("names"):
        names += [city.name, *(other.key for other in city.names.all())]
    for country in revision.countries.all():
        names += [country_name(country.code, language) for language in NAME_LANGUAGES]
    body = [revision.summary, revision.what_it_does, revision.how_it_works, revision.results, revision.reusable]
    subjects = [theme.name for theme in revision.themes.all()] + [word.name for word in revision.keywords.all()]
    return {
        "title": _spaced([revision.title]),
        "names": _spaced(names),
        "text": _spaced([revision.title, *names, *body, *subjects]),
    }


def _spaced(texts: list[str]) -> str:
    return f" {' '.join(words(' '.join(texts)))} "
