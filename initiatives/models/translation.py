"""What a version of an entry says in other languages than its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.choices import MadeBy
from initiatives.models.language import direction, language_name

if TYPE_CHECKING:
    from initiatives.models.revision import Revision

#: What of a version is translated, in the order of the page; the rest are names, which stay as they are.
LONG_TEXTS = ("what_it_does", "how_it_works", "results", "reusable")
TEXTS = ("title", "summary", *LONG_TEXTS, "picture_alt")


class Translation(models.Model):
    """The texts of a version in another language: a part of the version, moderated like all others.

    `original` says from which texts it was made (`content.texts_digest`); where those of its version are others,
    it is stale. It may leave out texts that the original has, and is longer than that in most languages.
    """

    revision = models.ForeignKey("Revision", on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(gettext_lazy("language of the text"), max_length=12)
    title = models.CharField(gettext_lazy("title"), max_length=250)
    summary = models.TextField(gettext_lazy("summary"), max_length=800)
    what_it_does = models.TextField(gettext_lazy("what it does"), blank=True)
    how_it_works = models.TextField(gettext_lazy("how it works"), blank=True)
    results = models.TextField(gettext_lazy("results so far"), blank=True)
    reusable = models.TextField(gettext_lazy("what others can reuse"), blank=True)
    picture_alt = models.CharField(gettext_lazy("what the picture shows"), max_length=300, blank=True)
    made_by = models.CharField(gettext_lazy("made by"), max_length=8, choices=MadeBy)
    original = models.CharField(max_length=64, editable=False)
    is_stale = models.BooleanField(editable=False)

    class Meta:
        verbose_name = gettext_lazy("translation")
        verbose_name_plural = gettext_lazy("translations")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "language"], name="one_translation_per_language"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(summary=""), name="translation_has_title_and_summary"),
            models.CheckConstraint(condition=Q(made_by__in=MadeBy.values), name="made_by_is_known"),
        ]

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class Text:
    """A text and the language it is in."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def direction(self) -> str:
        """The direction of the text."""
        return direction(self.language)


@dataclass(frozen=True)
class Words:
    """What a version says to a reader: a translation of it or, without one, its own texts."""

    revision: Revision
    translation: Translation | None = None

    @property
    def language(self) -> str:
        """The language of the title and the summary."""
        return (self.translation or self.revision).language

    @property
    def direction(self) -> str:
        """The direction of both."""
        return direction(self.language)

    @property
    def title(self) -> str:
        """The title."""
        return (self.translation or self.revision).title

    @property
    def summary(self) -> str:
        """The summary."""
        return (self.translation or self.revision).summary

    @property
    def origin(self) -> str:
        """From what it was translated, and by whom, in a sentence; nothing of the original."""
        return origin(self.revision.language, self.translation.made_by) if self.translation else ""

    @property
    def is_stale(self) -> bool:
        """Whether the original was changed since."""
        return self.translation is not None and self.translation.is_stale

    def text(self, name: str) -> Text:
        """Return one of TEXTS: that of the original where the translation leaves it out."""
        # What a picture shows may be said of another picture by now.
        fits = self.translation and not (name == "picture_alt" and self.is_stale)
        if fits and (said := getattr(self.translation, name)):
            return Text(said, self.language)
        return Text(getattr(self.revision, name), self.revision.language)


def origin(language: str, made_by: str) -> str:
    """Return in a sentence from which language something was translated, and whether by a machine."""
    name = {"language": language_name(language)}
    if made_by == MadeBy.MACHINE:
        return _("Translated from %(language)s by a machine, checked by a person") % name
    return _("Translated from %(language)s") % name
