"""The path of a submission: the only code that writes a status.

Every step is one transaction: it changes the row only if it is still in a state the step
starts from and still proposes the version that was looked at (compare-and-swap), writes
a Decision, and tells people after the commit.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from initiatives import emails
from initiatives.choices import Kind, Status, Step
from initiatives.content import Content, link_organisations, write
from initiatives.models import Decision, Initiative, Revision, Submission, new_seed
from initiatives.search import text as search
from initiatives.text import key


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
#: Addresses under /initiatives/ that are, or will be, pages of their own.
RESERVED_SLUGS = {"map", "coverage", "statistics", "export", "compare"}
SLUG_TRIES = 20


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
    changes = {"revision": revision, "submitted_at": timezone.now()}
    return _take(Step.RESUBMIT, submission, by=by, revision_id=edited, changes=changes)


@transaction.atomic
def withdraw(submission: Submission, *, by: User | None = None) -> Decision:
    """Take a submission back before it is decided. Raises IllegalTransition when that is too late."""
    return _take(Step.WITHDRAW, submission, by=by)


def approve(submission: Submission, *, by: User, note: str = "", revision_id: int | None = None) -> Decision:
    """Publish the proposed version; see `_decide`."""
    return _decide(Step.APPROVE, submission, by=by, note=note, revision_id=revision_id, then=_publish)


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
    by: User,
    note: str,
    revision_id: int | None,
    then: Callable[[Submission], None] | None = None,
) -> Decision:
    """Take a moderator's step on the version with `revision_id` (the one loaded with `submission` unless given).

    Raises:
        NotAllowed: `by` is not a moderator.
        IllegalTransition: somebody was faster; nothing has changed.
    """
    if not by.has_perm(MODERATE):
        raise NotAllowed(step)
    decision = _take(step, submission, by=by, note=note, revision_id=revision_id)
    if then:
        then(submission)
    transaction.on_commit(lambda: emails.submission_decided(decision), robust=True)
    return decision


@transaction.atomic
def install(
    content: Content, *, submitter: Submitter, initiative: Initiative | None = None, slug: str = "", note: str = ""
) -> Initiative:
    """Publish what comes with the installation, the one way past a moderator, and return the entry.

    Of a new entry, `slug` is the address; an `initiative` gets one more version.
    """
    submission = submit(content, submitter=submitter, initiative=initiative)
    _take(Step.APPROVE, submission, by=None, note=note)
    _publish(submission, slug=slug)
    return submission.initiative


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
        moderator_name=str(by) if by and row.by_moderator else "",
        note=note,
    )


def _publish(submission: Submission, *, slug: str = "") -> None:
    """Make the proposed version the one that the public page shows."""
    now = timezone.now()
    Revision.objects.filter(pk=submission.revision_id).update(approved_at=now)
    initiative = Initiative.objects.select_for_update().get(pk=submission.initiative_id)
    initiative.current = submission.revision
    initiative.published_at = initiative.published_at or now
    if initiative.slug:
        initiative.save(update_fields=["current", "published_at"])
    else:
        _save_under_free_slug(initiative, slug or slug_stem(submission.revision.title))
    link_organisations(submission.revision)
    search.index([initiative])


def slug_stem(title: str) -> str:
    """Return what an address is made of: "kampala-for-all"; a neutral word where no Latin letter is left."""
    return slugify(key(title))[:80].strip("-") or "initiative"


def _save_under_free_slug(initiative: Initiative, stem: str) -> None:
    """Save a new entry under the first free address, which another may take at the same moment."""
    for _ in range(SLUG_TRIES):
        initiative.slug = _free_slug(stem)
        with suppress(IntegrityError), transaction.atomic():
            initiative.save(update_fields=["current", "slug", "published_at"])
            return
    raise RuntimeError(f"No free address for {stem!r} after {SLUG_TRIES} tries.")


def _free_slug(stem: str) -> str:
    """Return the stem, "stem-2" or the like."""
    taken = RESERVED_SLUGS | set(Initiative.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def decisions_open(submission: Submission) -> list[Step]:
    """Return the steps that a moderator may take from where the submission stands."""
    return [row.step for row in TRANSITIONS.values() if row.by_moderator and submission.status in row.sources]


def timeline(submission: Submission) -> list[Decision]:
    """Return every decision on a submission, oldest first, with who took it and on which version."""
    return list(submission.decisions.select_related("by", "revision"))
