"""What moderators do to an entry that is, or was, public. It is logged on the submission that founded it.

Rows are locked in one order, or two steps at once would wait for each other: entries (in the order of their primary
keys), the submission that founded one, the version of the catalogue.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from initiatives import emails, versions
from initiatives.choices import Step
from initiatives.content import Content, read
from initiatives.models import Decision, Initiative, Revision, Submission
from initiatives.moderation.steps import IllegalTransition, Submitter, require_moderator, take
from initiatives.moderation.submissions import approve, submit
from initiatives.search import text as search
from initiatives.search.changes import changed


@transaction.atomic
def restore(revision: Revision, *, by: User, note: str = "", public_id: int | None = None) -> Decision:
    """Publish what an earlier approved version of an entry said, as a new version; `note` says why and is public.

    `public_id` is the version that the moderator compared it with.

    Raises:
        NotAllowed: `by` is not a moderator, or not for this entry.
        IllegalTransition: the entry is not public, says that already, or was changed meanwhile.
    """
    initiative = _locked(revision.initiative_id)
    founding = _founding(initiative)
    require_moderator(by, founding)
    if not initiative.is_public or revision.approved_at is None:
        raise IllegalTransition(founding)
    if public_id is not None and initiative.current_id != public_id:
        raise IllegalTransition(founding)
    then = read(revision)
    parts = versions.changed_parts(read(initiative.public), then)
    if not parts:
        raise IllegalTransition(founding)
    return _publish(initiative, replace(then, change_note=note), by=by, parts=parts)


@transaction.atomic
def unpublish(initiative: Initiative, *, by: User, reason: str, decision_id: int | None = None) -> Decision:
    """Take a published entry off the catalogue; its address says so, with the (public) reason.

    `decision_id` is the decision that was the latest (whichever it is, unless given).

    Raises:
        NotAllowed: `by` is not a moderator, or not for this entry.
        IllegalTransition: it is not public, or was decided about meanwhile.
    """
    _locked(initiative.pk)
    decision = _take_off(Step.UNPUBLISH, initiative, by=by, reason=reason, decision_id=decision_id)
    changed([initiative.pk])
    return decision


@transaction.atomic
def merge(
    loser: Initiative,
    into: Initiative,
    content: Content,
    *,
    by: User,
    public_id: int,
    loser_public_id: int | None = None,
    note: str = "",
) -> Decision:
    """Make one entry of two: `into` says `content` from now on, and the address of `loser` leads there.

    `public_id` and `loser_public_id` are the versions of either that the moderator saw.

    Raises:
        NotAllowed: `by` is not a moderator, or not for this entry.
        IllegalTransition: one of them is not public, or was changed meanwhile.
    """
    list(Initiative.objects.select_for_update().filter(pk__in=[loser.pk, into.pk]).order_by("pk"))
    target, losing = _locked(into.pk), _locked(loser.pk)
    require_moderator(by, _founding(target))
    if loser.pk == into.pk or not target.is_public or target.current_id != public_id:
        raise IllegalTransition(_founding(target))
    if loser_public_id not in (None, losing.current_id):
        raise IllegalTransition(_founding(losing))
    parts = versions.changed_parts(read(target.public), content)
    decision = _take_off(Step.MERGE, loser, by=by, reason=note, into=target)
    if parts:
        _publish(target, content, by=by, parts=parts)
    changed([loser.pk])
    return decision


@transaction.atomic
def republish(initiative: Initiative, *, by: User, note: str = "", decision_id: int | None = None) -> Decision:
    """Put an entry that was taken off, or merged into another, back as it was.

    `decision_id` is the decision that was the latest (whichever it is, unless given).

    Raises:
        NotAllowed: `by` is not a moderator, or not for this entry.
        IllegalTransition: it was not taken off, or was decided about meanwhile.
    """
    _locked(initiative.pk)
    founding = _founding(initiative)
    require_moderator(by, founding)
    if not Initiative.objects.taken_off().filter(pk=initiative.pk).exists():
        raise IllegalTransition(founding)
    decision = take(Step.REPUBLISH, founding, by=by, note=note, decision_id=decision_id)
    Initiative.objects.filter(pk=initiative.pk).update(withdrawn_at=None, withdrawal_reason="", merged_into=None)
    initiative.refresh_from_db()
    search.index([initiative])
    changed([initiative.pk])
    _tell(initiative, decision)
    return decision


def _take_off(
    step: Step,
    initiative: Initiative,
    *,
    by: User,
    reason: str,
    decision_id: int | None = None,
    into: Initiative | None = None,
) -> Decision:
    """Take the step on an entry that is locked already; `changed` is still to be called."""
    founding = _founding(initiative)
    require_moderator(by, founding)
    decision = take(step, founding, by=by, note=reason, decision_id=decision_id)
    changes = {"withdrawn_at": timezone.now(), "withdrawal_reason": reason, "merged_into": into}
    Initiative.objects.filter(pk=initiative.pk).update(**changes)
    initiative.refresh_from_db()
    search.index([initiative])
    _tell(initiative, decision)
    return decision


def _tell(initiative: Initiative, decision: Decision) -> None:
    transaction.on_commit(lambda: emails.submission_decided(decision), robust=True)
    transaction.on_commit(lambda: emails.entry_decided(initiative, decision), robust=True)


def _publish(initiative: Initiative, content: Content, *, by: User, parts: list[str]) -> Decision:
    """Publish a moderator's own version of an entry, on the same path as every correction."""
    public = initiative.public
    submission = submit(content, submitter=Submitter(member=by, is_verified=True), base=public)
    return approve(submission, by=by, note=content.change_note, public_id=public.pk, take=parts)


def _locked(pk: int) -> Initiative:
    return Initiative.objects.select_for_update(of=("self",)).select_related("current").get(pk=pk)


def _founding(initiative: Initiative) -> Submission:
    return Submission.objects.founding().get(initiative=initiative)
