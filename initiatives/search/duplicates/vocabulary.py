"""What the words of a title stand for, whichever of four languages they are in: ideas of the field, and countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from initiatives.text import fold, words

#: Names of countries are known in every language that the site can speak.
LANGUAGES = ["en", "fr", "es", "ar"]
#: In what share of titles an idea or name stands of which nothing is known: it is rare.
UNKNOWN_SHARE = 0.002
COUNTRY_SHARE = 0.04
#: A name shorter than this begins too many other words.
_SHORTEST_BEGINNING = 5
# Not the names of countries only: "réunion" is a meeting.
_AMBIGUOUS = {"RE", "JE", "IM"}
# The Arabic article, and the particles that are written on to a word.
_PARTICLES = re.compile("^(?:[وفبكل]?ال|لل|[وفبلكس])")
_ARTICLES = re.compile("^(?:[وفبك]?ال|لل)")


class Vocabulary(NamedTuple):
    """What words stand for: `exact` ones, and those that begin with one of `beginnings`."""

    exact: dict[str, str]
    beginnings: dict[str, str]
    #: Names of several words.
    phrases: dict[tuple[str, ...], str]
    shares: dict[str, float]


@lru_cache
def meaning(word: str) -> str | None:
    """Return the idea (or "@" and the country) that a folded word stands for, "" if it says nothing, or None."""
    found = _look_up(word)
    # "وللمهاجرين" is "and for the migrants".
    while found is None and word > "؀" and (rest := _PARTICLES.sub("", word)) != word and len(rest) > 2:
        word = rest
        found = _look_up(word)
    return found


@lru_cache
def bare(word: str) -> str:
    """Return an unknown word without what may be written on to it: a plural's s, an Arabic article."""
    if word > "؀":
        stripped = _ARTICLES.sub("", word)
        return stripped if len(stripped) > 2 else word
    return word[:-1] if len(word) > 4 and word[-1] in "sx" and word[-2] != "s" else word


def share(idea: str) -> float:
    """Return in about what share of all titles an idea, a country or an unknown word stands."""
    return COUNTRY_SHARE if idea.startswith("@") else vocabulary().shares.get(idea, UNKNOWN_SHARE)


def phrases() -> dict[tuple[str, ...], str]:
    """Return the names of several words, with the country that each is."""
    return vocabulary().phrases


def _look_up(word: str) -> str | None:
    known = vocabulary()
    for form in (word, word[:-1] if word[-1] in "sx" else word):
        if (found := known.exact.get(form)) is not None:
            return found
    for end in range(len(word), 2, -1):
        if (found := known.beginnings.get(word[:end])) is not None:
            return found
    return None


@lru_cache
def vocabulary() -> Vocabulary:
    """Return the glossary and the names of countries."""
    known = Vocabulary({}, {}, {}, {})
    share = 1.0
    for line in Path(__file__).with_name("glossary.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            share = float(line[1:])
        elif line and not line.startswith("#"):
            _add(known, line, share)
    for code, name in _country_names():
        _add_country(known, f"@{code}", tuple(words(name)))
    return known


def _add(known: Vocabulary, line: str, share: float) -> None:
    forms = [fold(form) for form in line.replace("|", " ").split()]
    if line.startswith("@"):
        idea, forms = line.split(maxsplit=1)[0], forms[1:]
    elif share == 1:
        idea = ""
    else:
        idea = forms[0].rstrip("*")
        known.shares[idea] = share
    for form in forms:
        if "_" in form:
            known.phrases.setdefault(tuple(form.split("_")), idea)
        elif form.endswith("*"):
            known.beginnings.setdefault(form[:-1], idea)
        else:
            known.exact.setdefault(form, idea)


def _country_names() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _AMBIGUOUS:
                yield code, name


def _add_country(known: Vocabulary, country: str, name: tuple[str, ...]) -> None:
    if len(name) != 1:
        known.phrases.setdefault(name, country)
        return
    [word] = name
    known.exact.setdefault(word, country)
    known.exact.setdefault(bare(word), country)
    # Its people are called as it is: "Ghanaian", "marocain", "Moldovan".
    beginning = bare(word)
    if beginning[-1] in "aeiouy" and len(beginning) > _SHORTEST_BEGINNING:
        beginning = beginning[:-1]
    if len(beginning) >= _SHORTEST_BEGINNING:
        known.beginnings.setdefault(beginning, country)
