"""The lists of the desk, and the filters that narrow them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from initiatives import moderation
from initiatives.content import Listing
from tests import factories
from tests.moderate.desk import at_desk, claim, correction, report
from tests.moderate.desk import moderator as a_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def submissions(moderator):
    waiting, handed_back, rejected = (factories.submission(title) for title in ("Awaited", "Returned", "Declined"))
    moderation.request_changes(handed_back, by=moderator, note="Which city?")
    moderation.reject(rejected, by=moderator, note="No.")
    return {"waiting": waiting, "with-submitter": handed_back, "decided": rejected}


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


def titles(page):
    """Return the titles in the queue, in its order."""
    return [link.text for row in page.root.walk("tr") for link in row.walk("a")]


# ---- Lists -------------------------------------------------------------------


@pytest.mark.parametrize("state", ["waiting", "with-submitter", "decided"])
def test_a_moderator_finds_every_submission_in_one_of_three_lists(ada, submissions, state):
    page = ada.open(f"/moderation/?state={state}")
    assert titles(page) == [submissions[state].revision.title]
    lists = [
        node.text
        for node in page.root.walk("a")
        if node.attrs["href"].startswith("?") and "hreflang" not in node.attrs
    ]
    assert lists == ["Waiting 1", "With the submitter 1", "Decided 1"]


def test_an_unknown_list_is_said_and_what_waits_is_shown(ada, submissions):
    page = ada.open("/moderation/?state=nope")
    assert "There is no list “nope”; this is what waits." in page.main
    assert titles(page) == ["Awaited"]


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


# ---- Filters -----------------------------------------------------------------


@pytest.fixture
def many(moderator):
    """Something of every kind, age, place, theme, channel and holder; the oldest first."""
    call, summit = (Listing(factories.channel(slug)) for slug in ("call", "summit"))
    sea, work = factories.theme("sea"), factories.theme("work")
    start = timezone.now()
    with time_machine.travel(start - timedelta(days=40)):
        old = factories.submission("Old", listings=[call, Listing(call.channel, "2020")], themes=[sea, work])
    with time_machine.travel(start - timedelta(days=10)):
        held = factories.submission("Held", listings=[summit], countries=[factories.country("MA")], themes=[sea])
    entry = factories.initiative("Entry", listings=[call], countries=[factories.country("UG")])
    correction(entry, title="Corrected")
    claim(entry)
    report(entry)
    moderation.hold(old, by=moderator)
    moderation.hold(held, by=a_moderator("Ben"))


FOUND = {
    "": ["Old", "Held", "Corrected", "Entry", "Entry"],
    "kind=correction": ["Corrected"],
    "kind=claim": ["Entry"],
    "channel=call": ["Old", "Corrected", "Entry", "Entry"],
    "theme=sea": ["Old", "Held"],
    "country=UG": ["Corrected", "Entry", "Entry"],
    "age=7": ["Old", "Held"],
    "age=30": ["Old"],
    "held=mine": ["Old"],
    "held=nobody": ["Corrected", "Entry", "Entry"],
    "kind=new&theme=sea&age=7&channel=summit": ["Held"],
    "kind=report&held=mine": [],
}
TOLD = {
    "kind=nothing": "There is no kind “nothing”.",
    "channel=nothing": "There is no channel “nothing”.",
    "theme=nothing&kind=new": "There is no theme “nothing”.",
    "country=ZZ": "There is no country “ZZ”.",
    "age=8": "Choose 7 or 30 days, not “8”.",
    "held=ben": "Choose “me” or “nobody”, not “ben”.",
}


def test_filters_narrow_the_queue_and_are_combined(ada, many):
    assert {query: titles(ada.open(f"/moderation/?{query}")) for query in FOUND} == FOUND
    assert "Nothing here with these filters" in ada.open("/moderation/?kind=report&held=mine").main


def test_each_choice_says_how_many_there_are_while_the_other_filters_hold(ada, many):
    page = ada.open("/moderation/?theme=sea")
    form = next(node for node in page.root.walk("form") if node.attrs.get("role") == "search" and "Kind" in node.text)
    offered = {
        select.attrs["name"]: [option.text for option in select.walk("option")] for select in form.walk("select")
    }
    assert offered == {
        "kind": ["All", "New entry (2)"],
        "channel": ["All", "Call (1)", "Summit (1)"],
        "theme": ["All", "Sea (2)", "Work (1)"],
        "country": ["All", "Morocco (1)"],
        "language": ["All", "English (2)"],
        "age": ["All", "Over 30 days (1)", "Over 7 days (2)"],
        "held": ["All", "Me (1)", "Nobody (0)"],
    }
    chosen = [option.text for option in form.walk("option") if "selected" in option.attrs and option.attrs["value"]]
    assert chosen == ["Sea (2)"]


def test_a_value_that_does_not_exist_is_said_and_shows_nothing(ada, many):
    for query, told in TOLD.items():
        page = ada.open(f"/moderation/?{query}")
        assert told in page.main
        assert titles(page) == []


def test_no_address_of_the_queue_is_an_error(ada, many):
    for query in ["theme=" + "x" * 5000, "kind=%F0%9F%A6%86", "page=-1&age=7&age=nothing", "held=%22", "state=&page="]:
        assert ada.open(f"/moderation/?{query}").status == 200


def test_filters_stay_through_the_pages_the_lists_and_a_review(ada):
    sea = factories.theme("sea")
    for number in range(51):
        factories.submission(f"Submission {number:02}", themes=[sea])
    page = ada.open("/moderation/?theme=sea&age=")
    assert page.link("Next") == "?theme=sea&page=2"
    assert page.link("Decided 0") == "?state=decided&theme=sea"
    last = page.follow("Next")
    assert titles(last) == ["Submission 50"]
    opened = last.follow("Submission 50")
    assert opened.url.endswith("/?theme=sea")
    assert opened.link("Queue") == "/moderation/?theme=sea"
    assert "51 of 51 in the queue" in opened.main
