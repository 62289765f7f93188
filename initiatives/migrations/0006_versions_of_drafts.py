"""Counts how often a draft was saved, when and by which page: two pages do not overwrite each other unseen."""

import django.utils.timezone
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0005_corrections_have_a_base")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1, verbose_name="how often it was saved"),
        ),
        migrations.AddField(
            model_name="draft",
            name="page",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="As a hash.",
                max_length=64,
                verbose_name="page that saved it last",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="saved_at",
            field=models.DateTimeField(db_default=Now(), default=django.utils.timezone.now, verbose_name="last saved"),
        ),
    ]
