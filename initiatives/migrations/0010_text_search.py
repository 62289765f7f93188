"""Makes the index that text search reads: an FTS5 table on SQLite, a `tsvector` with a GIN index on PostgreSQL."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import initiatives.models.search_document

# Tokens come folded and are kept as they are: this tokenizer cuts at spaces, for all else in ASCII is named to it and what
# is not in ASCII it leaves alone. Neither where in a text a token stands nor how long the text is is asked for.
FTS5 = """
CREATE VIRTUAL TABLE "initiatives_searchindex" USING fts5(
    "tokens", tokenize = "ascii tokenchars '~#&_-'", detail = none, columnsize = 0, prefix = '3 4'
)
"""
# The tokens go out of the row: who matches reads the index and many rows, and no tokens.
TSVECTOR = """
ALTER TABLE "initiatives_searchindex" SET (toast_tuple_target = 128);
CREATE INDEX "initiatives_searchindex_tokens" ON "initiatives_searchindex"
    USING gin ("tokens") WITH (fastupdate = off);
"""


class CreateSearchIndex(migrations.CreateModel):
    """Makes the table as the database at hand wants it."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make the table and its index."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(FTS5)
        else:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            schema_editor.execute(TSVECTOR)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0009_catalogue_version")]

    operations = [
        CreateSearchIndex(
            name="SearchIndex",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="index",
                        serialize=False,
                        to="initiatives.searchdocument",
                    ),
                ),
                ("tokens", initiatives.models.search_document.TokensField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("term", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("written", models.CharField(blank=True, max_length=200)),
                ("count", models.IntegerField()),
            ],
        ),
    ]
