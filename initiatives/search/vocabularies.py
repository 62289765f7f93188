"""Which values the filters may have, and what they are called in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext

from initiatives.models import WORLD, Region
from initiatives.search.kept import Kept

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: A process remembers the names of so many values of one filter.
MOST_KNOWN = 5000


class Vocabulary(Protocol):
    """Which values a filter may have, and what they are called."""

    def labels(self, values: Iterable[str]) -> Mapping[str, StrOrPromise]:
        """Return the labels of those of the values that exist, in the order to show them."""

    def rows(self) -> Iterable[tuple[Any, str]]:
        """Return every value behind what the database keeps for it."""


class Rows:
    """The rows of a table; a process asks for each name once, until names change."""

    def __init__(
        self, queryset: QuerySet, column: str = "slug", *, shown: Callable[[], QuerySet] | None = None
    ) -> None:
        """`column` has the value; only the rows `shown` (all unless given) exist for the public."""
        self.queryset, self.column, self.shown = queryset, column, shown
        # What a row is called does not depend on entries; whether it is shown does.
        self._kept = Kept[str, Any](MOST_KNOWN, touched=None if shown else lambda *_: False)

    def labels(self, values: Iterable[str]) -> dict[str, StrOrPromise]:
        """Return the labels of those of the values that exist, in the reader's language."""
        return {value: str(row) for value, row in self._kept.of(values, self._read).items()}

    def _read(self, values: list[str]) -> dict[str, Any]:
        rows = (self.shown() if self.shown else self.queryset).filter(**{f"{self.column}__in": values})
        return {str(getattr(row, self.column)): row for row in rows}

    def rows(self) -> Iterable[tuple[Any, str]]:
        """Return the value of each row behind its primary key."""
        return self.queryset.order_by("pk").values_list("pk", self.column)


class Choices:
    """A fixed set of values."""

    def __init__(self, labels: Mapping[str, StrOrPromise]) -> None:
        """`labels` has the label of each value."""
        self._labels = labels

    def labels(self, values: Iterable[str]) -> dict[str, StrOrPromise]:
        """Return the labels of those of the values that exist, in their own order."""
        wanted = set(values)
        return {value: label for value, label in self._labels.items() if value in wanted}

    def rows(self) -> Iterable[tuple[Any, str]]:
        """Return every value behind itself."""
        return [(value, value) for value in self._labels]


class Regions:
    """The regions and sub-regions of UN M49, and the whole world for what is global."""

    def labels(self, values: Iterable[str]) -> dict[str, StrOrPromise]:
        """Return the labels of those of the values that exist, in the reader's language."""
        values = list(values)
        if not values:  # as on most pages
            return {}
        known = {str(region.code): str(region) for region in Region.objects.all()} | {str(WORLD): gettext("Global")}
        return {value: known[value] for value in values if value in known}

    def rows(self) -> Iterable[tuple[Any, str]]:
        """Return every value behind itself."""
        codes = [*Region.objects.order_by("code").values_list("code", flat=True), WORLD]
        return [(str(code), str(code)) for code in codes]
