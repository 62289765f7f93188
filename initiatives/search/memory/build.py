"""Reads entries from the database into the index: all of them at first, then those that changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from functools import partial
from multiprocessing.pool import ThreadPool
from typing import Any

import numpy as np
from django.db import connection, connections
from django.db.models import Q
from django.utils import timezone

from initiatives.models import WORLD, Country, Initiative
from initiatives.models.revision import FIRST_YEAR
from initiatives.search.changes import Version, changes, version
from initiatives.search.filters import BY_NAME, KEPT, Filter
from initiatives.search.memory import columns
from initiatives.search.memory.columns import Extract, Order, standing_for
from initiatives.search.memory.structure import NONE, Done, Facts, Index, Numbering, one_by_one
from initiatives.search.memory.values import Numbers, Pairs
from initiatives.search.text import titles

#: More entries than this are not replayed: reading all of them anew is quicker.
MOST_REPLAYED = 20_000
#: So many connections read at once: more than there are processors would be in each other's way.
READERS = min(4, os.cpu_count() or 1)
#: So often a replay begins again because something was published while it read.
TRIES = 5
#: The filters whose values stand in tables beside the versions: first those that take longest to read.
_RELATED = [each for each in reversed(KEPT) if each.path and each.name != "status"]


class Busy(Exception):
    """So much is being published that no quiet moment was found to read what changed."""


type Numberings = dict[str, Numbering]


def built() -> Index:
    """Return an index of all published entries."""
    if connection.in_atomic_block:
        # What is not committed, no other connection would see.
        return _built(one_by_one)
    # Not the pool of concurrent.futures, for whose threads a process that is to end waits until they are done.
    with ThreadPool(READERS) as pool:
        try:
            return _built(partial(_side_by_side, pool))
        finally:
            _put_away()


def _built(done: Done) -> Index:
    # Before anything is read: an index that says it is of the new year nobody turns to that.
    year, now = timezone.localdate().year, version(anew=True)
    numbering = {each.name: Numbering().grown(each.vocabulary.rows()) for each in KEPT}
    facts, numbering = _read(numbering, done=done)
    titles = _in_order_of_titles(facts.titled, facts.public)
    nothing = Index.empty(now, year)
    return nothing.replayed(facts, numbering, kept=0, titles=titles, version=now, done=done)


def _side_by_side(pool: ThreadPool, jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Return what jobs give that read, each over a connection of its own, or calculate."""

    def alone(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connections.close_all()

    # This thread's may be needed: a pool of connections can be as small as one.
    connections.close_all()
    return pool.map(alone, jobs, chunksize=1)


def _put_away() -> None:
    """Close this process's connections for good: each keeps as much memory as its longest answer took."""
    connections.close_all()
    if pool := getattr(connection, "pool", None):
        pool.drain()


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


def _read(
    numbering: Numberings, among: Collection[int] | None = None, *, done: Done = one_by_one
) -> tuple[Facts, Numberings]:
    """Return what the database says of the entries `among` (all unless given), and numbers of all values in it."""
    if among is None:
        order, titled, *answers = done([columns.in_order_of_publication, columns.in_order_of_titles, *_questions()])
    else:
        order, titled = columns.in_order_of_publication(among), np.empty(0, np.uint32)
        answers = done(_questions(order))
    verified, own, *related = answers
    said = [*zip(_RELATED, related, strict=True), (BY_NAME["status"], Extract(own.about, own.columns[:1]))]
    of_version = standing_for(order.versions, order.public)
    verified, own = verified.about_others(standing_for(order.public, order.public)), own.about_others(of_version)
    _, *years, everywhere = own.columns

    jobs: list[Callable[[], Any]] = [
        partial(_pairs, each, rows, of_version, numbering[each.name]) for each, rows in said
    ]
    jobs += [partial(_years, own.about, *years), partial(_submitters, verified, numbering["submitter"])]
    *found, (active, running), submitters = done(jobs)
    pairs: dict[str, Pairs] = {"year": active, "submitter": submitters}
    for (each, _), (theirs, grown) in zip(said, found, strict=True):
        pairs[each.name], numbering[each.name] = theirs, grown
    pairs["region"] = _regions(pairs["country"], own.about[everywhere.astype(bool)], numbering)
    return Facts(order.entries, order.public, pairs, running, titled), numbering


def _questions(those: Order | None = None) -> list[Callable[[], Extract]]:
    """Return what is to be asked of the public entries in an order, and of their versions; of all, unless given."""
    entries, versions = (those.public, those.versions) if those else (None, None)
    related = [partial(columns.keys, each, versions) for each in _RELATED]
    return [partial(columns.verified, entries), partial(columns.own, versions), *related]


def _pairs(each: Filter, rows: Extract, of_version: Numbers, numbering: Numbering) -> tuple[Pairs, Numbering]:
    """Return which entries have which values, and the numbers of all these."""
    rows = rows.about_others(of_version)
    (keys,) = rows.columns
    numbers = numbering.numbers(keys)
    if (numbers == NONE).any() and (grown := numbering.grown(each.vocabulary.rows())) is not numbering:
        numbering = grown
        numbers = numbering.numbers(keys)
    known = numbers != NONE
    return Pairs(rows.about[known], numbers[known]), numbering


def _submitters(verified: Extract, numbering: Numbering) -> Pairs:
    yes, no = numbering.numbers(["verified", "unverified"])
    return Pairs(verified.about, np.where(verified.columns[0], yes, no))


def _regions(countries: Pairs, everywhere: Numbers, numbering: Numberings) -> Pairs:
    """Return in which regions entries are: those of their countries, and the world where they are `everywhere`."""
    numbering["region"] = numbering["region"].grown(BY_NAME["region"].vocabulary.rows())
    found = Pairs(everywhere, np.full(len(everywhere), numbering["region"].numbers([str(WORLD)])[0]))
    known = {code: regions for code, *regions in Country.objects.values_list("code", "region", "region__parent")}
    for level in (0, 1):
        regions = numbering["region"].numbers(
            [str(known.get(code, (None, None))[level]) for code in numbering["country"].keys]
        )
        ids = regions[countries.ids]
        found = found.and_(Pairs(countries.entries[ids != NONE], ids[ids != NONE]))
    return found


def _years(entries: Numbers, first: Numbers, last: Numbers, goes_on: Numbers) -> tuple[Pairs, Pairs]:
    """Return every year of entries, and of those that go on the first."""
    (dated,) = np.nonzero(first)
    entries, since, lengths = entries[dated], first[dated] - FIRST_YEAR, last[dated] - first[dated] + 1
    nth = np.arange(lengths.sum(), dtype=np.uint32) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    active = Pairs(np.repeat(entries, lengths), (np.repeat(since, lengths) + nth).astype(np.uint32))
    runs_on = goes_on[dated].astype(bool)
    return active, Pairs(entries[runs_on], since[runs_on].astype(np.uint32))


# ---- The order of titles ---------------------------------------------------


def _in_order_of_titles(titled: Numbers, public: Numbers) -> Numbers:
    """Return the public entries as they stand in `titled`; what has no title yet comes last."""
    left = np.zeros(int(max(titled.max(initial=0), public.max(initial=0))) + 1, bool)
    left[public] = True
    titled = titled[left[titled]]
    left[titled] = False
    return np.concatenate([titled, public[left[public]]])


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
