"""What the page's script is answered when it saves what is being typed."""

import pytest
from django.urls import reverse

from initiatives.models import Draft, Submission
from tests import factories
from tests.submit.answers import answers
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

NEW = reverse("submit:autosave")


@pytest.fixture
def draft(member_client):
    """A draft that the member's page has saved by itself, and what that page sends."""
    sent = answers(title="Kampala")
    told = member_client.post(NEW, sent).json()
    return Draft.objects.get(), sent | {"draft": told["version"]}, told


def test_the_first_save_makes_the_members_draft_and_says_where_it_is(member_client, member, draft):
    made, _sent, told = draft
    assert (made.member, made.title, made.version) == (member, "Kampala", 1)
    assert told == {"version": 1, "url": made.edit_url, "autosave_url": f"{made.tracking_url}draft/"}
    assert Visitor(member_client).open(told["url"]).form["title"] == "Kampala"


def test_later_saves_go_into_the_same_draft_also_when_an_answer_was_lost_on_the_way(member_client, draft):
    _made, sent, told = draft
    for number, address in enumerate([told["autosave_url"], told["autosave_url"], NEW]):
        # As the page sends it that heard nothing of the saves before.
        response = member_client.post(address, sent | {"title": f"Kampala {number}"})
        assert response.json()["version"] == number + 2
    assert Draft.objects.get().title == "Kampala 2"
    response = member_client.post(NEW, {**sent, "draft": ""})
    assert response.status_code == 200
    assert Draft.objects.count() == 1


def test_another_page_is_not_overwritten(member_client, draft):
    _made, sent, told = draft
    other = answers(title="In another window", draft=1)
    assert member_client.post(told["autosave_url"], other).status_code == 200
    response = member_client.post(told["autosave_url"], sent | {"title": "Here"})
    assert response.status_code == 409
    assert response.json() == {
        "said": "Not saved: the draft was changed elsewhere. Press “Save draft” to choose what to keep."
    }
    assert Draft.objects.get().title == "In another window"


def test_what_was_sent_or_thrown_away_is_not_saved_again(member_client, draft):
    made, sent, told = draft
    member_client.post(made.edit_url, sent | answers())
    assert Submission.objects.get().seed == made.seed
    for address in (told["autosave_url"], NEW):
        response = member_client.post(address, sent)
        assert response.status_code == 409
        assert response.json()["said"].startswith("It is sent already")
    gone = member_client.post(reverse("submit:autosave_draft", args=["0" * 40]), sent)
    assert gone.status_code == 404
    assert gone.json()["said"] == "Not saved. Press “Save draft” to keep what you typed."
    assert not Draft.objects.exists()


def test_more_than_a_draft_holds_is_said(member_client):
    response = member_client.post(NEW, answers(results="x" * 200_000))
    assert response.status_code == 413
    assert "Shorten the longest text" in response.json()["said"]


def test_nothing_of_somebody_without_an_account_is_saved_before_they_ask_for_it_and_then_it_is(client, anyone):
    assert "data-autosave" not in anyone.open(reverse("submit:new")).html
    assert client.post(NEW, answers()).status_code == 404
    assert not Draft.objects.exists()
    page = anyone.open(reverse("submit:new")).press("Save draft", title="Kampala").follow("Go on writing")
    address = page.form.node.attrs["data-autosave"]
    sent = answers(title="Kampala for All", draft=page.form["draft"])
    response = client.post(address, sent)
    assert (response.status_code, response.json()["version"]) == (200, 2)
    assert "no-store" in response["Cache-Control"]
    assert Draft.objects.get().member is None


def test_the_script_is_left_out_where_somebody_has_to_choose_or_nothing_is_a_draft(member_client, anyone):
    mona = Visitor(member_client)
    assert mona.open(reverse("submit:new")).form.node.attrs["data-autosave"] == NEW
    edit = mona.open(reverse("submit:new")).press("Save draft", title="Kampala").link("Go on writing")
    one, two = mona.open(edit), mona.open(edit)
    one.press("Save draft", title="One")
    assert "data-autosave" not in two.press("Save draft", title="Two").html
    waiting = factories.submission()
    assert "data-autosave" not in mona.open(reverse("submit:edit", args=[waiting.token])).html


def test_odd_answers_are_saved_or_refused_with_a_sentence(member_client, draft):
    _made, sent, told = draft
    for field in ("key", "draft", "title", "links-0-url", "shown_at"):
        for value in ("", "\x00", "x" * 9000, "9" * 400, "-1"):
            for address in (told["autosave_url"], NEW):
                response = member_client.post(address, sent | {field: value})
                assert response.status_code in (200, 409), (field, value[:9])
                assert response.json()
