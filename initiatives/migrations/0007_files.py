"""Pictures and documents, and which version has them. The old code goes on writing versions meanwhile."""

import django.db.models.deletion
from django.db import migrations, models

import initiatives.models.upload


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0006_versions_of_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="picture_alt",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=250, verbose_name="what the picture shows"
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="picture_credit",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="credit for the picture"
            ),
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=initiatives.models.upload.new_upload_key, editable=False, max_length=40, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "Picture"), ("document", "Document")], max_length=8, verbose_name="kind"
                    ),
                ),
                ("name", models.CharField(help_text="As its sender called it.", max_length=120, verbose_name="name")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("digest", models.CharField(editable=False, help_text="SHA-256 of what was sent.", max_length=64)),
                ("width", models.PositiveIntegerField(null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(null=True, verbose_name="height")),
                ("widths", models.JSONField(default=list, verbose_name="widths it is kept in")),
                (
                    "is_ready",
                    models.BooleanField(
                        default=False,
                        help_text="Not while its files are being written or deleted.",
                        verbose_name="ready",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="sent")),
                ("used_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="last in a form")),
            ],
            options={
                "verbose_name": "upload",
                "verbose_name_plural": "uploads",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("height__isnull", False), ("kind", "picture"), ("width__isnull", False)),
                            models.Q(("height", None), ("kind", "document"), ("width", None)),
                            _connector="OR",
                        ),
                        name="a_picture_has_a_size",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="initiatives.revision",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="initiatives.upload",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pictured_in",
                to="initiatives.upload",
                verbose_name="picture",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("picture", None), ("picture_alt", ""), ("picture_credit", "")),
                    models.Q(("picture__isnull", False), models.Q(("picture_alt", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_picture_says_what_it_shows",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="a_document_has_a_title"
            ),
        ),
    ]
