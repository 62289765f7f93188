"""A list and a page of an entry as one writes them with Django's generic views, over our models."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.views.generic import DetailView, ListView

from bench.speed.usual.counting import PAGE_SIZE, By, by_year, chosen, counted, narrowed
from initiatives.choices import Kind
from initiatives.models import Initiative

_NEW = Q(submissions__kind=Kind.NEW)
_SUBMITTER = Case(
    When(_NEW & Q(submissions__verified_at=None), then=Value("unverified")),
    When(_NEW, then=Value("verified")),
)
FACETS = {
    "theme": By(F("current__themes__slug"), F("current__themes__name")),
    "channel": By(F("current__publications__channel__slug"), F("current__publications__channel__name")),
    "country": By(F("current__countries__code"), F("current__countries__code")),
    "city": By(F("current__cities__slug"), F("current__cities__name")),
    "objective": By(F("current__objectives__code"), F("current__objectives__name")),
    "organisation_type": By(F("current__involvements__type"), F("current__involvements__type")),
    "keyword": By(F("current__keywords__slug"), F("current__keywords__name")),
    "submitter": By(_SUBMITTER, _SUBMITTER),
    "status": By(F("current__stage"), F("current__stage")),
}
#: Where the words of a search may stand.
TEXTS = ["title", "summary", "what_it_does", "how_it_works", "results", "reusable"]


def searched(query: str) -> QuerySet[Initiative]:
    """Return the published entries that have every word, as the search of Django's admin finds them."""
    entries = Initiative.objects.published()
    for word in query.split():
        entries = entries.filter(reduce(or_, (Q(**{f"current__{text}__icontains": word}) for text in TEXTS)))
    return entries


class InitiativeList(ListView):
    """Entries by the page, with filters, and with how many entries each value would give."""

    template_name = "usual/list.html"
    context_object_name = "entries"
    paginate_by = PAGE_SIZE

    def get_queryset(self) -> QuerySet[Initiative]:
        """Return what the address asks for, the newest first."""
        self.found = searched(self.request.GET.get("q", ""))
        self.chosen = chosen(self.request.GET, FACETS)
        return narrowed(self.found, FACETS, self.chosen).with_list_content().order_by("-published_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the counts."""
        spans = narrowed(self.found, FACETS, self.chosen).with_span().order_by().values_list("first_year", "last_year")
        years = by_year(spans.annotate(Count("pk", distinct=True)))
        return super().get_context_data(facets=counted(self.found, FACETS, self.chosen) | {"year": years}, **kwargs)


class InitiativeDetail(DetailView):
    """One entry."""

    template_name = "usual/entry.html"
    context_object_name = "entry"

    def get_queryset(self) -> QuerySet[Initiative]:
        """Return the published entries with all that they say."""
        return Initiative.objects.published().with_content()
