"""Folding and cleaning of text: one rule for search, for matching names and for sorting.

The databases fold accents and case differently (or not at all), so it is done here,
once, before text is stored for search or compared.
"""

import re
import unicodedata

# Arabic letters that are written one for the other, as Lucene's ArabicNormalizer unifies them.
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_WORD = re.compile(r"[^\W_]+")
# C0 and C1 controls (but tab and line feed), noncharacters and bidi overrides: not text, and XML 1.0
# refuses most of them, so one of them in a title would break every feed it is in.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ufdd0-\ufdef\ufffe\uffff]")


def fold(text: str) -> str:
    """Return `text` without case, accents and letter variants: "São  TOMÉ" gives "sao  tome"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_ARABIC))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.translate(_LETTERS)


def words(text: str) -> list[str]:
    """Return the folded words of `text`, in order: "Kampala for All!" gives ["kampala", "for", "all"]."""
    return _WORD.findall(fold(text.replace("'", " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", " ")))


def key(text: str) -> str:
    """Return the form under which two spellings of one name are the same: its folded words."""
    return " ".join(words(text))


def clean(text: str) -> str:
    """Return `text` composed (NFC), with plain line ends and without characters that are not text."""
    return _NOT_TEXT.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
