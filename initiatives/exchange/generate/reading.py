"""What text search reads of generated entries: as `search.index` writes it, of parts that come again and again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection, transaction

from initiatives.exchange.bulk import Table
from initiatives.models import SearchDocument, SearchIndex
from initiatives.search.analysis import NO_LANGUAGE, SEAM, Passage, Place, initials, names_of_country, tokens
from initiatives.search.index import add_counts, as_written, counted, names_of_cities


@dataclass(frozen=True)
class Said:
    """What an entry says, as search reads it; `texts` are its title, its summary and what follows, in sentences."""

    language: str
    texts: list[list[str]]
    organisations: list[str]
    cities: dict[int, str]
    countries: list[str]
    subjects: list[str]
    objectives: list[str]


class Reading:
    """Collects what search reads, and how often each term comes."""

    def __init__(self) -> None:
        self.document = Table(SearchDocument, "initiative_id", "title", "names", "text")
        self.index = Table(SearchIndex, "document_id", "tokens")
        self._cities: dict[int, list[Passage]] = {}
        self._counts: Counter[str] = Counter()
        self._written: dict[str, str] = {}
        self._passage = lru_cache(maxsize=60_000)(self._made)

    def _made(self, place: Place, text: str, language: str = "") -> Passage:
        """Return a passage, which keeps its terms for the next time."""
        passage = Passage(place, text, language)
        if language != NO_LANGUAGE:
            self._written |= as_written([passage])
        return passage

    def add(self, pk: int, said: Said) -> None:
        """Read one entry."""
        (title,), summary, *body = said.texts
        for city, name in said.cities.items():
            if city not in self._cities:
                self._cities |= names_of_cities({city: name}, known=())
        head = self._passage(Place.TITLE, title, said.language)
        names = [
            self._passage(Place.NAMES, each) for name in said.organisations for each in (name, initials(name)) if each
        ]
        names += [each for city in said.cities for each in self._cities[city]]
        names += [each for code in said.countries for each in names_of_country(code)]
        told = [[self._passage(Place.SUMMARY, each, said.language) for each in summary]]
        told += [[self._passage(Place.SUMMARY, each, said.language)] for each in said.subjects]
        told += [[self._passage(Place.BODY, each, said.language) for each in text] for text in body if text]
        told += [[self._passage(Place.BODY, each, said.language)] for each in said.objectives]
        seam = f" {SEAM} "
        places = seam.join(each.folded for each in names)
        rest = seam.join(" ".join(each.folded for each in text) for text in told)
        self.document.add(pk, f" {head.folded} ", f" {places} ", f" {head.folded}{seam}{places}{seam}{rest} ")
        found = tokens([head, *names, *(each for text in told for each in text)])
        self._counts.update(counted(found))
        # COPY reads a `tsvector` as it is written out: each lexeme between quotes.
        written = (f"'{token}'" for token in found) if connection.vendor == "postgresql" else found
        self.index.add(pk, " ".join(written))

    @transaction.atomic
    def write_counts(self) -> None:
        """Add how often each term came to what is known of the others."""
        add_counts(self._counts, self._written)
        self._counts.clear()
