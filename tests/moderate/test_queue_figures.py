"""How quickly the queue moves, to the day, from the log alone."""

import datetime
from datetime import UTC

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import moderation
from initiatives.queue_figures import figures
from tests import factories
from tests.moderate.desk import claim, correction

pytestmark = pytest.mark.django_db
TODAY = datetime.datetime(2026, 5, 20, 12, tzinfo=UTC)


def at(*date):
    return time_machine.travel(datetime.datetime(*date, 12, tzinfo=UTC), tick=False)


@pytest.fixture
def year(moderator):
    """Three decisions after 2, 4 and 10 days, one of them on what was sent again; and what does not count."""
    with at(2026, 3, 1):
        first, second, third = (factories.submission() for _ in range(3))
        entry = factories.initiative("Came with the installation")
    with at(2026, 3, 3):
        moderation.approve(first, by=moderator)
    with at(2026, 3, 5):
        moderation.request_changes(second, by=moderator, note="Which city?")
    with at(2026, 4, 1):
        moderation.say(second, "Kampala.")
        moderation.withdraw(third)
    with at(2026, 4, 11):
        moderation.reject(second, by=moderator, note="No.")
        # Nobody waited for these: a decision on a decision, and what a moderator wrote.
        moderation.reopen(second, by=moderator)
        moderation.reject(second, by=moderator, note="No.")
        own = moderation.Submitter(member=moderator, is_verified=True)
        moderation.approve(correction(entry, submitter=own, title="Mended"), by=moderator)
        moderation.restore(entry.revisions.earliest("pk"), by=moderator)
    with at(2026, 5, 18):
        factories.submission()
        claim(entry)


def test_what_came_in_and_what_was_decided_is_counted_by_month(year):
    with time_machine.travel(TODAY, tick=False):
        found = figures(months=3)
        assert found.waiting == 2
        assert found.oldest_since == TODAY - datetime.timedelta(days=2)
        assert found.median_days == 4
        assert [figures(months=number).median_days for number in (1, 2)] == [None, 10]
        assert [(each.first.isoformat(), each.received, each.decided, each.median_days) for each in found.months] == [
            ("2026-03-01", 3, 2, 3),
            ("2026-04-01", 0, 1, 10),
            ("2026-05-01", 2, 0, None),
        ]
        assert [each.first.month for each in figures().months] == [6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5]


def test_an_empty_catalogue_has_figures_too():
    found = figures()
    assert (found.waiting, found.oldest_since, found.median_days, len(found.months)) == (0, None, None, 12)


def test_the_public_page_says_the_criteria_and_the_real_figures(year, client):
    with time_machine.travel(TODAY, tick=False):
        answer = client.get("/about/moderation/")
    page = answer.content.decode()
    for shown in ("What is published", "If you disagree", "days to a decision (median)", 'role="img"', "March 2026"):
        assert shown in page
    assert "<td" in page and ">4.0</dd>" in page
    assert 'href="/about/moderation/"' in client.get("/").content.decode()
    assert "no figure yet" not in page


def test_the_page_costs_the_same_however_much_was_decided(client, moderator):
    costs = []
    for _ in range(2):
        for _ in range(5):
            moderation.approve(factories.submission(), by=moderator)
        with CaptureQueriesContext(connection) as captured:
            client.get("/about/moderation/")
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 6


def test_the_desk_has_the_same_figures(year, moderator_client):
    with time_machine.travel(TODAY, tick=False):
        page = moderator_client.get("/moderation/").text
    assert "How the queue moves" in page and ">4.0</dd>" in page
