"""What is done to a submission: by whoever sent it, and by moderators."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from initiatives import emails
from initiatives.choices import Kind, Status, Step
from initiatives.content import Content, write
from initiatives.models import Decision, Draft, Initiative, Message, Revision, Submission, new_seed
from initiatives.moderation.publishing import publish
from initiatives.moderation.steps import IllegalTransition, Submitter, require_moderator
from initiatives.moderation.steps import take as take_step

# ---- By whoever sends something --------------------------------------------


def submit(
    content: Content,
    *,
    submitter: Submitter,
    seed: str | None = None,
    base: Revision | None = None,
    draft: Draft | None = None,
) -> Submission:
    """Put a new entry, or a correction of the approved version `base`, into the queue and return the submission.

    A `seed` makes the call idempotent: the submission that was made with it already is returned as it is.
    A `draft` gives its seed, and so its tracking link, and its base; it is gone when the submission is there.
    """
    if draft:
        seed, base = draft.seed, draft.base
    kind = Kind.CORRECTION if base else Kind.NEW

    def make(seed: str) -> Submission:
        initiative = base.initiative if base else Initiative.objects.create()
        version = write(content, initiative=initiative)
        submission = _send(kind, version, submitter=submitter, seed=seed, base=base)
        if draft:
            Draft.objects.filter(pk=draft.pk).delete()
        return submission

    return _once(make, seed)


def claim(initiative: Initiative, text: str, *, submitter: Submitter, seed: str | None = None) -> Submission:
    """Ask that the member who submits becomes the owner of a published entry, saying why; idempotent by `seed`."""
    return _request(Kind.CLAIM, initiative, text, submitter=submitter, seed=seed)


def report(initiative: Initiative, text: str, *, submitter: Submitter, seed: str | None = None) -> Submission:
    """Tell moderators of a problem with a published entry; idempotent by `seed`."""
    return _request(Kind.REPORT, initiative, text, submitter=submitter, seed=seed)


def _request(kind: Kind, initiative: Initiative, text: str, *, submitter: Submitter, seed: str | None) -> Submission:
    def make(seed: str) -> Submission:
        submission = _send(kind, initiative.public, submitter=submitter, seed=seed)
        Message.objects.create(submission=submission, by=submitter.member, text=text)
        return submission

    return _once(make, seed)


def _once(make: Callable[[str], Submission], seed: str | None) -> Submission:
    seed = seed or new_seed()
    try:
        with transaction.atomic():
            return make(seed)
    except IntegrityError:
        # The second of two clicks: the seed is unique, so only one of them made a submission.
        if known := Submission.objects.filter(seed=seed).first():
            return known
        raise


def _send(
    kind: Kind, revision: Revision, *, submitter: Submitter, seed: str, base: Revision | None = None
) -> Submission:
    submission = Submission.objects.create(
        initiative=revision.initiative,
        revision=revision,
        base=base,
        kind=kind,
        member=submitter.member,
        name=submitter.name,
        show_name=submitter.show_name,
        email=submitter.email,
        organisation=submitter.organisation,
        verified_at=timezone.now() if submitter.is_verified else None,
        seed=seed,
    )
    take_step(Step.SUBMIT, submission, by=submitter.member, changes={"submitted_at": timezone.now()})
    transaction.on_commit(lambda: emails.submission_received(submission), robust=True)
    return submission


@transaction.atomic
def resubmit(
    submission: Submission, content: Content, *, by: User | None = None, revision_id: int | None = None
) -> Decision:
    """Put a new version of a submission that is not decided yet into the queue.

    `revision_id` is the version that was edited (the one loaded with `submission` unless given).

    Raises:
        IllegalTransition: it was decided or withdrawn, or has another version, in the meantime.
    """
    edited = revision_id or submission.revision_id
    revision = write(content, initiative=submission.initiative)
    changes = {"revision": revision, "submitted_at": timezone.now()}
    return take_step(Step.RESUBMIT, submission, by=by, revision_id=edited, changes=changes)


@transaction.atomic
def withdraw(submission: Submission, *, by: User | None = None) -> Decision:
    """Take a submission back before it is decided. Raises IllegalTransition when that is too late."""
    decision = take_step(Step.WITHDRAW, submission, by=by)
    transaction.on_commit(lambda: emails.submission_withdrawn(submission), robust=True)
    return decision


# ---- By moderators ---------------------------------------------------------


def approve(
    submission: Submission,
    *,
    by: User,
    note: str = "",
    revision_id: int | None = None,
    public_id: int | None = None,
    take: Collection[str] | None = None,
    with_note: bool = True,
) -> Decision:
    """Publish the proposed version, or the parts of a correction that `take` names; see `_decide`.

    `public_id` is the public version that a correction was compared with; `with_note` publishes why it was sent.

    Raises:
        Conflict: see `publishing.publish`.
    """
    then = partial(publish, take=take, with_note=with_note, public_id=public_id)
    return _decide(Step.APPROVE, submission, by=by, note=note, revision_id=revision_id, then=then)


def accept(submission: Submission, *, by: User, note: str = "", revision_id: int | None = None) -> Decision:
    """Grant a claim, which makes its sender the owner of the entry, or close a report as dealt with; see `_decide`.

    Raises:
        IllegalTransition: also when whoever claimed the entry has no account any more, or it is not public.
    """

    def grant(submission: Submission) -> Revision:
        if submission.kind == Kind.CLAIM:
            entry = Initiative.objects.select_for_update(of=("self",)).get(pk=submission.initiative_id)
            if submission.member is None or not entry.is_public:
                raise IllegalTransition(submission)
            if (before := entry.owner) and before != submission.member:
                transaction.on_commit(lambda: emails.owner_replaced(entry, before), robust=True)
            Initiative.objects.filter(pk=entry.pk).update(owner=submission.member)
        return submission.revision

    return _decide(Step.ACCEPT, submission, by=by, note=note, revision_id=revision_id, then=grant)


def request_changes(submission: Submission, *, by: User, note: str, revision_id: int | None = None) -> Decision:
    """Hand it back to the submitter with a note; see `_decide`."""
    return _decide(Step.REQUEST_CHANGES, submission, by=by, note=note, revision_id=revision_id)


def reject(submission: Submission, *, by: User, note: str, revision_id: int | None = None) -> Decision:
    """Close it without publishing, with the reason; see `_decide`."""
    return _decide(Step.REJECT, submission, by=by, note=note, revision_id=revision_id)


@transaction.atomic
def reopen(
    submission: Submission,
    *,
    by: User,
    note: str = "",
    revision_id: int | None = None,
    decision_id: int | None = None,
) -> Decision:
    """Undo a decision: put it back into the queue; whoever was made the owner is it no longer. See `_decide`.

    `decision_id` is the decision that is undone (the latest unless given).
    """
    decision = _decide(Step.REOPEN, submission, by=by, note=note, revision_id=revision_id, decision_id=decision_id)
    if submission.kind == Kind.CLAIM and decision.from_status == Status.ACCEPTED:
        _revoke(submission)
    return decision


def _revoke(claim: Submission) -> None:
    """Take the entry from whoever was granted `claim`, for whoever was granted it last of those who still are."""
    # First, so that no two who lose the entry at once hand it to each other.
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=claim.initiative_id)
    if claim.member_id is None or initiative.owner_id != claim.member_id:
        return
    grants = Decision.objects.filter(step=Step.ACCEPT, submission__initiative=initiative, submission__kind=Kind.CLAIM)
    grants = grants.filter(submission__status=Status.ACCEPTED, submission__member__isnull=False)
    before = grants.select_related("submission__member", "submission__revision").last()
    initiative.owner = before.submission.member if before else None
    initiative.save(update_fields=["owner"])
    if before and initiative.owner_id != claim.member_id:
        transaction.on_commit(lambda: emails.owned_again(before.submission), robust=True)


@transaction.atomic
def _decide(
    step: Step,
    submission: Submission,
    *,
    by: User,
    note: str,
    revision_id: int | None,
    decision_id: int | None = None,
    then: Callable[[Submission], Revision] | None = None,
) -> Decision:
    """Take a moderator's step on the version with `revision_id` (the one loaded with `submission` unless given).

    `decision_id` is the decision that was the latest (whichever it is, unless given).

    Raises:
        NotAllowed: `by` is not a moderator, or not for this one.
        IllegalTransition: somebody was faster; nothing has changed.
    """
    require_moderator(by, submission)
    decision = take_step(
        step, submission, by=by, note=note, revision_id=revision_id, decision_id=decision_id, publish=then
    )
    transaction.on_commit(lambda: emails.submission_decided(decision), robust=True)
    return decision


@transaction.atomic
def install(
    content: Content, *, submitter: Submitter, initiative: Initiative | None = None, slug: str = "", note: str = ""
) -> Initiative:
    """Publish what comes with the installation, the one way past a moderator, and return the entry.

    Of a new entry, `slug` is the address; an `initiative` gets one more version.
    """
    submission = submit(content, submitter=submitter, base=initiative.public if initiative else None)
    take_step(Step.APPROVE, submission, by=None, note=note, publish=partial(publish, slug=slug))
    return submission.initiative
