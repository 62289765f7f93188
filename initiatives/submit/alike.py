"""Warns, while somebody types a title and places, of entries that look the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from initiatives.content import Content
from initiatives.models import Revision
from initiatives.search.duplicates import LookAlike, entries_like, reasons
from initiatives.submit.places import Gazetteer, country_finder

#: Of what is typed, no more than this is looked at.
MOST_PLACES, LONGEST = 10, 200


@never_cache
@require_GET
def alike(request: HttpRequest) -> HttpResponse:
    """Answer with the part of a page that lists entries like what is typed, or with nothing."""
    title = request.GET.get("title", "")[:LONGEST]
    names = {
        name: [each[:LONGEST] for each in request.GET.getlist(name)[:MOST_PLACES]] for name in ("countries", "cities")
    }
    countries = list(_found(names["countries"], country_finder(names["countries"])))
    gazetteer = Gazetteer(names["cities"])
    cities = list(_found(names["cities"], lambda name: gazetteer.find(name, countries=countries)))
    content = Content(title=title, summary="", countries=countries, cities=cities)
    return render(request, "components/alike.html", {"candidates": candidates(entries_like(content))})


def candidates(found: Iterable[LookAlike]) -> list[dict[str, Any]]:
    """Return what components/alike.html shows of entries that look the same."""
    return [_candidate(each.revision) | {"reasons": reasons(each.likeness)} for each in found]


def _candidate(revision: Revision) -> dict[str, Any]:
    return {
        "title": revision.title,
        "url": revision.initiative.get_absolute_url(),
        "where": revision.where,
        "language": revision.language,
        "direction": revision.direction,
    }


def _found(names: Iterable[str], find: Callable[[str], Any]) -> Iterable[Any]:
    """Yield what is known of the names typed so far; the others may not be finished."""
    for name in names:
        with suppress(ValidationError):
            if name.strip():
                yield find(name)
