"""The pages that visitors read."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives import moderation
from initiatives.browse.listing import Listing, NoSuchPage
from initiatives.browse.reading import other_languages, public_entry, reading, told
from initiatives.browse.tally import counted, in_use, newest, tally
from initiatives.browse.worldmap import dots
from initiatives.caching import View, public
from initiatives.models import Channel, City, Country, Initiative, Theme, by_name
from initiatives.search.filters import Selection
from initiatives.search.found import find
from initiatives.tombstones import answers_when_taken_off


def a_list(view: View) -> View:
    """Answer for a page that the list of `view` does not have by saying which ones it has."""

    @public
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NoSuchPage as missing:
            return render(request, "browse/no_page.html", {"missing": missing}, status=404)

    return wrapped


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, search, the newest entries, themes and channels."""
    everything = find(Selection())
    countries = in_use(Country.objects.all(), "country", everything)
    context = {
        "tally": tally(everything, countries=len(countries)),
        "countries": countries,
        "dots": dots(countries),
        "newest": newest(everything),
        "themes": in_use(Theme.objects.all(), "theme", everything)[:12],
        "channels": in_use(Channel.objects.all(), "channel", everything),
    }
    return render(request, "browse/home.html", context)


@a_list
def initiative_list(request: HttpRequest) -> HttpResponse:
    """Search and filter the whole catalogue."""
    context = {"listing": Listing(request), "feed_url": reverse("browse:feed")}
    return render(request, "browse/list.html", context)


@public
@require_safe
@answers_when_taken_off
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One published entry."""
    initiative = public_entry(slug)
    submission = initiative.founding_submission
    context = {
        "initiative": initiative,
        "revision": initiative.current,
        "submission": submission,
        "may_moderate": submission is not None and moderation.is_moderator_of(request.user, submission),
        "is_owner": request.user.is_authenticated
        and Initiative.objects.owned_by(request.user).filter(pk=initiative.pk).exists(),
        "told": told(initiative),
        **reading(request, initiative.public),
        **other_languages(initiative),
    }
    return render(request, "browse/entry.html", context)


@public
@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """Every theme with its number of entries."""
    themes = by_name(counted(Theme.objects.all(), "theme", find(Selection())))
    return render(request, "browse/themes.html", {"themes": themes})


@a_list
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """A theme, what it is about, and its entries."""
    return _landing(request, "theme", "slug", Theme.objects.all(), slug)


@a_list
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    """A channel, what it is, and its entries."""
    return _landing(request, "channel", "slug", Channel.objects.all(), slug)


@a_list
def country(request: HttpRequest, code: str) -> HttpResponse:
    """A country and its entries; its address has the ISO code in capitals."""
    if code != code.upper():
        return redirect(reverse("browse:country", args=[code.upper()], query=request.GET), permanent=True)
    return _landing(request, "country", "code", Country.objects.select_related("region__parent"), code)


@a_list
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """A city, its country, and its entries."""
    return _landing(request, "city", "slug", City.objects.select_related("country"), slug)


def _landing(request: HttpRequest, kind: str, column: str, vocabulary: QuerySet, value: str) -> HttpResponse:
    subject = get_object_or_404(vocabulary, **{column: value})
    context = {
        "subject": subject,
        "kind": kind,
        "listing": Listing(request, held={kind: value}),
        "feed_url": reverse(f"browse:{kind}_feed", args=[value]),
    }
    return render(request, f"browse/{kind}.html", context)
