"""What generated entries say: names and sentences made of the words of the field, some of them again and again."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random

from initiatives.text import key

_PLAIN = re.compile("[a-z0-9]+")
_PHRASES = Path(__file__).parent / "phrases.toml"
#: So many different sentences a language has, so many names of projects there are, and so many keywords.
SENTENCES, NAMES, KEYWORDS = 4000, 20_000, 6000
_SYLLABLES = [
    "ka",
    "ve",
    "la",
    "mi",
    "so",
    "tu",
    "ra",
    "ne",
    "do",
    "shi",
    "ba",
    "lo",
    "zu",
    "pe",
    "ha",
    "wi",
    "go",
    "ya",
]
_PARTS = {"actors": "actor", "actions": "action", "objects": "object", "people": "people", "means": "means"}


class Zipf[Value]:
    """Draws from values: the first most often, the n-th some 1/n as often."""

    def __init__(self, values: list[Value], *, steepness: float = 1.0) -> None:
        """`steepness` says how much more often the first ones come."""
        self.values = values
        self._rising = list(accumulate(1 / rank**steepness for rank in range(1, len(values) + 1)))

    def draw(self, random: Random) -> Value:
        """Return one value."""
        return self.values[bisect(self._rising, random.random() * self._rising[-1])]

    def several(self, random: Random, most: int, *, least: int = 1) -> list[Value]:
        """Return from `least` to `most` values, fewer where one would come twice."""
        return list(dict.fromkeys(self.draw(random) for _ in range(random.randint(least, most))))


@dataclass(frozen=True)
class Language:
    """What is said in one language.

    Attributes:
        code: the language.
        sentences: what texts are made of.
        objects, people: what titles are made of.
        title: how.
    """

    code: str
    sentences: Zipf[str]
    objects: Zipf[str]
    people: Zipf[str]
    title: str


def languages(random: Random) -> list[Language]:
    """Return English, French, Spanish and Arabic, with the same sentences for the same `random`."""
    found = []
    for code, said in tomllib.loads(_PHRASES.read_text("utf-8")).items():
        parts = {name: Zipf(said[column], steepness=0.8) for column, name in _PARTS.items()}
        made = (
            said["sentence"].format(**{name: part.draw(random) for name, part in parts.items()})
            for _ in range(SENTENCES)
        )
        sentences = Zipf(list(dict.fromkeys(made)), steepness=0.5)
        found.append(Language(code, sentences, parts["object"], parts["people"], said["title"]))
    return found


def names() -> list[str]:
    """Return names that projects may have, of three or four syllables."""
    base = len(_SYLLABLES)
    made = []
    for number in range(NAMES):
        # A step that shares no factor with their number visits all before one comes again.
        rest, name = (number * 7919 + base**2) % base**4, ""
        while rest:
            rest, syllable = divmod(rest, base)
            name += _SYLLABLES[syllable]
        made.append(name.capitalize())
    return made


def keywords(english: Language, names: list[str]) -> list[str]:
    """Return keywords: what is done, then for whom, then under which name."""
    objects = english.objects.values
    pairs = [f"{each} for {people}" for people in english.people.values for each in objects]
    named = [f"{name} {each}".lower() for each in objects for name in names[:200]]
    return list(dict.fromkeys([*objects, *pairs, *named]))[:KEYWORDS]


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Return the folded words of a text that may come again; the same as `text.key`, and quicker for plain letters."""
    return " ".join(_PLAIN.findall(text.lower())) if text.isascii() else key(text)
