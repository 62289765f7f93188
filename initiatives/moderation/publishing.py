"""Making a version the one that the public page shows."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from initiatives import versions
from initiatives.content import link_organisations, read, write
from initiatives.models import Initiative, Revision, Submission
from initiatives.moderation.steps import Conflict, IllegalTransition
from initiatives.search import text as search
from initiatives.search.changes import changed
from initiatives.text import key

#: Addresses under /initiatives/ that are, or will be, pages of their own.
RESERVED_SLUGS = {"map", "coverage", "statistics", "export", "compare"}
SLUG_TRIES = 20


def publish(
    submission: Submission,
    *,
    take: Collection[str] | None = None,
    with_note: bool = True,
    public_id: int | None = None,
    slug: str = "",
) -> Revision:
    """Make what a submission proposes, or what is taken of it, the public version, and return that.

    A new entry gets the address `slug`, or one made from its title; one that was taken off and decided anew is public
    at its own again. Of a correction, `take` names the parts
    (`versions.PARTS`) to publish, all that it changed unless given; the rest of the public version stays.
    Without `with_note` the public is not told why its sender proposed it.
    `public_id` is the public version that it was compared with.

    Raises:
        Conflict: a correction and the public version changed the same parts, and `take` does not choose.
        IllegalTransition: the entry shows another version than `public_id`, or was taken off.
    """
    initiative = (
        Initiative.objects.select_for_update(of=("self",)).select_related("current").get(pk=submission.initiative_id)
    )
    is_correction = submission.base_id is not None
    if (is_correction and initiative.withdrawn_at) or (public_id is not None and initiative.current_id != public_id):
        raise IllegalTransition(submission)
    revision = submission.revision
    if is_correction:
        revision = _merged(submission, initiative.public, take, with_note=with_note)
    now = timezone.now()
    if Revision.objects.filter(pk=revision.pk, approved_at=None).update(approved_at=now):
        revision.approved_at = now
    initiative.current = revision
    initiative.published_at = initiative.published_at or now
    initiative.withdrawn_at, initiative.withdrawal_reason = None, ""
    if initiative.slug:
        initiative.save(update_fields=["current", "published_at", "withdrawn_at", "withdrawal_reason"])
    else:
        _save_under_free_slug(initiative, slug or slug_stem(revision.title))
    link_organisations(revision)
    search.index([initiative])
    changed([initiative.pk])
    submission.initiative = initiative
    return revision


def _merged(submission: Submission, current: Revision, take: Collection[str] | None, *, with_note: bool) -> Revision:
    """Return the version that comes of a correction: the proposed one, or a new one if that is not what it says."""
    base, public = read(submission.base or current), read(current)
    proposed = read(submission.revision)
    if take is None and (in_conflict := versions.conflicts(base, public, proposed)):
        raise Conflict(in_conflict)
    merged = versions.merge(base, public, proposed, take=take)
    if not with_note:
        merged = replace(merged, change_note="")
    if merged.change_note == proposed.change_note and not versions.changed_parts(merged, proposed):
        return submission.revision
    return write(merged, initiative=submission.initiative)


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
