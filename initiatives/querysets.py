"""Named scopes: the only place that knows what is public and what waits for a moderator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone

from initiatives.choices import Kind, Stage, Status

if TYPE_CHECKING:
    from accounts.models import User
    from initiatives.models import Initiative, Submission  # noqa: F401 - named in strings below


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Entries of the catalogue."""

    def published(self) -> Self:
        """Only what a moderator has approved: every public page, feed, count and export starts here."""
        return self.filter(current__isnull=False)

    def active_in(self, year: int) -> Self:
        """Entries that ran in `year`.

        An entry without a last year is taken to run on while it is ongoing, and to
        have run in its first year alone otherwise.
        """
        now = timezone.now().year
        ended = Q(current__end_year__gte=year)
        single = Q(current__end_year=None, current__start_year=year)
        running = Q(current__end_year=None, current__stage=Stage.ONGOING) if year <= now else Q(pk__in=[])
        return self.filter(ended | single | running, current__start_year__lte=year)

    def with_list_content(self) -> Self:
        """Load what one line of a list shows, in a fixed number of queries."""
        return self.select_related("current").prefetch_related(
            "current__countries",
            "current__cities__country",
            "current__publications__channel",
            self._founding_submission(),
        )

    def with_content(self) -> Self:
        """Load everything the page of an entry shows, in a fixed number of queries."""
        return self.with_list_content().prefetch_related(
            "current__themes",
            "current__objectives__framework",
            "current__involvements__organisation",
            "current__signatures__organisation",
            "current__signatures__declaration",
            "current__links",
            "current__keywords",
        )

    def _founding_submission(self) -> Prefetch:
        founding = apps.get_model("initiatives", "Submission").objects.filter(kind=Kind.NEW)
        return Prefetch("submissions", queryset=founding, to_attr="founding_submissions")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions on their way through the queue."""

    def awaiting_review(self) -> Self:
        """What a moderator has to decide, the longest waiting first."""
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at", "pk")

    def of_member(self, member: User) -> Self:
        """What this member sent, newest first."""
        return self.filter(member=member).order_by("-created_at", "-pk")

    def with_content(self) -> Self:
        """Load what a row of the queue shows, in a fixed number of queries."""
        return self.select_related("revision", "member", "initiative__current").prefetch_related(
            "revision__publications__channel", "revision__countries", "revision__cities__country"
        )


class InUse(models.QuerySet[Any]):
    """Vocabulary of which the public sees only what published entries use."""

    #: How to get from the vocabulary to the revisions that use it.
    revisions = "revisions"

    def with_published_count(self) -> Self:
        """Annotate `count`: how many published entries have it."""
        used = Q(**{f"{self.revisions}__current_of__isnull": False})
        return self.annotate(count=models.Count(f"{self.revisions}__current_of", filter=used, distinct=True))

    def in_use(self) -> Self:
        """Only what at least one published entry has, the most frequent first."""
        return self.with_published_count().filter(count__gt=0).order_by(F("count").desc(), "pk")


class ChannelQuerySet(InUse):
    """Channels, which revisions reach through their publications."""

    revisions = "publications__revision"
