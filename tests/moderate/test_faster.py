"""Somebody was faster: what a moderator is told, and that nothing typed is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from initiatives import moderation
from initiatives.choices import Status
from initiatives.models import Initiative
from tests import factories
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db

SAM = moderation.Submitter(email="sam@example.org", is_verified=True)


def at_desk(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return Visitor(client)


@pytest.fixture
def waiting():
    return factories.submission("Kampala for All", submitter=SAM, countries=[factories.country()])


@pytest.fixture
def seen(waiting, moderator):
    """The submission as Ada sees it, before somebody else does something."""
    return at_desk(moderator).open(reverse("moderate:review", args=[waiting.pk]))


def test_who_was_faster_and_what_was_decided_is_said_and_the_note_is_kept(
    seen, waiting, mailoutbox, django_capture_on_commit_callbacks
):
    moderation.reject(waiting, by=factories.moderator(name="Ben"), note="Not about migration.")
    with django_capture_on_commit_callbacks(execute=True) as called:
        answer = seen.press("Approve and publish", note="Well told,\nthank you.")
    assert answer.status == 200
    assert "Ben was faster: “Not published”, a moment ago. Nothing was changed by you" in answer.main.replace(
        "\xa0", " "
    )
    assert "Your note, which was not sent Well told, thank you." in answer.main
    assert "Not about migration." in answer.main
    assert "Approve and publish" not in answer.main
    waiting.refresh_from_db()
    assert waiting.status == Status.REJECTED
    assert not Initiative.objects.published().exists()
    assert called == mailoutbox == []


def test_a_rejection_does_not_run_over_the_changes_that_somebody_else_asked_for(
    seen, waiting, mailoutbox, django_capture_on_commit_callbacks
):
    moderation.request_changes(waiting, by=factories.moderator(name="Ben"), note="In which city?")
    with django_capture_on_commit_callbacks(execute=True):
        answer = seen.press("Reject", note="Not about migration.")
    assert "Ben was faster: “Changes requested”" in answer.main
    assert answer.form["note"] == "Not about migration."
    assert mailoutbox == []
    waiting.refresh_from_db()
    assert waiting.status == Status.CHANGES_REQUESTED
    # Whoever knows of it may still close what is with its submitter.
    answer.press("Reject")
    waiting.refresh_from_db()
    assert waiting.status == Status.REJECTED


def test_closing_what_is_with_its_submitter_takes_a_note_too(waiting, moderator):
    moderation.request_changes(waiting, by=moderator, note="In which city?")
    answer = at_desk(moderator).open(reverse("moderate:review", args=[waiting.pk])).press("Reject")
    assert "Say why it is not published." in answer.error("note")
    assert "was faster" not in answer.main
    assert "rejected" not in waiting.status


def test_how_long_ago_somebody_was_faster_is_said(seen, waiting):
    moderation.reject(waiting, by=factories.moderator(name="Ben"), note="Not about migration.")
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=5)):
        answer = seen.press("Approve and publish")
    assert "“Not published”, 2 hours, 5 minutes ago." in answer.main.replace("\xa0", " ")


@pytest.mark.parametrize("note", ["", "n" * 4001])
def test_a_mistake_does_not_hide_that_somebody_was_faster(seen, waiting, note):
    moderation.approve(waiting, by=factories.moderator(name="Ben"))
    answer = seen.press("Reject", note=note)
    assert answer.errors == []
    assert "Ben was faster: “Approved and published”" in answer.main
    assert note in answer.main


def test_a_submitter_who_took_it_back_was_faster_too(seen, waiting):
    moderation.withdraw(waiting)
    answer = seen.press("Approve and publish")
    assert "the submitter was faster: “Withdrawn”" in answer.main
    assert not Initiative.objects.published().exists()


def test_a_new_version_is_shown_and_can_be_decided_with_the_note_that_was_written(seen, waiting):
    moderation.resubmit(waiting, factories.content("Slipped in"))
    answer = seen.press("Approve and publish", note="Well told.")
    assert "The submitter sent a new version while you were reading." in answer.main
    assert answer.h1 == "Slipped in"
    assert answer.form["note"] == "Well told."
    assert not Initiative.objects.published().exists()
    done = answer.press("Approve and publish")
    assert "approved and published" in done.main
    assert Initiative.objects.published().get().current.title == "Slipped in"
    assert waiting.decisions.last().note == "Well told."


@pytest.mark.parametrize("button", ["Approve and publish", "Ask for changes", "Reject"])
def test_a_message_that_came_while_a_moderator_was_reading_is_read_before_the_decision(seen, waiting, button):
    for said in ("Please do not publish it.", "Do, after all."):
        moderation.say(waiting, said)
        seen = seen.press(button, note="Well told.")
        assert "There is a message that came while you were reading." in seen.main
        assert said in seen.main
        assert seen.form["note"] == "Well told."
        waiting.refresh_from_db()
        assert waiting.status == Status.SUBMITTED
    seen.press(button)
    assert waiting.decisions.last().note == "Well told."


def test_ones_own_message_is_nothing_new(seen, waiting):
    page = seen.press("Send the message", text="Which city?")
    assert "approved and published" in page.press("Approve and publish").main


def test_a_mistake_on_an_outdated_page_does_not_hide_that_there_is_a_new_version(seen, waiting):
    moderation.resubmit(waiting, factories.content("Slipped in"))
    answer = seen.press("Reject", note="")
    assert "Say why it is not published." in answer.error("note")
    answer = answer.press("Approve and publish")
    assert "The submitter sent a new version while you were reading." in answer.main
    assert not Initiative.objects.published().exists()


@pytest.mark.parametrize("button", ["Approve and publish", "Ask for changes", "Reject"])
def test_the_second_of_two_clicks_is_not_taken_for_somebody_else(
    seen, waiting, button, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        pages = [seen.press(button, note="Which city?") for _ in range(2)]
    for each in pages:
        assert each.url == reverse("moderate:queue")
        assert "was faster" not in each.main
    assert waiting.decisions.count() == 2
    assert len(mailoutbox) == 1


def test_another_decision_of_ones_own_in_another_tab_was_faster(seen, waiting, moderator):
    moderation.reject(waiting, by=moderator, note="Not about migration.")
    answer = seen.press("Approve and publish", note="Well told.")
    assert "Ada was faster: “Not published”" in answer.main
    assert "Well told." in answer.main
