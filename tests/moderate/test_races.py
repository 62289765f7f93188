"""What happens when two people do the same thing at the same time, with real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from initiatives import moderation
from initiatives.choices import Kind, Status, Step
from initiatives.content import NamedOrganisation
from initiatives.models import Initiative, Revision, Submission
from tests import factories
from tests.moderate.desk import claim, correction, report

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 20
#: 100 races of two moderators, of every kind of submission.
ROUNDS_A_KIND = 25


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


def sent(kind, entry, number):
    """Put something of a kind into the queue, from somebody with a confirmed address."""
    sam = moderation.Submitter(email="sam@example.org", is_verified=True)
    if kind == Kind.NEW:
        return factories.submission(f"Round {number}", submitter=sam)
    if kind == Kind.CORRECTION:
        return correction(entry, title=f"Round {number}")
    return claim(entry, member=entry.owner) if kind == Kind.CLAIM else report(entry)


@pytest.mark.parametrize("kind", Kind)
def test_of_two_moderators_who_decide_at_once_one_wins_and_the_other_is_told_by_whom(kind, mailoutbox):
    ada, ben = factories.moderator(name="Ada"), factories.moderator(name="Ben")
    entry = factories.initiative("Entry")
    entry.owner = factories.person(name="Mona")
    take = moderation.approve if kind in (Kind.NEW, Kind.CORRECTION) else moderation.accept
    for number in range(ROUNDS_A_KIND):
        pk = sent(kind, entry, number).pk
        mailoutbox.clear()
        outcomes = at_once(
            lambda pk=pk: take(Submission.objects.get(pk=pk), by=ada),
            lambda pk=pk: moderation.reject(Submission.objects.get(pk=pk), by=ben, note="No."),
        )
        refused = [each for each in outcomes if isinstance(each, moderation.IllegalTransition)]
        decided = [each for each in outcomes if not isinstance(each, Exception)]
        assert len(refused) == len(decided) == 1, outcomes
        assert refused[0].latest == decided[0]
        submission = Submission.objects.get(pk=pk)
        assert submission.decisions.exclude(step=Step.SUBMIT).count() == 1
        if kind == Kind.NEW:
            assert (submission.initiative.current is not None) == (submission.status == Status.PUBLISHED)
        assert len(mailoutbox) == 1


def test_of_moderators_who_take_the_same_submission_at_once_one_gets_it():
    people = [factories.moderator() for _ in range(2)]
    submission = factories.submission()
    for _ in range(100):
        Submission.objects.update(reviewer=None, reviewed_until=None)
        outcomes = at_once(
            *[lambda p=person: moderation.hold(Submission.objects.get(pk=submission.pk), by=p) for person in people]
        )
        assert sorted(outcomes) == [False, True], outcomes
        assert Submission.objects.get().holder == people[outcomes.index(True)]


def test_moderators_who_take_the_next_one_at_once_all_get_another_one():
    people = [factories.moderator() for _ in range(4)]
    for _ in range(3):
        factories.submission()
    for _ in range(10):
        Submission.objects.update(reviewer=None, reviewed_until=None)
        outcomes = at_once(*[lambda p=p: moderation.hold_next(Submission.objects.all(), by=p) for p in people])
        taken = [each.pk for each in outcomes if each]
        assert len(taken) == len(set(taken)) == 3, outcomes


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


def test_entries_of_one_title_that_are_approved_at_once_all_get_an_address():
    ada = factories.moderator(name="Ada")
    for _ in range(5):
        waiting = [factories.submission("مبادرة") for _ in range(4)]
        outcomes = at_once(*[lambda s=s: moderation.approve(s, by=ada) for s in waiting])
        assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
    assert Initiative.objects.published().count() == 20


def test_submissions_with_the_same_new_names_in_another_order_do_not_block_each_other():
    names = [f"Organisation {number}" for number in range(6)]

    def submit(order):
        organisations = [NamedOrganisation(name, "diaspora", "partner") for name in order]
        return factories.submission("Crowded", organisations=organisations, keywords=list(order))

    for number in range(5):
        fresh = [f"{name} of round {number}" for name in names]
        outcomes = at_once(*[lambda o=o: submit(o) for o in (fresh, fresh[::-1], fresh, fresh[::-1])])
        assert not [each for each in outcomes if isinstance(each, Exception)], outcomes


def test_entries_are_merged_and_taken_off_and_names_are_hidden_at_once_without_blocking_each_other():
    ada, ben = factories.moderator(name="Ada"), factories.moderator(name="Ben")
    sam = moderation.Submitter(name="Sam", show_name=True)
    loser, into = factories.initiative("Twice", submitter=sam), factories.initiative("Once", submitter=sam)

    def merge(content, seen):
        return moderation.merge(*fresh(loser, into), content, by=ada, public_id=seen)

    def fresh(*entries):
        return [Initiative.objects.get(pk=each.pk) for each in entries]

    def hide():
        return moderation.hide_name(Submission.objects.get(initiative=loser))

    for number in range(ROUNDS // 2):
        Submission.objects.update(show_name=True)
        seen = fresh(into)[0].current_id
        content = factories.content("Once", summary=f"Round {number}")
        outcomes = at_once(
            lambda c=content, s=seen: merge(c, s),
            hide,
            lambda: moderation.unpublish(*fresh(loser), by=ben, reason="Twice."),
        )
        assert not Submission.objects.get(initiative=loser).show_name
        refused = [each for each in outcomes if isinstance(each, Exception)]
        assert len(refused) == 1 and isinstance(refused[0], moderation.IllegalTransition), outcomes
        outcomes = at_once(hide, lambda: moderation.republish(*fresh(loser), by=ada))
        assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
