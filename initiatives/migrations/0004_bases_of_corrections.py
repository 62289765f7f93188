"""Says of the corrections there are on which version they were made: the newest approved before them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill_base(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each correction the version that was public when it was begun, or the entry's first."""
    corrections = apps.get_model("initiatives", "Submission").objects.filter(kind="correction", base=None)
    for correction in corrections.order_by("pk").iterator():
        others = apps.get_model("initiatives", "Revision").objects.filter(initiative=correction.initiative_id)
        others = others.exclude(pk=correction.revision_id)
        shown = others.filter(approved_at__lte=correction.created_at).order_by("approved_at", "pk").last()
        correction.base = shown or others.order_by("pk").first()
        correction.save(update_fields=["base"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0003_path_of_submissions")]

    operations = [migrations.RunPython(fill_base, migrations.RunPython.noop)]
