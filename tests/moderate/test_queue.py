"""The three lists of the desk: what waits, what is with its submitter, what is decided."""

import pytest

from initiatives import moderation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def submissions(moderator):
    waiting, handed_back, rejected = (factories.submission(title) for title in ("Awaited", "Returned", "Declined"))
    moderation.request_changes(handed_back, by=moderator, note="Which city?")
    moderation.reject(rejected, by=moderator, note="No.")
    return {"waiting": waiting, "with-submitter": handed_back, "decided": rejected}


@pytest.mark.parametrize("state", ["waiting", "with-submitter", "decided"])
def test_a_moderator_finds_every_submission_in_one_of_three_lists(moderator_client, submissions, state):
    page = moderator_client.get("/moderation/", {"state": state}).text
    for each, submission in submissions.items():
        assert (submission.revision.title in page) == (each == state)


def test_an_unknown_list_is_the_waiting_one(moderator_client, submissions):
    assert "Awaited" in moderator_client.get("/moderation/?state=nope").text


def test_what_the_submitter_never_sent_again_can_be_closed(moderator_client, submissions):
    submission = submissions["with-submitter"]
    page = moderator_client.get(f"/moderation/{submission.pk}/").text
    assert 'value="reject"' in page
    assert 'value="approve"' not in page
    answers = {"decision": "reject", "note": "No answer since May.", "revision": submission.revision_id}
    moderator_client.post(f"/moderation/{submission.pk}/decide/", answers)
    submission.refresh_from_db()
    assert submission.status == "rejected"


def test_what_is_decided_offers_no_decision(moderator_client, submissions):
    assert 'name="decision"' not in moderator_client.get(f"/moderation/{submissions['decided'].pk}/").text
