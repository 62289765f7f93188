"""The read API: everything public, as data."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from initiatives.caching import public
from initiatives.search.filters import FILTERS, Selection
from initiatives.search.found import find


@public
@require_safe
def facets(request: HttpRequest) -> JsonResponse:
    """Count what the filters of an address find, and what each value of each filter would give, as lists show it."""
    found = find(Selection.read(request.GET))
    counts = {each.name: dict(found.counts(each.name).counts) for each in FILTERS if each.offered}
    return JsonResponse({"count": found.count, "facets": counts})
