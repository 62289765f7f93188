"""Generated entries, to measure with: as many as wanted, in whichever database is configured."""

from __future__ import annotations

from collections.abc import Callable
from itertools import batched

from initiatives.exchange.bulk import in_bulk
from initiatives.exchange.generate.entries import Entries
from initiatives.search.changes import changed

#: So many entries are written in one transaction.
BATCH = 2000


def generate(count: int, *, seed: int, told: Callable[[int], object] = lambda _: None) -> None:
    """Publish `count` generated entries, past moderation; `told` hears how many are there already.

    The vocabularies have to be loaded. What finds entries that look the same is not written; `rebuild_search` does.
    """
    entries = Entries(seed, count)
    with in_bulk(entries.tables.values()):
        for numbers in batched(range(count), BATCH):
            for number in numbers:
                entries.add(number)
            entries.write()
            told(numbers[-1] + 1)
        entries.finish()
    changed(None)
