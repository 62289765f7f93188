"""What an entry says in another language, text by text beside the original."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.content import Content, TranslatedTexts, read, texts_digest
from initiatives.forms import TellingForm, TextField, VersionField
from initiatives.models import TEXTS, MadeBy, Revision, Text, direction
from initiatives.submit.abuse import ShownField, TrapField, seed_of
from initiatives.text import key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _long_text(label: StrOrPromise) -> TextField:
    return TextField(label=label, max_length=12_000, required=False, widget=forms.Textarea(attrs={"rows": 5}))


class TranslationForm(TellingForm):
    """A translation of the approved version `base`: what of it is translated, who made it, where the answer goes."""

    key = TextField(required=False, widget=forms.HiddenInput)
    base_id = VersionField(required=False)
    revision = VersionField(required=False)

    title = TextField(
        label=gettext_lazy("Title"),
        max_length=250,
        error_messages={"required": gettext_lazy("Translate the title.")},
    )
    summary = TextField(
        label=gettext_lazy("Summary"),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Translate the summary.")},
    )
    what_it_does = _long_text(gettext_lazy("What it does"))
    how_it_works = _long_text(gettext_lazy("How it works"))
    results = _long_text(gettext_lazy("Results so far"))
    reusable = _long_text(gettext_lazy("What others can reuse"))
    picture_alt = TextField(label=gettext_lazy("What the picture shows"), max_length=300, required=False)
    by_machine = forms.BooleanField(
        label=gettext_lazy("A machine made it, and I have read and mended it"),
        required=False,
        help_text=gettext_lazy("Then readers are told so."),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Never shown. You hear how it goes on."),
    )
    shown_at = ShownField()
    homepage = TrapField()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        base: Revision,
        language: str,
        content: Content | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Show `data` as typed, else the translation that `content` has (that of `base` unless given).

        `base` is loaded `with_content`.
        """
        self.base, self.language, self.was = base, language, read(base)
        said = (content or self.was).translations.get(language)
        known = vars(said) | {"by_machine": said.made_by == MadeBy.MACHINE} if said else {}
        given = {"key": secrets.token_hex(16), "base_id": base.pk}
        super().__init__(data, initial=known | given | (initial or {}))
        self.typed = data if data is not None else QueryDict()
        for name in TEXTS:
            if getattr(self.was, name):
                self.fields[name].widget.attrs |= {"lang": language, "dir": direction(language)}
            else:
                del self.fields[name]

    @property
    def pairs(self) -> Iterator[tuple[Text, forms.BoundField]]:
        """Each text of the original with the field for its translation."""
        for name in TEXTS:
            if name in self.fields:
                yield Text(getattr(self.was, name), self.was.language), self[name]

    @cached_property
    def seed(self) -> str | None:
        """What makes a second click of the same page the same submission."""
        return seed_of(self.typed, about=f"translation:{self.base.initiative_id}:{self.language}")

    def clean_title(self) -> str:
        """Return the title, if it says something."""
        return self._saying_something("title")

    def clean_summary(self) -> str:
        """Return the summary, if it says something."""
        return self._saying_something("summary")

    def _saying_something(self, name: str) -> str:
        # Invisible characters, signs and spaces are no words.
        if not key(self.cleaned_data[name]):
            raise forms.ValidationError(self.fields[name].error_messages["required"], code="required")
        return self.cleaned_data[name]

    def clean(self) -> None:
        """Refuse what says nothing else than is public; that it still fits an original that was changed is news."""
        if not self.errors and self._texts() == self.was.translations.get(self.language):
            self.add_error(None, _("Nothing is different yet. Change what should be, then send it."))

    def _texts(self) -> TranslatedTexts:
        data = self.cleaned_data
        return TranslatedTexts(
            **{name: data[name] for name in TEXTS if name in data},
            made_by=MadeBy.MACHINE if data["by_machine"] else MadeBy.HUMAN,
            original=texts_digest(self.was),
        )

    def content(self) -> Content:
        """Return what the version says with the (valid) translation."""
        return replace(self.was, change_note="", translations={**self.was.translations, self.language: self._texts()})
