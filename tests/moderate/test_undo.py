"""Every decision can be undone by another one, and none is erased."""

import pytest
from django.test import Client
from django.urls import reverse

from initiatives import moderation
from initiatives.choices import Status, Step
from initiatives.models import Initiative
from tests import factories
from tests.moderate.desk import SAM, address, at_desk, claim, correction, now, report
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


def undo(submission, step):
    return reverse("moderate:undo", args=[submission.pk, step])


def offered(page):
    return {node.text for node in page.root.walk("a") if f"{page.url}undo/" in node.attrs["href"]}


def test_what_was_rejected_by_mistake_is_opened_again_from_the_message(ada, moderator):
    asked = factories.submission("Kampala for All", submitter=SAM)
    page = ada.open(address(asked)).press("Reject", note="Spam.").follow("Undo")
    assert now(asked).status == Status.REJECTED
    assert "It goes back into the queue, into your hands, and can be decided anew." in page.main
    page = page.press("Open it again", note="Sorry, we read it again.")
    assert "“Kampala for All”: opened again." in page.main
    assert now(asked).holder == moderator
    page.press("Approve and publish")
    steps = [decision.step for decision in asked.decisions.all()]
    assert steps == [Step.SUBMIT, Step.REJECT, Step.REOPEN, Step.APPROVE]


def test_an_entry_is_taken_off_with_a_public_reason_and_put_back(ada):
    asked = factories.submission("Kampala for All")
    page = ada.open(address(asked)).press("Approve and publish").follow("Undo")
    entry = Initiative.objects.published().get()
    page = page.press("Take it off the catalogue", note=" ")
    assert "Say why." in page.error("note")
    assert Initiative.objects.published().exists()
    page = page.press("Take it off the catalogue", note="Asked by the city.")
    assert "“Kampala for All”: taken off the catalogue." in page.main
    assert not Initiative.objects.published().exists()
    entry.refresh_from_db()
    assert entry.withdrawal_reason == "Asked by the city."
    page.follow("Put it back into the catalogue").press("Put it back into the catalogue")
    assert Initiative.objects.published().get() == entry
    assert asked.decisions.count() == 4


def test_an_approval_by_mistake_is_undone_and_its_sender_goes_on_from_there(ada, moderator):
    asked = factories.submission("Kampala for All")
    page = ada.open(address(asked)).press("Approve and publish").follow("Undo")
    page = page.press("Take it off the catalogue", note="Published by mistake.").follow("Open it again")
    assert "says that it was taken off until it is approved" in page.main
    page = page.press("Open it again")
    assert (now(asked).status, now(asked).holder) == (Status.SUBMITTED, moderator)
    assert "Taken off the catalogue on" in page.main
    sender = Visitor()
    stands = sender.open(asked.tracking_url)
    assert "A moderator will read it before anything of it is public." in stands.main
    assert "No longer public" not in stands.main
    page.press("Reject", note="Not about migration.")
    assert "A moderator decided not to publish it" in sender.open(asked.tracking_url).main
    assert sender.open("/initiatives/kampala-for-all/").status == 410


def test_exactly_the_steps_that_are_open_are_offered(ada, moderator):
    entry = factories.initiative("Entry")
    asked = {
        "new": factories.submission("New"),
        "correction": correction(entry, title="Corrected"),
        "claim": claim(entry),
        "report": report(entry),
    }
    assert [offered(ada.open(address(each))) for each in asked.values()] == [set()] * 4
    moderation.approve(asked["new"], by=moderator)
    moderation.approve(asked["correction"], by=moderator)
    moderation.accept(asked["claim"], by=moderator)
    moderation.reject(asked["report"], by=moderator, note="It works.")
    assert {name: offered(ada.open(address(each))) for name, each in asked.items()} == {
        "new": {"Take it off the catalogue"},
        "correction": set(),
        "claim": {"Open it again"},
        "report": {"Open it again"},
    }
    assert "whoever made it owns the entry no longer" in ada.open(undo(asked["claim"], "reopen")).main


def test_what_its_sender_took_back_is_offered_to_nobody(ada):
    asked = factories.submission()
    moderation.withdraw(asked)
    assert offered(ada.open(address(asked))) == set()


def test_looking_undoes_nothing_and_what_is_not_possible_is_said(ada, moderator, moderator_client):
    asked = factories.submission("Kampala for All")
    page = ada.open(undo(asked, "reopen"))
    assert page.url == address(asked)
    assert "That cannot be done any more" in page.main
    moderation.reject(asked, by=moderator, note="No.")
    page = ada.open(undo(asked, "reopen"))
    assert now(asked).status == Status.REJECTED
    moderation.reopen(asked, by=factories.moderator(name="Ben"))
    assert "That cannot be done any more" in page.press("Open it again").main
    assert asked.decisions.count() == 3
    for step in ("approve", "merge", "nothing"):
        assert moderator_client.get(undo(asked, step)).status_code == 404
    assert Client().get(undo(asked, "reopen")).status_code == 302


def test_only_the_decision_that_was_looked_at_is_undone_and_the_note_is_kept(ada, moderator):
    ben, entry = factories.moderator(name="Ben"), factories.initiative("Entry")
    asked = claim(entry)
    moderation.request_changes(asked, by=moderator, note="Who are you?")
    page = ada.open(undo(asked, "reopen"))
    moderation.reopen(asked, by=ben)
    moderation.accept(asked, by=ben)
    page = page.press("Open it again", note="Sorry.")
    assert "Ben was faster: “Granted”" in page.main
    assert "Your note, which was not sent Sorry." in page.main
    assert now(asked).status == Status.ACCEPTED
    assert Initiative.objects.get(pk=entry.pk).owner == asked.member
    # An entry may be put back and taken off again by others, for a reason of their own.
    founding = entry.founding_submission
    page = ada.open(undo(founding, "unpublish"))
    moderation.unpublish(entry, by=ben, reason="Asked by the city.")
    moderation.republish(entry, by=ben)
    assert "Ben was faster" in page.press("Take it off the catalogue", note="It ended.").main
    moderation.unpublish(entry, by=ben, reason="A mistake.")
    page = ada.open(undo(founding, "republish"))
    moderation.republish(entry, by=ben)
    moderation.unpublish(entry, by=ben, reason="Private.")
    assert "Ben was faster" in page.press("Put it back into the catalogue").main
    assert Initiative.objects.get(pk=entry.pk).withdrawal_reason == "Private."


def test_whoever_owned_an_entry_before_a_claim_to_it_owns_it_again_when_that_is_undone(
    ada, moderator, mailoutbox, django_capture_on_commit_callbacks
):
    entry, names = factories.initiative("Entry"), ("Fay", "Gus", "Hal")
    fay, gus, hal = (factories.person(f"{name.lower()}@example.org", name=name) for name in names)
    first, second, third = (claim(entry, member=each) for each in (fay, gus, hal))
    for each in (first, second, third):
        moderation.accept(each, by=moderator)

    def owner_after_undoing(each):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            page = ada.open(undo(each, "reopen"))
            assert "Whoever owned it before owns it again." in page.main
            page.press("Open it again")
        return Initiative.objects.get(pk=entry.pk).owner

    # Whoever is not the owner any more loses nothing by it.
    assert owner_after_undoing(second) == hal
    assert [mail.to for mail in mailoutbox] == [["gus@example.org"]]
    assert owner_after_undoing(third) == fay
    told = {mail.to[0]: mail for mail in mailoutbox}
    assert set(told) == {"hal@example.org", "fay@example.org"}
    assert told["fay@example.org"].subject == "You own it again: Entry"
    assert f"{entry.get_absolute_url()}\n" in told["fay@example.org"].body
    assert "Hal" not in told["fay@example.org"].body
    assert owner_after_undoing(first) is None
