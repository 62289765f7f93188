"""Indexes from which the index in memory is read without the tables. They are made while the site serves."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class AddIndexBesideWriters(migrations.AddIndex):
    """Makes an index while others write, where the database can."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        beside = schema_editor.connection.vendor == "postgresql"
        # What an earlier try may have left.
        name = schema_editor.quote_name(self.index.name)
        schema_editor.execute(f"DROP INDEX {'CONCURRENTLY ' if beside else ''}IF EXISTS {name}")
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.add_index(model, self.index, **({"concurrently": True} if beside else {}))


class Migration(migrations.Migration):
    # PostgreSQL makes no index beside writers within a transaction.
    atomic = False

    dependencies = [("initiatives", "0015_order_of_titles")]

    operations = [
        AddIndexBesideWriters(
            "initiative",
            models.Index(fields=["published_at", "id", "current", "withdrawn_at"], name="order_of_publication"),
        ),
        AddIndexBesideWriters(
            "revision",
            models.Index(fields=["id", "stage", "is_global", "start_year", "end_year"], name="filtered_by_columns"),
        ),
        AddIndexBesideWriters(
            "submission", models.Index(fields=["kind", "initiative", "verified_at"], name="verified_submitters")
        ),
    ]
