"""While the form is filled in: the entries that look the same as what is typed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from initiatives.caching import public
from initiatives.content import Content
from initiatives.forms import TextField
from initiatives.search.duplicates import entries_like
from initiatives.submit.fields import NamesField
from initiatives.submit.places import Gazetteer, country_finder

#: A shorter beginning of a title (characters) may become anything.
SHORTEST = 4
MOST_PLACES = 20


class TypedForm(forms.Form):
    """What is typed so far; what cannot be read of it says nothing."""

    title = TextField(max_length=200, min_length=SHORTEST)
    countries = NamesField(finder=lambda names: str, most=MOST_PLACES, required=False)
    cities = NamesField(finder=lambda names: str, most=MOST_PLACES, required=False)

    def content(self) -> Content:
        """Return what the (valid) form says, with those places that are known."""
        data = self.cleaned_data
        countries = _known(country_finder(), data["countries"]) if data["countries"] else []
        gazetteer = Gazetteer(data["cities"])
        cities = _known(lambda name: gazetteer.find(name, countries=countries), data["cities"])
        return Content(title=data["title"], summary="", countries=countries, cities=cities)


@public
@require_safe
def alike(request: HttpRequest) -> HttpResponse:
    """Show which published entries look the same as what is typed: a piece of a page, the same for everybody."""
    form = TypedForm(request.GET)
    found = entries_like(form.content()) if form.is_valid() else []
    return HttpResponse(render_to_string("submit/alike.html", {"candidates": found}).strip())


def _known(find: Callable[[str], Any], names: list[str]) -> list[Any]:
    found = []
    for name in names:
        with suppress(ValidationError):
            found.append(find(name))
    return found
