"""The counts beside the filters: exactly how many entries each value would give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from initiatives.browse.filters import FILTERS, Filter, Selection
from initiatives.choices import Kind
from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Of a filter with more values than this, the chosen and so many of the most frequent are shown at first.
MOST_SHOWN = 30


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with the number of entries that choosing it would give."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its values, the chosen ones first, then the most frequent.

    Attributes:
        total: how many values there are, of which `choices` may hold the first ones only.
        whole: whether the address asks for all of them.
        more_url: the address that does, where there are more.
    """

    name: str
    label: str
    multiple: bool
    choices: list[Choice]
    total: int
    whole: bool = False
    more_url: str = ""

    @property
    def selected_count(self) -> int:
        """How many values are chosen."""
        return sum(choice.selected for choice in self.choices)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown at once: something is chosen in it, or it is one people begin with."""
        return self.whole or self.selected_count > 0 or self.name in ("theme", "channel", "country")


def facets(
    selection: Selection,
    initiatives: InitiativeQuerySet | None = None,
    *,
    held: Mapping[str, str] | None = None,
    path: str = "",
    whole: str = "",
) -> list[Facet]:
    """Return every filter with its values and exact counts.

    A filter of more than MOST_SHOWN values has the chosen and the most frequent ones, and the address
    (at `path`) of the list that has all of them; so has the filter that is named by `whole`.

    A value counts the entries among `initiatives` (all published ones unless given) that choosing it
    would give while the other filters stay as they are: the filter's own choice is left out, because
    values of one filter widen. Filters in `held` are not offered.
    """
    initiatives = Initiative.objects.published() if initiatives is None else initiatives
    return [
        _facet(each, selection, selection.apply(initiatives, without=each.name), path=path, whole=each.name == whole)
        for each in FILTERS
        if each.offered and not (held and each.name in held)
    ]


def _facet(each: Filter, selection: Selection, initiatives: InitiativeQuerySet, *, path: str, whole: bool) -> Facet:
    counts = count_values(each, initiatives)
    selected = selection.values.get(each.name, ())
    values = sorted({*counts, *selected}, key=lambda value: (value not in selected, -counts.get(value, 0), value))
    offered = values if whole else values[: len(selected) + MOST_SHOWN]
    choices = [
        Choice(value=value, label=str(label), count=counts.get(value, 0), selected=value in selected)
        for value, label in each.labels(offered).items()
    ]
    if each.name == "year":
        choices.sort(key=lambda choice: (not choice.selected, -int(choice.value)))
    else:
        choices.sort(key=lambda choice: (not choice.selected, -choice.count, choice.label))
    more = selection.query_string(whole=each.name) if len(offered) < len(values) else ""
    return Facet(
        name=each.name,
        label=str(each.label),
        multiple=each.many,
        choices=choices,
        total=len(values),
        whole=whole,
        more_url=more and f"{path}{more}#choices-{each.name}",
    )


def count_values(each: Filter, initiatives: InitiativeQuerySet) -> dict[str, int]:
    """Return how many of `initiatives` have each value of a filter; values that none has are left out."""
    if each.name == "year":
        return _year_counts(initiatives)
    if each.name == "submitter":
        verified = initiatives.filter(submissions__kind=Kind.NEW, submissions__verified_at__isnull=False).count()
        total = initiatives.count()
        return {key: n for key, n in {"verified": verified, "unverified": total - verified}.items() if n}
    rows = initiatives.order_by().values_list(each.path).annotate(Count("pk", distinct=True))
    return {value: count for value, count in rows if value}


def _year_counts(initiatives: InitiativeQuerySet) -> dict[str, int]:
    """Count the entries active in each year."""
    spans = initiatives.order_by().with_span().values_list("first_year", "last_year")  # type: ignore[misc]
    counts: Counter[str] = Counter()
    for first, last, number in spans.annotate(Count("pk", distinct=True)):
        for year in range(first, last + 1):
            counts[str(year)] += number
    return dict(counts)
