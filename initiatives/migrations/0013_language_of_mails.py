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
                blank=True,
                db_default="",
                default=initiatives.models.tracking.readers_language,
                editable=False,
                help_text="The one in which whoever sent it reads the site.",
                max_length=12,
                verbose_name="language of mails",
            ),
        )
        for name in ["draft", "submission"]
    ]
