"""Lets entries have their texts in other languages. One new table, so that old code serves on beside it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0013_language_of_mails"),
    ]

    operations = [
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=12, verbose_name="language of the text")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("summary", models.TextField(max_length=800, verbose_name="summary")),
                ("what_it_does", models.TextField(blank=True, verbose_name="what it does")),
                ("how_it_works", models.TextField(blank=True, verbose_name="how it works")),
                ("results", models.TextField(blank=True, verbose_name="results so far")),
                ("reusable", models.TextField(blank=True, verbose_name="what others can reuse")),
                (
                    "picture_alt",
                    models.CharField(blank=True, max_length=300, verbose_name="what the picture shows"),
                ),
                (
                    "made_by",
                    models.CharField(
                        choices=[("human", "Made by people"), ("machine", "Made by a machine, checked by a person")],
                        max_length=8,
                        verbose_name="made by",
                    ),
                ),
                ("original", models.CharField(editable=False, max_length=64)),
                ("is_stale", models.BooleanField(editable=False)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="initiatives.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation",
                "verbose_name_plural": "translations",
                "ordering": ["language"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "language"), name="one_translation_per_language"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True) & models.Q(("summary", ""), _negated=True),
                        name="translation_has_title_and_summary",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_by__in", ["human", "machine"])), name="made_by_is_known"
                    ),
                ],
            },
        ),
    ]
