"""What a submitter says to the moderators."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms import TellingForm, TextField


class AnswerForm(TellingForm):
    """One message."""

    text = TextField(
        label=_("Your message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only moderators read it."),
        error_messages={"required": _("Write your message first.")},
    )
