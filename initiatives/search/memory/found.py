"""What a selection finds, by the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from initiatives.search.filters import Selection
from initiatives.search.memory.structure import Index
from initiatives.search.memory.values import Numbers, numbers


class Offer(NamedTuple):
    """Values of a filter to choose from.

    Attributes:
        counts: the values, each with the number of entries that it would give.
        total: how many values there would be if not only the most frequent were wanted.
    """

    counts: list[tuple[str, int]]
    total: int


class MemoryFound:
    """What a selection finds in one state of the catalogue; see `search.found.Found`."""

    def __init__(self, index: Index, selection: Selection, held: Mapping[str, str]) -> None:
        """`held` are values that all entries have, beside what is selected."""
        self._index, self._selection = index, selection
        chosen = {**selection.values, **{name: (value,) for name, value in held.items()}}
        self._sets = {name: index.having(name, values) for name, values in chosen.items()}
        if selection.too_long:
            self._sets["q"] = BitMap()
        elif selection.q:
            self._sets["q"] = index.search(selection.q).entries

    @property
    def has_complete(self) -> bool:
        """Whether an entry has all words; see `search.found.Found`."""
        return self._index.search(self._selection.q).is_complete

    @cached_property
    def _all(self) -> BitMap:
        return self._matching(list(self._sets.values()))

    def _matching(self, sets: list[BitMap]) -> BitMap:
        # The smallest first: every intersection is then as small as it can be.
        return reduce(BitMap.intersection, sorted(sets, key=len)) if sets else self._index.public

    def _others(self, name: str) -> BitMap:
        """Return what is found without the choice in the filter `name`."""
        if name not in self._sets:
            return self._all
        return self._matching([each for key, each in self._sets.items() if key != name])

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self._all)

    def counts(self, name: str, *, chosen: Sequence[str] = (), most: int | None = None) -> Offer:
        """Return the values of a filter with their counts; see `search.found.Found`."""
        others, numbering = self._others(name), self._index.numbering[name]
        each = self._index.values[name]
        counts = each.totals() if others is self._index.public else each.counts(others)
        first = sorted(chosen, key=lambda value: (-_count(counts, numbering.by_value.get(value)), value))
        places = {value: numbering.by_value.get(value) for value in first}
        # What is chosen stands first and is not offered twice.
        left = counts.copy()
        left[[place for place in places.values() if place is not None]] = 0
        there = np.flatnonzero(left)
        rest = _most_frequent(there, left, numbering.ranks, len(there) if most is None else most)
        offered = [(value, _count(counts, place)) for value, place in places.items()]
        offered += [(numbering.values[place], int(counts[place])) for place in rest.tolist()]
        return Offer(offered, len(first) + len(there))

    def among(self, name: str) -> dict[str, int]:
        """Return how many of the entries have each value of a filter; see `search.found.Found`."""
        return self._values(name, self._all)

    def both(self, row: str, column: str, values: Iterable[str]) -> dict[tuple[str, str], int]:
        """Return how many of the entries have both; see `search.found.Found`."""
        return {
            (each, value): number
            for value in values
            for each, number in self._values(row, self._all & self._index.having(column, [value])).items()
        }

    def _values(self, name: str, entries: BitMap) -> dict[str, int]:
        counts, values = self._index.values[name].counts(entries), self._index.numbering[name].values
        return {values[place]: int(counts[place]) for place in np.flatnonzero(counts).tolist()}

    # ---- In order ----------------------------------------------------------

    def numbers(self, start: int = 0, stop: int | None = None) -> list[int]:
        """Return the primary keys of some of them; see `search.found.Found`."""
        stop = self.count if stop is None else min(stop, self.count)
        if start >= stop:
            return []
        match self._selection.order:
            case "relevance":
                ordinals = self._by_relevance(start, stop)
            case "title":
                ordinals = self._by_title(start, stop)
            case "oldest":
                ordinals = numbers(self._all[start:stop])
            case _:
                ordinals = numbers(self._all[self.count - stop : self.count - start])[::-1]
        return self._index.pks[ordinals].tolist()

    def _by_title(self, start: int, stop: int) -> Numbers:
        places = self._index.title_places[numbers(self._all)]
        return self._index.by_title[_slice(places, start, stop)]

    def _by_relevance(self, start: int, stop: int) -> Numbers:
        searched = self._index.search(self._selection.q)
        found = numbers(self._all)
        scores = searched.scores[np.searchsorted(numbers(searched.entries), found)]
        # Floats compare as their bits do once the sign is turned round: so one number holds score and ordinal.
        bits = scores.view(np.uint32)
        rising = np.where(bits >> np.uint32(31), ~bits, bits | np.uint32(1 << 31)).astype(np.uint64)
        keys = ~(rising << np.uint64(32) | found)
        return (~_slice(keys, start, stop)).astype(np.uint32)


def _count(counts: NDArray[np.int64], place: int | None) -> int:
    return 0 if place is None else int(counts[place])


def _slice(keys: NDArray, start: int, stop: int) -> NDArray:
    """Return what would stand from `start` to `stop` if the keys were sorted, without sorting them all."""
    if stop < len(keys):
        keys = np.partition(keys, stop)[:stop]
    if start:
        keys = np.partition(keys, start)[start:]
    return np.sort(keys)


def _most_frequent(places: NDArray, counts: NDArray[np.int64], ranks: Numbers, most: int) -> NDArray:
    """Return the places with the highest counts, highest first; of equal ones the first in the alphabet."""
    # One number holds both: the count falls, the rank rises.
    keys = (counts[places].max(initial=0) - counts[places]) << np.int64(32) | ranks[places]
    best = np.argpartition(keys, most)[:most] if most < len(keys) else np.arange(len(keys))
    return places[best[np.argsort(keys[best])]]
