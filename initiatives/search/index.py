"""Writing what text search reads, in step with what is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import batched, chain

from django.db import connection, transaction

from initiatives.models import (
    LONG_TEXTS,
    CityName,
    Initiative,
    Revision,
    SearchDocument,
    SearchIndex,
    SearchTerm,
    Translation,
)
from initiatives.querysets import CONTENT, content_of
from initiatives.search import duplicates
from initiatives.search.analysis import (
    LONGEST_WORD,
    NO_LANGUAGE,
    PAIR,
    SEAM,
    Passage,
    Place,
    initials,
    names_of_country,
    tokens,
)
from initiatives.text import spans

#: So many entries are written in one transaction, and so many terms in one statement.
_BATCH, _TERMS = 200, 2000
_LONGEST_WRITTEN = SearchTerm._meta.get_field("written").max_length
#: What of a version is searched for beside its own texts.
_CONTENT = {
    name: CONTENT[name]
    for name in ("involvements", "cities", "countries", "themes", "keywords", "objectives", "translations")
}


def index(initiatives: Iterable[Initiative]) -> None:
    """Write what search reads of those of these entries that are published, and remove what it reads of the others."""
    places: dict[int, list[Passage]] = {}
    for batch in batched((initiative.pk for initiative in initiatives), _BATCH):
        _index(batch, places)


def rebuild() -> int:
    """Write all of it anew, entry by entry while the site serves, and return how many entries there are."""
    indexed = SearchDocument.objects.values("pk")
    concerned = Initiative.objects.published().order_by() | Initiative.objects.filter(pk__in=indexed).order_by()
    index(concerned.only("pk").iterator(chunk_size=_BATCH))
    _count_again()
    SearchIndex.objects.tidy()
    return SearchDocument.objects.count()


@transaction.atomic(savepoint=False)
def _index(keys: tuple[int, ...], places: dict[int, list[Passage]]) -> None:
    """Do so for some; `places` holds the names of the cities that were met before."""
    _wait_for_others()
    published = Initiative.objects.published().filter(pk__in=keys).select_related("current")
    entries = published.prefetch_related(*content_of("current__", _CONTENT))
    places |= names_of_cities(
        {city.pk: city.name for entry in entries for city in entry.public.cities.all()}, known=places
    )
    documents, index_rows = [], []
    written: dict[str, str] = {}
    for entry in entries:
        passages = _passages(entry.public, places)
        documents.append(_document(entry, passages))
        index_rows.append(SearchIndex(document_id=entry.pk, tokens=" ".join(tokens(passages))))
        written |= as_written(passages)
    before = list(SearchIndex.objects.filter(pk__in=keys))
    changes = Counter(chain.from_iterable(_terms(row) for row in index_rows))
    changes.subtract(chain.from_iterable(_terms(row) for row in before))
    if before:
        # An FTS5 table updates no row; it takes another.
        SearchIndex.objects.filter(pk__in=keys).delete()
    SearchDocument.objects.filter(pk__in=set(keys) - {entry.pk for entry in entries}).delete()
    columns = ["title", "names", "text"]
    SearchDocument.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["initiative"], update_fields=columns
    )
    SearchIndex.objects.bulk_create(index_rows)
    add_counts(changes, written)
    duplicates.index(keys, entries)


def names_of_cities(cities: Mapping[int, str], *, known: Collection[int]) -> dict[int, list[Passage]]:
    """Return the names of those cities that are not known yet, the other names in one."""
    others: dict[int, list[str]] = {pk: [] for pk in cities if pk not in known}
    for pk, other in CityName.objects.filter(city__in=others).values_list("city_id", "key").order_by("pk"):
        others[pk].append(other)
    return {
        pk: [Passage(Place.NAMES, cities[pk]), Passage(Place.NAMES, SEAM.join(names), NO_LANGUAGE)]
        for pk, names in others.items()
    }


def _passages(revision: Revision, places: Mapping[int, list[Passage]]) -> list[Passage]:
    """Return the texts of a published version, each with where it stands."""
    language = revision.language
    organisations = [involvement.shown_name for involvement in revision.involvements.all()]
    names = [Passage(Place.NAMES, name) for each in organisations for name in (each, initials(each)) if name]
    names += chain.from_iterable(places[city.pk] for city in revision.cities.all())
    names += chain.from_iterable(names_of_country(country.code) for country in revision.countries.all())
    subjects = [theme.name for theme in revision.themes.all()] + [word.name for word in revision.keywords.all()]
    subjects += [str(year) for year in (revision.start_year, revision.end_year) if year]
    body = [revision.what_it_does, revision.how_it_works, revision.results, revision.reusable]
    body += [objective.own_name for objective in revision.objectives.all()]
    return [
        Passage(Place.TITLE, revision.title, language),
        *names,
        *chain.from_iterable(map(_translated, revision.translations.all())),
        *(Passage(Place.SUMMARY, text, language) for text in [revision.summary, *subjects]),
        *(Passage(Place.BODY, text, language) for text in body if text),
    ]


def _translated(said: Translation) -> Iterator[Passage]:
    """Yield the texts of a translation, which count as much as those of the original."""
    places = {"title": Place.TITLE, "summary": Place.SUMMARY}
    for name in ("title", "summary", *LONG_TEXTS):
        if text := getattr(said, name):
            yield Passage(places.get(name, Place.BODY), text, said.language)


def _document(entry: Initiative, passages: list[Passage]) -> SearchDocument:
    title, *others = passages
    names = _folded(passage for passage in others if passage.place == Place.NAMES)
    rest = _folded(passage for passage in others if passage.place != Place.NAMES)
    return SearchDocument(
        initiative=entry,
        title=f" {title.folded} ",
        names=f" {names} ",
        text=f" {title.folded} {SEAM} {names} {SEAM} {rest} ",
    )


def _folded(passages: Iterable[Passage]) -> str:
    return f" {SEAM} ".join(passage.folded for passage in passages)


def as_written(passages: Iterable[Passage]) -> dict[str, str]:
    """Return how people write the words of an entry: in small letters, with accents.

    Without those other names of a city that it has in the gazetteer alone: nobody means a rare spelling.
    """
    return {
        word[:LONGEST_WORD]: passage.text[start:end].lower()[:_LONGEST_WRITTEN]
        for passage in passages
        if passage.language != NO_LANGUAGE
        for word, start, end in spans(passage.text)
    }


# ---- How many entries have a term ------------------------------------------


def counted(tokens: Iterable[str]) -> Iterator[str]:
    """Yield the terms of an entry that are counted, and the empty one, which counts entries."""
    yield ""
    yield from (token[1:] for token in tokens if token[1] != PAIR)


def _terms(row: SearchIndex) -> Iterator[str]:
    return counted(row.tokens.split())


def _wait_for_others() -> None:
    """Let nobody else count at the same time: two that count the same terms in another order wait for each other."""
    list(SearchTerm.objects.select_for_update().filter(term=""))


def add_counts(changes: Mapping[str, int], written: Mapping[str, str]) -> None:
    """Add to the numbers of entries that have each term; `written` says how people write the words among them."""
    rows = sorted((term, count) for term, count in changes.items() if count)
    with connection.cursor() as cursor:
        for some in batched(rows, _TERMS):
            values: list[str | int] = []
            for term, count in some:
                values += [term, written.get(term, ""), count]
            cursor.execute(
                "INSERT INTO initiatives_searchterm (term, written, count) VALUES "  # noqa: S608 - signs for values only
                + ", ".join(["(%s, %s, %s)"] * len(some))
                + " ON CONFLICT (term) DO UPDATE SET count = initiatives_searchterm.count + excluded.count,"
                " written = COALESCE(NULLIF(excluded.written, ''), initiatives_searchterm.written)",
                values,
            )
    for fewer in batched((term for term, count in rows if count < 0), _TERMS):
        SearchTerm.objects.filter(term__in=fewer, count__lte=0).delete()


@transaction.atomic
def _count_again() -> None:
    """Put right what counts are wrong, after somebody wrote to the database by hand."""
    _wait_for_others()
    found: Counter[str] = Counter()
    for row in SearchIndex.objects.iterator(chunk_size=_TERMS):
        found.update(_terms(row))
    found.subtract(dict(SearchTerm.objects.values_list("term", "count")))
    add_counts(found, {})
    SearchTerm.objects.filter(count__lte=0).delete()
