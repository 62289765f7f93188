"""What looks the same as a submission or an entry, for moderators: in the catalogue and in the queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from initiatives.choices import Kind
from initiatives.content import read
from initiatives.models import Initiative, Submission
from initiatives.search.duplicates import LookAlike, entries_like, submissions_like

#: So many of either are shown.
MOST = 5


@dataclass(frozen=True)
class Candidate:
    """What looks the same, and what can be done about it.

    Attributes:
        alike: which version it is, and why it looks the same.
        url: its public page or, of a submission, that of its review.
        is_waiting: whether it is a submission in the queue.
        merge_url: where the two entries are made one, if both are public.
        reject_url: the review of the submission with a note that names this one, if it may be rejected.
    """

    alike: LookAlike
    url: str
    is_waiting: bool = False
    merge_url: str = ""
    reject_url: str = ""


class DuplicateForm(forms.Form):
    """Of which published entry a submission is a duplicate, as the address of the review says it."""

    duplicate_of = forms.ModelChoiceField(
        Initiative.objects.published().select_related("current"), to_field_name="slug"
    )


def candidates(submission: Submission, *, moderator: User, query: QueryDict) -> list[Candidate] | None:
    """Return what looks the same as a new entry in the queue, or as the published one that a submission is about.

    None for a correction or a claim, and where there is nothing to compare. `query` is kept in the addresses.
    """
    entry = submission.initiative
    if submission.kind == Kind.NEW and submission.is_open:
        content = read(submission.revision)
        open_ones = Submission.objects.in_remit_of(moderator).undecided().exclude(pk=submission.pk)
        waiting = submissions_like(content, among=open_ones, most=MOST)
        reviews = dict(
            open_ones.filter(revision__in=[each.revision for each in waiting]).values_list("revision", "pk")
        )
        return [_published(each, submission, query) for each in entries_like(content, most=MOST)] + [
            Candidate(each, reverse("moderate:review", args=[reviews[each.revision.pk]]), is_waiting=True)
            for each in waiting
        ]
    if submission.kind in (Kind.NEW, Kind.REPORT) and entry.is_public:
        found = entries_like(read(entry.public), but=entry, most=MOST)
        return [Candidate(each, each.url, merge_url=_merge_url(entry, each.revision.initiative)) for each in found]
    return None


def note_for(submission: Submission, query: QueryDict) -> dict[str, Any]:
    """Return the note with which a submission is rejected as a duplicate, if the address of its review asks for it."""
    form = DuplicateForm(query)
    if not submission.is_open or "duplicate_of" not in query or not form.is_valid():
        return {}
    entry: Initiative = form.cleaned_data["duplicate_of"]
    text = _(
        "This is in the catalogue already, as “%(title)s”:\n%(url)s\n\n"
        "If something is missing or wrong there, please suggest a correction on that page."
    )
    return {"note": text % {"title": entry.public.title, "url": settings.SITE_URL + entry.get_absolute_url()}}


def _merge_url(loser: Initiative, into: Initiative) -> str:
    return reverse("moderate:merge", query={"loser": loser.slug, "into": into.slug})


def _published(found: LookAlike, submission: Submission, query: QueryDict) -> Candidate:
    asked = query.copy()
    asked["duplicate_of"] = found.revision.initiative.slug or ""
    reject_url = reverse("moderate:review", args=[submission.pk], query=asked, fragment="id_note")
    return Candidate(found, found.url, reject_url=reject_url)
