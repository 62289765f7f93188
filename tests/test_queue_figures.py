"""The queue's own figures: exact, and the same on both databases."""

import pytest
import time_machine

from initiatives import moderation
from initiatives.content import read
from initiatives.queue_figures import figures, place_in_queue, usual_days_to_decision
from tests import factories

pytestmark = pytest.mark.django_db
DAY = 86_400


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-01 09:00Z", tick=False) as clock:
        yield clock


def decided(clock, moderator, *days):
    """Decide one submission after each of so many days."""
    for each in days:
        submission = factories.submission()
        clock.shift(each * DAY)
        moderation.reject(submission, by=moderator, note="No.")


def test_the_median_is_that_of_the_days_between_coming_into_the_queue_and_the_decision(clock, moderator):
    assert figures().median_days is None
    decided(clock, moderator, 1, 2, 4, 0.5)
    assert figures().median_days == 1.5
    decided(clock, moderator, 3)
    assert figures().median_days == usual_days_to_decision() == 2


def test_from_fewer_than_five_decisions_or_old_ones_nothing_usual_is_told(clock, moderator):
    decided(clock, moderator, 1, 1, 1, 1)
    assert usual_days_to_decision() is None
    decided(clock, moderator, 1)
    assert usual_days_to_decision() == 1
    clock.shift(180 * DAY)
    assert usual_days_to_decision() is None
    assert figures().median_days == 1


def test_each_stay_in_the_queue_counts_by_itself_and_the_time_with_the_submitter_does_not(clock, moderator):
    submission = factories.submission()
    clock.shift(2 * DAY)
    moderation.request_changes(submission, by=moderator, note="When?")
    clock.shift(50 * DAY)
    moderation.say(submission, "In 2020.")
    clock.shift(4 * DAY)
    moderation.approve(submission, by=moderator)
    assert figures().median_days == 3


def test_what_nobody_waited_for_does_not_count(clock, moderator):
    entry = factories.initiative()
    content = read(entry.public)
    content.title = "Changed"
    own = moderation.submit(content, submitter=moderation.Submitter(member=moderator), base=entry.public)
    moderation.approve(own, by=moderator)
    taken_back = factories.submission()
    clock.shift(DAY)
    moderation.withdraw(taken_back)
    assert figures().median_days is None


def test_the_place_in_the_queue_is_that_of_the_queue(clock, moderator):
    waiting = [factories.submission() for _ in range(3)]
    clock.shift(1)
    later = factories.submission()
    moderation.reject(waiting[0], by=moderator, note="No.")
    assert [place_in_queue(each) for each in [*waiting, later]] == [None, 1, 2, 3]
