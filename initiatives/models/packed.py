"""Whole columns of a table in one value: a million rows, one by one, take ten times as long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, BigIntegerField, ExpressionWrapper, F, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler


def unpacked(value: Any, vendor: str, kind: type[np.unsignedinteger] = np.uint32) -> np.ndarray:
    """Return the whole numbers of a column: PostgreSQL sends them as bytes, SQLite with commas between."""
    if not value:
        return np.empty(0, kind)
    if vendor == "postgresql":
        return np.frombuffer(value, np.dtype(kind).newbyteorder(">")).astype(kind)
    return np.fromstring(value, kind, sep=",")


_IN_ORDER = {"sqlite": "group_concat({})", "postgresql": "string_agg(int4send(({})::int4), '')"}


def packed_in_order(queryset: QuerySet, *columns: str | Combinable) -> list[np.ndarray]:
    """Return columns of whole numbers (uint32) of a queryset, the rows in its order, which an aggregate forgets.

    Both databases join rows in the order in which a subquery gives them.
    """
    names = [f"column_{number}" for number in range(len(columns))]
    given = [F(each) if isinstance(each, str) else each for each in columns]
    rows = queryset.annotate(**dict(zip(names, given, strict=True))).values_list(*names)
    sql, params = rows.query.sql_with_params()
    packed = ", ".join(_IN_ORDER[connection.vendor].format(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {packed} FROM ({sql}) AS ordered", params)  # noqa: S608 - made by Django
        return [unpacked(value, connection.vendor) for value in cursor.fetchone()]


class Packed(Aggregate):
    """A column of whole numbers, from 0 to below 2**31, as an array (uint32).

    Columns that are packed in one query have their rows in the same order. A null would be left out, and so is none
    to be in any of them.
    """

    name = "Packed"
    #: Of nothing, where Django sees that without asking.
    empty_result_set_value: Any = np.empty(0, np.uint32)
    output_field = TextField()
    _on_postgresql = _IN_ORDER["postgresql"].format("%(expressions)s")

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        """Join the values with commas."""
        return self.as_sql(compiler, connection, template="group_concat(%(expressions)s)", **extra)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        """Join the values as PostgreSQL sends them."""
        return self.as_sql(compiler, connection, template=self._on_postgresql, **extra)

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Callable[..., Any]]:
        """Return what makes an array of it."""
        return [lambda value, *_: unpacked(value, connection.vendor)]


class PackedPairs(Packed):
    """Two columns of such numbers as two arrays: quicker than each by itself, for they come as one number a row."""

    name = "PackedPairs"
    empty_result_set_value = (np.empty(0, np.uint32), np.empty(0, np.uint32))
    _on_postgresql = "string_agg(int8send(%(expressions)s), '')"

    def __init__(self, high: str, low: str, **extra: Any) -> None:
        """Of the columns `high` and `low`."""
        joined = ExpressionWrapper(F(high) * 2**32 + F(low), output_field=BigIntegerField())
        super().__init__(joined, **extra)

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Callable[..., Any]]:
        """Return what takes them apart."""

        def apart(value: Any, *_: Any) -> tuple[np.ndarray, np.ndarray]:
            joined = unpacked(value, connection.vendor, np.uint64)
            return (joined >> np.uint64(32)).astype(np.uint32), joined.astype(np.uint32)

        return [apart]


class PackedWords(Packed):
    """A column of words without a comma in them as a list."""

    name = "PackedWords"
    empty_result_set_value = ()
    _on_postgresql = "string_agg(%(expressions)s, ',')"

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Callable[..., Any]]:
        """Return what makes a list of it."""
        return [lambda value, *_: [] if value is None else value.split(",")]
