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


def judged_queries(slugs: Iterable[str]) -> list[Judged]:
    """Return the queries; an entry is named by its slug, or by how alone it begins.

    Raises:
        ValueError: a name stands for no entry, or for several.
    """
    known = sorted(slugs)
    return [
        Judged(
            text=row["text"],
            kind=row["kind"],
            is_tuned=row["tuned"],
            grades={_named(name, known): grade for grade in (2, 1) for name in row.get(str(grade), [])},
        )
        for row in tomllib.loads(JUDGEMENTS.read_text(encoding="utf-8"))["query"]
    ]


def _named(name: str, slugs: Sequence[str]) -> str:
    found = [slug for slug in slugs if slug == name] or [slug for slug in slugs if slug.startswith(name)]
    if len(found) != 1:
        raise ValueError(f"{name!r} stands for {found or 'no entry'}.")
    return found[0]


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
