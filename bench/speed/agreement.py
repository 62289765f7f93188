"""Whether the others do the same work: the numbers that they show, held against ours."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from bench.speed.reader import Reader


@dataclass(frozen=True)
class Counts:
    """What a page says: how many entries it finds, and of each facet how many have each value."""

    found: int
    facets: dict[str, dict[str, int]]


#: Asks a server, by a reader of it, for what it counts at one of our addresses.
type Counting = Callable[[Reader, str], Counts]

_FOUND = re.compile(r"<strong>(\d+)</strong> initiatives")
_CHOICE = re.compile(r'name="(\w+)" value="([^"]*)"[^>]*>[^<]*<span>(\d+)</span>')


def our_counts(reader: Reader, address: str) -> Counts:
    """Return what we count, by the interface for programs, which has what the page shows."""
    said = json.loads(reader.get(f"/api/v1/initiatives/facets/?{urlsplit(address).query}").body)
    return Counts(said["count"], said["facets"])


def shown_counts(reader: Reader, address: str) -> Counts:
    """Return what a page says that is drawn with the templates in `usual`."""
    page = reader.get(address).body.decode()
    found = _FOUND.search(page)
    facets: dict[str, dict[str, int]] = {}
    for name, value, number in _CHOICE.findall(page):
        facets.setdefault(name, {})[html.unescape(value)] = int(number)
    return Counts(int(found[1]) if found else 0, facets)


def agreement(ours: Counts, theirs: Counts, address: str) -> str:
    """Say how many of the numbers they show are ours; those of the facets that the address chooses in, apart.

    A search is everybody's own: of it only what is found is said.
    """
    chosen = {name for name, _ in parse_qsl(urlsplit(address).query)}
    found = f"{theirs.found} entries found ({ours.found} by us)"
    if "q" in chosen:
        return found
    same, total = _same(ours, theirs, theirs.facets.keys() - chosen)
    said = f"{same} of {total} counts are ours"
    if chosen & theirs.facets.keys():
        same, total = _same(ours, theirs, theirs.facets.keys() & chosen)
        said += f", {same} of {total} of the facets with a choice"
    return f"{found}, {said}"


def _same(ours: Counts, theirs: Counts, names: Iterable[str]) -> tuple[int, int]:
    shown = [(name, value, number) for name in names for value, number in theirs.facets[name].items()]
    return sum(ours.facets[name].get(value) == number for name, value, number in shown), len(shown)
