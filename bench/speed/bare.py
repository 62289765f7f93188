"""The limit: a WSGI application that does nothing but return the bytes of our pages.

Where they are stored says ANSWERS, a file of `path?query -> [content type, body]`.
"""

import os
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ANSWERS: dict[str, tuple[str, bytes]] = pickle.loads(Path(os.environ["ANSWERS"]).read_bytes())


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request."""
    query = environ.get("QUERY_STRING", "")
    kind, body = ANSWERS[environ["PATH_INFO"] + (f"?{query}" if query else "")]
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
