"""Atom feeds (RFC 4287): the newest entries of the catalogue, a theme, a channel, a country or a city.

What XML cannot hold is taken out of every text: a control character in one title would break the whole feed.
"""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from initiatives.models import Channel, City, Country, Initiative, Theme
from initiatives.querysets import InitiativeQuerySet
from initiatives.search.filters import BY_NAME
from initiatives.text import clean

FEED_SIZE = 50


class AllFeed(Feed):
    """The newest entries of the whole catalogue."""

    feed_type = Atom1Feed
    __call__ = method_decorator(require_safe)(Feed.__call__)

    def title(self, subject: Any = None) -> str:
        """The feed's name."""
        return gettext("New initiatives – %(site)s") % {"site": settings.SITE_NAME}

    def subtitle(self, subject: Any = None) -> str:
        """What the feed is."""
        return gettext("Entries as moderators publish them, the newest first.")

    def link(self, subject: Any = None) -> str:
        """The page that the feed follows: like every address in a feed the same under every name of the host."""
        return settings.SITE_URL + reverse("browse:list")

    def feed_url(self, subject: Any = None) -> str:
        """The feed itself."""
        return settings.SITE_URL + reverse("browse:feed")

    def entries(self, subject: Any) -> InitiativeQuerySet:
        """Return the published entries that belong in the feed."""
        return Initiative.objects.published()

    def items(self, subject: Any = None) -> InitiativeQuerySet:
        """Return the newest entries."""
        entries = (
            self.entries(subject).with_list_content().prefetch_related("current__themes", "current__translations")
        )
        return entries.order_by("-published_at", "-pk")[:FEED_SIZE]

    def item_title(self, item: Initiative) -> str:
        """An entry's title."""
        return clean(item.public.words.title)

    def item_link(self, item: Initiative) -> str:
        """An entry's page, which is also its id."""
        return settings.SITE_URL + item.get_absolute_url()

    def item_description(self, item: Initiative) -> str:
        """An entry's summary; a feed reader takes it for HTML."""
        words = item.public.words
        if not words.origin:
            return escape(clean(words.summary))
        stale = f". {gettext('The original was changed since.')}" if words.is_stale else ""
        return escape(clean(f"{words.summary} ({words.origin}{stale})"))

    def item_pubdate(self, item: Initiative) -> datetime.datetime | None:
        """When it was first published."""
        return item.published_at

    def item_updateddate(self, item: Initiative) -> datetime.datetime | None:
        """When the version shown was approved."""
        return item.public.approved_at or item.published_at

    def item_author_name(self, item: Initiative) -> str:
        """Who submitted it, as its page says."""
        submission = item.founding_submission
        return clean(submission.submitter_name) if submission else settings.SITE_NAME

    def item_categories(self, item: Initiative) -> list[str]:
        """Its themes."""
        return [clean(theme.shown_name) for theme in item.public.themes.all()]


class _SubjectFeed(AllFeed):
    """The newest entries of one value of one filter."""

    kind: str
    column = "slug"
    vocabulary: type[Theme] | type[Channel] | type[Country] | type[City]

    def get_object(self, request: HttpRequest, **where: str) -> Theme | Channel | Country | City:
        """Find what the address speaks of."""
        return cast("Theme | Channel | Country | City", get_object_or_404(self.vocabulary, **where))

    def title(self, subject: Any = None) -> str:
        """The feed's name."""
        return gettext("%(subject)s – %(site)s") % {"subject": clean(subject.shown_name), "site": settings.SITE_NAME}

    def link(self, subject: Any = None) -> str:
        """The page that the feed follows."""
        return settings.SITE_URL + subject.get_absolute_url()

    def feed_url(self, subject: Any = None) -> str:
        """The feed itself."""
        return settings.SITE_URL + reverse(f"browse:{self.kind}_feed", args=[getattr(subject, self.column)])

    def entries(self, subject: Any) -> InitiativeQuerySet:
        """Return the published entries that have the subject."""
        having = BY_NAME[self.kind].entries_with([getattr(subject, self.column)])
        # A subquery: no entry appears twice for two editions of one channel.
        return super().entries(subject).filter(pk__in=having.values("pk"))


class ThemeFeed(_SubjectFeed):
    """The newest entries of a theme."""

    kind = "theme"
    vocabulary = Theme


class ChannelFeed(_SubjectFeed):
    """The newest entries of a channel."""

    kind = "channel"
    vocabulary = Channel


class CountryFeed(_SubjectFeed):
    """The newest entries of a country."""

    kind = "country"
    column = "code"
    vocabulary = Country


class CityFeed(_SubjectFeed):
    """The newest entries of a city."""

    kind = "city"
    vocabulary = City
