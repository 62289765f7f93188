"""What the forms of all rooms share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.text import clean


class TextField(forms.CharField):
    """A text field that takes out what is not text (control characters) and composes accents.

    What is too long is told: browsers that know how long it may be cut off what is pasted, without a word.
    """

    default_error_messages = {
        "max_length": _("Shorten this to at most %(limit_value)s characters; it has %(show_value)s.")
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return what HTML knows of the limits: not the longest."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        """Return the cleaned text."""
        return super().to_python(clean(value) if isinstance(value, str) else value) or ""


class VersionField(forms.IntegerField):
    """The hidden number of a version, say, that a page shows; one that no database has is a mistake like any other."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": models.BigIntegerField.MAX_BIGINT} | kwargs)


@dataclass(frozen=True)
class FormError:
    """A mistake, for the summary at the top of the page: where it is and what to do."""

    target: str
    label: str
    message: str


class TellingForm(forms.Form):
    """A form that tells its mistakes at the top of the page as well."""

    @property
    def error_items(self) -> list[FormError]:
        """Every mistake, in the order of the fields; first those that are none of one field."""
        if not self.is_bound:
            return []
        general = [FormError("", "", str(message)) for message in self.non_field_errors()]
        return general + [error for field in self for error in errors_of(field)]


def errors_of(field: forms.BoundField) -> list[FormError]:
    """Return the mistakes of one field."""
    target = field.id_for_label or f"{field.auto_id}_error"
    return [FormError(target, str(field.label), str(message)) for message in field.errors]
