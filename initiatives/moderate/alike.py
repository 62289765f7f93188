"""Entries and submissions that look the same as the one under review, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.choices import Kind
from initiatives.content import read
from initiatives.models import Initiative, Revision, Submission
from initiatives.search.duplicates import LookAlike, entries_like, reasons, submissions_like


@dataclass(frozen=True)
class Alike:
    """What looks the same, as the desk shows it.

    Attributes:
        url: its public page, or its review if it waits too.
        slug: of a published entry, what names it in addresses.
        reasons: why it looks the same.
    """

    title: str
    url: str
    where: str
    language: str
    direction: str
    slug: str = ""
    reasons: list[str] = field(default_factory=list)

    @classmethod
    def of_entry(cls, entry: Initiative) -> Alike:
        """Return a published entry that somebody looks for, without reasons."""
        return _alike(entry.public, url=entry.get_absolute_url(), slug=str(entry.slug))


def alike(found: Iterable[LookAlike]) -> list[Alike]:
    """Return published entries that look the same."""
    return [
        _alike(
            each.revision,
            url=each.revision.initiative.get_absolute_url(),
            slug=str(each.revision.initiative.slug),
            reasons=reasons(each.likeness),
        )
        for each in found
    ]


def alike_to(submission: Submission) -> tuple[list[Alike], list[Alike]]:
    """Return what looks the same as a new entry or a published one: published entries, and submissions that wait."""
    if submission.kind != Kind.NEW:
        return [], []
    content = read(submission.revision)
    waiting = [
        _alike(
            each.revision,
            url=reverse("moderate:review", args=[each.revision.submissions.get(kind=Kind.NEW).pk]),
            reasons=reasons(each.likeness),
        )
        for each in submissions_like(submission, content)
    ]
    return alike(entries_like(content, but=submission.initiative)), waiting


def duplicate_note(slug: str) -> str:
    """Return the note that says of which published entry a submission is a duplicate, or nothing if there is none."""
    entry = Initiative.objects.published().filter(slug=slug).select_related("current").first()
    if entry is None:
        return ""
    text = _("The catalogue has this initiative already: “%(title)s”. You can suggest a correction there.")
    return text % {"title": entry.public.title}


def _alike(revision: Revision, *, url: str, slug: str = "", reasons: list[str] | None = None) -> Alike:
    return Alike(revision.title, url, revision.where, revision.language, revision.direction, slug, reasons or [])
