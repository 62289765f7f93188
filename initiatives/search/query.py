"""What somebody typed into the search box, taken apart: words, phrases in quotes, and what is not wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, product

from initiatives.models import Condition, Wanted
from initiatives.search.analysis import PAIR, STEM, SYNONYM, Place, cut_words, is_stop_word, is_weak, stems, synonyms

#: Words of a query beyond this number are not looked at.
MAX_WORDS = 12
#: Of so many words one may be missing, where no entry has them all.
WORDS_FOR_A_MISSING_ONE = 3
#: A word shorter than this is not taken for the beginning of another.
_SHORTEST_PREFIX = 2

#: How much a hit counts: the word or its stem, and what is only related, a synonym or a longer word. In the text below
#: that makes no difference; it would take longest to tell.
POINTS = {Place.TITLE: 32, Place.NAMES: 16, Place.SUMMARY: 8, Place.BODY: 4}
RELATED_POINTS = {Place.TITLE: 20, Place.NAMES: 10, Place.SUMMARY: 5}
#: How much the words of a name count where they stand apart.
APART_POINTS = 2
#: How much is added where two words of the query stand side by side.
PAIR_POINTS = {Place.TITLE: 8, Place.NAMES: 4}

_QUOTES = str.maketrans("“”„«»＂", '""""""')
_PART = re.compile(r'(?P<minus>-?)(?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<bare>[^\s"]+))')


@dataclass(frozen=True)
class Tier:
    """A way to meet a part of a query, and how much that counts."""

    condition: Condition
    points: int


@dataclass(frozen=True)
class Word:
    """A word that is looked for as it is, by its stems, by what means the same, and perhaps as a beginning.

    Attributes:
        groups: the synonyms it belongs to.
        is_prefix: whether it is the last one typed, and so perhaps not finished.
        longer: the words of the catalogue that it may become then; None where they are too many, or not known.
    """

    word: str
    groups: tuple[str, ...] = ()
    is_prefix: bool = False
    longer: tuple[str, ...] | None = None

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The word and its stems; a stem may also be a word of an entry."""
        each_stem = [each for each in stems(self.word) if each != self.word]
        return tuple(dict.fromkeys([self.word, *each_stem, *(STEM + each for each in (self.word, *each_stem))]))

    @property
    def counted(self) -> tuple[str, ...]:
        """The terms that tell how frequent it is."""
        return (*self.terms, *(SYNONYM + group for group in self.groups), *(self.longer or ()))

    @property
    def related(self) -> list[str]:
        """Its synonyms, and the words that begin with it."""
        beginning = [] if not self.is_prefix else [f"{self.word}*"] if self.longer is None else self.longer
        return [*(SYNONYM + group for group in self.groups), *beginning]

    @property
    def wanted(self) -> Wanted:
        """The tokens of which an entry with it has one."""
        return tokens([*self.terms, *self.related])

    @property
    def condition(self) -> Condition:
        """What meets it as it is, or by a stem."""
        return Condition(tokens(self.terms))

    @property
    def tiers(self) -> list[Tier]:
        """What meets it, place by place."""
        found = [Tier(Condition(tokens(self.terms, place)), POINTS[place]) for place in RELATED_POINTS]
        if self.related:
            for place, points in RELATED_POINTS.items():
                # Who has the word itself there is found already, and most of the related ones have.
                others = ("without", tokens(self.related, place), tokens(self.terms, place))
                found.append(Tier(Condition(others), points))
        return [*found, Tier(Condition(tokens([*self.terms, *self.related], Place.BODY)), POINTS[Place.BODY])]


@dataclass(frozen=True)
class Name:
    """Several words that mean one thing: its synonyms count as much, the words apart for little."""

    parts: tuple[Word, ...]
    groups: tuple[str, ...]

    @property
    def counted(self) -> tuple[str, ...]:
        """The terms that tell how frequent it is: its synonyms."""
        return tuple(SYNONYM + group for group in self.groups)

    @property
    def _apart(self) -> Wanted:
        return all_of([part.wanted for part in self.parts])

    @property
    def wanted(self) -> Wanted:
        """The tokens that an entry with it has."""
        return any_of([tokens(self.counted), self._apart])

    @property
    def tiers(self) -> list[Tier]:
        """What meets it, place by place."""
        found = [Tier(Condition(tokens(self.counted, place)), points) for place, points in POINTS.items()]
        return [*found, Tier(Condition(self._apart), APART_POINTS)]


@dataclass(frozen=True)
class Phrase:
    """Words in quotes, which stand in an entry as they are typed and side by side.

    Attributes:
        is_open: whether the closing quote is missing, so that the last word is perhaps not finished.
    """

    words: tuple[str, ...]
    is_open: bool = False

    @property
    def counted(self) -> tuple[str, ...]:
        """The terms that tell how frequent it is at most."""
        return self.words

    def _within(self, *places: Place) -> Wanted:
        *first, last = self.words
        last = f"{last}*" if self.is_open and len(last) >= _SHORTEST_PREFIX else last
        return all_of([tokens([word], *places) for word in [*first, last]])

    @property
    def wanted(self) -> Wanted:
        """The tokens that an entry with it has; it may have them without having the phrase."""
        return self._within()

    @property
    def tiers(self) -> list[Tier]:
        """What meets it: in the title, in a name, anywhere."""
        text = self.condition.phrase
        return [
            # Of each word only the best place is known: those of a phrase in a name may all stand in the title.
            Tier(Condition(self._within(Place.TITLE), text, "title"), POINTS[Place.TITLE]),
            Tier(Condition(self._within(Place.TITLE, Place.NAMES), text, "names"), POINTS[Place.NAMES]),
            Tier(self.condition, POINTS[Place.BODY]),
        ]

    @property
    def condition(self) -> Condition:
        """What meets it at all."""
        return Condition(self.wanted, f" {' '.join(self.words)}" + ("" if self.is_open else " "))

    def is_in(self, words: Sequence[str]) -> bool:
        """Return whether as many words are this phrase."""
        *first, last = self.words
        same = words[-1].startswith(last) if self.is_open else words[-1] == last
        return same and list(words[:-1]) == first


type Part = Word | Name | Phrase
#: Which words begin with one; None where they are too many to be named.
type Longer = Callable[[str], tuple[str, ...] | None]


@dataclass(frozen=True)
class Query:
    """A query, taken apart.

    Attributes:
        parts: what an entry has to have.
        excluded: what it must not have.
        weak: what counts though it is not asked for.
        pairs: terms for words that count once more where they stand side by side.
    """

    parts: tuple[Part, ...]
    excluded: tuple[Phrase | Word, ...] = ()
    weak: tuple[Word | Name, ...] = ()
    pairs: tuple[tuple[str, ...], ...] = ()

    @property
    def conditions(self) -> list[Condition]:
        """What an entry that has all parts meets."""
        has_tokens = Condition(all_of([part.wanted for part in self.parts]))
        return [has_tokens, *(part.condition for part in self.parts if isinstance(part, Phrase))]

    @property
    def exclusions(self) -> list[Condition]:
        """What no entry meets that is found."""
        return [part.condition for part in self.excluded]

    @property
    def beside(self) -> list[list[Tier]]:
        """The ways in which two of its words stand side by side."""
        return [
            [Tier(Condition(tokens(pair, place)), points) for place, points in PAIR_POINTS.items()]
            for pair in self.pairs
        ]

    @property
    def may_miss(self) -> int:
        """How many of its parts an entry may be without where no entry has all; none where there are quotes."""
        is_exact = any(isinstance(part, Phrase) for part in self.parts)
        return 0 if is_exact else len(self.parts) // WORDS_FOR_A_MISSING_ONE


def parse(text: str, *, longer: Longer = lambda _word: None) -> Query:
    """Return what is looked for in `text`; a query without a word has no parts.

    `longer` says which words of the catalogue begin with one that is perhaps not finished, or None.
    """
    wanted: list[str] = []
    phrases: list[Phrase] = []
    excluded: list[Phrase | Word] = []
    last = ""
    for minus, part_words, is_quoted, is_open in _split(text):
        if minus:
            excluded.append(Phrase(part_words) if len(part_words) > 1 else Word(part_words[0]))
            last = ""
        elif is_quoted:
            phrases.append(Phrase(part_words, is_open=is_open))
            last = ""
        else:
            wanted += part_words
            last = part_words[-1]
    distinct = list(dict.fromkeys(wanted))
    words = [word for word in distinct if not is_stop_word(word)]
    if not words and not phrases:
        words = distinct
    last = last if len(last) >= _SHORTEST_PREFIX else ""
    parts = list(_parts(words, last, longer))
    strong = [part for part in parts if not (isinstance(part, Word) and is_weak(part.word))]
    if not strong and not phrases:
        strong = parts
    return Query(
        parts=(*strong, *dict.fromkeys(phrases)),
        excluded=tuple(excluded),
        weak=tuple(part for part in parts if part not in strong),
        pairs=tuple(_pair(one, other) for one, other in pairwise(words)),
    )


def _split(text: str) -> Iterator[tuple[bool, tuple[str, ...], bool, bool]]:
    """Yield the words of each part of a query, whether it has a minus, is in quotes, and lacks the closing one."""
    left = MAX_WORDS
    for match in _PART.finditer(text.translate(_QUOTES)):
        is_quoted = match["bare"] is None
        part_words = tuple(cut_words(match["quoted"] if is_quoted else match["bare"])[:left])
        left -= len(part_words)
        if part_words:
            yield bool(match["minus"]), part_words, is_quoted, is_quoted and not match["end"]


def _parts(words: Sequence[str], last: str, longer: Longer) -> Iterator[Word | Name]:
    """Yield what the words stand for: the longest run that has synonyms, one by one otherwise."""
    groups: dict[int, tuple[int, tuple[str, ...]]] = {}
    for group, start, end in synonyms(words):
        longest, others = groups.get(start, (0, ()))
        if end > longest or (end == longest and group not in others):
            groups[start] = (end, (*others, group) if end == longest else (group,))
    position = 0
    while position < len(words):
        end, names = groups.get(position, (position + 1, ()))
        parts = tuple(
            Word(word, is_prefix=True, longer=longer(word)) if word == last else Word(word)
            for word in words[position:end]
        )
        yield Name(parts, names) if len(parts) > 1 else replace(parts[0], groups=names)
        position = end


def _pair(one: str, other: str) -> tuple[str, ...]:
    return tuple(f"{PAIR}{first}_{second}" for first, second in product(stems(one), stems(other)))


def tokens(terms: Sequence[str], *places: Place) -> Wanted:
    """Return what an entry meets that has one of the terms in one of the places (in any unless given)."""
    return any_of([f"{place:d}{term}" for place in places or Place for term in terms])


def any_of(wanted: Sequence[Wanted]) -> Wanted:
    """Return what is met where any of `wanted` is."""
    return wanted[0] if len(wanted) == 1 else ("any", *wanted)


def all_of(wanted: Sequence[Wanted]) -> Wanted:
    """Return what is met where all of `wanted` are."""
    return wanted[0] if len(wanted) == 1 else ("all", *wanted)
