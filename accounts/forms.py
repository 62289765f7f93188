"""What people are asked when they create an account."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from initiatives.text import clean


class SignupDetails(forms.Form):
    """What sign-up asks beside the address and the password, which allauth adds."""

    field_order = ("email", "name", "password1")

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Shown beside your submissions only if you say so there."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        """Return the name on one line, without characters that are not text."""
        return " ".join(clean(self.cleaned_data["name"]).split())

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep what was given with the new person (allauth calls this once, after saving `user`)."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
