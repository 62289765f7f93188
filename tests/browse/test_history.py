"""The past of an entry: its approved versions, and nothing else of what was ever written."""

from dataclasses import replace

import pytest
from django.urls import reverse

from initiatives import moderation
from initiatives.content import read
from initiatives.models import Initiative, Revision
from initiatives.moderation import Submitter
from tests import factories
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


def correct(entry, moderator=None, **values):
    """Propose a correction of the public version, and approve it if there is a `moderator`."""
    entry = Initiative.objects.get(pk=entry.pk)
    sam = Submitter(name="Secret Sam", show_name=True, email="sam@example.org")
    sent = moderation.submit(replace(read(entry.public), **values), submitter=sam, base=entry.public)
    if moderator:
        moderation.approve(sent, by=moderator, note="A note to Sam")
    return sent


@pytest.fixture
def entry(moderator):
    """An entry of three approved versions, one rejected and one that waits."""
    made = factories.initiative(
        "Kampala", summary="Ten people came.", themes=[factories.theme("sea")], countries=[factories.country()]
    )
    correct(made, moderator, summary="Twelve people came.", change_note="I counted again.")
    refused = correct(made, summary="A hundred people came.", change_note="Because.")
    moderation.reject(refused, by=moderator, note="No.")
    correct(made, moderator, title="Kampala for All", themes=[factories.theme("hills")])
    correct(made, results="Not read yet.")
    return Initiative.objects.get(pk=made.pk)


@pytest.fixture
def past(entry):
    return Visitor().open(reverse("browse:history", args=[entry.slug]))


def test_an_entry_leads_to_its_history(entry):
    page = Visitor().open(entry.get_absolute_url()).follow("3 versions")
    assert page.h1 == "History"
    assert page.follow("Kampala for All").url == entry.get_absolute_url()


def test_the_history_says_what_changed_and_why_the_newest_first(past):
    rows = [row.text for row in past.root.walk("li") if "Version " in row.text]
    assert [row.partition(" Compare")[0] for row in rows if "version 3" in row] == rows[:1]
    for row, number, said in zip(rows, (3, 2, 1), ("Title Themes", "Summary I counted again.", ""), strict=True):
        assert f"Version {number}" in row
        assert said in row
    assert "Shown now" in rows[0]
    assert "First published" in rows[2]


def test_the_history_names_nobody_and_tells_nothing_that_was_not_approved(entry):
    visitor = Visitor()
    for address in ("", "1/", "2/", "3/", "compare/?old=1&new=3"):
        page = visitor.open(reverse("browse:history", args=[entry.slug]) + address)
        assert page.status == 200
        for secret in ("Sam", "Ada", "sam@", "hundred", "Not read yet", "Because", "A note to", "No."):
            assert secret not in page.main


def test_any_two_versions_are_compared_word_by_word_and_value_by_value(past):
    compared = past.press("Compare the two", old="1", new="3")
    assert compared.h1 == "Version 1 and version 3"
    gone = [node.text for node in next(compared.root.walk("main")).walk("del")]
    new = [node.text for node in next(compared.root.walk("main")).walk("ins")]
    assert gone[1:] == ["Removed: Ten", "Removed: Sea"]
    assert new[1:] == ["Added: for All", "Added: Twelve", "Added: Hills"]
    assert "I counted again." not in compared.main


def test_the_last_two_versions_are_chosen_at_first(past):
    assert (past.form["old"], past.form["new"]) == ("2", "3")
    assert past.press("Compare the two").h1 == "Version 2 and version 3"
    assert past.follow("What changed since version 1").h1 == "Version 1 and version 2"


def test_versions_named_the_wrong_way_round_are_put_right(entry):
    compare = reverse("browse:compare", args=[entry.slug])
    assert Visitor().open(f"{compare}?old=3&new=1").h1 == "Version 1 and version 3"


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("", "Choose the older version."),
        ("?old=2&new=2", "This is the same version twice. Choose another one."),
        ("?old=9&new=1", "There is no version 9. Choose one below."),
        ("?old=1&new=1e3", "There is no version 1e3. Choose one below."),
        (f"?old=1&new={'9' * 400}", "There is no version 9"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_told_above_the_versions(entry, query, error):
    page = Visitor().open(reverse("browse:compare", args=[entry.slug]) + query)
    assert page.status == 200
    assert error in " ".join(page.errors)
    assert "Version 3" in page.main


def test_a_version_is_shown_as_it_was_and_marked_as_old(entry):
    page = Visitor().open(reverse("browse:version", args=[entry.slug, 1]))
    assert page.h1 == "Kampala"
    assert "Ten people came." in page.main
    assert "An old version, number 1." in page.main
    assert 'name="robots" content="noindex"' in page.html
    assert page.follow("See what is true now").h1 == "Kampala for All"
    newest = Visitor().open(reverse("browse:version", args=[entry.slug, 3]))
    assert "is what the page shows now" in newest.main
    assert 'name="robots" content="noindex"' in newest.html


@pytest.mark.parametrize("number", ["0", "4", "9" * 30])
def test_there_is_no_other_version(entry, number):
    assert Visitor().open(f"/initiatives/{entry.slug}/history/{number}/").status == 404


def test_an_entry_of_one_version_has_nothing_to_compare():
    entry = factories.initiative("Kampala")
    page = Visitor().open(entry.get_absolute_url()).follow("1 version")
    assert "Older" not in page.main
    assert [each.text for each in page.root.walk("button")].count("Compare the two") == 0


def test_an_entry_that_is_not_public_has_no_history():
    factories.submission("Kampala")
    assert Visitor().open("/initiatives/kampala/history/").status == 404


def test_numbers_are_those_of_the_entry_and_not_of_the_database(entry, moderator):
    other = factories.initiative("Marrakesh")
    correct(other, moderator, title="Marrakesh for All")
    assert [each.number for each in Revision.objects.filter(initiative=other).numbered()] == [2, 1]
    assert "Marrakesh" in Visitor().open(reverse("browse:version", args=[other.slug, 1])).h1


def test_the_texts_of_a_comparison_run_in_their_own_direction(moderator):
    entry = factories.initiative("برنامج", summary="عشرة", language="ar")
    correct(entry, moderator, summary="Ten", language="en")
    page = Visitor().open(reverse("browse:compare", args=[entry.slug]) + "?old=1&new=2")
    texts = [node.attrs for node in page.root.walk("p") if node.attrs.get("class") == "text"]
    assert [(each["lang"], each["dir"]) for each in texts] == [("ar", "rtl"), ("en", "ltr")]


# ---- Restoring --------------------------------------------------------------


@pytest.fixture
def ada(moderator_client):
    return Visitor(moderator_client)


def test_a_moderator_restores_a_version_with_a_reason_that_the_history_tells(entry, ada):
    asked = ada.open(reverse("browse:version", args=[entry.slug, 1])).follow("Restore this version")
    assert asked.h1 == "Restore version 1?"
    assert "Removed: for All" in asked.main
    assert Initiative.objects.get(pk=entry.pk).public.title == "Kampala for All"
    done = asked.press("Restore it", note="The new title is wrong.")
    assert "Version 1 is public again." in done.main
    assert done.h1 == "Kampala"
    history = Visitor().open(reverse("browse:history", args=[entry.slug]))
    assert "The new title is wrong." in history.main
    assert "4 versions were approved" in history.main
    # And what is true already cannot be restored.
    assert "The entry says this already." in asked.press("Restore it", note="Again.").main
    assert Revision.objects.filter(initiative=entry).approved().count() == 4


def test_restoring_needs_a_reason(entry, ada):
    asked = ada.open(reverse("moderate:restore", args=[entry.slug, 1])).press("Restore it")
    assert asked.errors == ["Why: Say why the earlier version is the better one."]
    assert Revision.objects.filter(initiative=entry).approved().count() == 3


def test_what_a_colleague_changed_meanwhile_is_not_undone_unseen(entry, ada, moderator):
    asked = ada.open(reverse("moderate:restore", args=[entry.slug, 1]))
    correct(entry, moderator, results="Just in.")
    again = asked.press("Restore it", note="The new title is wrong.")
    assert "The entry was changed while you were reading." in again.main
    assert "Removed: Just in." in again.main
    assert again.form["note"] == "The new title is wrong."
    assert Initiative.objects.get(pk=entry.pk).public.results == "Just in."
    assert again.press("Restore it").h1 == "Kampala"


def test_the_history_leads_a_moderator_to_restoring_and_nobody_else(entry, ada, client):
    address = f"{entry.get_absolute_url()}history/"
    restore = reverse("moderate:restore", args=[entry.slug, 1])
    assert f'href="{restore}"' in ada.open(address).html
    assert f'href="{restore}"' not in client.get(address).content.decode()


def test_nobody_else_restores(entry, member_client):
    address = reverse("moderate:restore", args=[entry.slug, 1])
    assert Visitor(member_client).open(address).status == 403
    assert "/accounts/login/" in Visitor().open(address).url
    assert "Restore" not in Visitor(member_client).open(reverse("browse:version", args=[entry.slug, 1])).main
