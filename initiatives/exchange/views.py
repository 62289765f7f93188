"""Lists of entries as data, for other programs."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from initiatives.caching import public
from initiatives.exchange.exports import as_json
from initiatives.search.filters import Selection
from initiatives.search.found import find


@public
@require_safe
def export_json(request: HttpRequest) -> HttpResponseBase:
    """All entries of a filtered list, in its order."""
    found = find(Selection.read(request.GET))
    return StreamingHttpResponse(as_json(found.numbers()), content_type="application/json")
