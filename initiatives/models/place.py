"""Where initiatives are: regions, countries and cities."""

from functools import lru_cache

from babel import Locale
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext
from django.utils.translation import gettext_lazy as _


@lru_cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language, sep="-").territories)


def country_name(code: str, language: str | None = None) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2) in a language (the reader's unless given), from CLDR."""
    return _territories(language or get_language() or "en").get(code, code)


#: UN M49's number for the whole world: initiatives that are global.
WORLD = 1


def region_name(code: int) -> str:
    """Return the name of a region (its M49 number) in the reader's language, from CLDR, or nothing if it has none."""
    return "" if country_name(f"{code:03}") == f"{code:03}" else country_name(f"{code:03}")


def isolated(name: str) -> str:
    """Return a name such that words around it, written the other way, neither move it nor are moved by it."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if get_language_bidi() else name


def readers_way(text: str) -> str:
    """Return a text of ours such that it runs as the reader's language does, even if a name in Latin comes first."""
    return f"\N{RIGHT-TO-LEFT MARK}{text}" if get_language_bidi() else text


def city_name(name: str, country: str) -> str:
    """Return the name of a city with that of its country (by code), in the reader's language."""
    # Names of cities are in Latin letters, those of countries in the reader's.
    named = gettext("%(city)s, %(country)s") % {"city": isolated(name), "country": country_name(country)}
    return readers_way(named)


class Region(models.Model):
    """A region or sub-region of UN M49 (https://unstats.un.org/unsd/methodology/m49/)."""

    code = models.PositiveSmallIntegerField(_("M49 code"), primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="subregions", verbose_name=_("part of")
    )

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]

    def __str__(self) -> str:
        return region_name(self.code) or self.name


class Country(models.Model):
    """A country or territory of ISO 3166-1."""

    code = models.CharField(_("ISO 3166-1 alpha-2"), max_length=2, primary_key=True)
    alpha3 = models.CharField(_("ISO 3166-1 alpha-3"), max_length=3, unique=True)
    numeric = models.PositiveSmallIntegerField(_("ISO 3166-1 numeric and M49 code"), unique=True)
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="countries",
        verbose_name=_("sub-region"),
        help_text=_("Empty for Antarctica alone, which stands in no M49 region."),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True, help_text=_("Where most people live."))
    longitude = models.FloatField(_("longitude"), null=True, blank=True, help_text=_("Where most people live."))

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its landing page."""
        return reverse("browse:country", args=[self.code])

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return country_name(self.code)

    @property
    def shown_name(self) -> str:
        """The same, as pages ask whatever has a page of its own."""
        return self.name


class City(models.Model):
    """A city of the GeoNames gazetteer."""

    geoname_id = models.PositiveIntegerField(_("GeoNames number"), primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(_("folded name"), max_length=200, db_index=True)
    slug = models.SlugField(_("slug"), max_length=220, unique=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="cities", verbose_name=_("country"))
    division = models.CharField(_("first-level division"), max_length=20, blank=True)
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees, WGS 84."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees, WGS 84."))
    population = models.PositiveIntegerField(_("population"), default=0)

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name", "geoname_id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="city_is_on_earth"
            )
        ]

    def __str__(self) -> str:
        return city_name(self.name, self.country_id)

    def get_absolute_url(self) -> str:
        """Return the address of its landing page."""
        return reverse("browse:city", args=[self.slug])

    @property
    def shown_name(self) -> str:
        """Its name, which GeoNames has in one language."""
        return self.name


class CityName(models.Model):
    """A name under which a city is found, folded: its own and those that it has elsewhere or had before."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="names", verbose_name=_("city"))
    key = models.CharField(_("folded name"), max_length=200)

    class Meta:
        verbose_name = _("name of a city")
        verbose_name_plural = _("names of cities")
        constraints = [
            # The key goes first: this is also the index by which names are looked up.
            models.UniqueConstraint(fields=["key", "city"], name="one_key_per_city"),
            models.CheckConstraint(condition=~models.Q(key=""), name="city_name_says_something"),
        ]

    def __str__(self) -> str:
        return self.key
