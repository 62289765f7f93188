"""Remembers in which language whoever sent something reads the site, for the mails about it."""

from django.db import migrations, models

import initiatives.models.tracking


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0012_translations"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="reader_language",
            field=models.CharField(
                db_default="", default=initiatives.models.tracking.readers_language, editable=False, max_length=12
            ),
        )
        for name in ["draft", "submission"]
    ]
