"""Reads entries from the database into the index: all of them at first, then those that changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from initiatives.models import Initiative
from initiatives.models.revision import FIRST_YEAR
from initiatives.querysets import InitiativeQuerySet
from initiatives.search.changes import Version, changes, version
from initiatives.search.filters import KEPT, Filter
from initiatives.search.memory.structure import NONE, Facts, Index, Numbering
from initiatives.search.memory.values import Numbers, Pairs
from initiatives.search.text import by_title, titles

CHUNK = 20_000
#: More entries than this are not replayed: reading all of them anew is quicker.
MOST_REPLAYED = 20_000
#: So often a replay begins again because something was published while it read.
TRIES = 5


class Busy(Exception):
    """So much is being published that no quiet moment was found to read what changed."""


type Numberings = dict[str, Numbering]


def built() -> Index:
    """Return an index of all published entries."""
    now = version(anew=True)
    numbering = {each.name: Numbering().grown(each.vocabulary.rows()) for each in KEPT}
    facts, numbering = _read(numbering)
    in_order = _column(Initiative.objects.published().order_by(by_title(), "pk"))
    return Index.empty(now, timezone.localdate().year).replayed(facts, numbering, kept=0, titles=in_order, version=now)


def brought_to(index: Index, now: Version) -> Index | None:
    """Return the index at the version `now` or a later one.

    None if what changed since cannot be told, or is more than to read everything anew.

    Raises:
        Busy: it was tried in vain; the next request may have more luck.
    """
    for _ in range(TRIES):
        pks = changes(index.version, now)
        if pks is None or len(pks) > MOST_REPLAYED:
            return None
        following = _replayed(index, pks, now)
        # Whatever changed between the two looks at the version may have been seen half.
        after = version(anew=True)
        if after == now:
            return following
        now = after
    raise Busy


def _replayed(index: Index, pks: frozenset[int], now: Version) -> Index:
    if not pks:
        return index.at(now)
    kept, later = _order_from(index, pks)
    facts, numbering = _read(dict(index.numbering), pks | later)
    return index.replayed(facts, numbering, kept=kept, titles=_with_titles(index, facts), version=now)


def _order_from(index: Index, pks: frozenset[int]) -> tuple[int, frozenset[int]]:
    """Return how many ordinals stay as they are, and the entries that take the places after them."""
    ever = Initiative.objects.ever_published()
    there = np.array(sorted(pks), np.uint32)
    new = there[index.ordinals(there) == NONE]
    rows = ever.filter(pk__in=new.tolist()).order_by("published_at", "pk").values_list("published_at", "pk")
    if (first := rows.first()) is None:
        return len(index.pks), frozenset()
    # Usually the new ones alone. But clocks differ, and who published first may commit last.
    after = ever.filter(Q(published_at__gt=first[0]) | Q(published_at=first[0], pk__gte=first[1]))
    later = np.fromiter(after.values_list("pk", flat=True), np.uint32)
    known = index.ordinals(later)
    return min(int(known.min()), len(index.pks)), frozenset(later.tolist())


# ---- What entries have -----------------------------------------------------


def _read(numbering: Numberings, among: Collection[int] | None = None) -> tuple[Facts, Numberings]:
    """Return what the database says of the entries `among` (all unless given), and numbers of all values in it."""

    def chosen(entries: InitiativeQuerySet) -> InitiativeQuerySet:
        return entries if among is None else entries.filter(pk__in=among)

    published = chosen(Initiative.objects.published())
    pairs: dict[str, Pairs] = {}
    for each in KEPT:
        if each.name == "year":
            pairs["year"] = _years(published.with_span().values_list("pk", "first_year", "last_year"))  # type: ignore[misc]
        else:
            pairs[each.name], numbering[each.name] = _pairs(each, chosen, numbering[each.name])
    running = published.running_on()
    facts = Facts(
        pks=_column(chosen(Initiative.objects.ever_published()).order_by("published_at", "pk")),
        public=_column(published),
        pairs=pairs,
        running=_years(running.values_list("pk", "current__start_year", "current__start_year")),
    )
    return facts, numbering


def _pairs(each: Filter, chosen: Any, numbering: Numbering) -> tuple[Pairs, Numbering]:
    entries, ids = [], []
    for pks, keys in _keys(each, chosen):
        numbers = numbering.numbers(keys)
        if (numbers == NONE).any():
            numbering = numbering.grown(each.vocabulary.rows())
            numbers = numbering.numbers(keys)
        known = numbers != NONE
        entries.append(pks[known])
        ids.append(numbers[known])
    return Pairs(_joined(entries), _joined(ids)), numbering


def _keys(each: Filter, chosen: Any) -> Iterator[tuple[Numbers, list[Any]]]:
    """Yield entries with what the database keeps for a value that they have, chunk by chunk."""
    if each.match:
        for key, value in each.vocabulary.rows():
            for rows in _chunks(chosen(each.match(value)).values_list("pk")):
                yield _numbers(rows, 0), [key] * len(rows)
    else:
        having = chosen(Initiative.objects.published()).filter(**{f"{each.path}__isnull": False})
        for rows in _chunks(having.values_list("pk", each.path)):
            yield _numbers(rows, 0), [row[1] for row in rows]


def _years(spans: QuerySet) -> Pairs:
    """Return every year of the spans: rows of an entry, its first year and its last one."""
    entries, years = [], []
    for rows in _chunks(spans):
        first, last = _numbers(rows, 1), _numbers(rows, 2)
        lengths = last - first + 1
        entries.append(np.repeat(_numbers(rows, 0), lengths))
        nth = np.arange(lengths.sum(), dtype=np.uint32) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        years.append(np.repeat(first, lengths) + nth - FIRST_YEAR)
    return Pairs(_joined(entries), _joined(years))


# ---- The order of titles ---------------------------------------------------


def _with_titles(index: Index, facts: Facts) -> Numbers:
    """Return the published entries in the order of their titles, those of `facts` put where they belong now."""
    gone = np.zeros(len(index.pks), bool)
    known = index.ordinals(facts.pks)
    gone[known[known != NONE]] = True
    others = index.pks[index.by_title[~gone[index.by_title]]]
    placed = sorted((title, pk) for pk, title in titles(facts.public.tolist()).items())
    low, high = np.zeros(len(placed), np.int64), np.full(len(placed), len(others))
    # All of them are looked for at once: so many queries as one takes.
    while (open_ := np.flatnonzero(low < high)).size:
        middle = (low[open_] + high[open_]) // 2
        there = others[middle].tolist()
        found = titles(there)
        before = np.array([placed[n] > (found.get(pk, ""), pk) for n, pk in zip(open_, there, strict=True)])
        low[open_] = np.where(before, middle + 1, low[open_])
        high[open_] = np.where(before, high[open_], middle)
    return np.insert(others, low, np.array([pk for _, pk in placed], np.uint32))


# ---- Rows ------------------------------------------------------------------


def _chunks(queryset: QuerySet) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the rows as the database gives them: a million of them, made into objects of ours, would take a minute."""
    sql, params = queryset.query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def _column(queryset: QuerySet) -> Numbers:
    return _joined([_numbers(rows, 0) for rows in _chunks(queryset.values_list("pk"))])


def _numbers(rows: Sequence[tuple[Any, ...]], column: int) -> Numbers:
    return np.fromiter((row[column] for row in rows), np.uint32, len(rows))


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.empty(0, np.uint32)
