"""A moderator has a submission open: others see it, take another one, and may decide it all the same."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from initiatives import moderation
from initiatives.choices import Status
from initiatives.models import Submission
from tests import factories
from tests.moderate.desk import address, at_desk, now
from tests.moderate.desk import moderator as a_moderator

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
NOTE = "Which city?"


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ben(noon):
    return a_moderator("Ben")


@pytest.fixture
def waiting(noon):
    return factories.submission("Kampala for All")


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


def holder(submission):
    return now(submission).holder


def test_what_one_moderator_takes_the_others_see_in_the_queue_and_on_its_page(noon, ada, ben, waiting, moderator):
    page = ada.open(address(waiting))
    assert "Nobody has this open." in page.main
    page = page.press("Take it", note=NOTE)
    assert "Held by you until 12:30 UTC" in page.main
    assert page.form["note"] == NOTE
    assert "You until 12:30 UTC" in ada.open("/moderation/").main
    others = at_desk(ben)
    assert "Ada until 12:30 UTC" in others.open("/moderation/").main
    assert "Ada has this open until 12:30 UTC." in others.open(address(waiting)).main
    assert holder(waiting) == moderator


def test_opening_a_page_takes_nothing(ada, ben, waiting, moderator_client):
    for path in ("/moderation/", address(waiting), "/moderation/?held=mine"):
        ada.open(path)
    assert now(waiting).reviewer is None
    moderation.hold(waiting, by=ben)
    before = now(waiting).reviewed_until
    at_desk(ben).open(address(waiting))
    assert now(waiting).reviewed_until == before
    for name, args in [("next", []), ("hold", [waiting.pk]), ("put_back", [waiting.pk]), ("say", [waiting.pk])]:
        back = address(waiting) if args else "/moderation/"
        assert moderator_client.get(reverse(f"moderate:{name}", args=args), {"kind": "new"})["Location"] == (
            f"{back}?kind=new"
        )
    assert now(waiting).holder == ben


def test_it_runs_out_by_itself_after_half_an_hour(noon, ada, ben, waiting, moderator):
    moderation.hold(waiting, by=ben)
    noon.shift(timedelta(minutes=29))
    assert not moderation.hold(waiting, by=moderator)
    noon.shift(timedelta(minutes=1))
    assert holder(waiting) is None
    assert "Ben" not in ada.open("/moderation/").main
    assert moderation.hold(waiting, by=moderator)
    assert not moderation.hold(waiting, by=ben)


def test_whatever_a_moderator_sends_keeps_it_for_another_half_an_hour(noon, ada, waiting, moderator):
    page = ada.open(address(waiting)).press("Take it")
    for press in (
        lambda: page.press("Keep it 30 more minutes", note=NOTE),
        lambda: page.press("Reject", note=""),
        lambda: ada.send(reverse("moderate:say", args=[waiting.pk]), {**_token(page), "text": ["Hello."]}),
    ):
        noon.shift(timedelta(minutes=20))
        press()
        assert now(waiting).reviewed_until == timezone.now() + moderation.HOLD
    assert holder(waiting) == moderator


def _token(page):
    return {"csrfmiddlewaretoken": page.form.all("csrfmiddlewaretoken")}


def test_put_back_it_is_free_again(ada, ben, waiting):
    page = ada.open(address(waiting)).press("Take it").press("Put it back")
    assert "“Kampala for All” is back in the queue." in page.main
    assert holder(waiting) is None
    moderation.hold(waiting, by=ben)
    ada.send(reverse("moderate:put_back", args=[waiting.pk]), _token(ada.open(address(waiting))))
    assert holder(waiting) == ben


def test_whoever_takes_what_another_has_is_told_by_whom(ada, ben, waiting):
    page = ada.open(address(waiting))
    moderation.hold(waiting, by=ben)
    page = page.press("Take it", note=NOTE)
    assert "Ben has this open until 12:30 UTC." in page.main
    assert page.form["note"] == NOTE
    assert holder(waiting) == ben


@pytest.mark.parametrize("step", ["approve", "reject", "request_changes", "withdraw"])
def test_what_leaves_the_queue_is_held_by_nobody(waiting, moderator, ben, step):
    moderation.hold(waiting, by=ben)
    if step == "withdraw":
        moderation.withdraw(waiting)
    else:
        getattr(moderation, step)(waiting, by=moderator, note="n")
    assert (waiting.reviewer, waiting.reviewed_until) == (None, None)
    assert not moderation.hold(waiting, by=ben)


def test_a_new_version_does_not_take_it_out_of_the_moderators_hands(waiting, ben):
    moderation.hold(waiting, by=ben)
    moderation.resubmit(waiting, factories.content("Better"))
    assert holder(waiting) == ben


# ---- All the same ------------------------------------------------------------


def test_another_moderator_decides_all_the_same_after_one_more_click(ada, ben, waiting, moderator):
    moderation.hold(waiting, by=ben)
    page = ada.open(address(waiting))
    buttons = [button.text for button in page.form.node.walk("button")]
    assert "Reject" not in buttons and "Approve and publish" not in buttons
    page = page.press("Decide all the same", note=NOTE)
    assert now(waiting).status == Status.SUBMITTED
    assert page.form["note"] == NOTE
    assert page.errors == []
    page.press("Ask for changes")
    assert now(waiting).status == Status.CHANGES_REQUESTED
    assert waiting.decisions.last().by == moderator


def test_whoever_pressed_before_the_other_took_it_is_asked_with_the_note_kept(ada, ben, waiting):
    page = ada.open(address(waiting))
    moderation.hold(waiting, by=ben)
    page = page.press("Reject", note=NOTE)
    assert "Ben has this open until 12:30 UTC. Nothing is decided; your note is kept." in page.main
    assert now(waiting).status == Status.SUBMITTED
    page.press("Decide all the same").press("Reject")
    assert now(waiting).status == Status.REJECTED


# ---- While somebody works (static/js/desk.js) ----------------------------------------------


def test_the_script_is_told_in_a_sentence_who_has_it(noon, ben, waiting, moderator_client):
    url = reverse("moderate:hold", args=[waiting.pk])
    answer = moderator_client.post(url, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (200, {"text": "You have this open until 12:30 UTC."})
    moderation.put_back(waiting, by=now(waiting).reviewer)
    moderation.hold(waiting, by=ben)
    answer = moderator_client.post(url, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (409, {"text": "Ben has this open until 12:30 UTC."})
    moderation.approve(waiting, by=ben)
    answer = moderator_client.post(url, headers={"accept": "application/json"})
    assert answer.json() == {"text": "This does not wait for a decision any more."}


def test_only_moderators_hold_anything(waiting, member):
    with pytest.raises(moderation.NotAllowed):
        moderation.hold(waiting, by=member)
    with pytest.raises(moderation.NotAllowed):
        moderation.hold_next(Submission.objects.all(), by=member)
    assert Client().post(reverse("moderate:next")).status_code == 302
    assert holder(waiting) is None
