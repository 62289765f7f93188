"""What an entry is recognised by: the ideas and names in its title, its places, organisations and years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, Self

from initiatives.search.duplicates.vocabulary import bare, meaning, phrases
from initiatives.text import words

#: A title's words beyond this number are not looked at.
MOST_WORDS = 40
_LONGEST_PHRASE = 8
#: So many texts are kept as they were read.
_KEPT = 8192
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_NUMBERED = re.compile(r"^([^\W\d_]{2,})(\d+)$")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|e|eme|a|o)")
# Two capitals or more, or digits among capitals: "MBI", "D4C", "EUDiF".
_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z0-9][A-Za-z0-9]{1,7}")
_HEAD = re.compile(r"\s*(?::|\s[-–—|]\s|\()")
_YEAR = re.compile(r"(?:19|20)\d\d")

# Consonants that are written one for the other when a name goes from one script or language to another.
_SOUNDS = str.maketrans(
    {"b": "p", "v": "f", "d": "t", "g": "k", "c": "k", "q": "k", "z": "s", "j": "s", "x": "s"}
    | {"ب": "p", "پ": "p", "ف": "f", "ڤ": "f", "ت": "t", "ط": "t", "د": "t", "ض": "t", "ذ": "t", "ث": "t", "ظ": "t"}
    | {"ك": "k", "ق": "k", "غ": "k", "خ": "k", "گ": "k", "ج": "s", "ش": "s", "س": "s", "ص": "s", "ز": "s", "چ": "s"}
    | {"م": "m", "ن": "n", "ل": "l", "ر": "r"}
    | dict.fromkeys("aeiouyhwاويهحعء")
)
_DOUBLED = re.compile(r"(.)\1+")


class Token(NamedTuple):
    """A word of a title, or several that are one name.

    Attributes:
        idea: what it stands for, the same in every language: an idea of the glossary, "@" and a country,
            "city:" and its number, "#" and a number, or "=" and the word where nothing is known of it.
        text: as it is written.
        word: folded.
    """

    idea: str
    text: str
    word: str

    @property
    def is_known(self) -> bool:
        """Whether it is more than a word of which nothing is known."""
        return self.idea[0] != "="

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return self.idea[0] == "#"

    @property
    def is_place(self) -> bool:
        """Whether it is a country or one of the cities that are looked for."""
        return self.idea[0] == "@" or self.idea.startswith("city:")


class CityNames(dict[tuple[str, ...], str]):
    """The names of some cities, folded and split into words, with the idea that each stands for."""

    def learn(self, number: int, name: str, *, is_its_own: bool) -> None:
        """Add a (folded) name of a city: its own, or another that it has."""
        # "Sur" is another name of Tyre, and means "on" or "south".
        if is_its_own or " " in name or (len(name) > 3 and meaning(name) is None):
            self.setdefault(tuple(name.split()), f"city:{number}")


@dataclass(frozen=True)
class Profile:
    """What an entry is recognised by."""

    title: str
    countries: frozenset[str] = frozenset()
    #: The name of each by its number.
    cities: Mapping[int, str] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()
    start_year: int | None = None
    end_year: int | None = None
    city_names: CityNames = field(default_factory=CityNames)

    def knowing(self, city_names: CityNames) -> Self:
        """Return the same with more names by which cities are known in its title."""
        return replace(self, city_names=city_names)

    @cached_property
    def tokens(self) -> list[Token]:
        """What the words of its title stand for, in order, without those that say nothing."""
        begin = {name[0] for name in self.city_names}
        names_a_city = any(word in begin for _text, word in _split(self.title))
        return _tokens(self.title, self.city_names) if names_a_city else tokens(self.title)

    @property
    def name(self) -> str:
        """Its title, folded."""
        return " ".join(word for _text, word in _split(self.title))

    @property
    def years(self) -> frozenset[int]:
        """The years that its title names or, if none, those in which it began and ended."""
        named = {int(year) for year in _YEAR.findall(self.title)}
        return frozenset(named or {year for year in (self.start_year, self.end_year) if year})

    @property
    def head(self) -> str:
        """The title up to a colon, a dash or a parenthesis: often its short name."""
        return _HEAD.split(self.title, maxsplit=1)[0]

    @property
    def acronyms(self) -> frozenset[str]:
        """The abbreviations in its title, folded."""
        return acronyms(self.title)


@lru_cache(_KEPT)
def tokens(text: str) -> list[Token]:
    """Return what the words of a title or name stand for, in order, without those that say nothing."""
    return _tokens(text, {})


@lru_cache(_KEPT)
def acronyms(text: str) -> frozenset[str]:
    """Return the abbreviations in a text, folded: {"d4c"}; none in a text that is all in capitals."""
    if text.isupper() and " " in text.strip():
        return frozenset()
    return frozenset(" ".join(words(word)) for word in _WORD.findall(text) if _ACRONYM.fullmatch(word))


@lru_cache(_KEPT)
def initials(text: str) -> tuple[str, ...]:
    """Return the first letters of the words of a text: of all, and of those that say something."""
    return tuple("".join(_initial(word) for word in said) for said in _sayings(text))


def stands_for(abbreviation: str, text: str) -> list[str]:
    """Return the (folded) words of a text, one beside the other, that an abbreviation is made of, or none."""
    if not 3 <= len(abbreviation) <= 8:
        return []
    for said, letters in zip(_sayings(text), initials(text), strict=True):
        # Where a number has several digits, places do not tell words any more.
        if abbreviation in letters and len(letters) == len(said):
            at = letters.index(abbreviation)
            return said[at : at + len(abbreviation)]
    return []


@lru_cache(_KEPT)
def sound(word: str) -> str:
    """Return how the consonants of a name sound, roughly and in any script: "Kampala" and "كمبالا" are "kmpl"."""
    return _DOUBLED.sub(r"\1", bare(word).replace("ph", "f").replace("ch", "s").replace("sh", "s").translate(_SOUNDS))


@lru_cache(_KEPT)
def _sayings(text: str) -> tuple[list[str], list[str]]:
    folded = [word for _text, word in _split(text)]
    return folded, [word for word in folded if meaning(word) != ""]


def _initial(word: str) -> str:
    return word if word.isdigit() else word[0]


@lru_cache(_KEPT)
def _split(text: str) -> list[tuple[str, str]]:
    """Return the words of a text as they are written and folded; a folded one may be several ("COP28" is two)."""
    found = [(written, word) for written in _WORD.findall(text)[:MOST_WORDS] for word in words(written)]
    # Of a title that was cut off, the last word may be half a word.
    found = found[:-1] if len(found) > 2 and text.rstrip().endswith(("…", "...")) else found
    return [(written, part) for written, word in found for part in _NUMBERED.sub(r"\1 \2", word).split()]


def _tokens(text: str, cities: Mapping[tuple[str, ...], str]) -> list[Token]:
    pairs = _split(text)
    said = [word for _text, word in pairs]
    starts = _phrase_starts() | {name[0] for name in cities}
    found, at = [], 0
    while at < len(pairs):
        idea, length = _phrase(said, at, cities) if said[at] in starts else (None, 1)
        if idea is None:
            idea = _idea(said[at])
        if idea:
            written = dict.fromkeys(text for text, _word in pairs[at : at + length])
            found.append(Token(idea, " ".join(written), " ".join(said[at : at + length])))
        at += length
    return found


@cache
def _phrase_starts() -> frozenset[str]:
    return frozenset(name[0] for name in phrases())


def _phrase(said: list[str], at: int, cities: Mapping[tuple[str, ...], str]) -> tuple[str | None, int]:
    """Return the name of several words (or of a city) that begins here and its length in words, or None and 1."""
    for length in range(min(_LONGEST_PHRASE, len(said) - at), 0, -1):
        run = tuple(said[at : at + length])
        if idea := cities.get(run) or phrases().get(run):
            return idea, length
    return None, 1


@lru_cache(_KEPT)
def _idea(word: str) -> str:
    if word.isdigit():
        return f"#{int(word)}"
    if ordinal := _ORDINAL.fullmatch(word):
        return f"#{ordinal[1]}"
    known = meaning(word)
    if known is not None:
        return known
    return f"={bare(word)}" if len(word) > 1 else ""
