"""What the rows of the vocabularies say in other languages, as administrators write it: a field each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import QuerySet, TextField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.models import Translated
from initiatives.models.language import direction
from initiatives.models.vocabulary import REVIEW

#: The languages that the rows' own fields are not in.
LANGUAGES = {code: name for code, name in settings.LANGUAGES if code != "en"}


class _TranslatedForm(forms.ModelForm):
    """Reads the fields of each language from the row's translations, and writes them there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, field in _pairs(self._meta.model):
            said = self.instance.translations.get(language, {})
            self.initial.setdefault(f"{field}_{language}", said.get(field))

    def clean(self) -> dict[str, Any] | None:
        """Put what was written into the row."""
        cleaned = super().clean()
        for language in LANGUAGES:
            said = {field: self.cleaned_data.get(f"{field}_{language}") for field in _fields(self._meta.model)}
            self.instance.translations[language] = {field: value for field, value in said.items() if value}
        return cleaned


def _fields(model: type[Translated]) -> list[str]:
    return [*model.TRANSLATED, REVIEW]


def _pairs(model: type[Translated]) -> list[tuple[str, str]]:
    return [(language, field) for language in LANGUAGES for field in _fields(model)]


def _field(model: type[Translated], language: str, name: str) -> Any:
    if name == REVIEW:
        return forms.BooleanField(label=_("a native speaker has still to read it"), required=False)
    own: Any = model._meta.get_field(name)
    widget = AdminTextareaWidget if isinstance(own, TextField) else AdminTextInputWidget
    attributes = {"lang": language, "dir": direction(language)}
    return own.formfield(required=False, widget=widget(attrs=attributes), help_text="")


def translated_form(model: type[Translated]) -> type[forms.ModelForm]:
    """Return a form of the model with a field for each of its translations: `name_fr`, `review_fr`…"""
    fields = {f"{name}_{language}": _field(model, language, name) for language, name in _pairs(model)}
    meta = type("Meta", (), {"model": model, "fields": "__all__"})
    return type(f"{model.__name__}Form", (_TranslatedForm,), {**fields, "Meta": meta, "__module__": __name__})


class _WaitsForReview(admin.SimpleListFilter):
    """Shows the rows of which a language waits for a native speaker."""

    title = _("translation to be reviewed")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """Offer the languages."""
        return list(LANGUAGES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the rows to be read in the language chosen."""
        return queryset.filter(**{f"translations__{self.value()}__{REVIEW}": True}) if self.value() else queryset


class TranslatedMixin(admin.ModelAdmin):
    """Asks for what a row says in each language of the site, in a part of the page of its own."""

    list_filter = [_WaitsForReview]

    def __init__(self, model: type[Translated], site: admin.AdminSite) -> None:
        self.form = translated_form(model)
        super().__init__(model, site)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the row's own fields, then those of each language."""
        theirs = {code: [f"{field}_{code}" for field in _fields(self.model)] for code in LANGUAGES}
        translated = {name for names in theirs.values() for name in names}
        own = [name for name in self.get_fields(request, obj) if name not in translated]
        return [
            (None, {"fields": own}),
            *((LANGUAGES[code], {"fields": names}) for code, names in theirs.items()),
        ]
