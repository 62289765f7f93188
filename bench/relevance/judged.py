"""The judged queries, and how well an order answers them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

JUDGEMENTS = Path(__file__).parent.parent / "data" / "relevance.toml"
DEPTH = 10


@dataclass(frozen=True)
class Judged:
    """A query with the grades (1 or 2) of the entries that deserve one, by slug.

    Attributes:
        is_tuned: whether search was tuned on it.
    """

    text: str
    kind: str
    is_tuned: bool
    grades: dict[str, int]

    def ndcg(self, found: Sequence[str]) -> float:
        """Return the normalised discounted cumulative gain (2^grade - 1) of the first ten: 1 for the best order."""
        best = sorted(self.grades.values(), reverse=True)
        return _gain(self.grades.get(slug, 0) for slug in found[:DEPTH]) / _gain(best[:DEPTH])

    def is_answered(self, found: Sequence[str]) -> bool:
        """Return whether one of the first three is as good as any."""
        return max(self.grades.values()) in [self.grades.get(slug, 0) for slug in found[:3]]


def judged_queries(slugs: Iterable[str], *, in_part: bool = False) -> list[Judged]:
    """Return the queries; an entry is named by its slug, or by how alone it begins.

    Of a catalogue that holds the entries only `in_part`, those queries that have an answer in it.

    Raises:
        ValueError: a name stands for several entries, or for none where all are to be there.
    """
    known = sorted(slugs)
    queries = []
    for row in tomllib.loads(JUDGEMENTS.read_text(encoding="utf-8"))["query"]:
        grades: dict[str, int] = {}
        for grade in (2, 1):
            for name in row.get(str(grade), []):
                named = _named(name, known)
                if len(named) > 1 or not (named or in_part):
                    raise ValueError(f"{name!r} stands for {named or 'no entry'}.")
                grades |= dict.fromkeys(named, grade)
        if grades:
            queries.append(Judged(row["text"], row["kind"], row["tuned"], grades))
    return queries


def _named(name: str, slugs: Sequence[str]) -> list[str]:
    return [slug for slug in slugs if slug == name] or [slug for slug in slugs if slug.startswith(name)]


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
