"""What is known of the language of a text."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
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


@lru_cache
def direction(language: str) -> str:
    """Return the direction of a text in a language, for the `dir` attribute: "ltr" or "rtl"."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def language_name(code: str) -> str:
    """Return what a language is called in the reader's language, or its code where nobody knows it."""
    return _name(code, get_language() or "en")


@lru_cache
def _name(code: str, reader: str) -> str:
    return str(Locale.parse(reader, sep="-").languages.get(code, code))


def language_choices() -> list[tuple[str, str]]:
    """Return the languages an entry may be written in, named in the reader's language."""
    return sorted(((code, language_name(code)) for code in TEXT_LANGUAGES), key=lambda choice: key(choice[1]))
