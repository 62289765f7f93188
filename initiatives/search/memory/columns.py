"""What the database says of entries, in whole columns: read from indexes and narrow tables, never from among texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Case, CharField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from initiatives.models import (
    Initiative,
    Packed,
    PackedPairs,
    PackedWords,
    Revision,
    SearchDocument,
    Submission,
    packed_in_order,
)
from initiatives.search.filters import Filter
from initiatives.search.memory.structure import NONE
from initiatives.search.memory.values import Numbers
from initiatives.search.text import by_title

#: Two years come as one number in this base, which is more than any of them.
_BASE = 4096


@dataclass(frozen=True)
class Extract:
    """Columns of a table: what each row is about, and beside it what it says (arrays of numbers, lists of words)."""

    about: Numbers
    columns: Sequence[Any]

    def about_others(self, standing_for: Numbers) -> Extract:
        """Return the rows whose thing stands for another one, about that: see `standing_for`."""
        others = standing_for.take(self.about, mode="clip")
        there = others != NONE
        if there.all():
            return Extract(others, self.columns)
        return Extract(others[there], [_where(there, column) for column in self.columns])


def standing_for(things: Numbers, others: Numbers) -> Numbers:
    """Return at the place of each thing the other that it stands for; NONE elsewhere, and at the last place."""
    table = np.full(int(things.max(initial=0)) + 2, NONE, np.uint32)
    table[things] = others
    return table


def _where(there: np.ndarray, column: Any) -> Any:
    if isinstance(column, np.ndarray):
        return column[there]
    return [column[each] for each in np.flatnonzero(there).tolist()]


class Order(NamedTuple):
    """Entries in the order in which they were published.

    Attributes:
        entries: those that are or were public.
        public: those that are.
        versions: the versions that these show.
    """

    entries: Numbers
    public: Numbers
    versions: Numbers


def in_order_of_publication(among: Collection[int] | None = None) -> Order:
    """Return the order of the entries `among`, or of all."""
    ever = Initiative.objects.ever_published()
    chosen = ever if among is None else ever.filter(pk__in=among)
    rows = chosen.order_by("published_at", "pk").with_shown()
    entries, versions, shown = packed_in_order(rows, "pk", "current_id", "shown")
    public = shown.astype(bool)
    return Order(entries, entries[public], versions[public])


def in_order_of_titles() -> Numbers:
    """Return all entries that have a title to be ordered by."""
    (entries,) = packed_in_order(SearchDocument.objects.order_by(by_title("title"), "pk"), "pk")
    return entries


def keys(each: Filter, versions: Numbers | None = None) -> Extract:
    """Return which of some versions (of all unless given) have what the database keeps for a value of a filter."""
    name, _, column = each.path.removeprefix("current__").partition("__")
    field: Any = Revision._meta.get_field(name)
    table = field.remote_field.through if field.many_to_many else field.related_model
    columns = {other.related_model: other.name for other in table._meta.concrete_fields}
    of_version, key = columns[Revision], column or columns[field.related_model]
    asked = table._meta.get_field(key)
    rows = _about(table._default_manager.all(), of_version, versions)
    if isinstance(getattr(asked, "target_field", asked), CharField):
        return _aligned(rows, Packed(of_version), PackedWords(key))
    about, found = rows.aggregate(pairs=PackedPairs(of_version, key))["pairs"]
    return Extract(about, [found])


def own(versions: Numbers | None = None) -> Extract:
    """Return what some versions (all unless given) say in columns of their own.

    These are: their stage, their first year (0 for none), their last, whether they go on, and whether they are global.
    """
    # As one number, the bits of each beside those of the others: to write numbers out takes databases longest.
    years = Coalesce("first_year", 0) * _BASE + Coalesce("last_year", 0)
    said = _aligned(
        _about(Revision.objects.with_span(), "pk", versions),
        Packed("pk"),
        PackedWords("stage"),
        Packed((years * 2 + _bit(Q(running_on=True))) * 2 + _bit(Q(is_global=True))),
    )
    stages, joined = said.columns
    first, last = np.divmod(joined >> 2, _BASE)
    return Extract(said.about, [stages, first, last, joined & 2, joined & 1])


def verified(entries: Numbers | None = None) -> Extract:
    """Return of some entries (of all unless given) whether whoever submitted them is verified."""
    founding = _about(Submission.objects.founding(), "initiative", entries)
    said = _aligned(founding, Packed(F("initiative") * 2 + _bit(Q(verified_at__isnull=False))))
    return Extract(said.about >> np.uint32(1), [said.about & np.uint32(1)])


def _bit(condition: Q) -> Case:
    """Return 1 where a condition is met, and 0 elsewhere."""
    return Case(When(condition, then=1), default=0)


def _about(rows: QuerySet, column: str, those: Numbers | None) -> QuerySet:
    return rows if those is None else rows.filter(**{f"{column}__in": those.tolist()})


def _aligned(rows: QuerySet, about: Packed, *columns: Packed) -> Extract:
    """Return columns of rows, and what each row is about.

    Raises:
        ValueError: they are not beside each other: a null is left out of its column.
    """
    asked = {f"column_{number}": column for number, column in enumerate(columns)}
    found = rows.aggregate(about=about, **asked)
    if len({len(column) for column in found.values()}) > 1:
        raise ValueError(f"In {rows.model.__name__} one of {[str(column) for column in columns]} is null")
    return Extract(found["about"], [found[name] for name in asked])
