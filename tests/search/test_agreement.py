"""The list in memory and the list from the database are one list."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.content import NamedOrganisation
from initiatives.models import Initiative
from initiatives.search import text
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = [
    "port",
    "ports",
    "portal",
    "safety",
    "nets",
    "remittances",
    "remesas",
    "réfugiés",
    "refugees",
    "school",
    "the",
]
WORDS += ["programme", "Togo", "Ouganda", "لاجئون", "移民", "transferts", "fonds", "zebra", "p", "sa", "refug", "d'"]


@pytest.fixture
def catalogue():
    """Entries that have the words in every combination of places, in every language."""
    texts = itertools.cycle(itertools.permutations(["port", "safety nets", "remittances", "refugees", "school"], 3))
    foreign = itertools.cycle(
        ["ports et réfugiés", "transferts de fonds", "remesas y portal", "لاجئون", "移民 the port"]
    )
    for number, (title, summary, body) in enumerate(itertools.islice(texts, 24)):
        factories.initiative(
            f"{title} {number % 3}",
            summary=f"{summary} {next(foreign)}",
            what_it_does=body,
            language=("en", "fr", "es", "ar")[number % 4],
            countries=[factories.country("TG")] if number % 3 else [],
            cities=[] if number % 5 else [factories.city("Port City", "UG", ["Safety Harbour"])],
            organisations=[NamedOrganisation("Refugees Programme", "diaspora", "lead")] if number % 4 == 1 else [],
            keywords=["remittances"] if number % 7 == 0 else [],
        )


parts = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map("-{}".format),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.sampled_from(
        ['"', "-", "*", "'", "|", "\\", "😀", "AND", "NOT (", "%", '"safety ne', "a:*", "\x00", "::", "&!"]
    ),
)
queries = st.lists(parts, max_size=6) | st.lists(st.sampled_from(WORDS), min_size=4, max_size=7)


def test_what_is_found_and_in_which_order_is_the_same_in_memory_and_in_the_database(catalogue):
    newest = dict(Initiative.objects.values_list("pk", "published_at"))
    found = []

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    @given(queries.map(" ".join))
    def agree(query):
        hits = text.find(query)
        scores = dict(zip(hits.ids.tolist(), hits.scores.tolist(), strict=True))
        in_memory = sorted(scores, key=lambda pk: (-scores[pk], -newest[pk].timestamp(), -pk))
        asked = text.ranked(text.matching(Initiative.objects.published(), query), query)
        assert [(entry.pk, entry.score) for entry in asked] == [(pk, scores[pk]) for pk in in_memory]
        assert hits.is_complete or not text.has_complete(query)
        found.append((len(scores), hits.is_complete))

    agree()
    # Not only nothing, not only everything, and the way that lacks words as well.
    assert len({count for count, _is_complete in found}) > 10
    assert (True, False) in {(count > 0, is_complete) for count, is_complete in found}
