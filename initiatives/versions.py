"""Two versions of an entry beside each other: what differs, and what becomes of two that were changed at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from initiatives.choices import OrganisationType, Role, Stage
from initiatives.content import (
    Content,
    Document,
    Listing,
    NamedOrganisation,
    Source,
    TranslatedTexts,
    fitted,
    texts_digest,
)
from initiatives.models import TEXTS, MadeBy, Text, Upload, direction, language_name
from initiatives.pieces import Mark, Piece, compare

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What is compared and taken as one, in the order of the page: what people call it, and its fields (`value_of`). Years
#: belong together, a picture to what it shows, and who signed a declaration to who leads, because one without the
#: other may say nonsense. Each language of the site is a part of its own: two translations do not collide.
PARTS: dict[str, tuple[StrOrPromise, tuple[str, ...]]] = {
    "title": (_("Title"), ("title",)),
    "summary": (_("Summary"), ("summary",)),
    "picture": (_("Picture"), ("picture", "picture_alt", "picture_credit")),
    "language": (_("Language of the text"), ("language",)),
    "countries": (_("Countries"), ("is_global", "countries")),
    "cities": (_("Cities"), ("cities",)),
    "years": (_("Years"), ("start_year", "end_year")),
    "stage": (_("Status"), ("stage",)),
    "themes": (_("Themes"), ("themes",)),
    "keywords": (_("Keywords"), ("keywords",)),
    "objectives": (_("Objectives"), ("objectives",)),
    "organisations": (_("Organisations"), ("organisations", "declarations")),
    "what_it_does": (_("What it does"), ("what_it_does",)),
    "how_it_works": (_("How it works"), ("how_it_works",)),
    "results": (_("Results so far"), ("results",)),
    "reusable": (_("What others can reuse"), ("reusable",)),
    "text_en": (_("English translation"), ("translations.en",)),
    "text_fr": (_("French translation"), ("translations.fr",)),
    "text_es": (_("Spanish translation"), ("translations.es",)),
    "text_ar": (_("Arabic translation"), ("translations.ar",)),
    "links": (_("Links"), ("links",)),
    "documents": (_("Documents"), ("documents",)),
    "listings": (_("Channels"), ("listings",)),
}
_TEXTS = {"title", "summary", "what_it_does", "how_it_works", "results", "reusable"}
_TEXT_LABELS = {name: PARTS[name][0] for name in PARTS if name in _TEXTS} | {
    "picture_alt": _("What the picture shows")
}


@dataclass(frozen=True)
class TranslatedText:
    """One text of a translation that was changed, in pieces, and the original of it (empty where it is gone)."""

    label: str
    original: Text
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class TranslationChange:
    """What became of a translation.

    Attributes:
        language: into which it is.
        is_new: whether there was none before; then nothing is marked.
        made_by: who made it, in words; nothing where it is taken away.
        was_made_by: who was said to have made it, where that is another.
        is_stale: whether the original was changed since it was made from it.
        fits_again: whether its texts stay, and it is only said that they fit the original as it is by now.
        texts: those that differ.
    """

    language: str
    is_new: bool
    made_by: str
    was_made_by: str
    is_stale: bool
    fits_again: bool
    texts: list[TranslatedText]

    @property
    def direction(self) -> str:
        """The direction of its texts."""
        return direction(self.language)


@dataclass(frozen=True)
class Change:
    """A part in which two versions differ.

    Attributes:
        part: its name in PARTS.
        before, after: its pieces in either version, marked where they differ.
        is_list: whether the pieces are values that stand one under the other.
        in_conflict: whether the public version was changed in this part, too, since the proposal was begun.
        translation: what more there is to say of a translation.
    """

    part: str
    before: list[Piece]
    after: list[Piece]
    is_list: bool
    in_conflict: bool = False
    translation: TranslationChange | None = None

    @property
    def label(self) -> str:
        """What people call the part."""
        return part_labels([self.part])[0]


def language_of(part: str) -> str:
    """Return the language of a part that is a translation, or nothing."""
    return PARTS[part][1][0].partition(".")[2]


def translated(old: Content, new: Content) -> str:
    """Return the language of the translation in which alone two versions differ, or nothing."""
    parts = changed_parts(old, new)
    return language_of(parts[0]) if len(parts) == 1 else ""


def value_of(content: Content, name: str) -> Any:
    """Return a field by its name in PARTS; "translations.fr" is the French translation, or None."""
    field, _dot, language = name.partition(".")
    value = getattr(content, field)
    return value.get(language) if language else value


def with_values(content: Content, values: Mapping[str, Any]) -> Content:
    """Return what `content` says with other values for some fields by their names in PARTS, as far as they fit."""
    translations = dict(content.translations)
    plain = {}
    for name, value in values.items():
        field, _dot, language = name.partition(".")
        if not language:
            plain[field] = value
        elif value is None:
            translations.pop(language, None)
        else:
            translations[language] = value
    return fitted(replace(content, **plain, translations=translations))


def changed_parts(old: Content, new: Content) -> list[str]:
    """Return the names of the parts in which two versions differ, in the order of the page."""
    return [
        part
        for part, (_label, names) in PARTS.items()
        if any(_comparable(old, name) != _comparable(new, name) for name in names)
    ]


def part_labels(parts: Collection[str]) -> list[str]:
    """Return what people call these parts."""
    return [str(PARTS[part][0]) for part in parts]


def changes(old: Content, new: Content, *, in_conflict: Collection[str] = ()) -> list[Change]:
    """Return what differs between two versions, part by part and word by word."""
    return [_change(part, old, new, in_conflict=part in in_conflict) for part in changed_parts(old, new)]


def conflicts(base: Content, public: Content, proposed: Content) -> set[str]:
    """Return the parts that both sides changed since `base`, and not to the same."""
    both = set(changed_parts(base, public)) & set(changed_parts(base, proposed))
    return both & set(changed_parts(public, proposed))


def merge(base: Content, public: Content, proposed: Content, *, take: Collection[str] | None = None) -> Content:
    """Return the public version with those parts of the proposal that it changed since `base`.

    `take` names the parts to take; without it all that the proposal changed are taken. What others
    changed meanwhile in other parts stays either way.
    """
    chosen = changed_parts(base, proposed) if take is None else [part for part in PARTS if part in take]
    names = [name for part in chosen for name in PARTS[part][1]]
    merged = with_values(public, {name: value_of(proposed, name) for name in names})
    return replace(merged, change_note=proposed.change_note)


def _change(part: str, old: Content, new: Content, *, in_conflict: bool) -> Change:
    if part in _TEXTS:
        before, after = compare(getattr(old, part), getattr(new, part))
        return Change(part, before, after, is_list=False, in_conflict=in_conflict)
    if language := language_of(part):
        before, after = _values(part, old), _values(part, new)
        translation = _translation_change(language, old, new)
        return Change(part, before, after, is_list=True, in_conflict=in_conflict, translation=translation)
    old_values, new_values = _values(part, old), _values(part, new)
    before = [each if each in new_values else replace(each, mark=Mark.GONE) for each in old_values]
    after = [each if each in old_values else replace(each, mark=Mark.NEW) for each in new_values]
    return Change(part, before, after, is_list=True, in_conflict=in_conflict)


def _translation_change(language: str, old: Content, new: Content) -> TranslationChange:
    was, now = old.translations.get(language), new.translations.get(language)
    texts = []
    for name in TEXTS:
        said = [getattr(each, name) if each else "" for each in (was, now)]
        if said[0] == said[1]:
            continue
        before, after = compare(*said) if was else ([], [Piece(said[1], Mark.SAME)])
        original = Text(getattr(new, name) if now else "", new.language)
        texts.append(TranslatedText(str(_TEXT_LABELS[name]), original, before, after))
    is_stale = now is not None and now.original != texts_digest(new)
    return TranslationChange(
        language=language,
        is_new=was is None,
        made_by=str(MadeBy(now.made_by).label) if now else "",
        was_made_by=str(MadeBy(was.made_by).label) if was and now and was.made_by != now.made_by else "",
        is_stale=is_stale,
        fits_again=bool(was and now and was.original != now.original and not texts and not is_stale),
        texts=texts,
    )


def _comparable(content: Content, name: str) -> Any:
    """Return a form of a value in which two are equal if they say the same."""
    # What is not stored yet may name a city without its country.
    value = content.every_country if name == "countries" else value_of(content, name)
    if isinstance(value, str | bool | int | TranslatedTexts | None):
        return value
    if isinstance(value, Upload):
        return value.digest
    return sorted(repr(_identity(each)) for each in value)


def _identity(value: Any) -> Any:
    if isinstance(value, Document):
        # The same file sent again is no change.
        return value.upload.digest, value.title
    return getattr(value, "pk", value)


def _values(part: str, content: Content) -> list[Piece]:
    """Return the values of a part that is no text, all of them still the same."""
    if part == "documents":
        return [Piece(each.title, Mark.SAME, each.upload) for each in content.documents]
    if part == "picture":
        shown = [Piece(content.picture_alt, Mark.SAME, content.picture)] if content.picture else []
        return shown + ([Piece(content.picture_credit, Mark.SAME)] if content.picture_credit else [])
    if language := language_of(part):
        said = content.translations.get(language)
        return [Piece(text, Mark.SAME) for name in TEXTS if said and (text := getattr(said, name))]
    return [Piece(text, Mark.SAME) for text in _shown(part, content)]


def _shown(part: str, content: Content) -> list[str]:
    """Return the values of a part that is neither text nor file, as people read them."""
    match part:
        case "years":
            return [str(year) for year in (content.start_year, content.end_year) if year]
        case "stage":
            return [str(Stage(content.stage).label)] if content.stage else []
        case "language":
            return [language_name(content.language)]
        case "countries":
            return ([str(_("Global"))] if content.is_global else []) + [each.name for each in content.every_country]
        case "organisations":
            return [_line(each) for each in [*content.organisations, *content.declarations]]
        case _:
            return [_line(each) for each in getattr(content, part)]


def _line(value: Any) -> str:
    if isinstance(value, NamedOrganisation):
        return f"{value.name} ({OrganisationType(value.type).label}, {Role(value.role).label})"
    if isinstance(value, Listing):
        return ", ".join(str(part) for part in (value.channel, value.edition, value.url, value.date) if part)
    if isinstance(value, Source):
        return f"{value.label} – {value.url}" if value.label else value.url
    return str(value)
