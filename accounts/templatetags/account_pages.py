"""What the account pages need to draw allauth's forms as this site draws its own."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

register = template.Library()

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("Choose a password"),
    "password2": _("The same password again"),
    "remember": _("Keep me signed in on this device"),
}


@register.filter
def dressed(form: forms.BaseForm) -> forms.BaseForm:
    """Return `form` with this site's labels, without placeholders, and with password rules in sentences.

    allauth repeats each label as a placeholder, gives the rules as a list (which may not
    stand in a paragraph), and puts a link between the label and the box of a password.
    """
    for field in form:
        field.label = LABELS.get(field.name, field.label)
        attrs = field.field.widget.attrs
        attrs.pop("placeholder", None)
        match attrs.get("autocomplete"):
            case "current-password":
                field.help_text = ""
            case "new-password":
                rules = " ".join(password_validators_help_texts()) if field.name == "password1" else ""
                field.help_text = rules
    return form


@register.filter
def breakable(email: str) -> str:
    """Return `email` so that it may go on in the next line after the @."""
    return format_html("{}@<wbr>{}", *email.rsplit("@", 1)) if "@" in email else email


@register.filter
def problems(form: Any) -> list[dict[str, Any]]:
    """Return what is wrong with `form`, as components/error_summary.html takes it; nothing if there is no form."""
    if not isinstance(form, forms.BaseForm):
        return []
    whole = [{"message": message} for message in form.non_field_errors()]
    return whole + [
        {"target": field.id_for_label, "label": field.label, "message": message}
        for field in dressed(form)
        for message in field.errors
    ]
