"""What search would be without our own code: the database's full-text search as it comes, all text in one column."""

from __future__ import annotations

from django.db import connection

from initiatives.models import Initiative
from initiatives.text import words


def prepare() -> None:
    """Index what the pages of the entries say."""
    make = {
        "sqlite": "CREATE VIRTUAL TABLE plain USING fts5(body)",
        "postgresql": "CREATE TABLE plain (id bigint PRIMARY KEY, body tsvector)",
    }
    add = {
        "sqlite": "INSERT INTO plain (rowid, body) VALUES (%s, %s)",
        "postgresql": "INSERT INTO plain (id, body) VALUES (%s, to_tsvector('english', %s))",
    }
    with connection.cursor() as cursor:
        cursor.execute(make[connection.vendor])
        for entry in Initiative.objects.published().with_content():
            cursor.execute(add[connection.vendor], [entry.pk, _text(entry)])


def _text(entry: Initiative) -> str:
    revision = entry.public
    named = [involvement.shown_name for involvement in revision.involvements.all()]
    places = [str(city) for city in revision.cities.all()] + [country.name for country in revision.countries.all()]
    subjects = [str(each) for each in [*revision.themes.all(), *revision.keywords.all(), *revision.objectives.all()]]
    texts = [revision.title, revision.summary, revision.what_it_does, revision.how_it_works, revision.results]
    return "\n".join([*texts, revision.reusable, revision.years, *named, *places, *subjects])


def search(query: str, *, any_word: bool) -> list[str]:
    """Return the slugs of the first ten that have all (or any) words of the query, as the database ranks them."""
    if connection.vendor == "sqlite":
        joint = " OR " if any_word else " "
        # Quotes are kept, as a phrase; all else that MATCH would take for a sign is in quotes.
        parts = [f'"{part}"' for part in _parts(query)]
        sql = "SELECT rowid FROM plain WHERE plain MATCH %s ORDER BY bm25(plain), rowid LIMIT 10"
        values = [joint.join(parts)]
    else:
        joint = " OR " if any_word else " "
        values = [joint.join(f'"{part}"' if " " in part else part for part in _parts(query))] * 2
        sql = """SELECT id FROM plain WHERE body @@ websearch_to_tsquery('english', %s)
            ORDER BY ts_rank(body, websearch_to_tsquery('english', %s)) DESC, id LIMIT 10"""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        ids = [row[0] for row in cursor.fetchall()]
    slugs = dict(Initiative.objects.filter(pk__in=ids).values_list("pk", "slug"))
    return [slugs[pk] for pk in ids]


def _parts(query: str) -> list[str]:
    """Return the words of a query, and its phrases in one; not folded, for that is what is compared."""
    parts = []
    for number, piece in enumerate(query.split('"')):
        if number % 2:
            parts.append(piece)
        else:
            parts += [word.strip("'’.,") for word in piece.replace("'", " ").split() if words(word)]
    return parts
