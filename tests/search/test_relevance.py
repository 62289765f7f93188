"""Search answers a frozen part of the judged queries of `bench/relevance` as well as it did when it was measured."""

import pytest

from bench.relevance import catalogue
from bench.relevance.judged import DEPTH, judged_queries
from initiatives.models import Initiative
from initiatives.search.text import find, suggestion

#: Below what was measured (0.97), so that a change of one place in one list is no alarm, and a lost ability is.
FLOOR = 0.93


@pytest.mark.django_db
def test_the_judged_queries_find_what_they_are_to_find():
    catalogue.load(every=3)
    slugs = dict(Initiative.objects.published().values_list("pk", "slug"))
    figures = {}
    for query in judged_queries(slugs.values(), in_part=True):
        hits = find(suggestion(query.text) or query.text)
        # The newer go first among equals, and here whatever was loaded later.
        best = sorted(zip(hits.scores.tolist(), hits.ids.tolist(), strict=True), reverse=True)
        figures[query.text] = query.ndcg([slugs[pk] for _score, pk in best[:DEPTH]])
    assert len(figures) >= 25
    assert sum(figures.values()) / len(figures) >= FLOOR, sorted(figures.items(), key=lambda each: each[1])
