"""The catalogue as one would make it with Wagtail: a page an entry, snippets for the vocabularies, and an index page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, F
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from bench.speed.usual.counting import PAGE_SIZE, By, by_year, chosen, counted, narrowed


class Term(models.Model):
    """A value of a vocabulary."""

    slug = models.CharField(max_length=250, unique=True)
    name = models.CharField(max_length=250)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


@register_snippet
class Theme(Term):
    pass


@register_snippet
class Channel(Term):
    pass


@register_snippet
class Country(Term):
    pass


@register_snippet
class City(Term):
    pass


@register_snippet
class Objective(Term):
    pass


@register_snippet
class OrganisationType(Term):
    pass


@register_snippet
class Keyword(Term):
    pass


#: The field of a page that has the terms of each facet.
VOCABULARIES = {
    "theme": "themes",
    "channel": "channels",
    "country": "countries",
    "city": "cities",
    "objective": "objectives",
    "organisation_type": "organisation_types",
    "keyword": "keywords",
}
FACETS = {name: By(F(f"{field}__slug"), F(f"{field}__name")) for name, field in VOCABULARIES.items()} | {
    name: By(F(name), F(name)) for name in ("submitter", "status")
}


class InitiativePage(Page):
    """An entry."""

    summary = models.TextField()
    body = models.TextField(blank=True)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=12, blank=True, db_index=True)
    submitter = models.CharField(max_length=12, db_index=True)
    themes = ParentalManyToManyField(Theme, blank=True)
    channels = ParentalManyToManyField(Channel, blank=True)
    countries = ParentalManyToManyField(Country, blank=True)
    cities = ParentalManyToManyField(City, blank=True)
    objectives = ParentalManyToManyField(Objective, blank=True)
    organisation_types = ParentalManyToManyField(OrganisationType, blank=True)
    keywords = ParentalManyToManyField(Keyword, blank=True)

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("summary", "body", "first_year", "last_year", "status", "submitter")),
        *(FieldPanel(name) for name in VOCABULARIES.values()),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["InitiativeIndexPage"]


class InitiativeIndexPage(Page):
    """The list of entries, with filters, and with how many entries each value would give."""

    subpage_types = [InitiativePage]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the entries that the address asks for, and the counts."""
        entries = InitiativePage.objects.live()
        if query := request.GET.get("q"):
            # Not by relevance: for each entry found, the rank on SQLite is looked for in all that is found.
            entries = entries.search(query, order_by_relevance=False).get_queryset()
        values = chosen(request.GET, FACETS)
        listed = narrowed(entries, FACETS, values).order_by("-first_published_at", "-pk")
        listed = listed.prefetch_related("countries", "cities", "channels")
        spans = narrowed(entries, FACETS, values).filter(first_year__isnull=False).order_by()
        years = by_year(spans.values_list("first_year", "last_year").annotate(Count("pk", distinct=True)))
        page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
        facets = counted(entries, FACETS, values) | {"year": years}
        return super().get_context(request, *args, **kwargs) | {"page_obj": page, "facets": facets}
