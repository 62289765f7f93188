"""Folding and cleaning of text: one rule for search, for matching names and for sorting.

The databases fold accents and case differently (or not at all), so it is done here,
once, before text is stored for search or compared.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Arabic letters and digits that are written one for the other, as Lucene's normalizers for Arabic and
# Persian unify them.
_ARABIC = {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ـ": None}
_DIGITS = dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2, strict=True))
_LATIN = {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
# Soft hyphens, grapheme joiners and variation selectors say how a word looks and are no part of it.
_SILENT = dict.fromkeys(["\u00ad", "\u034f", *map(chr, range(0xFE00, 0xFE10))])
_LETTERS = str.maketrans(_LATIN | _ARABIC | _DIGITS | _SILENT)
_ASCII_WORD = re.compile("[a-z0-9]+")
# Chinese is written without spaces: each of its characters counts as a word.
_CHINESE = re.compile("([\u3400-\u9fff\U00020000-\U0003ffff])")
# C0 and C1 controls (but tab and line feed), surrogates, noncharacters and bidi overrides: not text, and XML 1.0
# refuses most of them, so one of them in a title would break every feed it is in.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def fold(text: str) -> str:
    """Return `text` without case, accents and letter variants: "São  TOMÉ" gives "sao  tome"."""
    if text.isascii():
        return text.lower()
    # Some signs become capitals when they are taken apart ("™" becomes "TM"), so case goes in between.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LETTERS)


def words(text: str) -> list[str]:
    """Return the folded words of `text`, in order: "Kampala for All!" gives ["kampala", "for", "all"]."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [word for word, _start, _end in spans(text)]


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the folded words of `text` with where they begin and end in it."""
    for piece in _PIECE.finditer(text.translate(_KINDS)):
        start, end = piece.span()
        for word in _folded_words(text[start:end]):
            yield word, start, end


@lru_cache(maxsize=1 << 16)
def _folded_words(piece: str) -> tuple[str, ...]:
    folded = fold(piece)
    if folded.isalnum() and not _CHINESE.search(folded):  # as nearly all are
        return (folded,)
    folded = _CHINESE.sub(r" \1 ", folded)
    return tuple("".join(char if _in_word(char) else " " for char in folded).split())


def _in_word(char: str) -> bool:
    # Marks are vowels of Indian scripts, which no regular expression of Python's takes for letters.
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")


class _Kinds(dict[int, str]):
    """Says of each character, once it is asked for, whether it is part of a word (w), one (c), or between two."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        # What folds to nothing, an accent or a soft hyphen, says how a word looks.
        kind = "c" if _CHINESE.search(folded) else "w" if not folded or any(map(_in_word, folded)) else " "
        self[code] = kind
        return kind


_KINDS = _Kinds()
_PIECE = re.compile("w+|c")


@lru_cache(maxsize=1 << 13)
def key(text: str) -> str:
    """Return the form under which two spellings of one name are the same: its folded words."""
    return " ".join(words(text))


def clean(text: str) -> str:
    """Return `text` composed (NFC), with plain line ends and without characters that are not text."""
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
