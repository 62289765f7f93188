"""The published entries in memory: found by their values, counted, and put in order, without asking the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import repeat
from typing import Any

import numpy as np
from pyroaring import BitMap

from initiatives.models.revision import FIRST_YEAR, LAST_YEAR
from initiatives.search.changes import Version
from initiatives.search.filters import BY_NAME, KEPT
from initiatives.search.memory.searched import Searched, Searches
from initiatives.search.memory.values import Few, Many, Numbers, Pairs, bitmap, numbers, ranks, values_of
from initiatives.search.text import find

#: Stands for "there is none" among numbers.
NONE = np.uint32(0xFFFFFFFF)
_EMPTY: Numbers = np.empty(0, np.uint32)
_YEARS = LAST_YEAR - FIRST_YEAR + 1


#: How several things are done: one by one, or some of them at once.
type Done = Callable[[Sequence[Callable[[], Any]]], list[Any]]


def one_by_one(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Return what the jobs give."""
    return [job() for job in jobs]


@dataclass(frozen=True)
class Numbering:
    """The values that a filter may have, each with a number that never changes.

    Attributes:
        keys: what the database keeps for each value.
        values: the values as they stand in addresses.
    """

    keys: tuple[Any, ...] = ()
    values: tuple[str, ...] = ()

    @cached_property
    def by_value(self) -> Mapping[str, int]:
        """The number of each value."""
        return {value: number for number, value in enumerate(self.values)}

    @cached_property
    def _by_key(self) -> Mapping[Any, int]:
        return {key: number for number, key in enumerate(self.keys)}

    @cached_property
    def ranks(self) -> Numbers:
        """The place of each value in the alphabet, which decides between equal counts."""
        return ranks(self.values)

    @cached_property
    def _in_order(self) -> tuple[Numbers, Numbers]:
        """The keys, where these are whole numbers, ascending; and the number of the value of each."""
        keys = np.array(self.keys, np.uint32)
        order = np.argsort(keys)
        return keys[order], order.astype(np.uint32)

    def numbers(self, keys: Sequence[Any] | Numbers) -> Numbers:
        """Return the number of each value by its key; NONE where there is none."""
        if not isinstance(keys, np.ndarray):
            return np.fromiter(map(self._by_key.get, keys, repeat(int(NONE))), np.uint32, len(keys))
        known, of_known = self._in_order
        if not len(known):
            return np.full(len(keys), NONE, np.uint32)
        places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return np.where(known[places] == keys, of_known[places], NONE)

    def grown(self, rows: Iterable[tuple[Any, str]]) -> Numbering:
        """Return this with those of the rows (key and value) that it has not, at the end."""
        new = [(key, value) for key, value in rows if key not in self._by_key]
        if not new:
            return self
        return Numbering(self.keys + tuple(key for key, _ in new), self.values + tuple(value for _, value in new))


@dataclass(frozen=True)
class Facts:
    """What the database says of some entries; they go by their primary keys.

    Attributes:
        pks: those that are or were public, in the order of publication.
        public: those that are.
        pairs: by filter which entry has which value (by its number).
        running: which entry goes on since which year.
        titled: all that have a title, in the order of these; none where not all entries were read.
    """

    pks: Numbers
    public: Numbers
    pairs: Mapping[str, Pairs]
    running: Pairs
    titled: Numbers


@dataclass(frozen=True)
class Index:
    """One state of the catalogue. Nothing in it is ever changed; `replayed` makes the next one.

    An entry is its ordinal: its place in the order of publication, which it keeps, without any value, when it is
    taken off.

    Attributes:
        version: the version of the catalogue that this is.
        year: what counts as this year.
        pks: of each ordinal the primary key.
        public: the published entries.
        by_title: the published entries in the order of their titles.
        numbering: the values of each filter.
        values: which entries have which of them.
        running: which entries go on since which year.
        searches: what was searched for in this state, and what that found.
    """

    version: Version
    year: int
    pks: Numbers
    public: BitMap
    by_title: Numbers
    numbering: Mapping[str, Numbering]
    values: Mapping[str, Few | Many]
    running: Few
    searches: Searches = field(default_factory=Searches, init=False, repr=False, compare=False)

    @classmethod
    def empty(cls, version: Version, year: int) -> Index:
        """Return the index of a catalogue without entries."""
        nothing = {each.name: Numbering() for each in KEPT}
        return cls(version, year, _EMPTY, BitMap(), _EMPTY, nothing, {}, Few([]))

    @cached_property
    def _ordinals(self) -> Numbers:
        found = np.full(int(self.pks.max()) + 1 if len(self.pks) else 0, NONE, np.uint32)
        found[self.pks] = np.arange(len(self.pks), dtype=np.uint32)
        return found

    def ordinals(self, pks: Numbers) -> Numbers:
        """Return the ordinal of each entry; NONE for one that is not known."""
        found = np.full(len(pks), NONE, np.uint32)
        known = pks < len(self._ordinals)
        found[known] = self._ordinals[pks[known]]
        return found

    @cached_property
    def title_places(self) -> Numbers:
        """Of each ordinal its place in the order of titles."""
        places = np.full(len(self.pks), NONE, np.uint32)
        places[self.by_title] = np.arange(len(self.by_title), dtype=np.uint32)
        return places

    def search(self, query: str) -> Searched:
        """Return what the text search finds."""
        if (known := self.searches.get(query)) is not None:
            return known
        hits = find(query)
        ordinals = self.ordinals(hits.ids)
        order = np.argsort(ordinals)[: np.count_nonzero(ordinals != NONE)]  # NONE is the highest of all
        ordinals, scores = ordinals[order], hits.scores[order]
        entries = bitmap(ordinals) & self.public
        if len(entries) < len(ordinals):
            scores = scores[np.isin(ordinals, numbers(entries))]
        found = Searched(entries, scores, is_complete=hits.is_complete and bool(hits.ids.size))
        self.searches.keep(query, found)
        return found

    def having(self, name: str, values: Iterable[str]) -> BitMap:
        """Return the entries that have any of the values of the filter `name`."""
        name, values = BY_NAME[name].as_kept(values)
        numbers = self.numbering[name].by_value
        return self.values[name].having(numbers[value] for value in values if value in numbers)

    # ---- Other states ------------------------------------------------------

    def at(self, version: Version) -> Index:
        """Return this at a later version in which it is the same."""
        return replace(self, version=version)

    def turned_to(self, year: int) -> Index:
        """Return this in another year: what goes on has run in that year too."""
        if year == self.year:
            return self
        going_on = BitMap.union(BitMap(), *self.running.bitmaps)
        active, begun = [], BitMap()
        for number, since in enumerate(self.running.bitmaps):
            begun = begun | since
            lasting = begun if FIRST_YEAR + number <= year else since
            active.append((self.values["year"].having([number]) - going_on) | lasting)
        return replace(self, year=year, values={**self.values, "year": Few(active)})

    def replayed(
        self,
        facts: Facts,
        numbering: Mapping[str, Numbering],
        *,
        kept: int,
        titles: Numbers,
        version: Version,
        done: Done = one_by_one,
    ) -> Index:
        """Return the next state, in which the entries of `facts` are as these say, and the others as they were.

        The first `kept` ordinals keep their entries; all entries after them are in `facts`. `titles` has the primary
        keys of all that are public then, in the order of their titles. `done` does what is to be done for each filter.
        """
        known = self.ordinals(facts.pks)
        pks = np.concatenate([self.pks[:kept], facts.pks[known >= kept]])
        following = Index(version, self.year, pks, BitMap(), _EMPTY, numbering, {}, Few([]))
        gone = bitmap(np.sort(following.ordinals(facts.pks))) | BitMap(range(kept, len(self.pks)))

        def pairs(found: Pairs) -> Pairs:
            ordinals = following.ordinals(found.entries)
            there = ordinals != NONE
            return Pairs(ordinals[there], found.ids[there])

        def public(found: Numbers) -> Numbers:
            ordinals = following.ordinals(found)
            return ordinals[ordinals != NONE]

        def renewed(name: str) -> Few | Many:
            size = len(numbering[name].values)
            before = self.values.get(name) or values_of(Pairs.none(), size)
            return before.replaced(gone, pairs(facts.pairs[name]), size)

        return replace(
            following,
            public=(self.public - gone) | bitmap(np.sort(public(facts.public))),
            by_title=public(titles),
            values=dict(zip(numbering, done([partial(renewed, name) for name in numbering]), strict=True)),
            running=self.running.replaced(gone, pairs(facts.running), _YEARS),
        )
