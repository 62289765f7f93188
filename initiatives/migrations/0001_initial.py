"""The catalogue as it begins."""

import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import initiatives.models.tracking


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=160, unique=True, verbose_name="name")),
                (
                    "sentence",
                    models.TextField(
                        blank=True, help_text="Shown on each entry of the channel.", verbose_name="sentence"
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
            ],
            options={
                "verbose_name": "channel",
                "verbose_name_plural": "channels",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=2, primary_key=True, serialize=False, verbose_name="ISO 3166-1 alpha-2"
                    ),
                ),
                ("alpha3", models.CharField(max_length=3, unique=True, verbose_name="ISO 3166-1 alpha-3")),
                (
                    "numeric",
                    models.PositiveSmallIntegerField(unique=True, verbose_name="ISO 3166-1 numeric and M49 code"),
                ),
                (
                    "latitude",
                    models.FloatField(
                        blank=True, help_text="Where most people live.", null=True, verbose_name="latitude"
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(
                        blank=True, help_text="Where most people live.", null=True, verbose_name="longitude"
                    ),
                ),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
            ],
            options={
                "verbose_name": "declaration",
                "verbose_name_plural": "declarations",
                "ordering": ["year", "name"],
            },
        ),
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=20, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=160, unique=True, verbose_name="name")),
                ("abbreviation", models.CharField(max_length=10, unique=True, verbose_name="abbreviation")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
            ],
            options={
                "verbose_name": "framework",
                "verbose_name_plural": "frameworks",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(editable=False, max_length=120, null=True, unique=True, verbose_name="slug"),
                ),
                (
                    "published_at",
                    models.DateTimeField(db_index=True, editable=False, null=True, verbose_name="published"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
            ],
            options={
                "verbose_name": "initiative",
                "verbose_name_plural": "initiatives",
            },
        ),
        migrations.CreateModel(
            name="Keyword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("slug", models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug")),
            ],
            options={
                "verbose_name": "keyword",
                "verbose_name_plural": "keywords",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="City",
            fields=[
                (
                    "geoname_id",
                    models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="GeoNames number"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_key", models.CharField(db_index=True, max_length=200, verbose_name="folded name")),
                ("slug", models.SlugField(max_length=220, unique=True, verbose_name="slug")),
                ("division", models.CharField(blank=True, max_length=20, verbose_name="first-level division")),
                ("latitude", models.FloatField(help_text="Degrees, WGS 84.", verbose_name="latitude")),
                ("longitude", models.FloatField(help_text="Degrees, WGS 84.", verbose_name="longitude")),
                ("population", models.PositiveIntegerField(default=0, verbose_name="population")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cities",
                        to="initiatives.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "city",
                "verbose_name_plural": "cities",
                "ordering": ["name", "geoname_id"],
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="initiatives.initiative",
                    ),
                ),
                ("title", models.TextField()),
                ("names", models.TextField(help_text="Organisations, cities and countries.")),
                ("text", models.TextField(help_text="Everything, title and names included.")),
            ],
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "code",
                    models.SlugField(
                        help_text="Framework and number: gcm-15.", max_length=24, unique=True, verbose_name="code"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="official wording")),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="initiatives.framework",
                        verbose_name="framework",
                    ),
                ),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ["framework_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=200, verbose_name="folded name")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("local_government", "Local government"),
                            ("national_government", "National government"),
                            ("intergovernmental", "Intergovernmental organisation"),
                            ("civil_society", "Civil society"),
                            ("diaspora", "Diaspora organisation"),
                            ("private_sector", "Private sector"),
                            ("academia", "Academia"),
                        ],
                        max_length=24,
                        verbose_name="type",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name_key", "type"), name="one_organisation_per_name_and_type"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "type__in",
                                [
                                    "local_government",
                                    "national_government",
                                    "intergovernmental",
                                    "civil_society",
                                    "diaspora",
                                    "private_sector",
                                    "academia",
                                ],
                            )
                        ),
                        name="organisation_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_key", ""), _negated=True), name="organisation_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("code", models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name="M49 code")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subregions",
                        to="initiatives.region",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="country",
            name="region",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty for Antarctica alone, which stands in no M49 region.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="countries",
                to="initiatives.region",
                verbose_name="sub-region",
            ),
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("language", models.CharField(default="en", max_length=12, verbose_name="language of the text")),
                ("summary", models.TextField(max_length=600, verbose_name="summary")),
                ("what_it_does", models.TextField(blank=True, verbose_name="what it does")),
                ("how_it_works", models.TextField(blank=True, verbose_name="how it works")),
                ("results", models.TextField(blank=True, verbose_name="results so far")),
                ("reusable", models.TextField(blank=True, verbose_name="what others can reuse")),
                ("is_global", models.BooleanField(default=False, verbose_name="global")),
                ("start_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="first year")),
                ("end_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="last year")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[("planned", "Planned"), ("ongoing", "Ongoing"), ("completed", "Completed")],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("change_note", models.TextField(blank=True, verbose_name="what changed and why")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                ("approved_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="approved")),
                (
                    "cities",
                    models.ManyToManyField(
                        blank=True, related_name="revisions", to="initiatives.city", verbose_name="cities"
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True, related_name="revisions", to="initiatives.country", verbose_name="countries"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="initiatives.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "objectives",
                    models.ManyToManyField(
                        blank=True, related_name="revisions", to="initiatives.objective", verbose_name="objectives"
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(blank=True, max_length=80, verbose_name="edition or year")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address there")),
                ("date", models.DateField(blank=True, null=True, verbose_name="date")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="initiatives.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="initiatives.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500, verbose_name="web address")),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="name of the page")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="initiatives.revision"
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=200, verbose_name="folded name")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("local_government", "Local government"),
                            ("national_government", "National government"),
                            ("intergovernmental", "Intergovernmental organisation"),
                            ("civil_society", "Civil society"),
                            ("diaspora", "Diaspora organisation"),
                            ("private_sector", "Private sector"),
                            ("academia", "Academia"),
                        ],
                        max_length=24,
                        verbose_name="type",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "Leads"), ("partner", "Partner")], max_length=8, verbose_name="role"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="initiatives.organisation",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="involvements",
                        to="initiatives.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "involvement",
                "verbose_name_plural": "involvements",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="current",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="current_of",
                to="initiatives.revision",
                verbose_name="version shown",
            ),
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="initiatives.declaration",
                    ),
                ),
                (
                    "involvement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="initiatives.involvement",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("new", "New entry"), ("correction", "Correction")],
                        default="new",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for review"),
                            ("changes_requested", "Changes requested"),
                            ("published", "Published"),
                            ("rejected", "Not published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("show_name", models.BooleanField(default=False, verbose_name="name may be shown")),
                (
                    "email",
                    models.EmailField(
                        blank=True, help_text="Never shown.", max_length=254, verbose_name="e-mail address"
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="address confirmed")),
                (
                    "seed",
                    models.CharField(
                        default=initiatives.models.tracking.new_seed, editable=False, max_length=64, unique=True
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="begun")),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="When it came into the queue, the last time.",
                        null=True,
                        verbose_name="submitted",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="initiatives.initiative",
                        verbose_name="initiative",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="submissions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission",
                        to="initiatives.revision",
                        verbose_name="proposed version",
                    ),
                ),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "permissions": [("moderate_submission", "Can decide submissions")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("submit", "Submitted"),
                            ("resubmit", "Changed and submitted again"),
                            ("withdraw", "Withdrawn"),
                            ("approve", "Approved and published"),
                            ("request_changes", "Changes requested"),
                            ("reject", "Not published"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for review"),
                            ("changes_requested", "Changes requested"),
                            ("published", "Published"),
                            ("rejected", "Not published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for review"),
                            ("changes_requested", "Changes requested"),
                            ("published", "Published"),
                            ("rejected", "Not published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                (
                    "moderator_name",
                    models.CharField(
                        blank=True,
                        help_text="Kept when the account is gone.",
                        max_length=254,
                        verbose_name="moderator",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Empty for a submitter without an account, and for what was loaded with the installation.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="initiatives.revision",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="initiatives.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TaggedRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tagged", to="initiatives.revision"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_items",
                        to="initiatives.keyword",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="revision",
            name="keywords",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="initiatives.TaggedRevision",
                to="initiatives.Keyword",
                verbose_name="keywords",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="themes",
            field=models.ManyToManyField(
                blank=True, related_name="revisions", to="initiatives.theme", verbose_name="themes"
            ),
        ),
        migrations.CreateModel(
            name="CityName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, verbose_name="folded name")),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="initiatives.city",
                        verbose_name="city",
                    ),
                ),
            ],
            options={
                "verbose_name": "name of a city",
                "verbose_name_plural": "names of cities",
                "constraints": [
                    models.UniqueConstraint(fields=("key", "city"), name="one_key_per_city"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="city_name_says_something"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="city",
            constraint=models.CheckConstraint(
                condition=models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                name="city_is_on_earth",
            ),
        ),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.UniqueConstraint(fields=("framework", "number"), name="one_objective_per_number"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("revision", "channel", "edition"), name="one_publication_per_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="involvement",
            constraint=models.UniqueConstraint(
                fields=("revision", "name_key", "type"), name="one_role_per_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="involvement",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["lead", "partner"])), name="role_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="involvement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        [
                            "local_government",
                            "national_government",
                            "intergovernmental",
                            "civil_society",
                            "diaspora",
                            "private_sector",
                            "academia",
                        ],
                    )
                ),
                name="involved_type_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("current__isnull", True), ("published_at__isnull", True), ("slug__isnull", True)),
                    models.Q(("current__isnull", False), ("published_at__isnull", False), ("slug__isnull", False)),
                    _connector="OR",
                ),
                name="address_date_and_version_come_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("involvement", "declaration"), name="one_signature_each"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["status", "submitted_at"], name="queue"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted", "changes_requested", "published", "rejected", "withdrawn"])
                ),
                name="submission_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["new", "correction"])), name="submission_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "draft"), ("submitted_at", None)),
                    models.Q(models.Q(("status", "draft"), _negated=True), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="only_drafts_were_never_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "new")),
                fields=("initiative",),
                name="one_founding_submission_per_initiative",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["submit", "resubmit", "withdraw", "approve", "request_changes", "reject"])
                ),
                name="step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="taggedrevision",
            constraint=models.UniqueConstraint(fields=("content_object", "tag"), name="one_keyword_per_revision"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("summary", ""), _negated=True)),
                name="revision_has_title_and_summary",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["", "planned", "ongoing", "completed"])), name="stage_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("start_year", None), ("start_year__range", (1900, 2100)), _connector="OR"),
                    models.Q(("end_year", None), ("end_year__range", (1900, 2100)), _connector="OR"),
                ),
                name="years_are_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_year", None),
                    models.Q(("end_year__gte", models.F("start_year")), ("start_year__isnull", False)),
                    _connector="OR",
                ),
                name="last_year_is_not_before_the_first",
            ),
        ),
    ]
