"""The site, which forgets before each request what it has read: what the first who asks after a change waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as site
from initiatives.search import kept, memory


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as the site does, with the index but with nothing that an earlier request has read."""
    kept.forget()
    if index := memory._Kept.index:
        index.searches.clear()
    return site(environ, start_response)
