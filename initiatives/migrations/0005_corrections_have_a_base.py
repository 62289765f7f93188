"""Holds that a correction says on which version it was made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0004_bases_of_corrections")]

    operations = [
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("base__isnull", False), ("kind", "correction")),
                    models.Q(models.Q(("kind", "correction"), _negated=True), ("base", None)),
                    _connector="OR",
                ),
                name="a_correction_is_of_a_version",
            ),
        ),
    ]
