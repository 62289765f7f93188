"""`python -m bench.relevance`: how well search answers sixty judged queries, beside the database's own search.

In a database of its own, of the kind that is configured; `python tests/postgres.py -- python -m bench.relevance` for
PostgreSQL. With `--each` it says how every query was answered, and what was found that nobody judged.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection

from bench.relevance import catalogue, plain
from bench.relevance.judged import DEPTH, Judged, judged_queries
from initiatives.models import Initiative
from initiatives.search import text


def ours(query: str) -> list[str]:
    """Return the slugs of the first ten that the site shows."""
    published = Initiative.objects.published()
    return list(text.ranked(text.matching(published, query), query).values_list("slug", flat=True)[:DEPTH])


def ours_and_suggested(query: str) -> list[str]:
    """Return what the site shows to whoever follows "Did you mean" where it is offered."""
    return ours(text.suggestion(query) or query)


SYSTEMS: Mapping[str, Callable[[str], list[str]]] = {
    "Passerelle": ours,
    "Passerelle, suggestion followed": ours_and_suggested,
    "plain, all words": lambda query: plain.search(query, any_word=False),
    "plain, any word": lambda query: plain.search(query, any_word=True),
}


def main(*, each: bool) -> None:
    """Measure and say."""
    old_name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        catalogue.load()
        plain.prepare()
        queries = judged_queries(Initiative.objects.published().values_list("slug", flat=True))
        found = {name: {query.text: system(query.text) for query in queries} for name, system in SYSTEMS.items()}
        print(f"{connection.vendor}: {len(queries)} queries, {Initiative.objects.published().count()} entries")
        if each:
            _say_each(queries, found)
        _table("NDCG@10", queries, found, lambda query, slugs: query.ndcg(slugs))
        _table("success@3", queries, found, lambda query, slugs: float(query.is_answered(slugs)))
    finally:
        connection.creation.destroy_test_db(old_name, verbosity=0)


def _table(
    title: str,
    queries: list[Judged],
    found: Mapping[str, Mapping[str, list[str]]],
    measure: Callable[[Judged, list[str]], float],
) -> None:
    kinds = list(dict.fromkeys(query.kind for query in queries))
    rows: dict[str, list[Judged]] = {
        "all": queries,
        "tuned on": [query for query in queries if query.is_tuned],
        "only read off": [query for query in queries if not query.is_tuned],
        **{kind: [query for query in queries if query.kind == kind] for kind in kinds},
    }
    print(f"\n| {title} | n | {' | '.join(found)} |\n|---|---|{'---|' * len(found)}")
    for name, some in rows.items():
        means = [sum(measure(query, slugs[query.text]) for query in some) / len(some) for slugs in found.values()]
        print(f"| {name} | {len(some)} | {' | '.join(f'{mean:.2f}' for mean in means)} |")


def _say_each(queries: list[Judged], found: Mapping[str, Mapping[str, list[str]]]) -> None:
    for query in queries:
        figures = "  ".join(f"{query.ndcg(slugs[query.text]):.2f}" for slugs in found.values())
        print(f"\n{figures}  {query.text}   ({query.kind}{', tuned' if query.is_tuned else ''})")
        first = found["Passerelle, suggestion followed"][query.text]
        print("   ", ", ".join(f"{slug[:32]} ({query.grades.get(slug, 0)})" for slug in first))
        print("    missed:", [slug[:32] for slug in query.grades if slug not in first])
        others = {slug for name in found for slug in found[name][query.text]} - set(first) - set(query.grades)
        print("    unjudged elsewhere:", sorted(slug[:32] for slug in others))


if __name__ == "__main__":
    main(each="--each" in sys.argv)
