"""Two versions of an entry beside each other: what differs, and what becomes of two that were changed at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import Indel

from initiatives.choices import OrganisationType, Role, Stage
from initiatives.content import Content, Document, Listing, NamedOrganisation, Source
from initiatives.models import Upload

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What is compared and taken as one, in the order of the page: what people call it, and its fields. Years belong
#: together, a picture to what it shows, and who signed a declaration to who leads, because one without the other may
#: say nonsense.
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
    "links": (_("Links"), ("links",)),
    "documents": (_("Documents"), ("documents",)),
    "listings": (_("Channels"), ("listings",)),
}
_TEXTS = {"title", "summary", "what_it_does", "how_it_works", "results", "reusable"}
#: A word with the space before it, or a sign. Words are what stands between spaces and signs, not runs of letters:
#: a vowel of Arabic or Hindi is no letter, and a mark between it and its consonant would tear the two apart.
_SIGNS = r"!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u060c\u061b\u061f\u0964\u0965\u3001-\u303f\uff01-\uff0f"
_WORD = re.compile(rf"\s*(?:[^\s{_SIGNS}]+|\S|$)")


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "del"
    NEW = "ins"


@dataclass(frozen=True)
class Piece:
    """A run of words, or one value of a list, and what became of it.

    Of a picture or a document, `text` says what it shows or is called, and `upload` is the file.
    """

    text: str
    mark: Mark
    upload: Upload | None = None


@dataclass(frozen=True)
class Change:
    """A part in which two versions differ.

    Attributes:
        part: its name in PARTS.
        before, after: its pieces in either version, marked where they differ.
        is_list: whether the pieces are values that stand one under the other.
        in_conflict: whether the public version was changed in this part, too, since the proposal was begun.
    """

    part: str
    before: list[Piece]
    after: list[Piece]
    is_list: bool
    in_conflict: bool = False

    @property
    def label(self) -> str:
        """What people call the part."""
        return part_labels([self.part])[0]


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
    return replace(public, **{name: getattr(proposed, name) for name in names}, change_note=proposed.change_note)


def _change(part: str, old: Content, new: Content, *, in_conflict: bool) -> Change:
    if part in _TEXTS:
        before, after = _compare(getattr(old, part), getattr(new, part))
        return Change(part, before, after, is_list=False, in_conflict=in_conflict)
    old_values, new_values = _values(part, old), _values(part, new)
    before = [each if each in new_values else replace(each, mark=Mark.GONE) for each in old_values]
    after = [each if each in old_values else replace(each, mark=Mark.NEW) for each in new_values]
    return Change(part, before, after, is_list=True, in_conflict=in_conflict)


def _compare(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces; of a text of 10,000 characters that takes a few milliseconds, whatever it says."""
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    before, after = [], []
    for run in Indel.opcodes(old_words, new_words):
        is_same = run.tag == "equal"
        before += _pieces("".join(old_words[run.src_start : run.src_end]), Mark.SAME if is_same else Mark.GONE)
        after += _pieces("".join(new_words[run.dest_start : run.dest_end]), Mark.SAME if is_same else Mark.NEW)
    return before, after


def _pieces(text: str, mark: Mark) -> list[Piece]:
    # The space before what changed is not marked, or every underline would begin too early.
    word = text.lstrip()
    if mark == Mark.SAME or not word:
        return [Piece(text, mark)] if text else []
    space = text[: len(text) - len(word)]
    return ([Piece(space, Mark.SAME)] if space else []) + [Piece(word, mark)]


def _comparable(content: Content, name: str) -> Any:
    """Return a form of a value in which two are equal if they say the same."""
    # What is not stored yet may name a city without its country.
    value = content.every_country if name == "countries" else getattr(content, name)
    if isinstance(value, str | bool | int | None):
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
    return [Piece(text, Mark.SAME) for text in _shown(part, content)]


def _shown(part: str, content: Content) -> list[str]:
    """Return the values of a part that is neither text nor file, as people read them."""
    match part:
        case "years":
            return [str(year) for year in (content.start_year, content.end_year) if year]
        case "stage":
            return [str(Stage(content.stage).label)] if content.stage else []
        case "language":
            return [
                str(Locale.parse(get_language() or "en", sep="-").languages.get(content.language, content.language))
            ]
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
