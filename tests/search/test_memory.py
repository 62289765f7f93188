"""The index counts, finds and orders as looking at each entry does, whatever is published, edited or taken off."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from initiatives.models.revision import FIRST_YEAR
from initiatives.search.changes import Version
from initiatives.search.filters import KEPT, Selection
from initiatives.search.memory import found, searched, structure, values
from initiatives.search.memory.structure import Facts, Index, Numbering
from initiatives.search.memory.values import Pairs
from initiatives.search.text import Hits

MANY = [f"v{number:02}" for number in range(12)]
VALUES = {each.name: MANY if each.name in ("city", "keyword") else MANY[:4] for each in KEPT} | {
    "submitter": ["verified", "unverified"],
    "year": [str(year) for year in range(FIRST_YEAR, 2101)],
}
YEARS = [1900, 2019, 2020, 2021, 2100]
NOW = 2020


@dataclass(frozen=True)
class Entry:
    """An entry as somebody who looks at each sees it."""

    has: dict[str, frozenset[str]]
    title: str
    published: int
    start: int | None
    running: bool
    score: float | None
    public: bool = True

    def values(self, name: str, this_year: int) -> frozenset[str]:
        if name != "year":
            return self.has.get(name, frozenset())
        if self.start is None:
            return frozenset()
        last = max(self.start, this_year) if self.running else self.start
        return frozenset(str(year) for year in range(self.start, last + 1))


def some(name: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(VALUES[name]), max_size=4)


ENTRIES = st.builds(
    Entry,
    has=st.fixed_dictionaries({name: some(name) for name in VALUES if name != "year"}),
    title=st.sampled_from(["", "a", "b", "é"]),
    published=st.integers(0, 5),
    start=st.none() | st.sampled_from(YEARS),
    running=st.booleans(),
    score=st.none() | st.sampled_from([-1.0, 0.0, 0.25, 8.0]),
    public=st.integers(0, 4).map(bool),
)
SELECTIONS = st.fixed_dictionaries(
    {},
    optional={"q": st.just("word")}
    | {name: st.sets(st.sampled_from(VALUES[name][:4]), min_size=1, max_size=3) for name in VALUES if name != "year"}
    | {name: st.sampled_from([{str(year)} for year in YEARS]) for name in ("year", "year_from", "year_to")},
)
#: Entries by their primary keys: what each is from now on.
EDITS = st.dictionaries(st.integers(1, 30), ENTRIES, min_size=1, max_size=8)


class Catalogue:
    """Entries, and the index as it follows what happens to them."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.numbering = {name: Numbering().grown((value, value) for value in each) for name, each in VALUES.items()}
        self.index = Index.empty(self.version(0), NOW)
        self.edit({})

    @staticmethod
    def version(number: int) -> Version:
        return Version(number, str(number))

    def place(self, pk: int) -> tuple[int, int]:
        return self.entries[pk].published, pk

    def edit(self, entries: dict[int, Entry]) -> None:
        known = set(self.entries)
        # Nobody changes when an entry was published first.
        self.entries |= {
            pk: replace(each, published=self.entries[pk].published) if pk in known else each
            for pk, each in entries.items()
        }
        first = min((self.place(pk) for pk in entries.keys() - known), default=(99, 0))
        later = {pk for pk in self.entries if self.place(pk) >= first}
        touched = sorted(entries.keys() | later, key=self.place)
        public = [pk for pk in touched if self.entries[pk].public]
        pairs = {name: self.pairs(public, name) for name in VALUES}
        going_on = [pk for pk in public if self.entries[pk].running and self.entries[pk].start]
        facts = Facts(
            pks=np.array(touched, np.uint32),
            public=np.array(public, np.uint32),
            pairs=pairs,
            running=Pairs(
                np.array(going_on, np.uint32), np.array([self.entries[pk].start - 1900 for pk in going_on], np.uint32)
            ),
            titled=np.empty(0, np.uint32),
        )
        titles = sorted((each.title, pk) for pk, each in self.entries.items() if each.public)
        self.index = self.index.replayed(
            facts,
            self.numbering,
            kept=len(known - later),
            titles=np.array([pk for _, pk in titles], np.uint32),
            version=self.version(self.index.version.number + 1),
        )

    def pairs(self, pks: list[int], name: str) -> Pairs:
        rows = [(pk, value) for pk in pks for value in self.entries[pk].values(name, self.index.year)]
        # Twice, as an entry of two editions of one channel has it.
        rows *= 2
        return Pairs(
            np.array([pk for pk, _ in rows], np.uint32), self.numbering[name].numbers([value for _, value in rows])
        )

    def has(self, entry: Entry, name: str, wanted: set[str]) -> bool:
        years = entry.values("year", self.index.year)
        match name:
            case "year_from":
                return any(year >= min(wanted) for year in years)
            case "year_to":
                return any(year <= min(wanted) for year in years)
        return bool(entry.values(name, self.index.year) & wanted)

    def matching(self, chosen: dict[str, set[str]], *, without: str = "") -> list[int]:
        return [
            pk
            for pk, entry in self.entries.items()
            if entry.public
            and all(
                entry.score is not None if name == "q" else self.has(entry, name, wanted)
                for name, wanted in chosen.items()
                if name != without
            )
        ]

    def hits(self, query: str) -> Hits:
        scored = [(pk, entry.score) for pk, entry in self.entries.items() if entry.score is not None] + [(999, 1.0)]
        return Hits(np.array([pk for pk, _ in scored], np.uint32), np.array([s for _, s in scored], np.float32))

    def compare(self, chosen: dict[str, set[str]]) -> None:
        selected = {name: tuple(sorted(wanted)) for name, wanted in chosen.items() if name != "q"}
        selection = Selection(q=str(chosen.get("q", "")), values=selected)
        answer = found.MemoryFound(self.index, selection, {})
        matching = self.matching(chosen)
        assert answer.count == len(matching)
        for name in VALUES:
            self.compare_counts(answer.counts(name, chosen=selected.get(name, ())), name, chosen)
            few = answer.counts(name, chosen=selected.get(name, ()), most=3)
            every = answer.counts(name, chosen=selected.get(name, ()))
            assert few == (every.counts[: len(selected.get(name, ())) + 3], every.total)
        orders = {
            "newest": lambda pk: (-self.entries[pk].published, -pk),
            "oldest": self.place,
            "title": lambda pk: (self.entries[pk].title, pk),
            "relevance": lambda pk: (-(self.entries[pk].score or 0), -self.entries[pk].published, -pk),
        }
        for order, key in orders.items():
            if order != "relevance" or selection.q:
                expected = sorted(matching, key=key)
                answer = found.MemoryFound(self.index, replace(selection, sort=order), {})
                assert answer.numbers() == expected
                assert answer.numbers(1, 4) == expected[1:4]
                assert answer.numbers(len(expected)) == []

    def compare_counts(self, offer: found.Offer, name: str, chosen: dict[str, set[str]]) -> None:
        others = self.matching(chosen, without=name)
        counts = {
            value: sum(value in self.entries[pk].values(name, self.index.year) for pk in others)
            for value in VALUES[name]
        }
        mine = chosen.get(name, set())
        expected = sorted(
            ((value, count) for value, count in counts.items() if count or value in mine),
            key=lambda pair: (pair[0] not in mine, -pair[1], pair[0]),
        )
        assert offer == (expected, len(expected))


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Filters of more than ten values are long here, and a few edits are many."""
    monkeypatch.setattr(values, "MOST_BITMAPS", 10)
    monkeypatch.setattr(values, "MOST_ASIDE", 6)


@settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(EDITS, min_size=1, max_size=5), chosen=st.lists(SELECTIONS, min_size=2, max_size=4))
def test_counts_finds_and_orders_are_those_of_looking_at_each_entry(monkeypatch, edits, chosen):
    catalogue = Catalogue()
    monkeypatch.setattr(structure, "find", catalogue.hits)
    for edit in edits:
        catalogue.edit(edit)
        for each in chosen:
            catalogue.compare(each)
    for year in (NOW + 1, 2100, 1999, NOW):
        catalogue.index = catalogue.index.turned_to(year)
        catalogue.compare(chosen[0])


def test_an_index_that_is_in_use_does_not_change_when_the_next_one_is_made():
    catalogue = Catalogue()
    entry = Entry({"theme": frozenset(["v00"]), "city": frozenset(["v03"])}, "a", 1, 2020, True, None)
    catalogue.edit({1: entry, 2: entry})
    before = found.MemoryFound(catalogue.index, Selection(), {})
    catalogue.edit({1: replace(entry, public=False), 3: entry})
    assert before.numbers() == [2, 1]
    assert before.counts("theme") == ([("v00", 2)], 1)
    assert before.counts("city") == ([("v03", 2)], 1)
    after = found.MemoryFound(catalogue.index, Selection(), {})
    assert after.numbers() == [3, 2]


def test_in_an_empty_catalogue_nothing_is_found():
    catalogue = Catalogue()
    catalogue.compare({})
    catalogue.compare({"theme": {"v00"}, "city": {"v01"}, "year": {"2020"}, "year_from": {"1900"}})


def test_searches_are_remembered_as_long_as_there_is_room_also_those_that_find_nothing(monkeypatch):
    monkeypatch.setattr(searched, "MOST_FOUND", 3 * searched.LEAST)
    searches, nothing = searched.Searches(), searched.Searched(BitMap(), np.empty(0, np.float32), is_complete=False)
    for query in "abc":
        searches.keep(query, nothing)
    assert searches.get("a") is nothing
    searches.keep("d", nothing)
    assert [query for query in "abcd" if searches.get(query)] == ["a", "c", "d"]
    much = searched.Searched(BitMap(range(9000)), np.zeros(9000, np.float32), is_complete=True)
    searches.keep("e", much)
    assert searches.get("e") is None
