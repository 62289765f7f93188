"""After a decision comes the next one, taken, until the queue is empty."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives import moderation
from initiatives.models import Submission
from tests import factories
from tests.moderate.desk import address, at_desk, now
from tests.moderate.desk import moderator as a_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


def queue(*titles, **values):
    return [factories.submission(title, **values) for title in titles]


def held_by(person):
    return [each.revision.title for each in Submission.objects.held_by(person).order_by("pk")]


def test_a_decision_leads_to_the_next_one_which_is_taken_until_none_is_left(ada, moderator):
    queue("First", "Second", "Third")
    page = ada.open("/moderation/").press("Take the next one")
    decided = []
    for button in ("Approve and publish", "Reject", "Ask for changes"):
        decided.append(page.h1)
        assert held_by(moderator) == [page.h1]
        page = page.press(button, note="Because.")
        assert f"“{decided[-1]}”: " in page.main
        assert "Undo" in {link.text for link in page.root.walk("a")}
    assert decided == ["First", "Second", "Third"]
    assert page.url == reverse("moderate:queue")
    assert "The queue is empty" in page.main
    assert held_by(moderator) == []


def test_what_another_moderator_has_is_passed_over(ada, moderator):
    first, _second, third = queue("First", "Second", "Third")
    for each in (first, third):
        moderation.hold(each, by=a_moderator(f"Ben{each.pk}"))
    page = ada.open("/moderation/").press("Take the next one")
    assert page.h1 == "Second"
    page = page.press("Approve and publish")
    assert "All 2 submissions that wait here are with other moderators." in page.main


def test_the_next_one_is_one_of_the_same_filters(ada):
    sea, work = factories.theme("sea"), factories.theme("work")
    queue("First", "Third", themes=[sea])
    queue("Second", themes=[work])
    page = ada.open("/moderation/?theme=sea").press("Take the next one")
    assert (page.h1, page.url) == ("First", f"{address(Submission.objects.order_by('pk').first())}?theme=sea")
    page = page.press("Reject", note="No.")
    assert page.h1 == "Third"
    page = page.press("Reject", note="No.")
    assert page.url == "/moderation/?theme=sea"
    assert "Nothing here with these filters" in page.main


def test_a_skipped_one_goes_back_and_the_one_after_it_comes(ada, moderator):
    first, _second, third = queue("First", "Second", "Third")
    page = ada.open("/moderation/").press("Take the next one").press("Skip to the next one")
    assert page.h1 == "Second"
    assert held_by(moderator) == ["Second"]
    page = page.press("Skip to the next one").press("Skip to the next one")
    assert page.h1 == "First"
    for each in (first, third):
        moderation.reject(each, by=moderator, note="No.")
    page = ada.open(address(Submission.objects.awaiting_review().get())).press("Skip to the next one")
    assert "There is no other one to go on to." in page.main


def test_a_skipped_number_that_is_none_is_nothing_skipped(moderator_client):
    queue("First")
    for after in ("x", "0", "9" * 30, "999"):
        assert moderator_client.post(reverse("moderate:next"), {"after": after}).status_code == 302


def test_a_second_click_on_a_decision_leads_to_the_same_next_one(ada, moderator):
    first, *_ = queue("First", "Second", "Third")
    page = ada.open(address(first))
    again = [page.press("Approve and publish") for _ in range(2)]
    assert [each.h1 for each in again] == ["Second", "Second"]
    assert held_by(moderator) == ["Second"]
    assert first.decisions.count() == 2


def test_what_ran_out_is_taken_by_the_next_who_asks(ada, moderator):
    (first,) = queue("First")
    moderation.hold(first, by=a_moderator("Ben"))
    Submission.objects.update(reviewed_until=timezone.now() - timedelta(seconds=1))
    assert ada.open("/moderation/").press("Take the next one").h1 == "First"
    assert now(first).holder == moderator
