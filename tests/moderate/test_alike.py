"""A moderator sees what looks the same before deciding: in the catalogue and in the queue."""

import pytest

from initiatives import moderation
from initiatives.models import Remit
from tests import factories
from tests.moderate.desk import address, at_desk, correction, now, report

pytestmark = pytest.mark.django_db
TITLE = "Kampala for All: Safety Nets"


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


@pytest.fixture
def kampala():
    return factories.city("Kampala")


def looks_the_same(page):
    return next((node for node in page.root.walk("section") if "look-alikes" in node.attrs.get("class", "")), None)


def test_a_new_entry_is_shown_beside_what_is_published_and_what_waits_with_the_reasons(ada, kampala):
    published = factories.initiative(TITLE, cities=[kampala])
    waiting = factories.submission("Safety nets for all of Kampala", cities=[kampala])
    asked = factories.submission("Kampala for all", cities=[kampala])
    shown = looks_the_same(ada.open(address(asked)))
    assert {node.attrs["href"] for node in shown.walk("a")} >= {published.get_absolute_url(), address(waiting)}
    assert "Published Kampala for All: Safety Nets" in shown.text
    assert "In the queue Safety nets for all of Kampala" in shown.text
    assert "In both titles: Kampala for All" in shown.text
    assert "Same city: Kampala" in shown.text


def test_it_is_rejected_as_a_duplicate_with_a_note_that_names_the_other(ada, kampala):
    published = factories.initiative(TITLE, cities=[kampala])
    asked = factories.submission("Kampala for all", cities=[kampala])
    page = ada.open(address(asked)).follow("Write the note to reject it as a duplicate of this one")
    assert TITLE in page.form["note"] and published.get_absolute_url() in page.form["note"]
    page.press("Reject")
    assert now(asked).status == "rejected"
    assert f"“{TITLE}”" in asked.decisions.last().note


@pytest.mark.parametrize("slug", ["", "nothing-there", "x" * 200, "kampala-for-all"])
def test_a_note_names_only_what_is_public(ada, slug):
    asked = factories.submission("Kampala for all")
    page = ada.open(f"{address(asked)}?duplicate_of={slug}")
    assert page.status == 200
    assert page.form["note"] == ""


def test_it_is_said_that_nothing_looks_the_same(ada):
    factories.initiative("Harbour school")
    shown = looks_the_same(ada.open(address(factories.submission("Garden of languages"))))
    assert "Nothing in the catalogue or in the queue." in shown.text


def test_a_report_leads_to_the_entry_that_looks_the_same_and_to_the_merger(ada, kampala):
    entry = factories.initiative(TITLE, cities=[kampala])
    other = factories.initiative("Kampala for all", cities=[kampala])
    page = ada.open(address(report(entry, "It is there twice.")))
    shown = looks_the_same(page)
    merger = f"/moderation/merge/?loser={entry.slug}&into={other.slug}"
    assert merger in {node.attrs["href"].replace("&amp;", "&") for node in shown.walk("a")}
    assert "Which entry" in page.follow("Merge with another entry").main or page.status == 200


def test_a_published_entry_is_merged_from_the_review_of_what_founded_it(ada, kampala):
    asked = factories.submission(TITLE, cities=[kampala])
    ada.open(address(asked)).press("Approve and publish")
    page = ada.open(address(asked)).follow("Merge with another entry")
    assert "Into which entry shall it be merged?" in page.main


def test_a_correction_is_compared_with_nothing(ada):
    entry = factories.initiative(TITLE)
    assert looks_the_same(ada.open(address(correction(entry, title="Kampala for everybody")))) is None


def test_what_waits_outside_a_remit_is_not_shown(ada, moderator):
    sea, hills = factories.theme("sea"), factories.theme("hills")
    Remit.objects.create(moderator=moderator).themes.add(sea)
    factories.submission("Harbour school for newcomers", themes=[hills])
    inside = factories.submission("Harbour school for newcomers", themes=[sea])
    asked = factories.submission("Harbour School for Newcomers", themes=[sea])
    shown = looks_the_same(ada.open(address(asked)))
    assert [node.attrs["href"] for node in shown.walk("a")] == [address(inside)]


def test_what_is_decided_is_no_longer_in_the_queue(ada, moderator):
    other = factories.submission("Harbour school for newcomers")
    moderation.reject(other, by=moderator, note="Spam.")
    shown = looks_the_same(ada.open(address(factories.submission("Harbour School for Newcomers"))))
    assert "Nothing" in shown.text
