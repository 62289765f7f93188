"""Text search over published entries, for everybody who searches.

The tokens of entries are written by `index`; what is asked of them is made of a query by `query` and added up by
`score`. `suggestion` mends a query that finds nothing, `marks` shows where the words of one stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, OrderBy
from django.db.models.functions import Collate

from initiatives.models import SearchDocument
from initiatives.querysets import InitiativeQuerySet
from initiatives.search.index import index
from initiatives.search.score import Hits, Search
from initiatives.search.suggestion import suggestion

__all__ = [
    "Hits",
    "by_title",
    "find",
    "has_complete",
    "index",
    "matching",
    "ranked",
    "suggestion",
    "titles",
]


def find(query: str) -> Hits:
    """Return all published entries that `query` finds, whatever else is filtered."""
    return Search(query).hits()


def matching(initiatives: InitiativeQuerySet, query: str) -> InitiativeQuerySet:
    """Return those of `initiatives` that `query` finds; a query without a word finds nothing."""
    return Search(query).matching(initiatives)


def ranked(initiatives: InitiativeQuerySet, query: str) -> InitiativeQuerySet:
    """Return `initiatives` in the order of their scores, then the newest first."""
    return Search(query).ranked(initiatives)


def has_complete(query: str) -> bool:
    """Return whether an entry has all that `query` asks for; where none has, what `query` finds has most of it."""
    return Search(query).has_complete()


def titles(keys: Iterable[int]) -> dict[int, str]:
    """Return the folded titles of entries, by which `by_title` puts them in order."""
    return dict(SearchDocument.objects.filter(pk__in=keys).values_list("pk", "title"))


def by_title(column: str = "search_document__title") -> OrderBy:
    """Return the order by folded title, the same on both databases whatever their locale."""
    binary = "C" if connection.vendor == "postgresql" else "BINARY"
    return Collate(F(column), binary).asc()
