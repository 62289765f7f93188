"""How often something may happen: counted in the cache that all processes share."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """So many times in each window of so many seconds, for everybody by themselves.

    Each time takes a place of its own: adding a place is one step in every cache, which counting up is not
    (in the database's, two at once are counted as one, and the count is forgotten after five minutes).
    Nothing in the cache says who it was: the places are named by a keyed hash.
    """

    name: str
    most: int
    seconds: int

    def take(self, whom: str) -> str | None:
        """Take a place for `whom` and return it, or None when all are taken."""
        window = int(time.time() // self.seconds)
        who = salted_hmac(f"initiatives.limits.{self.name}", whom, algorithm="sha256").hexdigest()
        places = (f"limit:{self.name}:{window}:{who}:{number}" for number in range(self.most))
        return next((place for place in places if cache.add(place, True, self.seconds)), None)

    def give_back(self, place: str) -> None:
        """Free a place again: what it was taken for did not happen."""
        cache.delete(place)

    @property
    def minutes_left(self) -> int:
        """In how many minutes the next window begins, at least one."""
        return ceil((self.seconds - time.time() % self.seconds) / 60)
