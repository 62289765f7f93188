"""What is known of the language of a text."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


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
