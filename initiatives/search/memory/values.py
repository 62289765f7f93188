"""Which entries have which values of one filter, in memory, made for counting.

An entry is its ordinal: its place in the order of publication. Nothing here is ever changed: an edit gives a new
object that shares what stayed as it was, so that whoever counts never sees half of an edit.
"""

from __future__ import annotations

import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

type Numbers = NDArray[np.uint32]
_NOTHING: Numbers = np.empty(0, np.uint32)

#: A filter of more values than this keeps arrays instead of a bitmap a value.
MOST_BITMAPS = 1000
#: So many entries may stand beside the arrays of a filter before these are made anew.
MOST_ASIDE = 2000


def bitmap(ordinals: Numbers) -> BitMap:
    """Return a set of ordinals."""
    # pyroaring takes an array of the standard library in one go, but NumPy's number by number.
    return BitMap(array.array("I", np.ascontiguousarray(ordinals, dtype=np.uint32).tobytes()))


def numbers(ordinals: BitMap) -> Numbers:
    """Return the ordinals of a set, ascending."""
    return np.frombuffer(ordinals.to_array(), dtype=np.uint32)


@dataclass(frozen=True)
class Pairs:
    """That entries have values: row for row one and the number of one."""

    entries: Numbers
    ids: Numbers

    @classmethod
    def none(cls) -> Pairs:
        """Return no pair."""
        return cls(_NOTHING, _NOTHING)

    def and_(self, others: Pairs) -> Pairs:
        """Return these and the others."""
        return Pairs(np.concatenate([self.entries, others.entries]), np.concatenate([self.ids, others.ids]))

    def distinct(self) -> Pairs:
        """Return each pair once, in the order of the entries."""
        both = np.sort(_joined(self.entries, self.ids))
        both = both[np.concatenate([both[:1] == both[:1], both[1:] != both[:-1]])]
        return Pairs((both >> np.uint64(32)).astype(np.uint32), both.astype(np.uint32))


def values_of(pairs: Pairs, size: int) -> Few | Many:
    """Return what suits a vocabulary of `size` values."""
    return Few.of(pairs, size) if size <= MOST_BITMAPS else Many.of(pairs, size)


# ---- A filter of few values ------------------------------------------------


@dataclass(frozen=True)
class Few:
    """One bitmap a value: the size of an intersection is counted without making it."""

    bitmaps: Sequence[BitMap]

    @classmethod
    def of(cls, pairs: Pairs, size: int) -> Few:
        """Return the bitmaps of a vocabulary of `size` values."""
        return cls([_compact(each) for each in _sets(pairs, size)])

    def having(self, ids: Iterable[int]) -> BitMap:
        """Return the entries that have any of these values."""
        return BitMap.union(BitMap(), *(self.bitmaps[each] for each in ids))

    def counts(self, among: BitMap) -> NDArray[np.int64]:
        """Return of each value how many of the entries `among` have it."""
        return np.fromiter(map(among.intersection_cardinality, self.bitmaps), np.int64, len(self.bitmaps))

    def totals(self) -> NDArray[np.int64]:
        """Return of each value how many entries have it."""
        return np.fromiter(map(len, self.bitmaps), np.int64, len(self.bitmaps))

    def replaced(self, gone: BitMap, pairs: Pairs, size: int) -> Few:
        """Return this with what the entries `gone` have now, in a vocabulary of `size` values."""
        grown = [*self.bitmaps, *(BitMap() for _ in range(size - len(self.bitmaps)))]
        return Few(
            [
                old if old.isdisjoint(gone) and not added else _compact((old - gone) | added)
                for old, added in zip(grown, _sets(pairs, size), strict=True)
            ]
        )


def _sets(pairs: Pairs, size: int) -> list[BitMap]:
    grouped, starts = _grouped(pairs.ids, pairs.entries, size)
    return [bitmap(grouped[starts[each] : starts[each + 1]]) for each in range(size)]


def _compact(ordinals: BitMap) -> BitMap:
    ordinals.run_optimize()
    ordinals.shrink_to_fit()
    return ordinals


def _joined(high: Numbers, low: Numbers) -> NDArray[np.uint64]:
    """Return pairs of numbers as one number each: NumPy sorts those an order of magnitude faster."""
    return high.astype(np.uint64) << np.uint64(32) | low


def _grouped(keys: Numbers, values: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Return the values in groups, one a key under `size`, ascending in each; and where each group starts."""
    return np.sort(_joined(keys, values)).astype(np.uint32), _starts(keys, size)


def _starts(keys: Numbers, size: int) -> Numbers:
    """Return where the group of each key under `size` starts, and the last ends, if there is one after the other."""
    starts = np.zeros(size + 1, np.uint32)
    np.cumsum(np.bincount(keys, minlength=size), out=starts[1:], dtype=np.uint32)
    return starts


# ---- A filter of many values -----------------------------------------------


@dataclass(frozen=True)
class Many:
    """Arrays both ways: the values of each entry to count them, the entries of each value to find them.

    Attributes:
        values, value_starts: the values of entry n are values[value_starts[n] : value_starts[n + 1]].
        entries, entry_starts: the entries of value n, likewise.
        total: of each value how many entries have it.
        moved: the entries of which the arrays do not say the truth any more.
        now: what those have instead.
    """

    values: Numbers
    value_starts: Numbers
    entries: Numbers
    entry_starts: Numbers
    total: NDArray[np.int64]
    moved: BitMap = field(default_factory=BitMap)
    now: dict[int, Numbers] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Pairs, size: int) -> Many:
        """Return the arrays of a vocabulary of `size` values."""
        pairs = pairs.distinct()
        length = int(pairs.entries[-1]) + 1 if len(pairs.entries) else 0
        entries, entry_starts = _grouped(pairs.ids, pairs.entries, size)
        total = np.diff(entry_starts).astype(np.int64)
        values = pairs.ids.astype(np.min_scalar_type(size))
        return cls(values, _starts(pairs.entries, length), entries, entry_starts, total)

    def having(self, ids: Iterable[int]) -> BitMap:
        """Return the entries that have any of these values."""
        wanted = set(ids)
        known = [each for each in wanted if each < len(self.entry_starts) - 1]
        parts = [bitmap(self.entries[self.entry_starts[each] : self.entry_starts[each + 1]]) for each in known]
        found = BitMap.union(BitMap(), *parts) - self.moved
        return found | BitMap([entry for entry, ids in self.now.items() if not wanted.isdisjoint(ids.tolist())])

    def counts(self, among: BitMap) -> NDArray[np.int64]:
        """Return of each value how many of the entries `among` have it."""
        length = max(len(self.value_starts) - 1, self.moved.max() + 1 if self.moved else 0)
        if 2 * len(among) > length:
            # Of more than half it is quicker to count the others.
            return self.total - self._counted(among.flip(0, length))
        return self._counted(among)

    def _counted(self, among: BitMap) -> NDArray[np.int64]:
        settled = numbers(among - self.moved if self.moved else among)
        settled = settled[: np.searchsorted(settled, len(self.value_starts) - 1)]
        starts = self.value_starts[settled].astype(np.int64)
        lengths = self.value_starts[settled + 1] - starts
        ends = np.cumsum(lengths)
        # The places of all their values: from each start on, as many as it has.
        places = np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)
        counts = np.bincount(self.values[places], minlength=len(self.total))
        for entry in self.moved & among:
            counts[self.now[entry]] += 1
        return counts

    def totals(self) -> NDArray[np.int64]:
        """Return of each value how many entries have it."""
        return self.total

    def replaced(self, gone: BitMap, pairs: Pairs, size: int) -> Many:
        """Return this with what the entries `gone` have now, in a vocabulary of `size` values."""
        moved = self.moved | gone
        if len(moved) > MOST_ASIDE:
            return Many.of(self._without(gone).and_(pairs), size)
        pairs = pairs.distinct()
        entries, starts = np.unique(pairs.entries, return_index=True)
        theirs = dict(zip(entries.tolist(), np.split(pairs.ids, starts[1:]), strict=False))
        now = self.now | {entry: theirs.get(entry, _NOTHING) for entry in gone}
        total = np.bincount(pairs.ids, minlength=size)
        total[: len(self.total)] += self.total - self.counts(gone)
        return replace(self, total=total, moved=moved, now=now)

    def settled(self) -> Many:
        """Return the same with nothing beside the arrays."""
        return Many.of(self._without(BitMap()), len(self.total)) if self.moved else self

    def _without(self, gone: BitMap) -> Pairs:
        owners = np.repeat(np.arange(len(self.value_starts) - 1, dtype=np.uint32), np.diff(self.value_starts))
        settled = ~np.isin(owners, numbers(self.moved | gone))
        beside = {entry: ids for entry, ids in self.now.items() if entry not in gone}
        return Pairs(
            np.concatenate([owners[settled], *(np.full(len(ids), entry, np.uint32) for entry, ids in beside.items())]),
            np.concatenate([self.values[settled], *beside.values()]).astype(np.uint32),
        )


def ranks(values: Sequence[str]) -> Numbers:
    """Return of each value its place in the order of the alphabet."""
    order = sorted(range(len(values)), key=values.__getitem__)
    placed: Any = np.empty(len(values), np.uint32)
    placed[order] = np.arange(len(values), dtype=np.uint32)
    return placed
