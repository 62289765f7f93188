"""What the index and a query make of words: stems, synonyms and other names, the same on both sides.

A *term* is what is looked up: a folded word as it stands ("refugees"), a stem ("~refuge"), a group of synonyms
("#refugee") or two words side by side ("&safeti_net"). Each entry has each of its terms once, with the digit of the
best place where it stands before it: such a *token* is all that the databases see, and neither of them folds, stems
or weighs anything itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import pairwise, product
from pathlib import Path
from threading import Lock
from typing import Any

import snowballstemmer

from initiatives.models import country_name
from initiatives.text import words

_DATA = Path(__file__).parent / "data"
#: Longer words are cut, as PostgreSQL cannot index all of a long one.
LONGEST_WORD = 60
STEM, SYNONYM, PAIR = "~", "#", "&"
#: A shorter stem would not tell words apart, and shorter initials would be words.
_SHORTEST_STEM = _FEWEST_INITIALS = 3
_LANGUAGES = {"en": "english", "fr": "french", "es": "spanish", "ar": "arabic"}
# A stemmer keeps the word it works on in itself.
_one_at_a_time = Lock()


class Place(IntEnum):
    """Where in an entry a word stands; a smaller number counts for more."""

    TITLE = 1
    NAMES = 2
    SUMMARY = 3
    BODY = 4


#: The language of names of which only the words as they are count: other names of a city.
NO_LANGUAGE = "und"
#: What stands between texts, so that no phrase reaches from one into the other.
SEAM = "|"


@dataclass(frozen=True)
class Passage:
    """A text of an entry, with its language; a name without one may be of any."""

    place: Place
    text: str
    language: str = ""

    @cached_property
    def words(self) -> list[str]:
        """Its folded words, in order."""
        return cut_words(self.text)

    @cached_property
    def folded(self) -> str:
        """Its folded words in one text, names apart."""
        if SEAM in self.text:
            return f" {SEAM} ".join(" ".join(cut_words(part)) for part in self.text.split(SEAM))
        return " ".join(self.words)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Its terms, each once."""
        sequence, language = self.words, self.language
        terms = dict.fromkeys(sequence)
        if language != NO_LANGUAGE:
            # A stem that is a word is found as one.
            terms |= dict.fromkeys(STEM + each for word in terms for each in stems_in(language, word) if each != word)
            terms |= dict.fromkeys(SYNONYM + group for group, _start, _end in synonyms(sequence, language))
            if self.place <= Place.NAMES:
                terms |= dict.fromkeys(pairs(sequence, language))
                # A title may hold a name in another language, "Envoi d'argent"; one word alone would be taken amiss.
                foreign = (group for group, start, end in synonyms(sequence) if end - start > 1)
                terms |= dict.fromkeys(SYNONYM + group for group in foreign)
        return tuple(terms)


@lru_cache
def read_data(name: str) -> dict[str, dict[str, list[str]]]:
    """Return the lists of words of `data/<name>.toml`."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def cut_words(text: str) -> list[str]:
    """Return the folded words of `text` in the length in which they are indexed."""
    return [word[:LONGEST_WORD] for word in words(text)]


@lru_cache
def _listed(kind: str) -> frozenset[str]:
    lists = read_data("stopwords")[kind].values()
    return frozenset(word for texts in lists for text in texts for word in words(text))


def is_stop_word(word: str) -> bool:
    """Return whether a (folded) word says nothing by itself: "the", or the "d" of "d'Ivoire"."""
    return word in _listed("silent") or (len(word) == 1 and word.isascii() and word.isalpha())


def is_weak(word: str) -> bool:
    """Return whether a (folded) word is true of almost every entry: "project"."""
    return word in _listed("weak")


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """Return the stem of a (folded) word, or the word where the language has no stemmer.

    What Snowball leaves is stemmed again until nothing more comes off: without accents it stops too early.
    """
    language = language.partition("-")[0]
    if language not in _LANGUAGES:
        return word
    if language == "en":
        word = word.replace("iz", "is")  # organization, organisation
    while len(word) > _SHORTEST_STEM:
        with _one_at_a_time:
            shorter = _stemmer(language).stemWord(word)
        if len(shorter) < _SHORTEST_STEM or shorter == word:
            break
        word = shorter
    return word


@lru_cache(maxsize=1 << 15)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a word of which nobody says the language, each once."""
    languages = ["ar"] if "\u0600" <= word[0] <= "\u06ff" else ["en", "fr", "es"]
    return tuple(dict.fromkeys(stem(word, language) for language in languages))


def stems_in(language: str, word: str) -> tuple[str, ...]:
    """Return the stems under which a word of a text is indexed."""
    return (stem(word, language),) if language else stems(word)


def synonyms(sequence: Sequence[str], language: str = "") -> Iterator[tuple[str, int, int]]:
    """Yield the groups of synonyms of which (folded) words hold a form, in one language or in any.

    With each come the position of the form's first word and the one after its last.
    """
    forms = _forms(language.partition("-")[0])
    content = [
        (position, tuple(dict.fromkeys([word, *stems_in(language, word)])))
        for position, word in enumerate(sequence)
        if not is_stop_word(word)
    ]
    for n, (start, word) in enumerate(content):
        for rest, group in (form for first in word for form in forms.get(first, ())):
            following = content[n + 1 : n + 1 + len(rest)]
            if len(following) == len(rest) and all(
                wanted in found for wanted, (_position, found) in zip(rest, following, strict=True)
            ):
                yield group, start, (following[-1][0] if rest else start) + 1


def tokens(passages: Iterable[Passage]) -> list[str]:
    """Return what is indexed of an entry: each of its terms once, after the digit of the best place it stands in."""
    best: dict[str, int] = {}
    for passage in sorted(passages, key=lambda each: each.place):
        for term in passage.terms:
            best.setdefault(term, passage.place)
    return [f"{place:d}{term}" for term, place in best.items()]


def pairs(sequence: Sequence[str], language: str = "") -> Iterator[str]:
    """Yield the terms for two words side by side, stop words passed over."""
    content = [word for word in sequence if not is_stop_word(word)]
    for one, other in pairwise(content):
        for first, second in product(stems_in(language, one), stems_in(language, other)):
            yield f"{PAIR}{first}_{second}"


@lru_cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(_LANGUAGES[language])


@lru_cache
def _forms(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the forms of synonyms in a language (in every one unless given) by the first word or its stem."""
    forms: dict[str, dict[tuple[tuple[str, ...], str], None]] = {}
    for group, spoken, text in _synonyms():
        if language not in _LANGUAGES or language in spoken or not spoken:
            content = [word for word in words(text) if not is_stop_word(word)]
            # Names of countries, of no language, are not stemmed.
            for each in spoken or [""]:
                first, *rest = (stem(word, each) for word in content)
                forms.setdefault(first, {})[tuple(rest), group] = None
    return {first: list(of_first) for first, of_first in forms.items()}


def _synonyms() -> Iterator[tuple[str, list[str], str]]:
    """Yield each form of each group of synonyms with the languages in which it is stemmed."""
    for group, by_language in read_data("synonyms").items():
        yield from ((group, [language], text) for language, texts in by_language.items() for text in texts)
    for code, others in read_data("countries").items():
        names = [*(country_name(code, language) for language in _LANGUAGES), *others.get("names", ())]
        yield from ((f"country-{code}", [], name) for name in dict.fromkeys(names))
        yield from ((f"people-{code}", ["en", "fr", "es"], name) for name in others.get("people", ()))


@lru_cache
def names_of_country(code: str) -> list[Passage]:
    """Return all names of a country that the site knows, in every language, and those of its people."""
    others = read_data("countries").get(code, {})
    names = {country_name(code, language): language for language in _LANGUAGES}
    names |= dict.fromkeys([*others.get("names", ()), *others.get("people", ())], "")
    return [Passage(Place.NAMES, name, language) for name, language in names.items()]


def initials(name: str) -> str:
    """Return what an organisation is called for short, or nothing: KCCA for Kampala Capital City Authority."""
    capitals = [word[0] for word in name.partition("(")[0].replace("-", " ").split() if word[0].isupper()]
    return "".join(capitals) if len(capitals) >= _FEWEST_INITIALS else ""
