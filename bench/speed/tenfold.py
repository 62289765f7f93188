"""`python -m bench.speed.tenfold`: ten entries for each one that was generated, each with an address of its own.

A million takes hours to generate and minutes to copy. Ten that say the same are found and counted like ten others;
only a narrow query finds ten times as many.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import F, Max

from initiatives.exchange.generate.entries import tables
from initiatives.models import SearchDocument, SearchIndex, SearchTerm
from initiatives.search.changes import changed

SHARED = {"keyword", "organisation"}
#: What no two rows may share: a letter that is in no number written in hexadecimal goes in front.
SECRETS = {"seed", "token_hash"}
#: Those that PostgreSQL makes faster when all rows are there, and that no constraint needs.
_INDEXES = """
    SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE NOT indisunique AND relnamespace = 'public'::regnamespace
"""


def main() -> None:
    """Copy nine times."""
    copied = [table.model for name, table in tables().items() if name not in SHARED] + [SearchDocument, SearchIndex]
    steps = {model: _last(model) for model in copied}
    with _in_bulk():
        for copy in range(1, 10):
            with transaction.atomic():
                # An entry and its current version name each other, which is looked at when all are there.
                for model in copied:
                    _copy(model, steps, copy)
            print(f"{copy + 1} of 10", flush=True)
    SearchTerm.objects.update(count=F("count") * 10)
    SearchIndex.objects.tidy()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), copied):
            cursor.execute(statement)
        # PostgreSQL answers from an index alone what it knows to be there since it was last swept.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    changed(None)


@contextmanager
def _in_bulk() -> Iterator[None]:
    """Have the database write fast what nobody needs if the machine goes down, and what keeps every rule already."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Indexes are written all over.
            cursor.execute("PRAGMA cache_size = -4000000")
            cursor.execute("PRAGMA synchronous = OFF")
            yield
            return
        cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '1GB'")
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        try:
            yield
        finally:
            for name, definition in indexes:
                print(name, flush=True)
                cursor.execute(definition)


def _last(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0


def _copy(model: type[models.Model], steps: dict[type[models.Model], int], copy: int) -> None:
    """Copy the first tenth of a table, with numbers that are `copy` steps further on."""
    fields = [field for field in model._meta.concrete_fields if field.column]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    values = ", ".join(_value(field, steps, copy) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    key = connection.ops.quote_name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} <= {steps[model]}")


def _value(field: models.Field[Any, Any], steps: dict[type[models.Model], int], copy: int) -> str:
    column = connection.ops.quote_name(str(field.column))
    target = field.related_model if field.is_relation else field.model if field.primary_key else None
    if target in steps:
        return f"{column} + {steps[target] * copy}"
    if field.name in SECRETS:
        return f"'{'ghijklmno'[copy - 1]}' || substr({column}, 2)"
    if field.name == "slug":
        return f"{column} || '-{copy}'"
    return column


if __name__ == "__main__":
    main()
