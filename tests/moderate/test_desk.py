"""The moderators' desk: who may sit at it, what they see, what a decision does and what refuses."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from initiatives import moderation
from initiatives.choices import Status
from initiatives.content import Listing
from initiatives.models import Initiative, Submission
from tests import factories
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db

SAM = moderation.Submitter(name="Sam Submitter", email="sam@example.org", organisation="Sam’s association")
BUTTONS = {
    "approve": "Approve and publish",
    "request_changes": "Ask for changes",
    "reject": "Reject",
}


def review(submission):
    return reverse("moderate:review", args=[submission.pk])


def decide(submission):
    return reverse("moderate:decide", args=[submission.pk])


def at_desk(person):
    """Return a browser in which this person is signed in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return Visitor(client)


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


@pytest.fixture
def ben():
    return at_desk(factories.moderator("ben@example.org", name="Ben"))


@pytest.fixture
def waiting():
    return factories.submission("Kampala for All", submitter=SAM, countries=[factories.country()])


# ---- Who may ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["queue", "review", "decide"])
def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(waiting, name):
    address = reverse(f"moderate:{name}", args=[] if name == "queue" else [waiting.pk])
    for ask in (Client().get, Client().post):
        assert ask(address)["Location"] == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize("who", ["member", "staff"])
@pytest.mark.parametrize("name", ["queue", "review", "decide"])
def test_whoever_is_no_moderator_is_told_so_on_a_page_of_the_site(waiting, name, who):
    visitor = at_desk(factories.person(is_staff=who == "staff"))
    address = reverse(f"moderate:{name}", args=[] if name == "queue" else [waiting.pk])
    answer = visitor.open(address)
    assert answer.status == 403
    assert answer.h1 == "This page is for somebody else"
    assert "Kampala" not in answer.html
    assert "Moderation" not in {node.text for node in answer.root.walk("a")}


def test_whoever_is_no_moderator_decides_nothing(waiting, member_client):
    answers = {"decision": "approve", "revision": waiting.revision_id}
    assert member_client.post(decide(waiting), answers).status_code == 403
    assert not Initiative.objects.published().exists()


def test_no_cache_keeps_a_page_of_the_desk(waiting, moderator_client):
    for address in (reverse("moderate:queue"), review(waiting)):
        assert "no-store" in moderator_client.get(address)["Cache-Control"]


# ---- The queue ------------------------------------------------------------------


def test_the_queue_shows_the_longest_waiting_first_with_age_channel_and_submitter(ada):
    channel = factories.channel("call", "Call to Local Action")
    now = timezone.now()
    for days, title, submitter in [
        (2, "Second", moderation.Submitter(name="Sam", is_verified=True, email="sam@example.org")),
        (9, "First", moderation.Submitter()),
        (0, "Third", moderation.Submitter()),
    ]:
        with time_machine.travel(now - datetime.timedelta(days=days, minutes=5)):
            factories.submission(title, submitter=submitter, listings=[Listing(channel=channel)] * (title == "Second"))
    page = ada.open(reverse("moderate:queue"))
    rows = [row.text for row in next(page.root.walk("tbody")).walk("tr")]
    assert "3 submissions are waiting, the oldest first." in page.main
    assert [next(title for title in ("First", "Second", "Third") if title in row) for row in rows] == [
        "First",
        "Second",
        "Third",
    ]
    assert "1 week" in rows[0] and "Submitted directly" in rows[0] and "Anonymous Not verified" in rows[0]
    assert "2 days" in rows[1] and "Call to Local Action" in rows[1] and "Sam Verified" in rows[1]
    assert "5 minutes" in rows[2]
    late = [node.text.replace("\xa0", " ") for node in page.root.walk("span") if node.attrs.get("class") == "late"]
    assert late == ["1 week"]


def test_the_queue_has_only_what_waits(ada, moderator):
    for title in ("Approved", "Rejected", "Handed back", "Withdrawn", "Waiting"):
        factories.submission(title)
    by_title = {each.revision.title: each for each in Submission.objects.all()}
    moderation.approve(by_title["Approved"], by=moderator)
    moderation.reject(by_title["Rejected"], by=moderator, note="No.")
    moderation.request_changes(by_title["Handed back"], by=moderator, note="Which city?")
    moderation.withdraw(by_title["Withdrawn"])
    page = ada.open(reverse("moderate:queue"))
    assert [link.text for row in page.root.walk("tr") for link in row.walk("a")] == ["Waiting"]
    assert "1 submission is waiting" in page.main
    # What is decided waits for nobody any more.
    decided = ada.open(reverse("moderate:queue") + "?state=decided")
    assert [head.text for head in decided.root.walk("th")][:2] == ["Title", "Submitted"]
    assert "0 minutes ago" in decided.main.replace("\xa0", " ")


def test_an_empty_queue_says_so(ada):
    assert "Everything is decided." in ada.open(reverse("moderate:queue")).main


def test_a_long_queue_has_pages(ada):
    for number in range(52):
        factories.submission(f"Submission {number:02}")
    page = ada.open(reverse("moderate:queue"))
    assert "Page 1 of 2" in page.main
    assert "Submission 49" in page.main
    assert "Submission 50" not in page.main
    assert "Submission 51" in page.follow("Next").main
    assert ada.open("/moderation/?page=1000").status == ada.open("/moderation/?page=x").status == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_queue_costs_the_same_however_long_it_is(moderator_client, django_assert_max_num_queries, number):
    cities = [factories.city("Kampala"), factories.city("Marrakesh", "MA")]
    listings = [Listing(channel=factories.channel("call")), Listing(channel=factories.channel("summit"))]
    for _ in range(number):
        factories.submission(cities=cities, listings=listings, submitter=SAM)
    with django_assert_max_num_queries(30):
        moderator_client.get(reverse("moderate:queue"))


# ---- One submission --------------------------------------------------------------


def test_the_page_of_a_submission_shows_all_of_it_and_who_sent_it(ada, moderator):
    values = {
        "what_it_does": "It *works*.",
        "countries": [factories.country()],
        "themes": [factories.theme("diaspora", "Diaspora")],
        "keywords": ["food"],
    }
    waiting = factories.submission("Kampala for All", submitter=SAM, **values)
    page = ada.open(reverse("moderate:queue")).follow("Kampala for All")
    for shown in ("Summary of Kampala for All.", "It works.", "Uganda", "Diaspora", "food", "1 of 1 in the queue"):
        assert shown in page.main
    for private in ("Sam Submitter (not to be shown)", "sam@example.org", "Not confirmed", "Sam’s association"):
        assert private in page.main
    assert "Anonymous (not verified)" in page.main
    assert "Submitted by the submitter" in page.main
    moderation.approve(waiting, by=moderator)
    public = Client().get(waiting.initiative.get_absolute_url()).content.decode()
    for private in ("Sam Submitter", "sam@example.org", "Sam’s association"):
        assert private not in public


def test_the_history_names_the_moderators_and_their_notes(ada, ben, waiting):
    ben.open(review(waiting)).press(BUTTONS["request_changes"], note="Which city?")
    moderation.resubmit(Submission.objects.get(), factories.content("Better"))
    page = ada.open(review(waiting))
    assert "Changes requested by Ben" in page.main
    assert "Which city?" in page.main


def test_what_was_typed_is_text_and_never_markup(ada):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    submitter = moderation.Submitter(name=evil, organisation=evil, show_name=True)
    waiting = factories.submission(
        evil, submitter=submitter, summary=evil, what_it_does=evil, keywords=["<b>bold</b>"]
    )
    for page in (ada.open(reverse("moderate:queue")), ada.open(review(waiting))):
        assert "<script>alert" not in page.html
        assert "<img src" not in page.html
        assert "<b>bold" not in page.html
        assert evil in page.main
    page = ada.open(review(waiting)).press(BUTTONS["reject"], note=evil)
    assert f"“{evil}”: not published." in page.main
    assert "<script>alert" not in page.html


@pytest.mark.parametrize("pk", ["999999", "0", "9" * 30])
def test_a_submission_that_is_not_there_is_not_found(moderator_client, pk):
    assert moderator_client.get(f"/moderation/{pk}/").status_code == 404
    assert moderator_client.post(f"/moderation/{pk}/decide/").status_code == 404


# ---- The decision ----------------------------------------------------------------


def test_approving_publishes_and_leads_back_to_the_queue(ada, waiting, moderator):
    page = ada.open(review(waiting)).press(BUTTONS["approve"])
    assert page.url == reverse("moderate:queue")
    assert "“Kampala for All”: approved and published." in page.main
    entry = Initiative.objects.published().get()
    assert Client().get(entry.get_absolute_url()).status_code == 200
    assert waiting.decisions.last().by == moderator


@pytest.mark.parametrize(
    ("button", "status"), [("request_changes", Status.CHANGES_REQUESTED), ("reject", Status.REJECTED)]
)
def test_the_other_decisions_take_a_note_and_publish_nothing(ada, waiting, button, status):
    ada.open(review(waiting)).press(BUTTONS[button], note="Not yet.")
    waiting.refresh_from_db()
    assert waiting.status == status
    assert waiting.decisions.last().note == "Not yet."
    assert not Initiative.objects.published().exists()


@pytest.mark.parametrize(
    ("button", "message"),
    [("request_changes", "Say what should be changed."), ("reject", "Say why it is not published.")],
)
@pytest.mark.parametrize("note", ["", "  \n ", "\x07"])
def test_without_a_note_that_says_something_nobody_is_turned_away(ada, waiting, button, message, note):
    page = ada.open(review(waiting)).press(BUTTONS[button], note=note)
    assert message in page.error("note")
    assert message in page.errors[0]
    assert waiting.decisions.count() == 1


def test_a_note_that_is_too_long_is_kept_and_nothing_is_decided(ada, waiting):
    page = ada.open(review(waiting)).press(BUTTONS["approve"], note="n" * 4001)
    assert "at most 4000 characters" in page.error("note")
    assert page.form["note"] == "n" * 4001
    assert not Initiative.objects.published().exists()


@pytest.mark.parametrize(
    "answers",
    [{}, {"decision": ""}, {"decision": "withdraw"}, {"decision": "submit"}, {"decision": "\x00"}],
    ids=str,
)
def test_what_is_no_decision_decides_nothing(moderator_client, waiting, answers):
    response = moderator_client.post(decide(waiting), {"revision": waiting.revision_id, "note": "n"} | answers)
    assert response.status_code == 200
    assert waiting.decisions.count() == 1


@pytest.mark.parametrize("revision", ["", "0", "x", str(2**63), "9" * 5000, "\x00"])
def test_a_decision_on_no_version_decides_nothing(moderator_client, waiting, revision):
    response = moderator_client.post(decide(waiting), {"decision": "approve", "revision": revision})
    assert response.status_code == 200
    assert not Initiative.objects.published().exists()


def test_opening_the_address_of_a_decision_decides_nothing_and_shows_the_submission(moderator_client, waiting):
    response = moderator_client.get(decide(waiting))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Nothing is decided yet." in response.content.decode()
    assert "Approve and publish" in response.content.decode()
    assert waiting.decisions.count() == 1
