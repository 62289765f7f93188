"""Which published entries share most with one: what few have in common says more than what many have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from initiatives.models import Initiative
from initiatives.search import memory
from initiatives.search.filters import BY_NAME
from initiatives.search.kept import Kept
from initiatives.search.memory.structure import NONE, Index
from initiatives.search.memory.values import Numbers, bitmap, numbers

#: So many entries are weighed, beginning with those that share what is rare.
MOST_WEIGHED = 500
#: So many values of an entry are looked at, the rarest.
MOST_VALUES = 60

#: What so many entries share with others a process remembers.
_kept = Kept[tuple[int, tuple["Value", ...], int], list["Related"]](1000)

#: A filter and one of its values; "organisation" goes by primary keys, and is no filter.
type Value = tuple[str, str]


class Related(NamedTuple):
    """An entry (its primary key), and what it shares, the rarest first."""

    pk: int
    shared: list[Value]


@dataclass(frozen=True)
class _Sharing:
    """Which entries have which of the values.

    Attributes:
        pks: the primary keys of entries in the order of publication; elsewhere an entry is its place among them.
        having: of each value the entries.
        total: how many entries the whole catalogue has.
    """

    pks: Numbers
    having: Mapping[Value, BitMap]
    total: int


def related(pk: int, values: Iterable[Value], *, most: int) -> list[Related]:
    """Return the published entries, `most` at most, that share most with the entry `pk`, which has the `values`.

    Each shared value weighs the more the fewer entries have it; of equal ones the newest is first.
    """
    key = pk, tuple(values), most
    return _kept.of([key], lambda _: {key: _related(*key)})[key]


def _related(pk: int, values: Iterable[Value], most: int) -> list[Related]:
    grouped: dict[str, list[str]] = {}
    for name, value in values:
        grouped.setdefault(name, []).append(value)
    index = memory.ready()
    sharing = _by_index(index, grouped) if index else _by_database(grouped)
    return _best(sharing, pk, most)


def _best(sharing: _Sharing, pk: int, most: int) -> list[Related]:
    having = sharing.having
    # What one entry has is the entry's own.
    rarest = sorted(
        (value for value in having if len(having[value]) > 1), key=lambda value: (len(having[value]), value)
    )
    rarest = rarest[:MOST_VALUES]
    weighed = BitMap()
    for value in rarest:
        if len(weighed) < MOST_WEIGHED:
            weighed |= bitmap(numbers(having[value])[-MOST_WEIGHED:])
    places = numbers(weighed)
    places = places[sharing.pks[places] != pk]
    weighed = bitmap(places)
    scores = np.zeros(len(places))
    for value in rarest:
        there = np.searchsorted(places, numbers(having[value] & weighed))
        scores[there] += log(1 + sharing.total / len(having[value]))
    best = places[np.lexsort((places, scores))[::-1][:most]].tolist()
    return [Related(int(sharing.pks[place]), [value for value in rarest if place in having[value]]) for place in best]


def _by_index(index: Index, values: Mapping[str, Sequence[str]]) -> _Sharing:
    having = {
        (name, value): index.having(name, [value]) for name in values if name in BY_NAME for value in values[name]
    }
    beside = {name: given for name, given in values.items() if name not in BY_NAME}
    for value, entries in _asked(beside, "pk").items():
        ordinals = index.ordinals(np.array([pk for (pk,) in entries], np.uint32))
        having[value] = BitMap(ordinals[ordinals != NONE].tolist())
    return _Sharing(index.pks, having, len(index.public))


def _by_database(values: Mapping[str, Sequence[str]]) -> _Sharing:
    asked = _asked(values, "published_at", "pk")
    entries = sorted({entry for found in asked.values() for entry in found})
    places = {entry: place for place, entry in enumerate(entries)}
    having = {value: BitMap([places[entry] for entry in found]) for value, found in asked.items()}
    pks = np.array([pk for _, pk in entries], np.uint32)
    return _Sharing(pks, having, Initiative.objects.published().count() if entries else 0)


def _asked(values: Mapping[str, Sequence[str]], *columns: str) -> dict[Value, set[tuple]]:
    """Return of each value which entries have it, by these columns.

    One query a filter. Of what more entries have than are weighed it sees some: that says little anyway.
    """
    found: dict[Value, set[tuple]] = {}
    for name in values:
        path = BY_NAME[name].value_path if name in BY_NAME else f"current__involvements__{name}"
        having = Initiative.objects.published().filter(**{f"{path}__in": values[name]})
        for value, *entry in having.values_list(path, *columns)[:MOST_WEIGHED]:
            found.setdefault((name, str(value)), set()).add(tuple(entry))
    return found
