"""The whole path: drafts, conversations, corrections, claims, reports, entries that are taken off, the desk."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import initiatives.models.tracking


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0002_moderators_group"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seed",
                    models.CharField(
                        default=initiatives.models.tracking.new_seed, editable=False, max_length=64, unique=True
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "answers",
                    models.JSONField(
                        default=dict, help_text="A list of values by the name of the field.", verbose_name="answers"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="begun")),
                (
                    "opened_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="last opened"),
                ),
                ("warned_at", models.DateTimeField(null=True, verbose_name="told that it will be deleted")),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_from_moderator", models.BooleanField(default=False, verbose_name="from a moderator")),
                ("text", models.TextField(verbose_name="text")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Remit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "remit",
                "verbose_name_plural": "remits",
            },
        ),
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    models.CharField(
                        help_text="What moderators choose it by.", max_length=80, unique=True, verbose_name="title"
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="text")),
            ],
            options={
                "verbose_name": "saved reply",
                "verbose_name_plural": "saved replies",
                "ordering": ["title"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="step_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="initiative",
            name="address_date_and_version_come_together",
        ),
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_status_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_kind_is_known",
        ),
        migrations.AddField(
            model_name="initiative",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="initiatives.initiative",
                verbose_name="merged into",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="owner",
            field=models.ForeignKey(
                editable=False,
                help_text="Whose claim to it a moderator granted.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="owned_initiatives",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="withdrawal_reason",
            field=models.TextField(blank=True, help_text="Public.", verbose_name="why it was taken off"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="withdrawn_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="taken off"),
        ),
        migrations.AddField(
            model_name="submission",
            name="base",
            field=models.ForeignKey(
                blank=True,
                help_text="Of a correction: the public version that was shown when it was begun.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="initiatives.revision",
                verbose_name="version it was made on",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="reviewed_until",
            field=models.DateTimeField(editable=False, null=True, verbose_name="with the reviewer until"),
        ),
        migrations.AddField(
            model_name="submission",
            name="reviewer",
            field=models.ForeignKey(
                editable=False,
                help_text="The moderator who has it open, so that others take another one.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reviewer",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="from_status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Waiting for review"),
                    ("changes_requested", "Changes requested"),
                    ("published", "Published"),
                    ("accepted", "Done"),
                    ("rejected", "Not published"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=20,
                verbose_name="from",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="step",
            field=models.CharField(
                choices=[
                    ("submit", "Submitted"),
                    ("resubmit", "Changed and submitted again"),
                    ("answer", "Answered"),
                    ("withdraw", "Withdrawn"),
                    ("approve", "Approved and published"),
                    ("request_changes", "Changes requested"),
                    ("reject", "Not published"),
                    ("accept", "Done"),
                    ("reopen", "Opened again"),
                    ("unpublish", "Taken off the catalogue"),
                    ("merge", "Merged into another entry"),
                    ("republish", "Put back into the catalogue"),
                ],
                max_length=20,
                verbose_name="step",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="to_status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Waiting for review"),
                    ("changes_requested", "Changes requested"),
                    ("published", "Published"),
                    ("accepted", "Done"),
                    ("rejected", "Not published"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=20,
                verbose_name="to",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="kind",
            field=models.CharField(
                choices=[("new", "New entry"), ("correction", "Correction"), ("claim", "Claim"), ("report", "Report")],
                default="new",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="revision",
            field=models.ForeignKey(
                help_text="The one it proposes; of a claim or a report, the public one that it is about.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="initiatives.revision",
                verbose_name="version",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Waiting for review"),
                    ("changes_requested", "Changes requested"),
                    ("published", "Published"),
                    ("accepted", "Done"),
                    ("rejected", "Not published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                editable=False,
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "submit",
                            "resubmit",
                            "answer",
                            "withdraw",
                            "approve",
                            "request_changes",
                            "reject",
                            "accept",
                            "reopen",
                            "unpublish",
                            "merge",
                            "republish",
                        ],
                    )
                ),
                name="step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("current", None), ("published_at", None), ("slug", None)),
                    models.Q(("current__isnull", False), ("published_at__isnull", False), ("slug__isnull", False)),
                    _connector="OR",
                ),
                name="address_date_and_version_come_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into", None), ("withdrawal_reason", ""), ("withdrawn_at", None)),
                    models.Q(("current__isnull", False), ("withdrawn_at__isnull", False)),
                    _connector="OR",
                ),
                name="only_what_was_public_is_taken_off",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                name="an_entry_is_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["draft", "submitted", "changes_requested", "published", "accepted", "rejected", "withdrawn"],
                    )
                ),
                name="submission_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["new", "correction", "claim", "report"])),
                name="submission_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["new", "correction"])),
                fields=("revision",),
                name="a_version_is_proposed_once",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="base",
            field=models.ForeignKey(
                help_text="Empty for a new entry.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafts",
                to="initiatives.revision",
                verbose_name="version it corrects",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="member",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafts",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="initiatives.submission"
            ),
        ),
        migrations.AddField(
            model_name="remit",
            name="channels",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="initiatives.channel", verbose_name="channels"
            ),
        ),
        migrations.AddField(
            model_name="remit",
            name="moderator",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="remit",
                to=settings.AUTH_USER_MODEL,
                verbose_name="moderator",
            ),
        ),
        migrations.AddField(
            model_name="remit",
            name="themes",
            field=models.ManyToManyField(blank=True, related_name="+", to="initiatives.theme", verbose_name="themes"),
        ),
        migrations.AddConstraint(
            model_name="savedreply",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="a_saved_reply_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="a_message_says_something"
            ),
        ),
    ]
