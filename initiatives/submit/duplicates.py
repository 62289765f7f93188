"""Warns of entries that look the same as the one being submitted."""

from __future__ import annotations

from django.db.models import Q
from rapidfuzz import fuzz

from initiatives.content import Content
from initiatives.models import Initiative
from initiatives.text import key, words

#: From this likeness of titles (0 to 100) on, two entries in the same place look the same.
LIKENESS = 80
#: From this likeness on they do wherever they are.
STRONG_LIKENESS = 92
CANDIDATES, SHOWN = 300, 3
_SHORTEST_WORD = 4


def entries_like(content: Content) -> list[Initiative]:
    """Return up to three published entries whose title looks the same, the most similar first."""
    title = key(content.title)
    long_words = [word for word in words(content.title) if len(word) >= _SHORTEST_WORD] or words(content.title)
    any_word = Q(pk__in=[])
    for word in long_words[:12]:
        any_word |= Q(search_document__title__contains=f" {word}")
    candidates = Initiative.objects.published().filter(any_word).with_list_content()[:CANDIDATES]
    places = {country.code for country in content.countries} | {city.country_id for city in content.cities}
    scored = []
    for candidate in candidates:
        likeness = fuzz.token_set_ratio(title, key(candidate.public.title))
        same_place = places & {country.code for country in candidate.public.countries.all()}
        if likeness >= (LIKENESS if same_place or not places else STRONG_LIKENESS):
            scored.append((likeness, candidate))
    scored.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [candidate for _, candidate in scored[:SHOWN]]
