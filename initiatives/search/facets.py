"""The counts beside the filters: exactly how many entries each value would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from initiatives.search.address import shown
from initiatives.search.filters import FILTERS, Filter, Selection
from initiatives.search.found import Found, find
from initiatives.text import key

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Of a filter with more values than this, the chosen and so many of the most frequent are shown at first.
MOST_SHOWN = 30


class Choice(NamedTuple):
    """One value of a filter, with the number of entries that choosing it would give."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides tuple.count
    selected: bool


class End(NamedTuple):
    """One end of a range, as a field shows it: what was typed, and what is wrong with it."""

    name: str
    label: str
    value: str
    error: str


@dataclass(frozen=True)
class Facet:
    """A filter with its values, the chosen ones first, then the most frequent.

    Attributes:
        ends: where a range is chosen instead of values, the fields for its two ends.
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
    ends: tuple[End, ...] = ()

    @property
    def selected_count(self) -> int:
        """How many values are chosen."""
        return sum(choice.selected for choice in self.choices) + sum(bool(end.value) for end in self.ends)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown at once: something is chosen in it, or it is one people begin with."""
        return self.whole or self.selected_count > 0 or self.name in ("theme", "channel", "country")


def facets(
    selection: Selection,
    found: Found | None = None,
    *,
    held: Mapping[str, str] | None = None,
    path: str = "",
    whole: str = "",
) -> list[Facet]:
    """Return every filter with its values and exact counts.

    A filter of more than MOST_SHOWN values has the chosen and the most frequent ones, and the address
    (at `path`) of the list that has all of them; so has the filter that is named by `whole`.

    A value counts the entries that choosing it would give while the other filters stay as they are: the filter's own
    choice is left out, because values of one filter widen. `found` is what the selection finds, where that is known
    already. Filters in `held` are not offered.
    """
    found = found or find(selection, held)
    return [
        _facet(each, selection, found, path=path, whole=each.name == whole)
        for each in FILTERS
        if each.offered and not (held and each.name in held)
    ]


def _facet(each: Filter, selection: Selection, found: Found, *, path: str, whole: bool) -> Facet:
    selected = selection.values.get(each.name, ())
    ends = tuple(_end(end, selection) for end in FILTERS if end.end_of == each.name)
    offered, total = found.counts(each.name, chosen=selected, most=None if whole or ends else MOST_SHOWN)
    labels = each.vocabulary.labels(value for value, _ in offered)
    choices = [
        Choice(value=value, label=str(labels[value]), count=count, selected=value in selected)
        for value, count in offered
        if value in labels
    ]
    if ends:
        choices.sort(key=lambda choice: (not choice.selected, -int(choice.value)))
    else:
        choices.sort(key=lambda choice: (not choice.selected, -choice.count, key(choice.label)))
    more = selection.query_string(whole=each.name) if len(offered) < total else ""
    return Facet(
        name=each.name,
        label=str(each.label),
        multiple=each.many,
        choices=choices,
        total=total,
        whole=whole,
        more_url=more and f"{path}{more}#choices-{each.name}",
        ends=ends,
    )


def _end(end: Filter, selection: Selection) -> End:
    (typed,) = [*selection.values.get(end.name, ()), *selection.unknown.get(end.name, ())] or [""]
    return End(end.name, str(end.label), shown(typed), selection.faults.get(end.name, ""))


def every_year(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts by year with the years between that have none, up to a few years ahead."""
    if not counts:
        return {}
    last = max(int(min(counts)), min(int(max(counts)), timezone.localdate().year + 5))
    return {str(year): counts.get(str(year), 0) for year in range(int(min(counts)), last + 1)}
