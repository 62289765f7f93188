"""The path of a submission, step by step, and what refuses."""

import pytest
from django.db import IntegrityError, transaction

from initiatives import moderation
from initiatives.choices import Status, Step
from initiatives.models import Decision, Initiative, SearchDocument
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_submission_waits_in_the_queue_and_is_not_public():
    submission = factories.submission("Kampala for All")
    assert submission.status == Status.SUBMITTED
    assert submission.submitted_at
    assert not Initiative.objects.published().exists()
    assert not SearchDocument.objects.exists()


def test_an_approved_submission_is_public_under_an_address_made_from_its_title(moderator):
    submission = factories.submission("Kampala for All: Safety Nets")
    moderation.approve(submission, by=moderator)
    entry = Initiative.objects.published().get()
    assert entry.slug == "kampala-for-all-safety-nets"
    assert entry.current == submission.revision
    assert entry.current.approved_at


def test_two_entries_of_one_title_get_two_addresses():
    assert [factories.initiative("Same").slug, factories.initiative("Same").slug] == ["same", "same-2"]


@pytest.mark.parametrize("title", ["Map", "Coverage", "Compare"])
def test_no_entry_takes_the_address_of_a_page_of_the_catalogue(title):
    assert factories.initiative(title).slug == f"{title.lower()}-2"


def test_a_title_without_latin_letters_gets_an_address_too():
    assert factories.initiative("كمبالا للجميع").slug == "initiative"


def test_every_step_is_logged_with_who_when_why_and_which_version(moderator):
    submission = factories.submission()
    moderation.request_changes(submission, by=moderator, note="Which city?")
    moderation.resubmit(submission, factories.content("Better"))
    moderation.reject(submission, by=moderator, note="Not about migration.")
    log = [(d.step, d.from_status, d.to_status, d.by, d.note) for d in submission.decisions.all()]
    assert log == [
        (Step.SUBMIT, Status.DRAFT, Status.SUBMITTED, None, ""),
        (Step.REQUEST_CHANGES, Status.SUBMITTED, Status.CHANGES_REQUESTED, moderator, "Which city?"),
        (Step.RESUBMIT, Status.CHANGES_REQUESTED, Status.SUBMITTED, None, ""),
        (Step.REJECT, Status.SUBMITTED, Status.REJECTED, moderator, "Not about migration."),
    ]
    assert submission.decisions.first().revision.title != submission.decisions.last().revision.title == "Better"


def test_a_decision_can_be_neither_changed_nor_deleted():
    decision = factories.submission().decisions.get()
    decision.note = "rewritten"
    with pytest.raises(TypeError):
        decision.save()
    with pytest.raises(TypeError):
        decision.delete()
    with pytest.raises(TypeError):
        Decision.objects.all().delete()
    with pytest.raises(TypeError):
        Decision.objects.update(note="rewritten")


def test_only_a_moderator_decides(member):
    submission = factories.submission()
    for step in (Step.APPROVE, Step.REQUEST_CHANGES, Step.REJECT):
        with pytest.raises(moderation.NotAllowed):
            getattr(moderation, step)(submission, by=member, note="n")
    submission.refresh_from_db()
    assert submission.status == Status.SUBMITTED


def test_a_version_that_nobody_has_read_is_not_published(moderator):
    submission = factories.submission("Read")
    read = submission.revision_id
    moderation.resubmit(submission, factories.content("Slipped in"))
    with pytest.raises(moderation.IllegalTransition):
        moderation.approve(submission, by=moderator, revision_id=read)
    assert not Initiative.objects.published().exists()


def test_a_refused_step_leaves_nothing_behind(moderator):
    submission = factories.submission()
    moderation.approve(submission, by=moderator)
    versions = submission.initiative.revisions.count()
    with pytest.raises(moderation.IllegalTransition):
        moderation.resubmit(submission, factories.content())
    assert submission.initiative.revisions.count() == versions


def test_a_correction_leaves_the_public_page_as_it_is_until_it_is_approved(moderator):
    entry = factories.initiative("Old title")
    submission = moderation.submit(factories.content("New title"), submitter=moderation.Submitter(), base=entry.public)
    assert Initiative.objects.published().get().current.title == "Old title"
    moderation.approve(submission, by=moderator)
    entry = Initiative.objects.published().get()
    assert (entry.current.title, entry.slug) == ("New title", "old-title")


def test_waiting_is_counted_from_when_it_came_into_the_queue_the_last_time(moderator, time_machine):
    time_machine.move_to("2026-01-01")
    submission = factories.submission()
    moderation.request_changes(submission, by=moderator, note="Which city?")
    time_machine.move_to("2026-03-01")
    moderation.resubmit(submission, factories.content())
    assert submission.waiting_days == 0


def test_who_decided_is_known_when_the_moderators_account_is_gone(moderator):
    submission = factories.submission()
    moderation.approve(submission, by=moderator)
    moderator.delete()
    assert submission.decisions.last().by_name == "Ada"


def test_a_member_can_be_deleted_and_what_they_submitted_stays(member):
    submission = factories.submission(submitter=moderation.Submitter(member=member, email=member.email))
    member.delete()
    submission.refresh_from_db()
    assert submission.member is None
    assert submission.decisions.get().by_name == "the submitter"


def test_the_same_seed_makes_one_submission():
    first = moderation.submit(factories.content("A"), submitter=moderation.Submitter(), seed="a" * 64)
    second = moderation.submit(factories.content("A"), submitter=moderation.Submitter(), seed="a" * 64)
    assert first == second
    assert Initiative.objects.count() == 1


def test_the_submitter_is_told_after_the_commit_and_never_without_an_address(
    moderator, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        submission = factories.submission("Told", submitter=moderation.Submitter(email="sam@example.org"))
        factories.submission("Silent")
        assert mailoutbox == []
    assert [mail.to for mail in mailoutbox] == [["sam@example.org"]]
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(submission, by=moderator, note="Well told.")
    assert "Well told." in mailoutbox[-1].body
    assert submission.token in mailoutbox[-1].body


def test_a_line_end_in_a_title_reaches_no_mail_header(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sam = moderation.Submitter(email="sam@example.org", is_verified=True)
        factories.submission("Nice\nBcc: all@example.org", submitter=sam)
    assert mailoutbox[0].subject == "Received: Nice Bcc: all@example.org"


@pytest.mark.parametrize(
    "fields",
    [{"status": "approved"}, {"status": Status.DRAFT}, {"kind": "gift"}],
)
def test_the_database_refuses_a_submission_that_cannot_be(fields):
    submission = factories.submission()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(submission).objects.filter(pk=submission.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"start_year": 2024, "end_year": 2021},
        {"start_year": None, "end_year": 2021},
        {"start_year": 12},
        {"stage": "maybe"},
        {"title": ""},
    ],
)
def test_the_database_refuses_a_version_that_cannot_be(fields):
    revision = factories.submission().revision
    with pytest.raises(IntegrityError), transaction.atomic():
        type(revision).objects.filter(pk=revision.pk).update(**fields)


def test_the_database_refuses_an_entry_that_is_half_public():
    entry = factories.initiative()
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=entry.pk).update(slug=None)
