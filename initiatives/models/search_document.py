"""What text search reads. Here and in `packed`, and nowhere else in the models, the two databases differ."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from initiatives.models.packed import unpacked

#: What is looked for: a token (one that ends in "*" stands for all that begin so), or "all" or "any" of several, or
#: the first of two "without" the second.
type Wanted = str | tuple[str, *tuple[Wanted, ...]]

_SIGNS = {
    "sqlite": {"all": " AND ", "any": " OR ", "without": " NOT ", "token": '"{}"', "prefix": '"{}" *'},
    "postgresql": {"all": " & ", "any": " | ", "without": " & !", "token": "'{}'", "prefix": "'{}':*"},
}

_NOT_IN_TOKENS = str.maketrans("", "", "'\"\\")


def expression(wanted: Wanted, vendor: str) -> str:
    """Return `wanted` in the language of MATCH or of `tsquery`: each token between quotes, and no quote in it."""
    signs = _SIGNS[vendor]
    if isinstance(wanted, str):
        bare = wanted.translate(_NOT_IN_TOKENS)
        return signs["prefix"].format(bare[:-1]) if bare.endswith("*") else signs["token"].format(bare)
    joint, *parts = wanted
    return f"({signs[joint].join(expression(each, vendor) for each in parts)})"


class SearchDocument(models.Model):
    """The folded words of a published entry, written by `search` when a version is approved."""

    initiative = models.OneToOneField(
        "Initiative", on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    # Has an index that only migration 0015 knows: what makes this table anew on SQLite has to make that again.
    title = models.TextField()
    names = models.TextField(help_text="Organisations, cities and countries.")
    text = models.TextField(help_text="Everything, title and names included.")

    def __str__(self) -> str:
        return self.title.strip()


class TokensField(models.TextField):
    """Tokens with spaces between them: the column of an FTS5 table, or a `tsvector`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the type of the column."""
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_placeholder_sql(
        self, value: Any, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Return how a value is written: PostgreSQL is to take the tokens as they are, and to parse nothing."""
        split = "array_to_tsvector(string_to_array(%s, ' '))"
        return split if connection.vendor == "postgresql" else "%s", (value,)

    def from_db_value(self, value: str, expression: Any, connection: BaseDatabaseWrapper) -> str:
        """Return the tokens; PostgreSQL puts each between quotes."""
        return value.replace("'", "") if connection.vendor == "postgresql" else value


@TokensField.register_lookup
class Match(models.Lookup):
    """Whether a row has the tokens that are `Wanted`."""

    lookup_name = "match"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str, ...]]:
        """Match the row, which an FTS5 table has in a column of its own name."""
        table = compiler.quote_name(self.lhs.alias)
        return f'{table}."{SearchIndex._meta.db_table}" MATCH %s', (expression(self.rhs, "sqlite"),)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Match the `tsvector`."""
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} @@ %s::tsquery", (*params, expression(self.rhs, "postgresql"))


@dataclass(frozen=True)
class Condition:
    """What an entry has to meet: tokens and, where a phrase is asked for, a column of its document that holds it."""

    wanted: Wanted
    phrase: str = ""
    column: str = "text"

    def q(self, document: str = "search_document__") -> models.Q:
        """Return the condition for a query of initiatives, or of what leads to the document by another path."""
        # A subquery: MATCH across a join reads the index once for every row.
        met = models.Q(pk__in=SearchIndex.objects.filter(tokens__match=self.wanted).values("pk"))
        if self.phrase:
            met &= models.Q(**{f"{document}{self.column}__contains": self.phrase})
        return met


_MATCHING = {
    "sqlite": """(SELECT group_concat("rowid") FROM "initiatives_searchindex" AS i
        WHERE i."initiatives_searchindex" MATCH %s{})""",
    "postgresql": """(SELECT string_agg(int4send("rowid"::int4), ''::bytea) FROM "initiatives_searchindex" AS i
        WHERE "tokens" @@ %s::tsquery{})""",
}
_WITH_PHRASE = """ AND EXISTS (SELECT 1 FROM "initiatives_searchdocument" AS d
        WHERE d."initiative_id" = i."rowid" AND d."{}" LIKE %s)"""


class SearchIndexManager(models.Manager["SearchIndex"]):
    """Asks the index for many entries at once."""

    def ids(self, conditions: Sequence[Condition]) -> list[np.ndarray]:
        """Return for each condition the keys (uint32, in no order) of the entries that meet it.

        All in one statement, and all keys of a condition in one value: row by row takes five times as long.
        """
        if not conditions:
            return []
        vendor, parts, params = connection.vendor, [], []
        for each in conditions:
            parts.append(_MATCHING[vendor].format(_WITH_PHRASE.format(each.column) if each.phrase else ""))
            params += [expression(each.wanted, vendor)] + ([f"%{each.phrase}%"] if each.phrase else [])
        statement = f"SELECT {', '.join(parts)}"
        with connection.cursor() as cursor:
            if vendor == "postgresql":
                # Of what many entries have, PostgreSQL would read all the tokens, not knowing how long that takes. The
                # three statements go there at once; the second one answers, and the first holds for that alone.
                statement = f"SET LOCAL enable_seqscan = off; {statement}; SET LOCAL enable_seqscan = DEFAULT"
            cursor.execute(statement, params)
            if vendor == "postgresql":
                cursor.nextset()
            return [unpacked(value, vendor) for value in cursor.fetchone()]

    def tidy(self) -> None:
        """Put the index in the order in which it is read fastest; PostgreSQL does so by itself."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO initiatives_searchindex (initiatives_searchindex) VALUES ('optimize')")


class SearchIndex(models.Model):
    """Which entries have which tokens: an FTS5 table on SQLite, a `tsvector` with its index on PostgreSQL."""

    document = models.OneToOneField(
        SearchDocument,
        on_delete=models.CASCADE,
        primary_key=True,
        # The one key that an FTS5 table has, and it can refer to nothing.
        db_column="rowid",
        db_constraint=False,
        related_name="index",
    )
    tokens = TokensField()

    objects = SearchIndexManager()

    def __str__(self) -> str:
        return str(self.pk)


class SearchTermQuerySet(models.QuerySet["SearchTerm"]):
    """Terms to choose from."""

    def beginning_with(self, start: str) -> Self:
        """Return the terms that begin with `start`, by the index of the terms."""
        if connection.vendor == "postgresql":
            return self.filter(term__startswith=start)
        # SQLite would look at all of them.
        return self.filter(term__gte=start, term__lt=start + chr(sys.maxunicode))


class SearchTerm(models.Model):
    """How many published entries have a term (`search.analysis`); the empty one is in all of them.

    One that is a word of theirs says how people write it, may be suggested, and is what an unfinished word is taken
    for: without its row the word is not found by its beginning.
    """

    term = models.CharField(max_length=200, primary_key=True)
    written = models.CharField(max_length=200, blank=True)
    count = models.IntegerField()

    objects = SearchTermQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.term}: {self.count}"
