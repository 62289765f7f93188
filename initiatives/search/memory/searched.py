"""What was searched for in one state of the catalogue: who filters what was found, or turns its pages, asks again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from initiatives.bounded import Bounded

#: So many entries that searches found are kept; each takes some five bytes.
MOST_FOUND = 6_000_000
#: A search takes room like so many entries, though it finds nothing: anybody can make up any number of them.
LEAST = 200


class Searched(NamedTuple):
    """What a text search finds.

    Attributes:
        entries: the published entries, by their ordinals.
        scores: how well each fits, in their order.
        is_complete: whether there are any that have all that was asked for.
    """

    entries: BitMap
    scores: NDArray[np.float32]
    is_complete: bool


class Searches(Bounded[str, Searched]):
    """The last searches with what they found, as many as there is room for."""

    def __init__(self) -> None:
        super().__init__(lambda found: len(found.scores) + LEAST)

    def keep(self, query: str, found: Searched) -> None:
        """Remember what a search found."""
        self.put(query, found, most=MOST_FOUND)
