"""What is at the address of an entry, and what answers there once it is taken off, whatever was asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from initiatives.models import Initiative

#: For so long (seconds) a browser may go straight to the entry that another was merged into: that can be undone.
REDIRECT_AGE = 3600


def answers_when_taken_off(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer for an entry that was taken off: with a tombstone, or the way to the entry it was merged into.

    `view` takes the `slug` of an entry, and raises Http404 where none is public: most are, so it is asked first.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, slug=slug, **kwargs)
        except Http404:
            if (entry := taken_off(slug)) is None:
                raise
        heir = heir_of(entry)
        if heir == entry:
            context = {"initiative": entry, "revision": entry.public}
            return render(request, "browse/gone.html", context, status=410)
        answer = HttpResponsePermanentRedirect(heir.get_absolute_url())
        patch_cache_control(answer, max_age=REDIRECT_AGE)
        return answer

    return wrapped


def published(slug: str) -> Initiative:
    """Return the entry at an address that is public. Raises Http404 when there is none."""
    return get_object_or_404(Initiative.objects.published().select_related("current"), slug=slug)


def taken_off(slug: str) -> Initiative | None:
    """Return the entry at an address that was taken off the catalogue, or None."""
    return Initiative.objects.taken_off().select_related("current").filter(slug=slug).first()


def heir_of(entry: Initiative) -> Initiative:
    """Return the entry that it was merged into in the end, or itself."""
    seen = {entry.pk}
    while entry.withdrawn_at and entry.merged_into and entry.merged_into_id not in seen:
        entry = entry.merged_into
        seen.add(entry.pk)
    return entry
