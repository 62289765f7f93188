"""An index by which entries are read in the order of their titles, without their texts. It is made while the site serves."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NAME = '"initiatives_searchdocument_title"'
ON = '"initiatives_searchdocument" ("title"{collate}, "initiative_id")'


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        # What an earlier try may have left half done.
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")
        schema_editor.execute(f"CREATE INDEX CONCURRENTLY {NAME} ON {ON.format(collate=' COLLATE "C"')}")
    else:
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON {ON.format(collate='')}")


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    # PostgreSQL makes no index beside writers within a transaction.
    atomic = False

    dependencies = [("initiatives", "0014_entry_translations")]

    operations = [migrations.RunPython(make, drop)]
