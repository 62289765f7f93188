"""Named scopes: the only place that knows what is public and what waits for a moderator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from initiatives.choices import Kind, Stage, Status

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from initiatives.models import Draft, Initiative, Revision, Submission  # noqa: F401 - named in strings below

#: Where what a version says is stored beside its own columns: first what a line of a list shows of it.
LIST_CONTENT = ["countries", "cities__country", "publications__channel"]
CONTENT = [
    *LIST_CONTENT,
    "themes",
    "objectives__framework",
    "keywords",
    "involvements__organisation",
    "involvements__signatures__declaration",
    "links",
]


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Entries of the catalogue."""

    def published(self) -> Self:
        """Only what a moderator has approved: every public page, feed, count and export starts here."""
        return self.filter(current__isnull=False, withdrawn_at__isnull=True)

    def ever_published(self) -> Self:
        """What is public or was: it has a place in the order of publication."""
        return self.filter(current__isnull=False)

    def taken_off(self) -> Self:
        """What was public once: its address answers with a tombstone, or leads to the entry it was merged into."""
        return self.filter(withdrawn_at__isnull=False)

    def active_in(self, year: int) -> Self:
        """Entries that ran in `year`."""
        return self.with_span().filter(first_year__lte=year, last_year__gte=year)

    def with_span(self) -> Self:
        """Only entries that say when they began, with their `first_year` and `last_year`.

        An entry without a last year is taken to run on while it is ongoing (`running_on`), and to
        have run in its first year alone otherwise.
        """
        first = F("current__start_year")
        now = models.Value(timezone.localdate().year, models.PositiveSmallIntegerField())
        running = models.Case(
            models.When(current__stage=Stage.ONGOING, then=Greatest(first, now)),
            default=first,
        )
        last = Coalesce("current__end_year", running)
        return self.filter(current__start_year__isnull=False).annotate(first_year=first, last_year=last)

    def running_on(self) -> Self:
        """Only entries whose last year is this one, whichever that is."""
        return self.filter(current__start_year__isnull=False, current__end_year=None, current__stage=Stage.ONGOING)

    def with_list_content(self) -> Self:
        """Load what one line of a list shows, in a fixed number of queries."""
        return self._with(LIST_CONTENT)

    def with_content(self) -> Self:
        """Load everything the page of an entry shows, in a fixed number of queries."""
        return self._with(CONTENT)

    def _with(self, content: list[str]) -> Self:
        shown = [f"current__{each}" for each in content]
        return self.select_related("current").prefetch_related(*shown, self._founding_submission())

    def _founding_submission(self) -> Prefetch:
        founding = apps.get_model("initiatives", "Submission").objects.filter(kind=Kind.NEW)
        return Prefetch("submissions", queryset=founding, to_attr="founding_submissions")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Versions of what entries say."""

    def approved(self) -> Self:
        """What moderators approved, the newest first: as much of the past as the public may read."""
        return self.filter(approved_at__isnull=False).order_by("-approved_at", "-pk")

    def with_content(self) -> Self:
        """Load everything a version says, in a fixed number of queries."""
        return self.prefetch_related(*CONTENT)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions on their way through the queue."""

    def awaiting_review(self) -> Self:
        """What a moderator has to decide, the longest waiting first."""
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at", "pk")

    def with_submitter(self) -> Self:
        """What a moderator handed back and the submitter has not sent again, the longest ago first."""
        return self.filter(status=Status.CHANGES_REQUESTED).order_by("submitted_at", "pk")

    def decided(self) -> Self:
        """What is closed, the newest first."""
        closed = [Status.PUBLISHED, Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN]
        return self.filter(status__in=closed).order_by("-submitted_at", "-pk")

    def of_member(self, member: User) -> Self:
        """What this member sent, newest first."""
        return self.filter(member=member).order_by("-created_at", "-pk")

    def with_content(self) -> Self:
        """Load what a row of the queue shows, in a fixed number of queries."""
        return self.select_related("revision", "member", "initiative__current").prefetch_related(
            *(f"revision__{each}" for each in LIST_CONTENT)
        )


class DraftQuerySet(models.QuerySet["Draft"]):
    """What is begun and not sent."""

    def of_member(self, member: User) -> Self:
        """What this member has begun, the last opened first."""
        return self.filter(member=member).order_by("-opened_at", "-pk")

    def unopened_since(self, moment: datetime) -> Self:
        """What nobody has opened since `moment`."""
        return self.filter(opened_at__lt=moment)


class InUse(models.QuerySet[Any]):
    """Vocabulary of which the public sees only what published entries use."""

    #: How to get from the vocabulary to the revisions that use it.
    revisions = "revisions"

    def with_published_count(self) -> Self:
        """Annotate `count`: how many published entries have it."""
        entry = f"{self.revisions}__current_of"
        used = Q(**{f"{entry}__isnull": False, f"{entry}__withdrawn_at__isnull": True})
        return self.annotate(count=models.Count(f"{self.revisions}__current_of", filter=used, distinct=True))

    def in_use(self) -> Self:
        """Only what at least one published entry has, the most frequent first."""
        return self.with_published_count().filter(count__gt=0).order_by(F("count").desc(), "pk")


class ChannelQuerySet(InUse):
    """Channels, which revisions reach through their publications."""

    revisions = "publications__revision"
