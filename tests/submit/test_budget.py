"""What a submission costs the database does not grow with what it says."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, Source, read
from initiatives.models import Draft
from tests import factories
from tests.submit.answers import EVERYTHING, post
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def submission(size):
    """Put an entry into the queue that says everything `size` times."""
    lead = NamedOrganisation("City", "local_government", "lead")
    return factories.submission(
        countries=[factories.country(code) for code in ("UG", "MA", "TG", "MX")[:size]],
        themes=[factories.theme(f"theme-{number}") for number in range(size)],
        objectives=[factories.objective(f"gcm-{number + 1}") for number in range(size)],
        keywords=[f"word {number}" for number in range(size)],
        organisations=[lead, *(NamedOrganisation(f"Club {number}", "diaspora", "partner") for number in range(size))],
        declarations=[factories.declaration(f"text-{number}", f"Text {number}") for number in range(size)],
        listings=[Listing(factories.channel(f"channel-{number}"), "2020") for number in range(size)],
        links=[Source(f"https://example.org/{number}") for number in range(size)],
    )


def cost(call):
    with CaptureQueriesContext(connection) as captured:
        assert call().status == 200
    return len(captured)


def test_opening_a_submission_to_change_it_costs_the_same_however_much_it_says(anyone):
    small, large = submission(1), submission(12)
    costs = [cost(lambda sent=sent: anyone.open(reverse("submit:edit", args=[sent.token]))) for sent in (small, large)]
    assert costs[0] == costs[1] <= 30


def test_opening_a_correction_and_changing_it_costs_the_same_however_much_the_entry_says(anyone, moderator):
    costs = []
    for size in (1, 12):
        sent = submission(size)
        moderation.approve(sent, by=moderator)
        sent.refresh_from_db()
        entry = sent.initiative
        said = replace(read(entry.public), results="New.")
        correction = moderation.submit(said, submitter=moderation.Submitter(), base=entry.public)
        addresses = [reverse("submit:correct", args=[entry.slug]), reverse("submit:edit", args=[correction.token])]
        costs.append([cost(lambda address=address: anyone.open(address)) for address in addresses])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 48


def test_ones_own_list_and_a_tracking_page_cost_the_same_however_much_there_is(member_client, member, moderator):
    mona, costs = Visitor(member_client), []
    for size in (1, 8):
        for number in range(size):
            Draft.objects.create(member=member, answers={"title": [f"Draft {number}"]})
            sent = factories.submission(submitter=moderation.Submitter(member=member))
        for number in range(size):
            moderation.say(sent, f"Message {number}")
            moderation.request_changes(sent, by=moderator, note="When?")
            moderation.say(sent, f"Answer {number}")
        costs.append([cost(lambda url=url: mona.open(url)) for url in (reverse("submit:mine"), sent.tracking_url)])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 20


def preview(anyone, size):
    # Places are looked up and organisations and keywords stored one by one, so those stay the same.
    answers = EVERYTHING | {"preview": "1"}
    for number in range(size):
        answers |= {
            f"listings__{number}__channel": "call",
            f"listings__{number}__edition": str(number),
            f"links__{number}__url": f"https://example.org/{number}",
        }
    return post(anyone, **answers)


def test_a_preview_costs_the_same_however_much_it_shows(anyone):
    factories.city("Kampala")
    costs = [cost(lambda size=size: preview(anyone, size)) for size in (2, 20)]
    assert costs[0] == costs[1] <= 90


@pytest.mark.parametrize("group", ["listings", "organisations", "links"])
def test_a_line_with_a_far_number_costs_the_database_nothing(anyone, group):
    near, far = ({f"{group}__{number}__url": "", "title": ""} for number in (0, 99))
    costs = [cost(lambda row=row: post(anyone, **row)) for row in (near, far)]
    assert costs[0] == costs[1] <= 25
