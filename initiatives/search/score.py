"""Which entries a query finds and in which order: the same entries in the same order on both databases.

A score is whole numbers that are added up, here or in SQL; nothing depends on how a database ranks or rounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import numpy as np
from django.db.models import Case, Exists, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from initiatives.models import Condition, SearchDocument, SearchIndex, SearchTerm, Wanted
from initiatives.querysets import InitiativeQuerySet
from initiatives.search.query import Part, Phrase, Tier, Word, all_of, any_of, parse

#: The points of a part of a query are multiplied by up to some ten times this, the rarer the more.
_RARITY = 8
#: What is so many times more frequent than the rarest part is only looked for together with that.
_MUCH_MORE_FREQUENT = 8
#: So many words that begin with an unfinished one are looked for by name: of more, the database reads all it has.
_MOST_LONGER = 20


@dataclass(frozen=True)
class Hits:
    """The entries that a query finds, in no order.

    Attributes:
        ids: their keys (uint32).
        scores: how well each fits (float32 of whole numbers); among equals the newer goes first.
        is_complete: whether they have all that was asked for, not only most of it.
    """

    ids: np.ndarray
    scores: np.ndarray
    is_complete: bool = True


class Search:
    """A query on its way to the database.

    Where no entry has all of three or more parts, those are found that lack one of each three.
    """

    def __init__(self, text: str) -> None:
        """Take the query apart; no entry is looked for yet."""
        self.query = parse(text, longer=_longer)

    # ---- As SQL ------------------------------------------------------------

    def matching(self, initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
        """Return those of `initiatives` that are found."""
        query = self.query
        if not query.parts:
            return initiatives.none()
        found = _all(query.conditions)
        if query.may_miss:
            parts_found = _sum(
                Case(When(Condition(part.wanted).q(), then=Value(1)), default=Value(0)) for part in query.parts
            )
            initiatives = initiatives.alias(parts_found=parts_found)
            found |= ~Exists(self._with_all()) & Q(parts_found__gte=len(query.parts) - query.may_miss)
        for condition in query.exclusions:
            found &= ~condition.q()
        return initiatives.filter(found)

    def ranked(self, initiatives: InitiativeQuerySet) -> InitiativeQuerySet:
        """Return `initiatives` in the order of their scores, then the newest first."""
        scores = [
            Case(*(When(tier.condition.q(), then=Value(tier.points * rarity)) for tier in tiers), default=Value(0))
            for tiers, rarity in self._weighed
        ]
        return initiatives.annotate(score=_sum(scores)).order_by("-score", "-published_at", "-pk")

    def has_complete(self) -> bool:
        """Return whether there is an entry that has all that is asked for."""
        return bool(self.query.parts) and self._with_all().exists()

    def _with_all(self) -> QuerySet[SearchDocument]:
        documents = SearchDocument.objects.filter(_all(self.query.conditions, ""))
        for condition in self.query.exclusions:
            documents = documents.exclude(condition.q(""))
        return documents

    # ---- As numbers --------------------------------------------------------

    def hits(self) -> Hits:
        """Return all entries that are found, with their scores."""
        if not self.query.parts:
            return Hits(np.empty(0, np.uint32), np.empty(0, np.float32))
        hits = self._hits(missing=0)
        if not hits.ids.size and self.query.may_miss:
            hits = self._hits(missing=self.query.may_miss)
        return hits

    def _hits(self, *, missing: int) -> Hits:
        # Whoever lacks at most so many parts has one of the so many and one rarest.
        rarest, others = self._by_count[: missing + 1], self._by_count[missing + 1 :]
        lead = any_of([part.wanted for part in rarest])
        many = _MUCH_MORE_FREQUENT * sum(self._count(part) for part in rarest)

        def group(part: Part) -> _Group:
            return _Group(part.tiers, self._rarity(part), lead if self._count(part) > many else None)

        required = [group(part) for part in [*rarest, *others]]
        welcome = [group(part) for part in self.query.weak]
        welcome += [_Group(tiers, self._mean_rarity) for tiers in self.query.beside]
        unwanted = [_Group([Tier(condition, 1)], 0, lead) for condition in self.query.exclusions]
        groups = [*required, *welcome, *unwanted]
        found = iter(SearchIndex.objects.ids([condition for each in groups for condition in each.conditions]))
        ids = [[next(found) for _tier in each.tiers] for each in groups]

        candidates = _distinct([keys for tiers in ids[: len(rarest)] for keys in tiers])
        scores = np.zeros(candidates.size, np.int64)
        lacking = np.zeros(candidates.size, np.int64)
        for number, each in enumerate(groups):
            points = each.points(candidates, ids[number])
            scores += points * each.rarity
            if number < len(required):
                lacking += points == 0
            elif number >= len(required) + len(welcome):
                lacking[points > 0] = len(required)
        enough = lacking <= missing
        return Hits(candidates[enough], scores[enough].astype(np.float32), is_complete=not missing)

    # ---- How frequent things are -------------------------------------------

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many entries have each of the query's terms; under "" how many there are."""
        terms = {"", *(term for part in [*self.query.parts, *self.query.weak] for term in part.counted)}
        return dict(SearchTerm.objects.filter(term__in=terms).values_list("term", "count"))

    def count_of(self, term: str) -> int:
        """Return how many entries have one of the query's terms."""
        return self._counts.get(term, 0)

    def _count(self, part: Part) -> int:
        """Return about how many entries have a part; nobody has counted those with the beginning of many words."""
        counts = [self.count_of(term) for term in part.counted]
        if isinstance(part, Phrase):
            return min(counts)
        if isinstance(part, Word) and part.is_prefix and part.longer is None:
            counts.append(self.count_of("") >> len(part.word))
        return max(counts)

    def _rarity(self, part: Part) -> int:
        return 1 + round(_RARITY * math.log1p(self.count_of("") / (1 + self._count(part))))

    @property
    def _by_count(self) -> list[Part]:
        return sorted(self.query.parts, key=self._count)

    @property
    def _mean_rarity(self) -> int:
        return sum(self._rarity(part) for part in self.query.parts) // len(self.query.parts)

    @property
    def _weighed(self) -> list[tuple[list[Tier], int]]:
        """The ways to meet each thing that counts, the best first, with how much the points count."""
        weighed = [(part.tiers, self._rarity(part)) for part in [*self.query.parts, *self.query.weak]]
        weighed += [(tiers, self._mean_rarity) for tiers in self.query.beside]
        return [(sorted(tiers, key=lambda tier: -tier.points), rarity) for tiers, rarity in weighed]


@dataclass(frozen=True)
class _Group:
    """The ways to meet one part of a query.

    Attributes:
        rarity: how much its points count.
        lead: what else is asked for, so that not all that meet it have to be fetched.
    """

    tiers: list[Tier]
    rarity: int
    lead: Wanted | None = None

    @property
    def conditions(self) -> list[Condition]:
        """What the database is asked, tier by tier."""
        conditions = [tier.condition for tier in self.tiers]
        if self.lead is None:
            return conditions
        return [replace(each, wanted=all_of([each.wanted, self.lead])) for each in conditions]

    def points(self, candidates: np.ndarray, ids_of_tiers: Sequence[np.ndarray]) -> np.ndarray:
        """Return the points of each of the (sorted) candidates: those of the best way in which it meets the part."""
        points = np.zeros(candidates.size, np.int64)
        if not candidates.size:
            return points
        for tier, ids in sorted(zip(self.tiers, ids_of_tiers, strict=True), key=lambda each: each[0].points):
            position = np.searchsorted(candidates, ids)
            position[position == candidates.size] = 0
            points[position[candidates[position] == ids]] = tier.points
        return points


def _longer(word: str) -> tuple[str, ...] | None:
    """Return the words of the catalogue that begin with `word`, itself left out; None where they are too many."""
    found = SearchTerm.objects.beginning_with(word).exclude(term=word).values_list("term", flat=True)
    named = tuple(found[: _MOST_LONGER + 1])
    return named if len(named) <= _MOST_LONGER else None


def _distinct(arrays: Sequence[np.ndarray]) -> np.ndarray:
    """Return what is in any of the arrays, sorted; they are about sorted themselves, which makes it fast."""
    merged = np.concatenate(arrays)
    merged.sort(kind="stable")
    return merged[np.concatenate([merged[:1] == merged[:1], merged[1:] != merged[:-1]])]


def _all(conditions: Sequence[Condition], document: str = "search_document__") -> Q:
    met = Q()
    for condition in conditions:
        met &= condition.q(document)
    return met


def _sum(parts: Iterable[Combinable]) -> Combinable:
    return sum(parts, start=cast(Combinable, Value(0)))
