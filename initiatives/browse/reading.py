"""In which language the page of an entry shows its texts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from initiatives.models import Revision


def reading(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    """Return the `words` of a version for its page: in the reader's language or, for `?text=original`, its own.

    Where both are there, `other_url` leads from one to the other.
    """
    words = revision.words
    if not words.translation:
        return {"words": words}
    if request.GET.get("text") == "original":
        return {"words": revision.own_words, "other_url": request.path}
    return {"words": words, "other_url": f"{request.path}?text=original"}
