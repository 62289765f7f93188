"""The site, which forgets before each request what it read of entries: what whoever asks first for a page waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as site
from initiatives.browse import cards, reading
from initiatives.search import memory, related

_OF_ENTRIES = [cards._kept, reading._kept, reading._told, related._kept]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as the site does, with the index and the names of what is filtered by, as any worker has them soon."""
    for each in _OF_ENTRIES:
        each.forget()
    if index := memory._Kept.index:
        index.searches.clear()
    return site(environ, start_response)
