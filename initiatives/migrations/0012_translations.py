"""Lets the rows of the vocabularies say what they say in other languages."""

from django.db import migrations, models

TRANSLATED = ["theme", "channel", "framework", "objective", "declaration"]


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0011_text_search_filled"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="translations",
            field=models.JSONField(db_default={}, default=dict, editable=False),
        )
        for name in TRANSLATED
    ]
