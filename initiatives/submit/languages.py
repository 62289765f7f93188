"""The languages that an entry may be written in."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import get_language

from initiatives.text import key

#: Languages that an entry may be written in, beside those of the site: what migrants and cities write.
TEXT_LANGUAGES = [
    "am",
    "ar",
    "bn",
    "de",
    "el",
    "en",
    "es",
    "fa",
    "fr",
    "ha",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "so",
    "sq",
    "sw",
    "ti",
    "tl",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
]


def language_choices() -> list[tuple[str, str]]:
    """Return the languages an entry may be written in, named in the reader's language."""
    names = Locale.parse(get_language() or "en", sep="-").languages
    return sorted(((code, str(names[code])) for code in TEXT_LANGUAGES), key=lambda choice: key(choice[1]))
