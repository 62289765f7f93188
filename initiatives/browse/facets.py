"""The counts beside the filters: exactly how many entries each value would give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from initiatives.browse.filters import FILTERS, Filter, Selection
from initiatives.choices import Kind, Stage
from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with the number of entries that choosing it would give."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its values, the chosen ones first, then the most frequent."""

    name: str
    label: str
    multiple: bool
    choices: list[Choice]

    @property
    def selected_count(self) -> int:
        """How many values are chosen."""
        return sum(choice.selected for choice in self.choices)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown at once: something is chosen in it, or it is one people begin with."""
        return self.selected_count > 0 or self.name in ("theme", "channel", "country")


def facets(
    selection: Selection, initiatives: InitiativeQuerySet | None = None, *, held: Mapping[str, str] | None = None
) -> list[Facet]:
    """Return every filter with its values and exact counts.

    A value counts the entries among `initiatives` (all published ones unless given) that choosing it
    would give while the other filters stay as they are: the filter's own choice is left out, because
    values of one filter widen. Filters in `held` are not offered.
    """
    initiatives = Initiative.objects.published() if initiatives is None else initiatives
    return [
        _facet(each, selection, selection.apply(initiatives, without=each.name))
        for each in FILTERS
        if not (held and each.name in held)
    ]


def _facet(each: Filter, selection: Selection, initiatives: InitiativeQuerySet) -> Facet:
    counts = _counts(each, initiatives)
    selected = selection.values.get(each.name, ())
    labels = each.labels({*counts, *selected})
    choices = [
        Choice(value=value, label=str(label), count=counts.get(value, 0), selected=value in selected)
        for value, label in labels.items()
    ]
    if each.name == "year":
        choices.sort(key=lambda choice: (not choice.selected, -int(choice.value)))
    else:
        choices.sort(key=lambda choice: (not choice.selected, -choice.count, choice.label))
    return Facet(name=each.name, label=str(each.label), multiple=each.many, choices=choices)


def _counts(each: Filter, initiatives: InitiativeQuerySet) -> dict[str, int]:
    if each.name == "year":
        return _year_counts(initiatives)
    if each.name == "submitter":
        verified = initiatives.filter(submissions__kind=Kind.NEW, submissions__verified_at__isnull=False).count()
        total = initiatives.count()
        return {key: n for key, n in {"verified": verified, "unverified": total - verified}.items() if n}
    rows = initiatives.order_by().values_list(each.path).annotate(Count("pk", distinct=True))
    return {value: count for value, count in rows if value}


def _year_counts(initiatives: InitiativeQuerySet) -> dict[str, int]:
    """Count the entries active in each year, by the rule of InitiativeQuerySet.active_in."""
    now = timezone.now().year
    spans = (
        initiatives.order_by()
        .filter(current__start_year__isnull=False)
        .values_list("current__start_year", "current__end_year", "current__stage")
        .annotate(Count("pk", distinct=True))
    )
    counts: Counter[str] = Counter()
    for start, end, stage, number in spans:
        last = end or (max(start, now) if stage == Stage.ONGOING else start)
        for year in range(start, last + 1):
            counts[str(year)] += number
    return dict(counts)
