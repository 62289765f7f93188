"""What a selection finds: how many entries, which, and how many each value of a filter would give.

There are two ways to the same answer: in memory, from the index, and in the database, while the index is not ready.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from django.db.models import Count

from initiatives.choices import Kind
from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet
from initiatives.search import memory, text
from initiatives.search.filters import BY_NAME, Filter, Selection
from initiatives.search.memory.found import MemoryFound, Offer


class Found(Protocol):
    """The published entries that a selection matches.

    Attributes:
        count: how many they are.
    """

    @property
    def count(self) -> int:
        """How many entries there are."""

    @property
    def has_complete(self) -> bool:
        """Whether an entry of the whole catalogue has all words that are searched for."""

    def numbers(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Return the primary keys of some of them, counted from `start` in the order of the selection."""

    def counts(self, name: str, *, chosen: Sequence[str] = (), most: int | None = None) -> Offer:
        """Return which values of a filter to offer, and how many entries each would give.

        First those that are `chosen`, then the `most` frequent ones (all unless given) that would give any.
        """

    def among(self, name: str) -> dict[str, int]:
        """Return how many of the entries have each value of a filter; values that none has are left out."""

    def both(self, row: str, column: str, values: Iterable[str]) -> dict[tuple[str, str], int]:
        """Return how many of the entries have each value of the filter `row` and each of the `values` of `column`.

        Pairs that none has are left out.
        """


def find(selection: Selection, held: Mapping[str, str] | None = None) -> Found:
    """Return what a selection finds among all published entries, or among those that have the values of `held`."""
    ready = memory.ready()
    return MemoryFound(ready, selection, held or {}) if ready else SqlFound(selection, held or {})


class SqlFound:
    """What a selection finds, asked of the database: slower, and what the index is held against."""

    def __init__(self, selection: Selection, held: Mapping[str, str]) -> None:
        """Nothing is asked before it is wanted."""
        self._selection = selection
        self._base = Initiative.objects.published()
        for name, value in held.items():
            self._base = self._base.filter(pk__in=BY_NAME[name].entries_with([value]).values("pk"))
        self._found = selection.apply(self._base)
        self._count: int | None = None

    @property
    def count(self) -> int:
        """How many entries there are."""
        if self._count is None:
            self._count = self._found.count()
        return self._count

    @property
    def has_complete(self) -> bool:
        """Whether an entry has all words; see `Found`."""
        return text.has_complete(self._selection.q)

    def numbers(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Return the primary keys of some of them; see `Found`."""
        return list(self._selection.ordered(self._found).values_list("pk", flat=True)[start:stop])

    def counts(self, name: str, *, chosen: Sequence[str] = (), most: int | None = None) -> Offer:
        """Return the values of a filter with their counts; see `Found`."""
        is_chosen = name in self._selection.values
        others = self._selection.apply(self._base, without=name) if is_chosen else self._found
        counts = _counts(BY_NAME[name], others)
        values = sorted({*counts, *chosen}, key=lambda value: (value not in chosen, -counts.get(value, 0), value))
        offered = values if most is None else values[: len(chosen) + most]
        return Offer([(value, counts.get(value, 0)) for value in offered], len(values))

    def among(self, name: str) -> dict[str, int]:
        """Return how many of the entries have each value of a filter; see `Found`."""
        return _counts(BY_NAME[name], self._found)

    def both(self, row: str, column: str, values: Iterable[str]) -> dict[tuple[str, str], int]:
        """Return how many of the entries have both; see `Found`."""
        counts: dict[tuple[str, str], int] = {}
        for value in values:
            having = self._found.filter(pk__in=BY_NAME[column].entries_with([value]).values("pk"))
            counts |= {(each, value): number for each, number in _counts(BY_NAME[row], having).items()}
        return counts


def _counts(each: Filter, initiatives: InitiativeQuerySet) -> dict[str, int]:
    if each.name == "year":
        return _year_counts(initiatives)
    if each.name == "submitter":
        verified = initiatives.filter(submissions__kind=Kind.NEW, submissions__verified_at__isnull=False).count()
        total = initiatives.count()
        return {key: n for key, n in {"verified": verified, "unverified": total - verified}.items() if n}
    if each.match:
        having = {
            value: initiatives.filter(pk__in=each.match(value).values("pk")) for _, value in each.vocabulary.rows()
        }
        return {value: count for value, entries in having.items() if (count := entries.count())}
    rows = initiatives.order_by().values_list(each.value_path).annotate(Count("pk", distinct=True))
    return {value: count for value, count in rows if value}


def _year_counts(initiatives: InitiativeQuerySet) -> dict[str, int]:
    """Count the entries active in each year."""
    spans = initiatives.order_by().with_span().values_list("first_year", "last_year")  # type: ignore[misc]
    counts: Counter[str] = Counter()
    for first, last, number in spans.annotate(Count("pk", distinct=True)):
        for year in range(first, last + 1):
            counts[str(year)] += number
    return dict(counts)
