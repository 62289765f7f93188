"""Warns of entries that look the same as the one being submitted."""

from __future__ import annotations

from django.db.models import Q
from rapidfuzz import fuzz, process

from initiatives.content import Content
from initiatives.models import Initiative
from initiatives.text import key, words

#: From this likeness of titles (0 to 100) on, two entries in the same place look the same.
LIKENESS = 80
#: From this likeness on they do wherever they are.
STRONG_LIKENESS = 92
SHOWN = 3
_SHORTEST_WORD = 4


def entries_like(content: Content) -> list[Initiative]:
    """Return up to three published entries whose title looks the same, the most similar first."""
    long_words = [word for word in words(content.title) if len(word) >= _SHORTEST_WORD] or words(content.title)
    any_word = Q(pk__in=[])
    for word in long_words[:12]:
        any_word |= Q(search_document__title__contains=f" {word}")
    sharing = Initiative.objects.published().filter(any_word)
    best = _most_similar(key(content.title), dict(sharing.values_list("pk", "search_document__title")))
    places = {country.code for country in content.countries} | {city.country_id for city in content.cities}
    if places:
        here = set(sharing.filter(current__countries__in=places).values_list("pk", flat=True))
        best = {pk: likeness for pk, likeness in best.items() if pk in here or likeness >= STRONG_LIKENESS}
    shown = list(best)[:SHOWN]
    return sorted(Initiative.objects.with_list_content().filter(pk__in=shown), key=lambda entry: shown.index(entry.pk))


def _most_similar(title: str, titles: dict[int, str]) -> dict[int, float]:
    """Return the likeness of those of `titles` that look the same, the most similar first."""
    found = process.extract(title, titles, scorer=fuzz.token_set_ratio, score_cutoff=LIKENESS, limit=None)
    # A title that holds all words of the other counts as the same: among those, one that says no more goes first.
    found.sort(key=lambda each: (-each[1], -fuzz.ratio(title, each[0].strip()), each[2]))
    return {pk: likeness for _title, likeness, pk in found}
