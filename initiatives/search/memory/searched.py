"""What was searched for in one state of the catalogue: who filters what was found, or turns its pages, asks again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

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


class Searches:
    """The last searches with what they found, as many as there is room for."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, Searched] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, query: str) -> Searched | None:
        """Return what a search found, if it is known."""
        with self._lock:
            if (found := self._found.get(query)) is not None:
                self._found.move_to_end(query)
            return found

    def put(self, query: str, found: Searched) -> None:
        """Keep what a search found, and let those go that nobody has asked for the longest."""
        with self._lock:
            if query not in self._found:
                self._found[query] = found
                self._size += _room(found)
            while self._size > MOST_FOUND:
                self._size -= _room(self._found.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._found.clear()
            self._size = 0


def _room(found: Searched) -> int:
    return len(found.scores) + LEAST
