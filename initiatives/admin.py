"""The administration: vocabularies, and a read-only look at what the moderation path writes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit import admin as taggit_admin

from accounts.models import User
from initiatives import models
from initiatives.admin_translations import TranslatedMixin
from initiatives.moderation import MODERATE
from initiatives.search import text as search
from initiatives.search.changes import changed

# Its tags are not the catalogue's: those are keywords.
admin.site.unregister(taggit_admin.Tag)


class ShownMixin(admin.ModelAdmin):
    """Tells every process when a row changes that public pages show."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what hangs on the row, and tell."""
        super().save_related(request, form, formsets, change)
        # By its address the row is found: with another one, any entry may be found otherwise.
        changed(None if change and {"slug", "code"} & set(form.changed_data) else ())

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete a row, and tell."""
        super().delete_model(request, obj)
        changed()

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Delete rows, and tell."""
        super().delete_queryset(request, queryset)
        changed()


class ReindexMixin(ShownMixin):
    """Indexes the entries that use a row again when its name changes."""

    #: From an initiative to the row.
    used_by: str

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Save, then bring text search up to date."""
        super().save_model(request, obj, form, change)
        if change:
            search.index(models.Initiative.objects.published().filter(**{self.used_by: obj}).distinct())


class KeptWhileUsedMixin(admin.ModelAdmin):
    """Deletes no row that a version of an entry has: it would vanish from what was approved, and from the history."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether `request.user` may delete `obj`, by itself or with others."""
        used = obj is not None and self.model._default_manager.filter(pk=obj.pk, revisions__isnull=False).exists()
        return not used and super().has_delete_permission(request, obj)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows rows that only `moderation` may write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes here."""
        return False


@admin.register(models.Theme)
class ThemeAdmin(TranslatedMixin, KeptWhileUsedMixin, ReindexMixin):
    """The subject vocabulary."""

    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    used_by = "current__themes"


@admin.register(models.Channel)
class ChannelAdmin(TranslatedMixin, ShownMixin):
    """How initiatives reach the catalogue."""

    list_display = ["name", "sentence"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(models.Framework)
class FrameworkAdmin(TranslatedMixin, ShownMixin):
    """International frameworks."""

    list_display = ["abbreviation", "name"]


@admin.register(models.Objective)
class ObjectiveAdmin(TranslatedMixin, KeptWhileUsedMixin, ShownMixin):
    """Their objectives."""

    list_display = ["__str__", "framework"]
    list_filter = ["framework", *TranslatedMixin.list_filter]
    list_select_related = ["framework"]


@admin.register(models.Declaration)
class DeclarationAdmin(TranslatedMixin, ShownMixin):
    """Texts that governments sign."""

    list_display = ["__str__"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(models.Organisation)
class OrganisationAdmin(ReindexMixin):
    """Who leads and takes part."""

    list_display = ["name", "type"]
    list_filter = ["type"]
    search_fields = ["name"]
    used_by = "current__involvements__organisation"


@admin.register(models.Keyword)
class KeywordAdmin(KeptWhileUsedMixin, ReindexMixin):
    """Free tags."""

    list_display = ["name", "slug"]
    search_fields = ["name"]
    used_by = "current__keywords"


class CityNameInline(admin.TabularInline):
    """The other names of a city."""

    model = models.CityName
    extra = 0


@admin.register(models.City)
class CityAdmin(KeptWhileUsedMixin, ReindexMixin):
    """The gazetteer."""

    list_display = ["name", "country", "population"]
    list_select_related = ["country"]
    search_fields = ["name", "name_key"]
    raw_id_fields = ["country"]
    inlines = [CityNameInline]
    used_by = "current__cities"

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Save the other names and keep its own among them, then bring text search up to date."""
        super().save_related(request, form, formsets, change)
        form.instance.names.get_or_create(key=form.instance.name_key)
        search.index(models.Initiative.objects.published().filter(current__cities=form.instance))


@admin.register(models.Country)
class CountryAdmin(ReadOnlyAdmin):
    """Countries, which come from ISO 3166-1."""

    list_display = ["code", "name", "region"]
    list_select_related = ["region"]


@admin.register(models.Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """What was submitted; it is decided at the moderators' desk."""

    list_display = ["revision", "kind", "status", "submitted_at"]
    list_filter = ["status", "kind"]
    list_select_related = ["revision"]
    exclude = ["seed", "token_hash"]


@admin.register(models.Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """The log of decisions."""

    list_display = ["at", "step", "submission", "by"]
    list_filter = ["step"]
    list_select_related = ["submission__revision", "by"]


@admin.register(models.SavedReply)
class SavedReplyAdmin(admin.ModelAdmin):
    """What moderators write again and again."""

    list_display = ["title"]
    search_fields = ["title", "text"]


@admin.register(models.Remit)
class RemitAdmin(admin.ModelAdmin):
    """What each moderator decides; who has none here decides everything."""

    list_display = ["moderator", "decides"]
    list_select_related = ["moderator"]
    filter_horizontal = ["channels", "themes"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the remits with what they hold, in a fixed number of queries."""
        return super().get_queryset(request).prefetch_related("channels", "themes")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the people who are moderators."""
        if db_field.name == "moderator":
            kwargs["queryset"] = User.objects.with_perm(MODERATE, backend=settings.AUTHENTICATION_BACKENDS[0])
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("decides"))
    def decides(self, remit: models.Remit) -> str:
        """Name the channels and themes."""
        return "; ".join(map(str, remit.subjects)) or str(_("nothing"))
