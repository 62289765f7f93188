"""What a review costs the database does not grow with what the submission says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.content import Listing, NamedOrganisation, Source
from tests import factories

pytestmark = pytest.mark.django_db


def submission(size):
    """Put an entry into the queue that says everything `size` times."""
    lead = NamedOrganisation("City", "local_government", "lead")
    return factories.submission(
        countries=[factories.country(code) for code in ("UG", "MA", "TG", "MX")[:size]],
        cities=[factories.city(f"City {number}", "TR") for number in range(size)],
        themes=[factories.theme(f"theme-{number}") for number in range(size)],
        objectives=[factories.objective(f"gcm-{number + 1}") for number in range(size)],
        keywords=[f"word {number}" for number in range(size)],
        organisations=[lead, *(NamedOrganisation(f"Club {number}", "diaspora", "partner") for number in range(size))],
        declarations=[factories.declaration(f"text-{number}", f"Text {number}") for number in range(size)],
        listings=[Listing(factories.channel(f"channel-{number}"), "2020") for number in range(size)],
        links=[Source(f"https://example.org/{number}") for number in range(size)],
    )


def test_a_review_costs_the_same_however_much_the_submission_says(moderator_client):
    costs = []
    for size in (1, 12):
        with CaptureQueriesContext(connection) as captured:
            address = reverse("moderate:review", args=[submission(size).pk])
            before = len(captured)
            assert moderator_client.get(address).status_code == 200
        costs.append(len(captured) - before)
    assert costs[0] == costs[1] <= 30
