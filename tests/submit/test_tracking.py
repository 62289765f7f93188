"""The page for whoever holds the link: where a submission stands, and what can be done about it."""

import re

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from initiatives import moderation
from initiatives.choices import Status
from initiatives.models import Submission
from tests import factories
from tests.submit.answers import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

SAM = moderation.Submitter(name="Sam", show_name=False, email="sam@example.org", organisation="Sam’s association")


def waiting(title="Kampala for All", submitter=SAM, **values):
    values = {"countries": [factories.country()], "themes": [factories.theme()]} | values
    return factories.submission(title, submitter=submitter, **values)


STANDS = {
    "submitted": (lambda s, by: None, "Waiting for review", "A moderator will read it", True),
    "changes_requested": (
        lambda s, by: moderation.request_changes(s, by=by, note="Which city?"),
        "Changes requested",
        "asks you for changes",
        True,
    ),
    "published": (lambda s, by: moderation.approve(s, by=by, note="Well told."), "Published", "It is public.", False),
    "rejected": (
        lambda s, by: moderation.reject(s, by=by, note="Not about migration."),
        "Not published",
        "decided not to publish it",
        False,
    ),
    "withdrawn": (lambda s, by: moderation.withdraw(s), "Withdrawn", "You took it back.", False),
}


@pytest.mark.parametrize("status", STANDS)
def test_the_page_says_where_the_submission_stands_why_and_what_can_be_done(anyone, moderator, status):
    submission = waiting()
    take, word, sentence, is_open = STANDS[status]
    take(submission, moderator)
    page = anyone.open(submission.tracking_url)
    assert page.h1 == "Kampala for All"
    assert word in page.main
    assert sentence in page.main
    assert submission.decisions.last().note in page.main
    links = {node.text for node in page.root.walk("a")}
    assert ({"Change it", "Take it back"} <= links) == is_open
    assert ("See the entry" in links) == (status == "published")


def test_submitters_are_not_told_which_moderator_it_was(anyone):
    submission = waiting()
    moderation.request_changes(submission, by=factories.moderator("ada@example.org", name="Ada"), note="Which city?")
    moderation.resubmit(submission, factories.content("Kampala"))
    moderation.reject(submission, by=factories.moderator("ben@example.org"), note="No.")
    page = anyone.open(submission.tracking_url)
    assert not re.search(r"\bAda\b", page.html)
    assert "ada@example.org" not in page.html
    assert "ben@example.org" not in page.html
    assert page.main.count("by a moderator") == 2
    assert page.main.count("by you") == 2


def test_the_page_shows_its_own_address_to_be_kept(anyone):
    page = post(anyone)
    assert f"http://testserver{Submission.objects.get().tracking_url}" in page.main


def test_no_table_holds_the_token_of_a_link(anyone):
    post(anyone, email="sam@example.org")
    token = Submission.objects.get().token
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values_list():
            assert token not in "\n".join(map(str, row)), model


def test_two_links_have_nothing_in_common_and_are_long():
    tokens = [waiting().token for _ in range(20)]
    assert len(set(tokens)) == 20
    assert {len(token) for token in tokens} == {40}


@pytest.mark.parametrize("name", ["tracking", "edit", "withdraw", "send_confirmation"])
@pytest.mark.parametrize("wrong", ["0" * 40, "x", "é", "%00", "confirm"])
def test_a_link_that_was_made_up_leads_nowhere(client, name, wrong):
    waiting()
    address = reverse(f"submit:{name}", args=["TOKEN"]).replace("TOKEN", wrong)
    assert client.get(address).status_code in (404, 405, 400)
    assert client.post(address).status_code in (404, 400)


def test_what_the_database_knows_of_a_link_opens_nothing(client):
    submission = waiting()
    for known in (submission.token_hash, submission.seed, submission.seed[:40], submission.token_hash[:40]):
        assert client.get(reverse("submit:tracking", args=[known])).status_code == 404


@pytest.mark.parametrize("name", ["tracking", "edit", "withdraw", "mine"])
def test_no_cache_no_search_engine_and_no_other_site_learns_of_the_page(member_client, member, name):
    submission = waiting(submitter=moderation.Submitter(member=member))
    response = member_client.get(reverse(f"submit:{name}", args=[] if name == "mine" else [submission.token]))
    assert {"no-store", "private"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_page_of_a_published_entry_never_leads_to_its_tracking_page(client, moderator):
    submission = waiting()
    moderation.approve(submission, by=moderator)
    for page in (reverse("browse:list"), reverse("browse:home"), f"/initiatives/{submission.initiative.slug}/"):
        assert submission.token not in client.get(page).content.decode()


def test_taking_it_back_is_asked_for_first_and_done_by_a_button(anyone):
    submission = waiting()
    page = anyone.open(submission.tracking_url).follow("Take it back")
    submission.refresh_from_db()
    assert submission.status == Status.SUBMITTED
    page = page.press("Take it back")
    submission.refresh_from_db()
    assert submission.status == Status.WITHDRAWN
    assert page.url == submission.tracking_url
    assert "It is taken back; no moderator will decide it." in page.main
    assert "You took it back. Nothing of it is public." in page.main


def test_taking_it_back_twice_is_no_mistake(anyone):
    ask = anyone.open(reverse("submit:withdraw", args=[waiting().token]))
    ask.press("Take it back")
    page = ask.press("Take it back")
    assert page.status == 200
    assert "too late" not in page.main


def test_when_it_is_too_late_to_take_it_back_that_is_said(anyone, moderator):
    submission = waiting()
    ask = anyone.open(reverse("submit:withdraw", args=[submission.token]))
    moderation.approve(submission, by=moderator)
    for page in (ask.press("Take it back"), anyone.open(reverse("submit:withdraw", args=[submission.token]))):
        assert page.url == submission.tracking_url
        assert "It is too late to withdraw this submission: it was decided already." in page.main
    submission.refresh_from_db()
    assert submission.status == Status.PUBLISHED


def test_a_member_sees_what_they_submitted_and_nobody_elses(member_client, member):
    mine, others = waiting("Mine", moderation.Submitter(member=member)), waiting("Of somebody else")
    theirs = waiting("Of another member", moderation.Submitter(member=factories.person()))
    page = member_client.get(reverse("submit:mine")).content.decode()
    assert mine.tracking_url in page
    assert "Waiting for review" in page
    for other in (others, theirs):
        assert other.revision.title not in page
        assert other.token not in page


def test_a_member_who_submitted_nothing_is_shown_how(member_client):
    assert reverse("submit:new") in member_client.get(reverse("submit:mine")).content.decode()


def test_ones_own_submissions_ask_for_signing_in(client):
    response = client.get(reverse("submit:mine"))
    assert response["Location"].startswith(reverse("account_login"))


def test_a_step_taken_with_the_link_alone_is_not_put_down_to_the_member(anyone):
    """A forwarded link says nothing of who holds it."""
    member = factories.person()
    for client, name in [(Client(), None), (Client(), member)]:
        submission = waiting(submitter=moderation.Submitter(member=member))
        if name:
            client.force_login(member)
        client.post(reverse("submit:withdraw", args=[submission.token]))
        assert submission.decisions.last().by == name
