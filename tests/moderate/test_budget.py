"""What a review costs the database does not grow with what the submission says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.content import Listing, NamedOrganisation, Source
from tests import factories
from tests.moderate.desk import address, claim, correction, report

pytestmark = pytest.mark.django_db


def words(size, word):
    """Return what an entry says that says everything `size` times."""
    lead = NamedOrganisation("City", "local_government", "lead")
    clubs = [NamedOrganisation(f"{word} club {number}", "diaspora", "partner") for number in range(size)]
    return {
        "countries": [factories.country(code) for code in ("UG", "MA", "TG", "MX")[:size]],
        "cities": [factories.city(f"{word} city {number}", "TR") for number in range(size)],
        "themes": [factories.theme(f"{word}-theme-{number}") for number in range(size)],
        "objectives": [factories.objective(f"gcm-{number + 1}") for number in range(size)],
        "keywords": [f"{word} word {number}" for number in range(size)],
        "organisations": [lead, *clubs],
        "declarations": [factories.declaration(f"text-{number}", f"Text {number}") for number in range(size)],
        "listings": [Listing(factories.channel(f"{word}-channel-{number}"), "2020") for number in range(size)],
        "links": [Source(f"https://example.org/{word}/{number}") for number in range(size)],
    }


def waiting(kind, size):
    """Put something into the queue that says everything `size` times, and shares its entry with `size` others."""
    if kind == "new":
        return factories.submission(**words(size, "new"))
    entry = factories.initiative(**words(size, "old"))
    for _ in range(size):
        report(entry)
    return correction(entry, **words(size, "new")) if kind == "correction" else claim(entry)


@pytest.mark.parametrize(("kind", "most"), [("new", 50), ("correction", 70), ("claim", 60)])
def test_a_review_costs_the_same_however_much_the_submission_says(moderator_client, kind, most):
    # There is one that looks the same for each of them.
    waiting(kind, 2)
    costs = []
    for size in (1, 12):
        url = address(waiting(kind, size))
        with CaptureQueriesContext(connection) as captured:
            assert moderator_client.get(url).status_code == 200
        costs.append(len(captured))
    # The first one also asks how large the catalogue is, which is then known for a while.
    assert costs[1] <= costs[0] <= most
