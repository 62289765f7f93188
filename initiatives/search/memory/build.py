"""Reads entries from the database into the index: all of them at first, then those that changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, partial
from multiprocessing.pool import ThreadPool
from typing import Any

import numpy as np
from django.db import connection, connections
from django.db.models import CharField, Q, QuerySet
from django.utils import timezone

from initiatives.models import (
    WORLD,
    Country,
    Initiative,
    Packed,
    PackedWords,
    Revision,
    SearchDocument,
    packed_in_order,
)
from initiatives.models.revision import FIRST_YEAR
from initiatives.querysets import InitiativeQuerySet
from initiatives.search.changes import Version, changes, version
from initiatives.search.filters import BY_NAME, KEPT, Filter
from initiatives.search.memory.structure import NONE, Facts, Index, Numbering
from initiatives.search.memory.values import Numbers, Pairs
from initiatives.search.text import by_title, titles

#: More entries than this are not replayed: reading all of them anew is quicker.
MOST_REPLAYED = 20_000
#: So many connections read at once.
READERS = 4
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
    in_order = _in_order_of_titles(facts.public)
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

    ever = chosen(Initiative.objects.ever_published()).order_by("published_at", "pk")
    pks, versions, is_public = packed_in_order(ever.with_shown(), "pk", "current_id", "shown")
    public = is_public.astype(bool)
    said = _Said(pks[public], versions[public], among is None)
    published = chosen(Initiative.objects.published())
    jobs: dict[str, Callable[[], Any]] = {"year": partial(_years, published)}
    for each in KEPT:
        if each.path:
            jobs[each.name] = partial(_pairs, said, each, numbering[each.name])
    jobs["submitter"] = partial(_by_match, BY_NAME["submitter"], chosen, numbering["submitter"])
    found = _done(jobs, side_by_side=among is None)
    pairs: dict[str, Pairs] = {"submitter": found["submitter"]}
    pairs["year"], running = found["year"]
    for each in KEPT:
        if each.path:
            pairs[each.name], numbering[each.name] = found[each.name]
    pairs["region"] = _regions(pairs["country"], said, numbering)
    return Facts(pks=pks, public=pks[public], pairs=pairs, running=running), numbering


def _done(jobs: Mapping[str, Callable[[], Any]], *, side_by_side: bool) -> dict[str, Any]:
    """Return what jobs give that ask the database: one after the other, or over several connections at once.

    That is quicker where there is much to read. But what is not committed, no other connection sees.
    """
    if not side_by_side or connection.in_atomic_block:
        return {name: job() for name, job in jobs.items()}

    def alone(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connections.close_all()

    # The readers may need it: a pool of connections can be as small as one.
    connections.close_all()
    # Not those of concurrent.futures, for which a process that is to end waits until they have done everything.
    with ThreadPool(READERS) as pool:
        return dict(zip(jobs, pool.map(alone, jobs.values()), strict=True))


class _Said:
    """Reads what the public versions of some entries say, from the tables alone that say it.

    The way through the versions themselves would read all their texts.
    """

    def __init__(self, pks: Numbers, versions: Numbers, whole: bool) -> None:
        """The public versions of the entries `pks`; `whole` if these are all there are."""
        self._versions = None if whole else versions.tolist()
        self._entries = np.full(int(versions.max(initial=0)) + 1, NONE, np.uint32)
        self._entries[versions] = pks

    def by(self, each: Filter) -> tuple[Numbers, Sequence[Any] | Numbers]:
        """Return entries, and beside each what the database keeps for a value of the filter that it has."""
        name, _, column = each.path.removeprefix("current__").partition("__")
        field: Any = Revision._meta.get_field(name)
        if not field.is_relation:
            there, entries = self._of_versions
            return entries, _where(there, self._own[name])
        table = field.remote_field.through if field.many_to_many else field.related_model
        columns = {other.related_model: other.name for other in table._meta.concrete_fields}
        of_version, key = columns[Revision], column or columns[field.related_model]
        asked = table._meta.get_field(key)
        packed = PackedWords if isinstance(getattr(asked, "target_field", asked), CharField) else Packed
        found = self._packed(table._default_manager.all(), of_version, keys=packed(key))
        there, entries = self._entries_of(found["versions"])
        return entries, _where(there, found["keys"])

    def global_ones(self) -> Numbers:
        """Return the entries that are at no place but everywhere."""
        there, entries = self._of_versions
        return entries[_where(there, self._own["is_global"]).astype(bool)]

    @cached_property
    def _own(self) -> dict[str, Any]:
        """What the versions say in columns of their own: read at once, for their texts lie in between."""
        names = [each.path.removeprefix("current__") for each in KEPT if each.path.count("__") == 1]
        words = {name: PackedWords(name) for name in names if not Revision._meta.get_field(name).is_relation}
        return self._packed(Revision.objects.all(), "pk", is_global=Packed("is_global"), **words)

    @cached_property
    def _of_versions(self) -> tuple[Numbers, Numbers]:
        return self._entries_of(self._own["versions"])

    def _packed(self, rows: QuerySet, version: str, **columns: Packed) -> dict[str, Any]:
        """Return columns of rows about the versions, beside the `versions` themselves."""
        if self._versions is not None:
            rows = rows.filter(**{f"{version}__in": self._versions})
        found = rows.aggregate(versions=Packed(version), **columns)
        if len({len(column) for column in found.values()}) > 1:
            raise ValueError(f"{rows.model.__name__} has rows of which one of {', '.join(found)} is null")
        return found

    def _entries_of(self, versions: Numbers) -> tuple[Numbers, Numbers]:
        """Return which of the versions are public ones, and the entries that these are of."""
        known = versions < len(self._entries)
        entries = self._entries[np.where(known, versions, 0)]
        there = np.flatnonzero(known & (entries != NONE)).astype(np.uint32)
        return there, entries[there]


def _where(there: Numbers, column: Any) -> Any:
    """Return those of a column: of an array, or of a list."""
    if isinstance(column, np.ndarray):
        return column[there]
    return column if len(there) == len(column) else [column[each] for each in there.tolist()]


def _pairs(said: _Said, each: Filter, numbering: Numbering) -> tuple[Pairs, Numbering]:
    entries, keys = said.by(each)
    numbers = numbering.numbers(keys)
    if (numbers == NONE).any() and (grown := numbering.grown(each.vocabulary.rows())) is not numbering:
        numbering = grown
        numbers = numbering.numbers(keys)
    known = numbers != NONE
    return Pairs(entries[known], numbers[known]), numbering


def _by_match(each: Filter, chosen: Any, numbering: Numbering) -> Pairs:
    """Return which entries have which value of a filter that has a condition for each."""
    found = Pairs.none()
    for key, value in each.vocabulary.rows():
        entries = chosen(each.entries_with([value])).aggregate(entries=Packed("pk"))["entries"]
        found = found.and_(Pairs(entries, np.full(len(entries), numbering.numbers([key])[0])))
    return found


def _regions(countries: Pairs, said: _Said, numbering: Numberings) -> Pairs:
    """Return in which regions entries are: those of their countries, and the world where they are everywhere."""
    numbering["region"] = numbering["region"].grown(BY_NAME["region"].vocabulary.rows())
    everywhere = said.global_ones()
    found = Pairs(everywhere, np.full(len(everywhere), numbering["region"].numbers([str(WORLD)])[0]))
    known = {code: regions for code, *regions in Country.objects.values_list("code", "region", "region__parent")}
    for level in (0, 1):
        regions = numbering["region"].numbers(
            [str(known.get(code, (None, None))[level]) for code in numbering["country"].keys]
        )
        ids = regions[countries.ids]
        found = found.and_(Pairs(countries.entries[ids != NONE], ids[ids != NONE]))
    return found


def _years(entries: InitiativeQuerySet) -> tuple[Pairs, Pairs]:
    """Return every year of entries, and of those that run on the first."""
    spans = entries.with_span().aggregate(
        entries=Packed("pk"), first=Packed("first_year"), last=Packed("last_year"), runs_on=Packed("running_on")
    )
    since, runs_on = spans["first"] - FIRST_YEAR, spans["runs_on"].astype(bool)
    lengths = spans["last"] - spans["first"] + 1
    nth = np.arange(lengths.sum(), dtype=np.uint32) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    active = Pairs(np.repeat(spans["entries"], lengths), (np.repeat(since, lengths) + nth).astype(np.uint32))
    return active, Pairs(spans["entries"][runs_on], since[runs_on].astype(np.uint32))


# ---- The order of titles ---------------------------------------------------


def _in_order_of_titles(public: Numbers) -> Numbers:
    """Return the published entries in the order of their titles; what has none yet comes last."""
    (titled,) = packed_in_order(SearchDocument.objects.order_by(by_title("title"), "pk"), "pk")
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
