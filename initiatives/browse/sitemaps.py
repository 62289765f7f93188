"""The map of the site for search engines: every public page in each language, in sections that stay small.

A section has at most LIMIT addresses, so a catalogue of a million entries makes more sections and none that is slow:
what is in a section is read when that section is asked for, and nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, Paginator
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.browse.tally import in_use
from initiatives.caching import public
from initiatives.models import Channel, City, Country, Initiative, Theme
from initiatives.search.filters import Selection
from initiatives.search.found import find

#: The protocol allows 50,000 addresses in a section; with its languages each of ours takes half a kilobyte.
LIMIT = 2000
#: The pages that are there whatever the catalogue holds.
PAGES = ["home", "list", "map", "coverage", "statistics", "themes", "about", "submitting", "moderation", "data"]
PAGES += ["privacy", "accessibility"]


class InEachLanguage(Sequence[tuple[Any, str]]):
    """Rows, each once for every language; of a queryset no more is read than is asked for."""

    def __init__(self, rows: QuerySet | list[Any], languages: Sequence[str]) -> None:
        self._rows, self._languages = rows, languages

    def __len__(self) -> int:
        count = self._rows.count() if isinstance(self._rows, QuerySet) else len(self._rows)
        return count * len(self._languages)

    def __getitem__(self, part: Any) -> Any:
        many = len(self._languages)
        first, last = part.start // many, -(-part.stop // many)
        pairs = [(row, language) for row in self._rows[first:last] for language in self._languages]
        return pairs[part.start - first * many : part.stop - first * many]


class Section(Sitemap):
    """A kind of pages: `items` are what they show, each with an address."""

    i18n = True
    alternates = True
    x_default = True
    limit = LIMIT

    @property
    def paginator(self) -> Paginator:
        """Cut the addresses into pages without reading all of them."""
        return Paginator(InEachLanguage(self.items(), self.get_languages_for_item(None)), self.limit)

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return that of SITE_URL: the addresses are the same under every name of the host."""
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return that of SITE_URL."""
        return urlsplit(settings.SITE_URL).netloc

    def items(self) -> Any:
        """Return what has a page."""
        raise NotImplementedError


class Pages(Section):
    """What explains the catalogue, and the ways into it."""

    def items(self) -> list[str]:
        """Return the names of their addresses."""
        return PAGES

    def location(self, item: str) -> str:
        """Return the address of one."""
        return reverse(f"browse:{item}")


class _InUse(Section):
    """What at least one published entry has."""

    rows: QuerySet
    name: str

    def items(self) -> list[Any]:
        """Return it, the most frequent first."""
        return in_use(self.rows.all(), self.name, find(Selection()))


class Themes(_InUse):
    """Themes that have entries."""

    rows, name = Theme.objects.all(), "theme"


class Channels(_InUse):
    """Channels that have entries."""

    rows, name = Channel.objects.all(), "channel"


class Countries(_InUse):
    """Countries that have entries."""

    rows, name = Country.objects.all(), "country"


class Cities(Section):
    """Cities that have entries."""

    def items(self) -> QuerySet[City]:
        """Return them in a lasting order."""
        named = Initiative.objects.published().values("current__cities")
        return City.objects.filter(pk__in=named).order_by("pk")


class Entries(Section):
    """Every published entry."""

    def items(self) -> QuerySet[Initiative]:
        """Return them, the newest last: what is published does not move what stands in the sections before."""
        entries = Initiative.objects.published().select_related("current").order_by("published_at", "pk")
        return entries.only("slug", "published_at", "current__approved_at")

    def lastmod(self, item: Initiative) -> datetime.datetime | None:
        """Return when the version that it shows was approved."""
        return item.public.approved_at

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """Return when the newest of all was, in one query."""
        return Initiative.objects.published().aggregate(newest=Max("current__approved_at"))["newest"]


SECTIONS: dict[str, type[Section]] = {
    "pages": Pages,
    "themes": Themes,
    "channels": Channels,
    "countries": Countries,
    "cities": Cities,
    "entries": Entries,
}


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name every section."""
    sections = [(name, kind()) for name, kind in SECTIONS.items()]
    rows = [
        {"location": settings.SITE_URL + reverse("machines:sitemap", args=[name, page]), "last_mod": changed}
        for name, section in sections
        for changed in [section.get_latest_lastmod()]
        for page in section.paginator.page_range
    ]
    return _answer(request, "sitemap_index.xml", {"sitemaps": rows})


@public
@require_safe
def sitemap(request: HttpRequest, section: str, page: int) -> HttpResponse:
    """Name the pages of one section, each with where it is in the other languages."""
    try:
        rows = SECTIONS[section]().get_urls(page)
    except (KeyError, EmptyPage) as missing:
        raise Http404 from missing
    return _answer(request, "sitemap.xml", {"urlset": rows})


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")
