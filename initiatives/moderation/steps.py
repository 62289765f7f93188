"""Which step leads from where to where, who may take it, and how it is taken."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import ForeignKey

from accounts.models import User
from initiatives.choices import Kind, Status, Step
from initiatives.models import Decision, Revision, Submission

MODERATE = "initiatives.moderate_submission"

_OPEN = frozenset({Status.SUBMITTED, Status.CHANGES_REQUESTED})
_WAITING = frozenset({Status.SUBMITTED})
_ANY = frozenset(Kind)
_VERSIONS = frozenset({Kind.NEW, Kind.CORRECTION})
_REQUESTS = frozenset({Kind.CLAIM, Kind.REPORT})
_ENTRY = frozenset({Kind.NEW})
_RELEASED: dict[str, object] = {"reviewer": None, "reviewed_until": None}


@dataclass(frozen=True)
class Transition:
    """One row of the table: from where a step leads to where, of what, and whether it takes a moderator."""

    step: Step
    kinds: frozenset[Kind]
    sources: frozenset[Status]
    target: Status
    by_moderator: bool


def _sender(step: Step, kinds: frozenset[Kind], sources: frozenset[Status], target: Status) -> Transition:
    return Transition(step, kinds, sources, target, by_moderator=False)


def _moderator(step: Step, kinds: frozenset[Kind], sources: frozenset[Status], target: Status) -> Transition:
    return Transition(step, kinds, sources, target, by_moderator=True)


TRANSITIONS = {
    row.step: row
    for row in [
        _sender(Step.SUBMIT, _ANY, frozenset({Status.DRAFT}), Status.SUBMITTED),
        _sender(Step.RESUBMIT, _VERSIONS, _OPEN, Status.SUBMITTED),
        # After a rejection once only: see `Submission.hears_submitter`.
        _sender(Step.ANSWER, _ANY, frozenset({Status.CHANGES_REQUESTED, Status.REJECTED}), Status.SUBMITTED),
        _sender(Step.WITHDRAW, _ANY, _OPEN, Status.WITHDRAWN),
        _moderator(Step.APPROVE, _VERSIONS, _WAITING, Status.PUBLISHED),
        _moderator(Step.ACCEPT, _REQUESTS, _WAITING, Status.ACCEPTED),
        _moderator(Step.REQUEST_CHANGES, _ANY, _WAITING, Status.CHANGES_REQUESTED),
        _moderator(Step.REJECT, _ANY, _OPEN, Status.REJECTED),
        # What undoes the others. A published correction is undone by restoring the version before it.
        _moderator(
            Step.REOPEN,
            _ANY,
            # A new entry that a moderator took off again, and of the others none: see `_leads_somewhere`.
            frozenset({Status.CHANGES_REQUESTED, Status.REJECTED, Status.ACCEPTED, Status.WITHDRAWN}),
            Status.SUBMITTED,
        ),
        # Of an entry, and so of the submission that founded it.
        _moderator(Step.UNPUBLISH, _ENTRY, frozenset({Status.PUBLISHED}), Status.WITHDRAWN),
        _moderator(Step.MERGE, _ENTRY, frozenset({Status.PUBLISHED}), Status.WITHDRAWN),
        _moderator(Step.REPUBLISH, _ENTRY, frozenset({Status.WITHDRAWN}), Status.PUBLISHED),
    ]
}


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


class Conflict(Exception):
    """A correction and the public version changed the same parts; somebody has to choose.

    Attributes:
        parts: their names in `versions.PARTS`.
    """

    def __init__(self, parts: Collection[str]) -> None:
        super().__init__(", ".join(sorted(parts)))
        self.parts = parts


class NotAllowed(Exception):
    """Whoever asked may not take this step."""


class OutsideRemit(NotAllowed):
    """Whoever asked is a moderator, of other channels or themes than this submission's."""


@dataclass(frozen=True)
class Submitter:
    """Who sends something: a member, or anybody, who may leave all of it empty."""

    member: User | None = None
    name: str = ""
    show_name: bool = False
    email: str = ""
    organisation: str = ""
    is_verified: bool = False


def is_moderator_of(by: User | AnonymousUser, submission: Submission) -> bool:
    """Return whether `by` may decide `submission`: a moderator, and of its channels or themes."""
    return by.is_authenticated and by.has_perm(MODERATE) and _is_in_remit_of(by, submission)


def _is_in_remit_of(moderator: User, submission: Submission) -> bool:
    return Submission.objects.in_remit_of(moderator).filter(pk=submission.pk).exists()


def require_moderator(by: User, submission: Submission) -> None:
    """Let only those through who may decide `submission`.

    Raises:
        NotAllowed: `by` is not a moderator.
        OutsideRemit: `by` is one for other channels or themes.
    """
    if not by.has_perm(MODERATE):
        raise NotAllowed(submission.pk)
    if not _is_in_remit_of(by, submission):
        raise OutsideRemit(submission.pk)


def take(
    step: Step,
    submission: Submission,
    *,
    by: User | None,
    note: str = "",
    revision_id: int | None = None,
    decision_id: int | None = None,
    changes: dict[str, object] | None = None,
    publish: Callable[[Submission], Revision] | None = None,
) -> Decision:
    """Change the status by compare-and-swap, publish if that is the step, log it, and refresh `submission`.

    Belongs inside a transaction. Whoever had the submission open has it no longer once it leaves the queue.
    `revision_id` is the version that was looked at (the one loaded with
    `submission` unless given), `decision_id` the decision that was the latest (whichever it is, unless given),
    `changes` more columns to write with the status; `publish` returns the version
    that the public sees from now on.

    Raises:
        IllegalTransition: the step does not lead from where the submission stands; nothing has changed.
    """
    row = TRANSITIONS[step]
    # From here on nobody else decides about it; no_key: the lock that the change itself takes.
    locked = Submission.objects.select_for_update(of=("self",), no_key=True)
    seen = locked.get(pk=submission.pk)
    if decision_id is not None and seen.decisions.filter(pk__gt=decision_id).exists():
        raise IllegalTransition(seen)
    looked_at = revision_id or submission.revision_id
    values = {"status": row.target, **(_RELEASED if row.target != Status.SUBMITTED else {}), **(changes or {})}
    is_free = _leads_somewhere(step, seen) and Submission.objects.filter(
        pk=submission.pk, status=seen.status, status__in=row.sources, kind__in=row.kinds, revision=looked_at
    ).update(**values)
    before = seen.status
    for name, value in values.items() if is_free else ():
        setattr(seen, name, value)
    _bring_to(submission, seen)
    if not is_free:
        raise IllegalTransition(submission)
    return Decision.objects.create(
        submission=submission,
        revision=publish(submission) if publish else submission.revision,
        step=step,
        from_status=before,
        to_status=row.target,
        by=by,
        moderator_name=str(by) if by and row.by_moderator else "",
        note=note,
    )


def _bring_to(submission: Submission, seen: Submission) -> None:
    """Make an object say what another one of the same row says, and forget what it has loaded beside.

    But for the version, where it is the same one: its texts never change. What was prefetched stays as well.
    """
    for field in Submission._meta.concrete_fields:
        if getattr(submission, field.attname) != getattr(seen, field.attname):
            setattr(submission, field.attname, getattr(seen, field.attname))
        elif isinstance(field, ForeignKey) and field.name != "revision" and field.is_cached(submission):
            field.delete_cached_value(submission)


def decisions_open(submission: Submission) -> list[Step]:
    """Return the steps that a moderator may take from where the submission stands."""
    return [
        row.step
        for row in TRANSITIONS.values()
        if row.by_moderator
        and submission.status in row.sources
        and submission.kind in row.kinds
        and _leads_somewhere(row.step, submission)
    ]


def _leads_somewhere(step: Step, submission: Submission) -> bool:
    """Return whether nothing beside the status stands in the way of a step."""
    match step:
        case Step.REPUBLISH:  # What its sender took back cannot be put back.
            return submission.is_taken_off
        case Step.REOPEN if submission.status == Status.WITHDRAWN:  # Nor decided anew; nor what says more by now.
            entry = submission.initiative
            is_as_approved = entry.current_id == submission.revision_id and entry.merged_into_id is None
            return is_as_approved and submission.is_taken_off
        case Step.APPROVE:  # Nor is what was taken off corrected.
            return submission.kind == Kind.NEW or submission.initiative.is_public
        case Step.ACCEPT if submission.kind == Kind.CLAIM:  # Nor owned; and nobody owns who has no account.
            return submission.member_id is not None and submission.initiative.is_public
        case _:
            return True


def timeline(submission: Submission) -> list[Decision]:
    """Return every decision on a submission, oldest first, with who took it and on which version."""
    return list(submission.decisions.select_related("by", "revision", "submission"))
