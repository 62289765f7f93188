"""One complete version of what an entry says."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from initiatives.choices import OrganisationType, Role, Stage
from initiatives.models.language import direction
from initiatives.models.organisation import Organisation
from initiatives.models.place import City, Country, city_name, country_name, isolated, readers_way
from initiatives.models.translation import Words
from initiatives.models.upload import Upload
from initiatives.models.vocabulary import Channel, Declaration, Keyword, Objective, Theme
from initiatives.querysets import RevisionQuerySet

FIRST_YEAR, LAST_YEAR = 1900, 2100


def where(cities: Iterable[tuple[str, str]], countries: Iterable[str], *, is_global: bool) -> str:
    """Return places in one line, in the reader's language: cities (name, country), then countries they do not name."""
    cities = list(cities)
    named = {country for _name, country in cities}
    others = sorted(country_name(code) for code in countries if code not in named)
    # Latin and Arabic names in one line would run through each other.
    places = [isolated(place) for place in [*(city_name(name, country) for name, country in cities), *others]]
    return readers_way(_(" · ").join(places)) if places else (str(_("Global")) if is_global else "")


def years(start: int | None, end: int | None, stage: str) -> str:
    """Return years in one line: "2021–2024", "since 2021", "2021", or nothing."""
    if start is None:
        return ""
    if end and end != start:
        return f"{start}–{end}"
    if not end and stage == Stage.ONGOING:
        return _("since %(year)s") % {"year": start}
    return str(start)


class TaggedRevision(ItemBase):
    """A keyword on a revision."""

    content_object = models.ForeignKey("Revision", on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Keyword, on_delete=models.PROTECT, related_name="%(class)s_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_keyword_per_revision")]


class Revision(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """One complete version of an initiative's content; the public page shows the newest approved one."""

    initiative = models.ForeignKey(
        "Initiative", on_delete=models.CASCADE, related_name="revisions", verbose_name=_("initiative")
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language of the text"), max_length=12, default="en")
    summary = models.TextField(_("summary"), max_length=600)
    what_it_does = models.TextField(_("what it does"), blank=True)
    how_it_works = models.TextField(_("how it works"), blank=True)
    results = models.TextField(_("results so far"), blank=True)
    reusable = models.TextField(_("what others can reuse"), blank=True)
    is_global = models.BooleanField(_("global"), default=False)
    countries = models.ManyToManyField(Country, blank=True, related_name="revisions", verbose_name=_("countries"))
    cities = models.ManyToManyField(City, blank=True, related_name="revisions", verbose_name=_("cities"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="revisions", verbose_name=_("themes"))
    objectives = models.ManyToManyField(Objective, blank=True, related_name="revisions", verbose_name=_("objectives"))
    keywords = TaggableManager(
        through=TaggedRevision, blank=True, related_name="revisions", verbose_name=_("keywords")
    )
    start_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    stage = models.CharField(_("status"), max_length=12, choices=Stage, blank=True)
    picture = models.ForeignKey(
        Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="pictured_in", verbose_name=_("picture")
    )
    picture_alt = models.CharField(_("what the picture shows"), max_length=250, blank=True, default="", db_default="")
    picture_credit = models.CharField(
        _("credit for the picture"), max_length=200, blank=True, default="", db_default=""
    )
    change_note = models.TextField(_("what changed and why"), blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)

    objects = RevisionQuerySet.as_manager()
    #: What the public calls it, where it was loaded by `RevisionQuerySet.numbered`.
    number: int

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        # All that the index in memory asks of every version itself: the table lies behind all their texts.
        indexes = [
            models.Index(fields=["id", "stage", "is_global", "start_year", "end_year"], name="filtered_by_columns")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(summary=""), name="revision_has_title_and_summary"),
            models.CheckConstraint(condition=Q(stage__in=["", *Stage.values]), name="stage_is_known"),
            models.CheckConstraint(
                condition=(Q(start_year=None) | Q(start_year__range=(FIRST_YEAR, LAST_YEAR)))
                & (Q(end_year=None) | Q(end_year__range=(FIRST_YEAR, LAST_YEAR))),
                name="years_are_plausible",
            ),
            models.CheckConstraint(
                condition=Q(end_year=None) | Q(start_year__isnull=False, end_year__gte=models.F("start_year")),
                name="last_year_is_not_before_the_first",
            ),
            models.CheckConstraint(
                condition=Q(picture=None, picture_alt="", picture_credit="")
                | Q(picture__isnull=False) & ~Q(picture_alt=""),
                name="a_picture_says_what_it_shows",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def direction(self) -> str:
        """The direction of its text."""
        return direction(self.language)

    @property
    def own_words(self) -> Words:
        """What it says in its own language."""
        return Words(self)

    @property
    def words(self) -> Words:
        """What it says to the reader, in their language where there is a translation."""
        reader = get_language()
        if reader == self.language:
            return self.own_words
        prefetch_related_objects([self], "translations")
        return Words(self, next((each for each in self.translations.all() if each.language == reader), None))

    @property
    def channels(self) -> list[Channel]:
        """The channels it was published in, each once."""
        return list(dict.fromkeys(publication.channel for publication in self.publications.all()))

    @property
    def where(self) -> str:
        """Its places in one line, in the reader's language: its cities, then the countries they do not name."""
        cities = [(city.name, city.country_id) for city in self.cities.all()]
        return where(cities, [country.code for country in self.countries.all()], is_global=self.is_global)

    @property
    def years(self) -> str:
        """Its years in one line."""
        return years(self.start_year, self.end_year, self.stage)


class Publication(models.Model):
    """That an initiative was published in a channel: in which edition, at which address, when."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="publications")
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="publications", verbose_name=_("channel")
    )
    edition = models.CharField(_("edition or year"), max_length=80, blank=True)
    url = models.URLField(_("address there"), max_length=500, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "channel", "edition"], name="one_publication_per_edition")
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.edition}".strip()


class Involvement(models.Model):
    """That an organisation leads or partners, in the words of whoever wrote this version.

    The organisation itself is looked up, or made, when the version is approved: what nobody
    has reviewed names nothing that a published entry shows.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="involvements")
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(_("folded name"), max_length=200, editable=False)
    type = models.CharField(_("type"), max_length=24, choices=OrganisationType)
    role = models.CharField(_("role"), max_length=8, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, editable=False, related_name="involvements"
    )

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "name_key", "type"], name="one_role_per_organisation"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(condition=Q(type__in=OrganisationType.values), name="involved_type_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.get_role_display()})"

    @property
    def shown_name(self) -> str:
        """The name of the organisation, which may have been mended since, or as it was written."""
        return self.organisation.name if self.organisation else self.name


class Signature(models.Model):
    """That an organisation signed a declaration, as this version says."""

    involvement = models.ForeignKey(Involvement, on_delete=models.CASCADE, related_name="signatures")
    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["involvement", "declaration"], name="one_signature_each")]

    def __str__(self) -> str:
        return f"{self.involvement.shown_name}: {self.declaration}"


class Link(models.Model):
    """A page about the initiative, or the source of what the entry says."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(_("web address"), max_length=500)
    label = models.CharField(_("name of the page"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label or self.url
