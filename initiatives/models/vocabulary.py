"""The curated vocabularies: themes, channels, objectives and declarations; and free keywords."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from initiatives.text import key

#: In the translations of a row: whether a native speaker has still to read those of a language.
REVIEW = "review"


def by_name[Row](rows: Iterable[Row]) -> list[Row]:
    """Return rows in the alphabetical order of what they are called in the reader's language."""
    return sorted(rows, key=lambda row: key(str(row)))


def in_language(translations: dict[str, dict[str, str]], field: str, own: str) -> str:
    """Return a field of a row in the reader's language: from its translations, else its `own` words."""
    return translations.get(get_language() or "", {}).get(field) or own


class Translated(models.Model):
    """A row whose own words are English, and which may have them in other languages.

    `translations` has them by language and field, {"fr": {"name": "…", "review": true}}. What pages show is
    `shown_name` and so on: in the reader's language where there is a translation, else the row's own.
    """

    #: The fields that have translations.
    TRANSLATED: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    translations = models.JSONField(default=dict, db_default={}, editable=False)

    class Meta:
        abstract = True

    def shown(self, field: str) -> str:
        """Return one of the fields in the reader's language."""
        return in_language(self.translations, field, getattr(self, field))

    @property
    def shown_name(self) -> str:
        """What it is called, in the reader's language."""
        return self.shown("name")


class Theme(Translated):
    """An entry of the subject vocabulary."""

    TRANSLATED = ("name", "description")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        """Return the address of its landing page."""
        return reverse("browse:theme", args=[self.slug])

    @property
    def shown_description(self) -> str:
        """What it is about, in the reader's language."""
        return self.shown("description")


class Channel(Translated):
    """How initiatives reached the catalogue, with the sentence that its entries show."""

    TRANSLATED = ("name", "sentence")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160, unique=True)
    sentence = models.TextField(_("sentence"), blank=True, help_text=_("Shown on each entry of the channel."))
    url = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        """Return the address of its landing page."""
        return reverse("browse:channel", args=[self.slug])

    @property
    def shown_sentence(self) -> str:
        """What its entries say of it, in the reader's language."""
        return self.shown("sentence")


class Framework(Translated):
    """An international framework with numbered objectives: the GCM, the GCR, the SDGs."""

    TRANSLATED = ("name", "abbreviation")

    slug = models.SlugField(_("slug"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=160, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=10, unique=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.shown_name


class Objective(Translated):
    """One numbered objective of a framework: "GCM 15 Access to basic services"."""

    TRANSLATED = ("name", "description")

    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, related_name="objectives", verbose_name=_("framework")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.SlugField(_("code"), max_length=24, unique=True, help_text=_("Framework and number: gcm-15."))
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("official wording"), blank=True)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["framework_id", "number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="one_objective_per_number")]

    def __str__(self) -> str:
        return f"{self.framework.shown('abbreviation')} {self.number} · {self.shown_name}"

    @property
    def own_name(self) -> str:
        """The same in its own words, whoever reads."""
        return f"{self.framework.abbreviation} {self.number} · {self.name}"


class Declaration(Translated):
    """A text that governments sign, the Marrakech Mayors Declaration for one."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    url = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["year", "name"]

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.year})"


class Keyword(TagBase):
    """A free tag beside the themes."""

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")
        ordering = ["name"]
