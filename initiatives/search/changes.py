"""What every process checks its memory against: the version of the catalogue, and what changed since another one.

Whoever changes what the public sees calls `changed` at the end of the transaction that does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction
from django.utils import timezone

from initiatives.models import CatalogueChange, CatalogueVersion, new_token

#: More entries than this in one change are not named: whoever keeps something of the catalogue reads all of it anew.
MOST_NAMED = 2000
#: So many changes are kept for those who have missed some.
KEPT = 20_000


@dataclass(frozen=True)
class Version:
    """A state of the catalogue; equal only to itself, in every copy of the database.

    Attributes:
        number: how many changes led to it.
        token: tells it apart from states of other histories with the same number.
    """

    number: int
    token: str

    @property
    def since(self) -> datetime.datetime | None:
        """When it began; None if there is a later one by now."""
        return _began(self)


#: Asked in the course of every request. Django's queryset took longer to say this than the database to answer it.
_STATE = "SELECT number, token FROM initiatives_catalogueversion"
#: What has been asked for in the course of a request, if one is being answered.
_seen: ContextVar[list[Version] | None] = ContextVar("seen", default=None)


@contextmanager
def one_version() -> Iterator[None]:
    """Ask the database for the version only once while this lasts; not where it is changed as well."""
    token = _seen.set([])
    try:
        yield
    finally:
        _seen.reset(token)


def version(*, anew: bool = False) -> Version:
    """Return the version that the catalogue has now, in one small query; `anew` also within `one_version`."""
    seen = _seen.get()
    if seen and not anew:
        return seen[0]
    now = _asked()
    if seen is not None:
        seen[:] = [now]
    return now


def _asked() -> Version:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        state = cursor.fetchone()
    if state is None:
        made = _locked()
        state = made.number, made.token
    return Version(*state)


@lru_cache(maxsize=1)
def _began(version: Version) -> datetime.datetime | None:
    state = CatalogueVersion.objects.filter(number=version.number, token=version.token)
    return state.values_list("changed_at", flat=True).first()


@transaction.atomic(savepoint=False)
def _locked() -> CatalogueVersion:
    """Return the version's row, locked until the transaction ends; the first call makes it."""
    row, is_new = CatalogueVersion.objects.select_for_update().get_or_create(pk=1)
    if is_new:
        CatalogueChange.objects.create(number=row.number, token=row.token, initiatives=[])
    return row


@transaction.atomic(savepoint=False)
def changed(initiatives: Iterable[int] | None = ()) -> None:
    """Note that pages look otherwise, and that these entries (their primary keys) are found otherwise; None: any.

    The version stays locked until the transaction ends: call this last, when all other rows are locked already.
    """
    pks = None if initiatives is None else sorted(set(initiatives))
    row = _locked()
    row.number, row.token, row.changed_at = row.number + 1, new_token(), timezone.now()
    row.save()
    CatalogueChange.objects.create(
        number=row.number,
        token=row.token,
        initiatives=pks if pks is None or len(pks) <= MOST_NAMED else None,
    )
    if (seen := _seen.get()) is not None:
        seen.clear()
    if row.number % 100 == 0:
        CatalogueChange.objects.filter(number__lte=row.number - KEPT).delete()


def changes(since: Version, until: Version) -> frozenset[int] | None:
    """Return the entries that changed from one version to another.

    None if that cannot be told: `since` belongs to another history of the catalogue (a backup was restored), is too
    long ago, or too much changed at once.
    """
    steps = _steps(since, until)
    if steps is None or any(pks is None for pks in steps):
        return None
    return frozenset(pk for pks in steps for pk in pks or ())


@lru_cache(maxsize=16)
def changes_of_entries(since: Version, until: Version) -> frozenset[int] | None:
    """Return the same where nothing else looks otherwise than before, no name of a theme, say; None where it may."""
    steps = _steps(since, until)
    return frozenset(pk for pks in steps for pk in pks or ()) if steps is not None and all(steps) else None


def _steps(since: Version, until: Version) -> list[list[int] | None] | None:
    """Return what `changed` was told of each change from one version to another; None if that is not known."""
    steps = list(CatalogueChange.objects.filter(number__range=(since.number, until.number)))
    if not steps or len(steps) != until.number - since.number + 1:
        return None
    if (steps[0].token, steps[-1].token) != (since.token, until.token):
        return None
    return [step.initiatives for step in steps[1:]]
