"""What happens when two people do the same thing at the same time, with real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from initiatives import moderation
from initiatives.choices import Status, Step
from initiatives.models import Initiative, Revision, Submission
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 20


def at_once(*calls):
    """Run the calls at the same moment and return what each returned or raised."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(10)
            return call()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_moderators_who_decide_at_once_one_wins_and_the_other_is_told_by_whom(mailoutbox):
    ada, ben = factories.moderator(name="Ada"), factories.moderator(name="Ben")
    for number in range(ROUNDS):
        pk = factories.submission(
            f"Round {number}", submitter=moderation.Submitter(email="sam@example.org", is_verified=True)
        ).pk
        mailoutbox.clear()
        outcomes = at_once(
            lambda pk=pk: moderation.approve(Submission.objects.get(pk=pk), by=ada),
            lambda pk=pk: moderation.reject(Submission.objects.get(pk=pk), by=ben, note="No."),
        )
        refused = [each for each in outcomes if isinstance(each, moderation.IllegalTransition)]
        decided = [each for each in outcomes if not isinstance(each, Exception)]
        assert len(refused) == len(decided) == 1, outcomes
        assert refused[0].latest == decided[0]
        submission = Submission.objects.get(pk=pk)
        assert submission.decisions.exclude(step=Step.SUBMIT).count() == 1
        assert (submission.initiative.current is not None) == (submission.status == Status.PUBLISHED)
        assert len(mailoutbox) == 1


def test_two_clicks_at_once_make_one_entry():
    def click():
        return moderation.submit(factories.content("Twice"), submitter=moderation.Submitter(), seed="b" * 64)

    outcomes = at_once(click, click, click, click)
    assert {getattr(each, "pk", each) for each in outcomes} == {Submission.objects.get().pk}
    assert (Initiative.objects.count(), Revision.objects.count()) == (1, 1)


def test_a_submitter_who_edits_while_a_moderator_approves_loses_nothing():
    ada = factories.moderator(name="Ada")
    for number in range(ROUNDS):
        submission = factories.submission(f"First {number}")
        read = submission.revision_id
        outcomes = at_once(
            lambda s=submission, r=read: moderation.approve(Submission.objects.get(pk=s.pk), by=ada, revision_id=r),
            lambda s=submission, r=read, n=number: moderation.resubmit(
                Submission.objects.get(pk=s.pk), factories.content(f"Second {n}"), revision_id=r
            ),
        )
        refused = [each for each in outcomes if isinstance(each, Exception)]
        assert len(refused) == 1 and isinstance(refused[0], moderation.IllegalTransition), outcomes
        now = Submission.objects.get(pk=submission.pk)
        if now.status == Status.PUBLISHED:
            assert now.initiative.current.title == f"First {number}"
        else:
            assert now.revision.title == f"Second {number}"
