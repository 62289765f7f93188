"""Writes many rows at once, past everything that writes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


class Table:
    """A table that is filled row by row.

    A row has the columns named; every other column gets its default, so that a field that is added to the model
    is filled as the model says.
    """

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        """`columns` are the names of the fields that differ from row to row, as in the database ("revision_id")."""
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields}
        others = [
            field
            for name, field in fields.items()
            if name not in columns and not (field.primary_key and isinstance(field, models.AutoField))
        ]
        self._names = [str(field.column) for field in [*(fields[name] for name in columns), *others]]
        self._defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
        self._rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """Add a row."""
        self._rows.append((*values, *self._defaults))

    def next_pk(self) -> int:
        """Return the first primary key that is free."""
        return (self.model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1

    def write(self) -> None:
        """Write the rows that were added since the last time."""
        names = ", ".join(connection.ops.quote_name(name) for name in self._names)
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in self._rows:
                        copy.write_row(row)
            else:
                signs = ", ".join(["%s"] * len(self._names))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({signs})", self._rows)  # noqa: S608
        self._rows.clear()


@contextmanager
def in_bulk(tables: Iterable[Table]) -> Iterator[None]:
    """Write fast while this lasts; then let the database count on from the last row of each table."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")
    yield
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
        else:
            cursor.execute("PRAGMA optimize = 0x10002")
