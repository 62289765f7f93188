"""The path of a submission: the only code that writes a status.

Every step is one transaction: it changes the row only if it is still in a state the step
starts from and still proposes the version that was looked at (compare-and-swap), writes
a Decision, and tells people after the commit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from initiatives import emails
from initiatives.choices import Kind, Status, Step
from initiatives.content import Content, write
from initiatives.models import Decision, Initiative, Revision, Submission, new_seed
from initiatives.search import text as search


@dataclass(frozen=True)
class Transition:
    """One row of the table: from where a step leads to where, and whether it takes a moderator."""

    step: Step
    sources: frozenset[Status]
    target: Status
    by_moderator: bool


_OPEN = frozenset({Status.SUBMITTED, Status.CHANGES_REQUESTED})
_WAITING = frozenset({Status.SUBMITTED})
TRANSITIONS = {
    row.step: row
    for row in [
        Transition(Step.SUBMIT, frozenset({Status.DRAFT}), Status.SUBMITTED, by_moderator=False),
        Transition(Step.RESUBMIT, _OPEN, Status.SUBMITTED, by_moderator=False),
        Transition(Step.WITHDRAW, _OPEN, Status.WITHDRAWN, by_moderator=False),
        Transition(Step.APPROVE, _WAITING, Status.PUBLISHED, by_moderator=True),
        Transition(Step.REQUEST_CHANGES, _WAITING, Status.CHANGES_REQUESTED, by_moderator=True),
        Transition(Step.REJECT, _OPEN, Status.REJECTED, by_moderator=True),
    ]
}
MODERATE = "initiatives.moderate_submission"


class IllegalTransition(Exception):
    """The step does not lead from where the submission now stands.

    Attributes:
        submission: as it stands now.
        latest: the decision that brought it there, or None.
    """

    def __init__(self, submission: Submission) -> None:
        super().__init__(f"submission {submission.pk} is {submission.status}")
        self.submission = submission
        self.latest: Decision | None = submission.decisions.select_related("by").last()


class NotAllowed(Exception):
    """Whoever asked may not take this step."""


@dataclass(frozen=True)
class Submitter:
    """Who sends something: a member, or anybody, who may leave all of it empty."""

    member: User | None = None
    name: str = ""
    show_name: bool = False
    email: str = ""
    organisation: str = ""
    is_verified: bool = False


def submit(
    content: Content, *, submitter: Submitter, seed: str | None = None, initiative: Initiative | None = None
) -> Submission:
    """Put a new entry, or a correction of `initiative`, into the queue and return the submission.

    A `seed` makes the call idempotent: the submission that was made with it already is returned as it is.
    """
    seed = seed or new_seed()
    try:
        return _submit(content, submitter=submitter, seed=seed, initiative=initiative)
    except IntegrityError:
        # The second of two clicks: the seed is unique, so only one of them made a submission.
        if known := Submission.objects.filter(seed=seed).first():
            return known
        raise


@transaction.atomic
def _submit(content: Content, *, submitter: Submitter, seed: str, initiative: Initiative | None) -> Submission:
    kind = Kind.CORRECTION if initiative else Kind.NEW
    initiative = initiative or Initiative.objects.create()
    submission = Submission.objects.create(
        initiative=initiative,
        revision=write(content, initiative=initiative),
        kind=kind,
        member=submitter.member,
        name=submitter.name,
        show_name=submitter.show_name,
        email=submitter.email,
        organisation=submitter.organisation,
        verified_at=timezone.now() if submitter.is_verified else None,
        seed=seed,
    )
    _take(Step.SUBMIT, submission, by=submitter.member, changes={"submitted_at": timezone.now()})
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
    return _take(Step.RESUBMIT, submission, by=by, revision_id=edited, changes={"revision": revision})


@transaction.atomic
def withdraw(submission: Submission, *, by: User | None = None) -> Decision:
    """Take a submission back before it is decided. Raises IllegalTransition when that is too late."""
    return _take(Step.WITHDRAW, submission, by=by)


def approve(
    submission: Submission, *, by: User | None, note: str = "", revision_id: int | None = None, slug: str = ""
) -> Decision:
    """Publish the proposed version, a new entry under `slug` or one made from its title; see `_decide`."""
    publish = partial(_publish, slug=slug)
    return _decide(Step.APPROVE, submission, by=by, note=note, revision_id=revision_id, then=publish)


def request_changes(submission: Submission, *, by: User, note: str, revision_id: int | None = None) -> Decision:
    """Hand it back to the submitter with a note; see `_decide`."""
    return _decide(Step.REQUEST_CHANGES, submission, by=by, note=note, revision_id=revision_id)


def reject(submission: Submission, *, by: User, note: str, revision_id: int | None = None) -> Decision:
    """Close it without publishing, with the reason; see `_decide`."""
    return _decide(Step.REJECT, submission, by=by, note=note, revision_id=revision_id)


@transaction.atomic
def _decide(
    step: Step,
    submission: Submission,
    *,
    by: User | None,
    note: str,
    revision_id: int | None,
    then: Callable[[Submission], None] | None = None,
) -> Decision:
    """Take a moderator's step on the version with `revision_id` (the one loaded with `submission` unless given).

    `by` is None only for what comes with the installation.

    Raises:
        NotAllowed: `by` is not a moderator.
        IllegalTransition: somebody was faster; nothing has changed.
    """
    decision = _take(step, submission, by=by, note=note, revision_id=revision_id)
    if then:
        then(submission)
    if by is not None:
        transaction.on_commit(lambda: emails.submission_decided(decision), robust=True)
    return decision


def _take(
    step: Step,
    submission: Submission,
    *,
    by: User | None,
    note: str = "",
    revision_id: int | None = None,
    changes: dict[str, object] | None = None,
) -> Decision:
    """Change the status by compare-and-swap, log it, and bring `submission` up to date."""
    row = TRANSITIONS[step]
    if row.by_moderator and by is not None and not by.has_perm(MODERATE):
        raise NotAllowed(step)
    seen = Submission.objects.get(pk=submission.pk)
    looked_at = revision_id or submission.revision_id
    changed = Submission.objects.filter(
        pk=submission.pk, status=seen.status, status__in=row.sources, revision=looked_at
    ).update(status=row.target, **(changes or {}))
    submission.refresh_from_db()
    if not changed:
        raise IllegalTransition(submission)
    return Decision.objects.create(
        submission=submission,
        revision=submission.revision,
        step=step,
        from_status=seen.status,
        to_status=row.target,
        by=by,
        note=note,
    )


def _publish(submission: Submission, *, slug: str) -> None:
    """Make the proposed version the one that the public page shows."""
    now = timezone.now()
    Revision.objects.filter(pk=submission.revision_id).update(approved_at=now)
    initiative = Initiative.objects.select_for_update().get(pk=submission.initiative_id)
    initiative.current = submission.revision
    initiative.slug = initiative.slug or slug or _free_slug(submission.revision.title)
    initiative.published_at = initiative.published_at or now
    initiative.save(update_fields=["current", "slug", "published_at"])
    search.index([initiative])


def _free_slug(title: str) -> str:
    """Return an address for a title that no entry has: "kampala-for-all", then "kampala-for-all-2"."""
    # Titles in scripts that slugify leaves nothing of get a neutral word.
    stem = slugify(title)[:80].strip("-") or "initiative"
    taken = set(Initiative.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def timeline(submission: Submission) -> list[Decision]:
    """Return every decision on a submission, oldest first, with who took it and on which version."""
    return list(submission.decisions.select_related("by", "revision"))
