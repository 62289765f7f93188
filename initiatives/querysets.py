"""Named scopes: the only place that knows what is public and what waits for a moderator."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import Coalesce, Greatest, RowNumber
from django.utils import timezone

from initiatives.choices import Kind, Stage, Status

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User
    from initiatives.models import (  # noqa: F401 - named in strings below
        Draft,
        Initiative,
        Remit,
        Revision,
        Submission,
        Upload,
    )

#: For so long a draft is kept after its writer has saved or kept it, and so long before its end its writer is told.
DRAFTS_KEPT = timedelta(days=90)
DRAFTS_NOTICE = timedelta(days=7)

#: Where what a version says is stored beside its own columns: first what a line of a list shows of it. Of what is
#: reached through something else, that comes with it in one query: its model, and what to join.
LIST_CONTENT = {"countries": None, "cities": ("City", "country"), "publications": ("Publication", "channel")}
CONTENT = LIST_CONTENT | {
    "themes": None,
    "objectives": ("Objective", "framework"),
    "keywords": None,
    "involvements": ("Involvement", "organisation"),
    "involvements__signatures": ("Signature", "declaration"),
    "links": None,
    "picture": None,
    "attachments": ("Attachment", "upload"),
    "translations": None,
}


def content_of(version: str, content: dict[str, tuple[str, str] | None]) -> list[str | Prefetch]:
    """Return what `prefetch_related` takes to load `content` of a version that is reached by the path `version`."""
    return [
        Prefetch(version + path, apps.get_model("initiatives", joined[0])._default_manager.select_related(joined[1]))
        if joined
        else version + path
        for path, joined in content.items()
    ]


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Entries of the catalogue."""

    def published(self) -> Self:
        """Only what a moderator has approved: every public page, feed, count and export starts here."""
        return self.filter(current__isnull=False, withdrawn_at__isnull=True)

    def with_shown(self) -> Self:
        """Load with entries that are or were public whether they are: the rule of `published`, as a column."""
        return self.annotate(
            shown=models.ExpressionWrapper(Q(current__isnull=False, withdrawn_at=None), models.BooleanField())
        )

    def with_versions(self) -> Self:
        """Load the number of approved `versions`: the rule of `RevisionQuerySet.approved`, counted."""
        return self.annotate(versions=models.Count("revisions", filter=Q(revisions__approved_at__isnull=False)))

    def ever_published(self) -> Self:
        """What is public or was: it has a place in the order of publication."""
        return self.filter(current__isnull=False)

    def taken_off(self) -> Self:
        """What was public once: its address answers with a tombstone, or leads to the entry it was merged into."""
        return self.filter(withdrawn_at__isnull=False)

    def owned_by(self, member: User) -> Self:
        """What a member may correct as their own: what they submitted, or own by a claim that was granted."""
        submitted = apps.get_model("initiatives", "Submission").objects.founding().filter(member=member)
        return self.filter(Q(owner=member) | Q(pk__in=submitted.values("initiative")))

    def active_between(self, first: int, last: int) -> Self:
        """Entries that ran at some time from the year `first` to the year `last`."""
        return self.with_span().filter(first_year__lte=last, last_year__gte=first)

    def with_span(self) -> Self:
        """Only entries that say when they began, with their `first_year` and `last_year`.

        See `RevisionQuerySet.with_span`.
        """
        return self.filter(current__start_year__isnull=False).annotate(**_span("current__"))

    def with_list_content(self) -> Self:
        """Load what one line of a list shows, in a fixed number of queries."""
        return self._with(LIST_CONTENT)

    def with_content(self) -> Self:
        """Load everything the page of an entry shows, in a fixed number of queries."""
        return self._with(CONTENT)

    def _with(self, content: dict[str, tuple[str, str] | None]) -> Self:
        shown = content_of("current__", content)
        return self.select_related("current").prefetch_related(*shown, self._founding_submission())

    def _founding_submission(self) -> Prefetch:
        founding = apps.get_model("initiatives", "Submission").objects.founding()
        return Prefetch("submissions", queryset=founding, to_attr="founding_submissions")


def _span(version: str = "") -> dict[str, models.expressions.Combinable]:
    """Return when a version that is reached by the path `version` ran, as columns."""
    first = F(f"{version}start_year")
    now = models.Value(timezone.localdate().year, models.PositiveSmallIntegerField())
    running_on = Q(
        **{f"{version}start_year__isnull": False, f"{version}end_year": None, f"{version}stage": Stage.ONGOING}
    )
    last = models.Case(
        models.When(running_on, then=Greatest(first, now)), default=Coalesce(f"{version}end_year", first)
    )
    return {
        "first_year": first,
        "last_year": last,
        "running_on": models.ExpressionWrapper(running_on, models.BooleanField()),
    }


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Versions of what entries say."""

    def with_span(self) -> Self:
        """Load the `first_year` and the `last_year` of each, None where it does not say when it began.

        One without a last year is taken to run on while it is ongoing (then it is `running_on`, and its last year is
        this one, whichever that is), and to have run in its first year alone otherwise.
        """
        return self.annotate(**_span())

    def approved(self) -> Self:
        """What moderators approved, the newest first: as much of the past as the public may read."""
        return self.filter(approved_at__isnull=False).order_by("-approved_at", "-pk")

    def numbered(self, *numbers: int) -> Self:
        """What the public may read of one entry's past, each with its public `number` (1 is the first); or these."""
        order = [F("approved_at").asc(), F("pk").asc()]
        number = Window(RowNumber(), partition_by=F("initiative"), order_by=order)
        # One by one: `in` knows of no number that a database could not hold.
        wanted = reduce(or_, (Q(number=each) for each in numbers), Q())
        return self.approved().annotate(number=number).filter(wanted)

    def with_content(self) -> Self:
        """Load everything a version says, in a fixed number of queries."""
        return self.prefetch_related(*content_of("", CONTENT))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions on their way through the queue."""

    def founding(self) -> Self:
        """Those by which entries came: their submitters are what lists call the submitters of these."""
        return self.filter(kind=Kind.NEW)

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

    def undecided(self) -> Self:
        """What is not closed: it waits, or is with its submitter."""
        return self.filter(status__in=[Status.SUBMITTED, Status.CHANGES_REQUESTED])

    def held_by_nobody(self) -> Self:
        """What no moderator has open at the moment."""
        return self.filter(_held_by_nobody())

    def held_by(self, moderator: User) -> Self:
        """What this moderator has open at the moment."""
        return self.filter(reviewer=moderator, reviewed_until__gt=timezone.now())

    def submitted_before(self, moment: datetime) -> Self:
        """What came into the queue before `moment`."""
        return self.filter(submitted_at__lt=moment)

    def after(self, submission: Submission) -> Self:
        """What came into the queue after `submission` did."""
        same_moment = Q(submitted_at=submission.submitted_at, pk__gt=submission.pk)
        return self.filter(same_moment | Q(submitted_at__gt=submission.submitted_at))

    def free_for(self, moderator: User) -> Self:
        """What no other moderator has open at the moment."""
        return self.filter(_held_by_nobody() | Q(reviewer=moderator))

    def in_remit_of(self, moderator: User) -> Self:
        """What this moderator may decide: everything, or what has a channel or a theme of their remit.

        What is about an entry that was published has those of its public version: what a correction proposes is
        the word of whoever sent it, who would else choose the moderator.
        """
        remit = apps.get_model("initiatives", "Remit").objects.of(moderator)
        if remit is None:
            return self
        subject = Q(themes__in=remit.themes.all()) | Q(publications__channel__in=remit.channels.all())
        versions = apps.get_model("initiatives", "Revision").objects.filter(subject).values("pk")
        return self.filter(Q(initiative__current__in=versions) | Q(initiative__current=None, revision__in=versions))

    def with_language(self) -> Self:
        """Load the `language` that whoever decides has to read, and the one into which it `translates`.

        The former is that of a translation it brings, of several the first, else that of its text; the latter is None
        if it translates nothing, or changes the texts of the original as well.
        """
        translations = apps.get_model("initiatives", "Translation").objects
        said = [
            f.name for f in translations.model._meta.concrete_fields if f.name not in ("id", "revision", "is_stale")
        ]
        same = translations.filter(
            revision=models.OuterRef(models.OuterRef("base")), **{name: models.OuterRef(name) for name in said}
        )
        new = translations.filter(~models.Exists(same), revision=models.OuterRef("revision")).order_by("language")
        first = models.Subquery(new.values("language")[:1])
        texts = {f.name for f in apps.get_model("initiatives", "Revision")._meta.concrete_fields} & set(said)
        kept = Q(**{f"revision__{name}": F(f"base__{name}") for name in sorted(texts)})
        translates = models.Case(models.When(kept, then=first))
        return self.annotate(translates=translates, language=Coalesce(first, F("revision__language")))

    def of_member(self, member: User) -> Self:
        """What this member sent, newest first."""
        return self.filter(member=member).order_by("-created_at", "-pk")

    def with_content(self) -> Self:
        """Load what a row of the queue shows, in a fixed number of queries."""
        messages = apps.get_model("initiatives", "Message").objects.filter(submission=models.OuterRef("pk"))
        newest = models.Subquery(messages.order_by("-pk").values("pk")[:1])
        related = self.with_language().select_related("revision", "member", "initiative__current", "reviewer")
        return related.annotate(newest_message=newest).prefetch_related(*content_of("revision__", LIST_CONTENT))


def _held_by_nobody() -> Q:
    return Q(reviewer=None) | Q(reviewed_until=None) | Q(reviewed_until__lte=timezone.now())


class DraftQuerySet(models.QuerySet["Draft"]):
    """What is begun and not sent."""

    def of_member(self, member: User) -> Self:
        """What this member has begun, the last opened first."""
        return self.filter(member=member).order_by("-opened_at", "-pk")

    def to_be_warned(self) -> Self:
        """What nobody has saved or kept for so long that its writer should be told now, and was not yet."""
        return self.filter(opened_at__lte=timezone.now() - (DRAFTS_KEPT - DRAFTS_NOTICE), warned_at=None)

    def outlived(self) -> Self:
        """What nobody has saved or kept for too long, and its writer has known for as long as they should."""
        now = timezone.now()
        return self.filter(opened_at__lte=now - DRAFTS_KEPT, warned_at__lte=now - DRAFTS_NOTICE)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Files that people sent."""

    def public(self) -> Self:
        """What an approved version of a published entry has: anybody may see it."""
        published = apps.get_model("initiatives", "Initiative").objects.published()
        approved = apps.get_model("initiatives", "Revision").objects.approved().filter(initiative__in=published)
        return self.filter(_in_any(approved))

    def never_approved(self) -> Self:
        """What no moderator has approved yet: whoever sent it may see it."""
        return self.exclude(_in_any(apps.get_model("initiatives", "Revision").objects.approved()))

    def in_remit_of(self, moderator: User) -> Self:
        """What a version of a submission has that this moderator may decide, approved or not."""
        submissions = apps.get_model("initiatives", "Submission").objects.in_remit_of(moderator)
        versions = apps.get_model("initiatives", "Revision").objects.filter(decisions__submission__in=submissions)
        return self.filter(_in_any(versions))

    def needless(self, *, unused_since: datetime, closed_since: datetime) -> Self:
        """What may be deleted: no approved version has it, it was in no form since `unused_since`, and the
        submissions that had it, if any did, were closed before `closed_since`.
        """
        path = "decisions__submission__"
        needed = apps.get_model("initiatives", "Revision").objects.filter(
            Q(approved_at__isnull=False)
            | Q(created_at__gte=closed_since)
            | Q(**{f"{path}decisions__at__gte": closed_since})
            | Q(**{f"{path}status__in": [Status.DRAFT, Status.SUBMITTED, Status.CHANGES_REQUESTED]})
        )
        return self.filter(used_at__lt=unused_since).exclude(_in_any(needed))


def _in_any(revisions: RevisionQuerySet) -> Q:
    """Return the condition that one of `revisions` has the file."""
    upload = models.OuterRef("pk")
    return Q(models.Exists(revisions.filter(picture=upload))) | Q(
        models.Exists(revisions.filter(attachments__upload=upload))
    )


class RemitQuerySet(models.QuerySet["Remit"]):
    """What moderators decide."""

    def of(self, moderator: User) -> Remit | None:
        """Return the remit of a moderator, or None for one without limits. An empty remit is one: of nothing."""
        return self.filter(moderator=moderator).prefetch_related("channels", "themes").first()
