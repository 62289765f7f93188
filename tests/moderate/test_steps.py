"""The table of steps: every step, of every kind, from every state."""

from __future__ import annotations

import pytest

from initiatives import moderation
from initiatives.choices import Kind, Status, Step
from initiatives.content import read
from initiatives.models import Initiative, Submission
from tests import factories

pytestmark = pytest.mark.django_db

MEMBER = "member@example.org"
OPEN = {Status.SUBMITTED, Status.CHANGES_REQUESTED}
#: From where each step leads, by kind.
VERSIONS = {
    Step.APPROVE: {Status.SUBMITTED},
    Step.REQUEST_CHANGES: {Status.SUBMITTED},
    Step.REJECT: OPEN,
    Step.RESUBMIT: OPEN,
    Step.WITHDRAW: OPEN,
    Step.REOPEN: {Status.CHANGES_REQUESTED, Status.REJECTED},
    Step.ACCEPT: set(),
}
REQUESTS = {
    Step.APPROVE: set(),
    Step.REQUEST_CHANGES: {Status.SUBMITTED},
    Step.REJECT: OPEN,
    Step.RESUBMIT: set(),
    Step.WITHDRAW: OPEN,
    Step.REOPEN: {Status.CHANGES_REQUESTED, Status.REJECTED, Status.ACCEPTED},
    Step.ACCEPT: {Status.SUBMITTED},
}
ALLOWED = {Kind.NEW: VERSIONS, Kind.CORRECTION: VERSIONS, Kind.CLAIM: REQUESTS, Kind.REPORT: REQUESTS}
#: How to get there.
WAYS = {
    Status.SUBMITTED: [],
    Status.CHANGES_REQUESTED: [Step.REQUEST_CHANGES],
    Status.PUBLISHED: [Step.APPROVE],
    Status.ACCEPTED: [Step.ACCEPT],
    Status.REJECTED: [Step.REJECT],
    Status.WITHDRAWN: [Step.WITHDRAW],
}
CASES = [
    (kind, status, step)
    for kind in Kind
    for status in WAYS
    for step in VERSIONS
    if status not in ({Status.ACCEPTED} if ALLOWED[kind] is VERSIONS else {Status.PUBLISHED})
]


def sent(kind: Kind) -> Submission:
    """Put something of a kind into the queue."""
    if kind == Kind.NEW:
        return factories.submission()
    entry = factories.initiative()
    if kind == Kind.CORRECTION:
        content = read(entry.public)
        content.title = "Corrected"
        return moderation.submit(content, submitter=moderation.Submitter(), base=entry.public)
    by = moderation.Submitter(member=factories.person())
    return (moderation.claim if kind == Kind.CLAIM else moderation.report)(entry, "Because.", submitter=by)


def take(step: Step, submission: Submission, moderator):
    if step == Step.RESUBMIT:
        return moderation.resubmit(submission, factories.content())
    if step == Step.WITHDRAW:
        return moderation.withdraw(submission)
    return getattr(moderation, step)(submission, by=moderator, note="n")


@pytest.mark.parametrize(("kind", "status", "step"), CASES)
def test_a_step_leads_only_from_where_the_table_says(kind, status, step, moderator):
    submission = sent(kind)
    for each in WAYS[status]:
        take(each, submission, moderator)
    log = submission.decisions.count()
    if status in ALLOWED[kind][step]:
        take(step, submission, moderator)
        assert submission.decisions.count() == log + 1
    else:
        with pytest.raises(moderation.IllegalTransition) as refused:
            take(step, submission, moderator)
        assert refused.value.submission.status == status
        assert submission.decisions.count() == log


@pytest.mark.parametrize(("kind", "status"), sorted({case[:2] for case in CASES}))
def test_what_a_moderator_is_offered_is_what_the_table_allows(kind, status, moderator):
    submission = sent(kind)
    for each in WAYS[status]:
        take(each, submission, moderator)
    offered = set(moderation.decisions_open(submission)) - {Step.UNPUBLISH, Step.MERGE}
    mine = {Step.APPROVE, Step.ACCEPT, Step.REQUEST_CHANGES, Step.REJECT, Step.REOPEN}
    assert offered == {step for step in mine if status in ALLOWED[kind][step]}


def test_only_moderators_take_the_steps_of_moderators(member):
    entry = factories.initiative()
    for step in (Step.APPROVE, Step.REQUEST_CHANGES, Step.REJECT, Step.ACCEPT, Step.REOPEN):
        with pytest.raises(moderation.NotAllowed):
            take(step, factories.submission(), member)
    other = factories.initiative()
    for attempt in (
        lambda: moderation.unpublish(entry, by=member, reason="r"),
        lambda: moderation.republish(entry, by=member),
        lambda: moderation.restore(entry.public, by=member),
        lambda: moderation.merge(entry, other, read(other.public), by=member, public_id=other.current_id),
        lambda: moderation.say(factories.submission(), "Hm", by=member, as_moderator=True),
    ):
        with pytest.raises(moderation.NotAllowed):
            attempt()
    assert Initiative.objects.published().count() == 2


# ---- Claims and reports ----------------------------------------------------


def test_a_granted_claim_makes_its_sender_the_owner_and_opening_it_again_takes_that_away(moderator):
    claim = sent(Kind.CLAIM)
    assert claim.initiative.owner is None
    moderation.accept(claim, by=moderator)
    assert Initiative.objects.get().owner == claim.member
    moderation.reopen(claim, by=moderator)
    assert Initiative.objects.get().owner is None
    assert claim.status == Status.SUBMITTED


def test_opening_an_earlier_claim_again_leaves_the_later_owner(moderator):
    first = sent(Kind.CLAIM)
    second = moderation.claim(first.initiative, "Mine", submitter=moderation.Submitter(member=factories.person()))
    moderation.accept(first, by=moderator)
    moderation.accept(second, by=moderator)
    moderation.reopen(first, by=moderator)
    assert Initiative.objects.get().owner == second.member


def test_a_claim_of_somebody_whose_account_is_gone_cannot_be_granted(moderator):
    claim = sent(Kind.CLAIM)
    claim.member.delete()
    claim = Submission.objects.get(pk=claim.pk)
    with pytest.raises(moderation.IllegalTransition):
        moderation.accept(claim, by=moderator)
    claim.refresh_from_db()
    assert claim.status == Status.SUBMITTED


def test_nobody_becomes_the_owner_of_what_was_taken_off(moderator):
    claim = sent(Kind.CLAIM)
    moderation.unpublish(claim.initiative, by=moderator, reason="r")
    assert Step.ACCEPT not in moderation.decisions_open(claim)
    with pytest.raises(moderation.IllegalTransition):
        moderation.accept(claim, by=moderator)
    assert Initiative.objects.get().owner is None
    report = sent(Kind.REPORT)
    moderation.unpublish(report.initiative, by=moderator, reason="You were right.")
    moderation.accept(report, by=moderator)


def test_a_claim_and_a_report_change_no_word_of_the_entry(moderator):
    for kind in (Kind.CLAIM, Kind.REPORT):
        request = sent(kind)
        before = request.initiative.current_id
        moderation.accept(request, by=moderator)
        entry = Initiative.objects.get(pk=request.initiative_id)
        assert entry.current_id == before
        assert entry.revisions.count() == 1


# ---- Entries ---------------------------------------------------------------


def test_an_entry_that_was_taken_off_is_put_back_as_it_was(moderator):
    entry = factories.initiative("Kampala for All")
    before = (entry.slug, entry.current_id, entry.published_at)
    moderation.unpublish(entry, by=moderator, reason="Asked by the city.")
    assert not Initiative.objects.published().exists()
    assert entry.withdrawal_reason == "Asked by the city."
    with pytest.raises(moderation.IllegalTransition):
        moderation.unpublish(entry, by=moderator, reason="Again.")
    moderation.republish(entry, by=moderator)
    entry = Initiative.objects.published().get()
    assert (entry.slug, entry.current_id, entry.published_at) == before
    steps = [decision.step for decision in moderation.timeline(entry.founding_submission)]
    assert steps == [Step.SUBMIT, Step.APPROVE, Step.UNPUBLISH, Step.REPUBLISH]


def test_what_its_sender_took_back_is_never_put_into_the_catalogue(moderator):
    submission = factories.submission()
    moderation.withdraw(submission)
    assert Step.REPUBLISH not in moderation.decisions_open(submission)
    with pytest.raises(moderation.IllegalTransition):
        moderation.republish(submission.initiative, by=moderator)


def approved_by_mistake(moderator):
    submission = factories.submission("By mistake")
    moderation.approve(submission, by=moderator)
    moderation.unpublish(submission.initiative, by=moderator, reason="Published by mistake.")
    submission.refresh_from_db()
    return submission


def test_what_was_approved_by_mistake_is_taken_off_opened_again_and_decided_anew(moderator):
    submission = approved_by_mistake(moderator)
    was = Initiative.objects.get()
    assert set(moderation.decisions_open(submission)) == {Step.REOPEN, Step.REPUBLISH}
    moderation.reopen(submission, by=moderator)
    assert submission.status == Status.SUBMITTED
    assert list(Submission.objects.awaiting_review()) == [submission]
    assert not Initiative.objects.published().exists()
    moderation.request_changes(submission, by=moderator, note="Which city?")
    moderation.resubmit(submission, factories.content("By mistake", summary="In Kampala."))
    moderation.approve(submission, by=moderator)
    entry = Initiative.objects.published().get()
    assert (entry.public.summary, entry.slug, entry.withdrawal_reason) == ("In Kampala.", was.slug, "")
    assert [each.summary for each in entry.revisions.approved()] == ["In Kampala.", was.public.summary]


def test_what_is_approved_once_more_as_it_was_keeps_its_place_in_the_history(moderator):
    submission = approved_by_mistake(moderator)
    first = submission.revision.approved_at
    moderation.reopen(submission, by=moderator)
    moderation.approve(submission, by=moderator)
    assert [each.approved_at for each in Initiative.objects.published().get().revisions.approved()] == [first]


def test_a_merged_or_corrected_entry_and_what_its_sender_took_back_are_not_opened_again(moderator):
    corrected, merged, other = (factories.initiative(name) for name in ("Corrected", "Merged", "Other"))
    content = read(corrected.public)
    content.summary = "Better."
    correction = moderation.submit(content, submitter=moderation.Submitter(), base=corrected.public)
    moderation.approve(correction, by=moderator)
    moderation.unpublish(corrected, by=moderator, reason="r")
    moderation.merge(merged, other, read(other.public), by=moderator, public_id=other.current_id)
    for entry in (corrected, merged):
        founding = Submission.objects.get(initiative=entry, kind=Kind.NEW)
        assert moderation.decisions_open(founding) == [Step.REPUBLISH]
        with pytest.raises(moderation.IllegalTransition):
            moderation.reopen(founding, by=moderator)
    reopened = approved_by_mistake(moderator)
    moderation.reopen(reopened, by=moderator)
    moderation.withdraw(reopened)
    assert moderation.decisions_open(reopened) == []
    for step in (moderation.reopen, lambda each, by: moderation.republish(each.initiative, by=by)):
        with pytest.raises(moderation.IllegalTransition):
            step(reopened, by=moderator)


def test_a_correction_of_what_was_taken_off_is_not_published(moderator):
    correction = sent(Kind.CORRECTION)
    moderation.unpublish(correction.initiative, by=moderator, reason="r")
    with pytest.raises(moderation.IllegalTransition):
        moderation.approve(correction, by=moderator)
    assert not Initiative.objects.published().exists()


def test_two_entries_become_one_and_the_merging_can_be_undone(moderator):
    short, long = factories.initiative("D4C"), factories.initiative("Diaspora 4 Climate Action")
    content = read(long.public)
    content.summary = "From both."
    moderation.merge(short, long, content, by=moderator, public_id=long.current_id, note="The same.")
    entry = Initiative.objects.published().get()
    assert (entry.pk, entry.public.summary) == (long.pk, "From both.")
    short.refresh_from_db()
    assert short.merged_into == long
    moderation.republish(short, by=moderator)
    assert {each.public.title for each in Initiative.objects.published()} == {"D4C", "Diaspora 4 Climate Action"}


def test_an_entry_is_not_merged_into_itself_or_into_one_that_is_not_public_or_was_changed(moderator):
    one, other = factories.initiative("One"), factories.initiative("Other")
    content = read(other.public)
    attempts = [(one, one, one.current_id), (one, other, one.current_id)]
    for loser, into, seen in attempts:
        with pytest.raises(moderation.IllegalTransition):
            moderation.merge(loser, into, content, by=moderator, public_id=seen)
    moderation.unpublish(other, by=moderator, reason="r")
    with pytest.raises(moderation.IllegalTransition):
        moderation.merge(one, other, content, by=moderator, public_id=other.current_id)
    assert [each.public.title for each in Initiative.objects.published()] == ["One"]


# ---- The conversation ------------------------------------------------------


def test_an_answer_to_a_request_for_changes_comes_back_into_the_queue(moderator):
    submission = factories.submission()
    moderation.request_changes(submission, by=moderator, note="Which city?")
    moderation.say(submission, "Kampala.")
    assert submission.status == Status.SUBMITTED
    assert [decision.step for decision in moderation.timeline(submission)][-1] == Step.ANSWER


def test_what_is_said_otherwise_changes_no_state(moderator):
    submission = factories.submission()
    moderation.say(submission, "One more thing.")
    moderation.say(submission, "Thank you.", by=moderator, as_moderator=True)
    submission.refresh_from_db()
    assert submission.status == Status.SUBMITTED
    assert [message.is_from_moderator for message in submission.messages.all()] == [False, True]
