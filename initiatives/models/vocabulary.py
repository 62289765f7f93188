"""The curated vocabularies: themes, channels, objectives and declarations; and free keywords."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase


class Theme(models.Model):
    """An entry of the subject vocabulary."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its landing page."""
        return reverse("browse:theme", args=[self.slug])


class Channel(models.Model):
    """How initiatives reached the catalogue, with the sentence that its entries show."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160, unique=True)
    sentence = models.TextField(_("sentence"), blank=True, help_text=_("Shown on each entry of the channel."))
    url = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its landing page."""
        return reverse("browse:channel", args=[self.slug])


class Framework(models.Model):
    """An international framework with numbered objectives: the GCM, the GCR, the SDGs."""

    slug = models.SlugField(_("slug"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=160, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=10, unique=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Objective(models.Model):
    """One numbered objective of a framework: "GCM 15 Access to basic services"."""

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
        return f"{self.framework.abbreviation} {self.number} · {self.name}"


class Declaration(models.Model):
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
        return f"{self.name} ({self.year})"


class Keyword(TagBase):
    """A free tag beside the themes."""

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")
        ordering = ["name"]
