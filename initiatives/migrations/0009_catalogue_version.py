"""Counts how often what the public sees has changed, for every process to check its memory against."""

import django.utils.timezone
from django.db import migrations, models

import initiatives.models.catalogue


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0008_match_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueChange",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("token", models.CharField(max_length=16)),
                (
                    "initiatives",
                    models.JSONField(
                        help_text="The numbers of the entries; nothing where too many changed to name them.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="CatalogueVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("token", models.CharField(default=initiatives.models.catalogue.new_token, max_length=16)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_version_of_the_catalogue")
                ],
            },
        ),
    ]
