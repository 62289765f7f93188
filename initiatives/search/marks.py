"""Marks the words of a query where an entry has them, by the same rules by which it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from initiatives.markdown import to_plain
from initiatives.models import LONG_TEXTS, Words
from initiatives.search.analysis import LONGEST_WORD, STEM, SYNONYM, stems_in, synonyms
from initiatives.search.query import Name, Part, Phrase, Word, parse
from initiatives.text import spans

#: A list shows about so many characters of a summary.
_SHOWN = 280
#: How long a snippet is, and how much of it goes before the first word found.
_SNIPPET, _BEFORE = 180, 40


@dataclass(frozen=True)
class Marked:
    """What a line of a list shows, with the words found in <mark>; all else in it is escaped.

    Attributes:
        snippet: where in the text words stand that neither the title nor the summary shows; nothing if nowhere.
    """

    title: SafeString
    summary: SafeString
    snippet: SafeString


@dataclass(frozen=True)
class _Hit:
    """From where to where in a text something stands, and of which part of the query."""

    start: int
    end: int
    part: int


def marked(said: Words, query: str) -> Marked:
    """Return the title and the summary of a version as a search for `query` shows them, perhaps with a snippet."""
    marker = _marker(query)
    title = marker.hits(said.title, said.language)
    summary = marker.hits(said.summary, said.language)
    seen = {hit.part for hit in [*title, *(hit for hit in summary if hit.end <= _SHOWN)]}
    return Marked(
        title=_with_marks(said.title, title),
        summary=_with_marks(said.summary, summary),
        snippet=marker.snippet(said, but=seen),
    )


@lru_cache(maxsize=16)
def _marker(query: str) -> _Marker:
    return _Marker(query)


class _Marker:
    """Finds the words of one query in texts."""

    def __init__(self, text: str) -> None:
        query = parse(text)
        parts: list[Part] = [*query.parts, *query.weak]
        self._terms: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._phrases: list[tuple[Phrase, int]] = []
        for number, part in enumerate(parts):
            if isinstance(part, Phrase):
                self._phrases.append((part, number))
                continue
            for word in part.parts if isinstance(part, Name) else [part]:
                self._add(word, number)
            self._terms |= {SYNONYM + group: number for group in part.groups}
        self._has_synonyms = any(term.startswith(SYNONYM) for term in self._terms)
        self._wanted = set(range(len(query.parts)))
        # The same words stand in most texts.
        self._part = lru_cache(maxsize=1024)(self._part_of)

    def _add(self, word: Word, number: int) -> None:
        self._terms |= dict.fromkeys(word.terms, number)
        if word.is_prefix:
            self._prefixes[word.word] = number

    def hits(self, text: str, language: str = "") -> list[_Hit]:
        """Return where in `text` the words stand."""
        pieces = [(word[:LONGEST_WORD], start, end) for word, start, end in spans(text)]
        sequence = [word for word, _start, _end in pieces]
        part_of = self._part
        found = [
            _Hit(start, end, part) for word, start, end in pieces if (part := part_of(word, language)) is not None
        ]
        for group, first, after in synonyms(sequence, language) if self._has_synonyms else ():
            if (part := self._terms.get(SYNONYM + group)) is not None:
                found.append(_Hit(pieces[first][1], pieces[after - 1][2], part))
        for phrase, part in self._phrases:
            size = len(phrase.words)
            for first in range(len(sequence) - size + 1):
                if phrase.is_in(sequence[first : first + size]):
                    found.append(_Hit(pieces[first][1], pieces[first + size - 1][2], part))
        return sorted(found, key=lambda hit: (hit.start, -hit.end))

    def _part_of(self, word: str, language: str) -> int | None:
        """Return the part of the query that a word of a text belongs to, if any."""
        for term in (word, *(STEM + stem for stem in stems_in(language, word))):
            if (part := self._terms.get(term)) is not None:
                return part
        return next((part for prefix, part in self._prefixes.items() if word.startswith(prefix)), None)

    def snippet(self, said: Words, *, but: set[int]) -> SafeString:
        """Return the part of the text that shows most of what is wanted, `but` what is seen already."""
        missing = self._wanted - but
        best: tuple[int, str, int] = (0, "", 0)
        # What the translation leaves out, its page shows in the original's language.
        said_below = [said.text(name) for name in ("summary", *LONG_TEXTS)]
        texts = [each.text for each in said_below if each and each.language == said.language]
        for text in map(to_plain, texts if missing else ()):
            hits = [hit for hit in self.hits(text, said.language) if hit.part in missing]
            for first in hits:
                near = {hit.part for hit in hits if first.start <= hit.start < first.start + _SNIPPET - _BEFORE}
                if len(near) > best[0]:
                    best = len(near), text, first.start
        count, text, position = best
        if not count:
            return SafeString("")
        start = text.rfind(" ", 0, max(position - _BEFORE, 0) + 1) + 1 if position > _BEFORE else 0
        end = len(text) if len(text) <= start + _SNIPPET else max(text.rfind(" ", 0, start + _SNIPPET), position)
        excerpt = f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
        return _with_marks(excerpt, self.hits(excerpt, said.language))


def _with_marks(text: str, hits: Sequence[_Hit]) -> SafeString:
    """Return `text`, escaped, with each run of hits in <mark>."""
    pieces, position = [], 0
    for hit in hits:
        if hit.start >= position:
            pieces += [escape(text[position : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>"]
            position = hit.end
    return mark_safe("".join([*pieces, escape(text[position:])]))  # noqa: S308 - each piece is escaped
