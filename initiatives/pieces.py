"""Two texts beside each other, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from initiatives.models import Upload

#: A word with the space before it, or a sign. Words are what stands between spaces and signs, not runs of letters:
#: a vowel of Arabic or Hindi is no letter, and a mark between it and its consonant would tear the two apart.
_SIGNS = r"!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u060c\u061b\u061f\u0964\u0965\u3001-\u303f\uff01-\uff0f"
_WORD = re.compile(rf"\s*(?:[^\s{_SIGNS}]+|\S|$)")


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "del"
    NEW = "ins"


@dataclass(frozen=True)
class Piece:
    """A run of words, or one value of a list, and what became of it.

    Of a picture or a document, `text` says what it shows or is called, and `upload` is the file.
    """

    text: str
    mark: Mark
    upload: Upload | None = None


def compare(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces; of a text of 10,000 characters that takes a few milliseconds, whatever it says."""
    old_words, new_words = _WORD.findall(old), _WORD.findall(new)
    before, after = [], []
    for run in Indel.opcodes(old_words, new_words):
        is_same = run.tag == "equal"
        before += _pieces("".join(old_words[run.src_start : run.src_end]), Mark.SAME if is_same else Mark.GONE)
        after += _pieces("".join(new_words[run.dest_start : run.dest_end]), Mark.SAME if is_same else Mark.NEW)
    return before, after


def _pieces(text: str, mark: Mark) -> list[Piece]:
    # The space before what changed is not marked, or every underline would begin too early.
    word = text.lstrip()
    if mark == Mark.SAME or not word:
        return [Piece(text, mark)] if text else []
    space = text[: len(text) - len(word)]
    return ([Piece(space, Mark.SAME)] if space else []) + [Piece(word, mark)]
