"""The administration: vocabularies, and a read-only look at what the moderation path writes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from initiatives import models
from initiatives.search import text as search


class ReindexMixin(admin.ModelAdmin):
    """Indexes the entries that use a row again when its name changes."""

    #: From an initiative to the row.
    used_by: str

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Save, then bring text search up to date."""
        super().save_model(request, obj, form, change)
        if change:
            search.index(models.Initiative.objects.published().filter(**{self.used_by: obj}).distinct())


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
class ThemeAdmin(ReindexMixin):
    """The subject vocabulary."""

    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    used_by = "current__themes"


@admin.register(models.Channel)
class ChannelAdmin(admin.ModelAdmin):
    """How initiatives reach the catalogue."""

    list_display = ["name", "sentence"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(models.Framework)
class FrameworkAdmin(admin.ModelAdmin):
    """International frameworks."""

    list_display = ["abbreviation", "name"]


@admin.register(models.Objective)
class ObjectiveAdmin(admin.ModelAdmin):
    """Their objectives."""

    list_display = ["__str__", "framework"]
    list_filter = ["framework"]
    list_select_related = ["framework"]


@admin.register(models.Declaration)
class DeclarationAdmin(admin.ModelAdmin):
    """Texts that governments sign."""

    list_display = ["name", "year"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(models.Organisation)
class OrganisationAdmin(ReindexMixin):
    """Who leads and takes part."""

    list_display = ["name", "type"]
    list_filter = ["type"]
    search_fields = ["name"]
    used_by = "current__involvements__organisation"


@admin.register(models.Keyword)
class KeywordAdmin(ReindexMixin):
    """Free tags."""

    list_display = ["name", "slug"]
    search_fields = ["name"]
    used_by = "current__keywords"


@admin.register(models.City)
class CityAdmin(ReindexMixin):
    """The gazetteer."""

    list_display = ["name", "country", "population"]
    list_select_related = ["country"]
    search_fields = ["name", "name_key"]
    raw_id_fields = ["country"]
    used_by = "current__cities"


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
