"""What the page of an entry reads, and in which language it shows the texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from initiatives.browse.cards import Card
from initiatives.browse.related import related_cards
from initiatives.facts import Fact, key_facts
from initiatives.models import Initiative, Revision
from initiatives.search.kept import Kept
from initiatives.templatetags.languages import LanguageLink, address_in


@dataclass(frozen=True)
class Told:
    """What the page of an entry tells of it in one language, beside its texts: the key facts, and related entries."""

    facts: list[Fact]
    related: list[Card]


#: So many entries a process remembers with all that they say.
_kept = Kept[str, Initiative](200, touched=lambda _slug, entry, entries: entry.pk in entries)
#: And of so many what their pages tell, each in one language.
_told = Kept[tuple[str, str], Told](400)


def public_entry(slug: str) -> Initiative:
    """Return the published entry at an address with all that its page shows, and its number of approved `versions`.

    Others read the same object: it is not to be changed. Who owns the entry is to be asked anew, for that changes
    without the catalogue.

    Raises:
        Http404: there is none.
    """
    if (entry := _kept.of([slug], _read).get(slug)) is None:
        raise Http404
    return entry


def _read(slugs: list[str]) -> dict[str, Initiative]:
    entries = Initiative.objects.published().filter(slug__in=slugs).with_versions().with_content()
    return {str(entry.slug): entry for entry in entries}


def told(initiative: Initiative) -> Told:
    """Return what the page of an entry tells of it in the reader's language."""
    key = get_language() or "", str(initiative.slug)

    def read(_: object) -> dict[tuple[str, str], Told]:
        said = key_facts(initiative.public, initiative.founding_submission)
        return {key: Told(said, related_cards(initiative, initiative.public))}

    return _told.of([key], read)[key]


def reading(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    """Return the `words` of a version for its page: in the reader's language or, for `?text=original`, its own.

    Where both are there, `other_url` leads from one to the other.
    """
    words = revision.words
    if not words.translation:
        return {"words": words}
    if request.GET.get("text") == "original":
        return {"words": revision.own_words, "other_url": request.path}
    return {"words": words, "other_url": f"{request.path}?text=original"}


def other_languages(initiative: Initiative) -> dict[str, Any]:
    """Return how a reader gets from an entry that they see in its own language to a translation.

    That is `also`, the translations there are, or `translate_url`, where to make the one into the reader's language.
    """
    revision, reader = initiative.public, get_language()
    if revision.language != reader:
        missing = revision.words.translation is None
        return {"translate_url": reverse("submit:translate", args=[initiative.slug, reader])} if missing else {}
    said = {each.language for each in revision.translations.all()}
    url = initiative.get_absolute_url()
    return {
        "also": [
            LanguageLink(code, name, address_in(code, url), current=False)
            for code, name in settings.LANGUAGES
            if code in said
        ]
    }
