"""What was probably meant: a query in words that the catalogue has, where it has not those that were typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from initiatives.models import SearchIndex, SearchTerm
from initiatives.search.query import Name, Phrase
from initiatives.search.score import Search
from initiatives.text import spans

#: So many slips are taken back in a word of at least so many letters.
_SLIPS = {4: 1, 6: 2}
#: So many words are tried for one that was typed, and so many queries made of them.
_WORDS, _QUERIES = 3, 9


def suggestion(query: str) -> str:
    """Return `query` with words of published entries for those that none has, or nothing.

    Nothing is suggested where `query` finds an entry that has all of it, nor what would not find one.
    """
    search = Search(query)
    if not search.query.parts or search.has_complete():
        return ""
    nearest = {word: list(islice(_nearest(word), _WORDS)) for word in _unknown(search)}
    if not nearest:
        return ""
    for chosen in islice(product(*nearest.values()), _QUERIES):
        mended = _replaced(query, dict(zip(nearest, chosen, strict=True)))
        if Search(mended).has_complete():
            return mended
    return ""


def _unknown(search: Search) -> Iterator[str]:
    """Yield the words of a query by which nothing is found."""
    for part in search.query.parts:
        if isinstance(part, Phrase):
            yield from (word for word in part.words if not search.count_of(word))
        elif not isinstance(part, Name) and not SearchIndex.objects.filter(tokens__match=part.wanted).exists():
            yield part.word


def _nearest(word: str) -> Iterator[str]:
    """Yield the words of the catalogue that are a slip or two away, the nearest and most frequent first."""
    slips = max((allowed for length, allowed in _SLIPS.items() if len(word) >= length), default=0)
    if not slips or any(char.isdigit() for char in word):
        return
    about_as_long = SearchTerm.objects.exclude(written="").annotate(length=Length("term"))
    about_as_long = about_as_long.filter(length__gte=len(word) - slips, length__lte=len(word) + slips)
    counts = {term: (written, count) for term, written, count in about_as_long.values_list("term", "written", "count")}
    found = process.extract(word, counts.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
    for term, _distance, _key in sorted(found, key=lambda each: (each[1], -counts[each[0]][1], each[0])):
        yield counts[term][0]


def _replaced(query: str, words: Mapping[str, str]) -> str:
    """Return `query` with other words in it; what is between them stays."""
    pieces, position = [], 0
    for word, start, end in spans(query):
        if word in words:
            pieces += [query[position:start], words[word]]
            position = end
    return "".join([*pieces, query[position:]])
