"""What waits in the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.choices import OUTCOMES, Kind, Status, Step
from initiatives.models.language import language_name
from initiatives.models.revision import Revision
from initiatives.models.tracking import Tracked
from initiatives.querysets import SubmissionQuerySet

if TYPE_CHECKING:
    from accounts.models import User

#: The kinds that propose a version; the others are about the one that is public.
PROPOSING = [Kind.NEW, Kind.CORRECTION]


def submitter_name(name: str, *, may_be_shown: bool) -> str:
    """Return the name of a submitter that pages may show: theirs if they said so, else "Anonymous"."""
    return name if name and may_be_shown else str(_("Anonymous"))


class Submission(Tracked):
    """What somebody sent, on its way through the queue: a new entry, a correction, a claim to it, a report on it."""

    initiative = models.ForeignKey(
        "Initiative", on_delete=models.PROTECT, related_name="submissions", verbose_name=_("initiative")
    )
    revision = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        related_name="submissions",
        verbose_name=_("version"),
        help_text=_("The one it proposes; of a claim or a report, the public one that it is about."),
    )
    base = models.ForeignKey(
        Revision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("version it was made on"),
        help_text=_("Of a correction: the public version that was shown when it was begun."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NEW)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    show_name = models.BooleanField(_("name may be shown"), default=False)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Never shown."))
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    verified_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("reviewer"),
        help_text=_("The moderator who has it open, so that others take another one."),
    )
    reviewed_until = models.DateTimeField(_("with the reviewer until"), null=True, editable=False)

    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    submitted_at = models.DateTimeField(
        _("submitted"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When it came into the queue, the last time."),
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        permissions = [("moderate_submission", "Can decide submissions")]
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="queue"),
            # All that the index in memory asks of the submitter of every entry.
            models.Index(fields=["kind", "initiative", "verified_at"], name="verified_submitters"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="submission_status_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="submission_kind_is_known"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, submitted_at=None)
                | (~Q(status=Status.DRAFT) & Q(submitted_at__isnull=False)),
                name="only_drafts_were_never_submitted",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CORRECTION, base__isnull=False) | (~Q(kind=Kind.CORRECTION) & Q(base=None)),
                name="a_correction_is_of_a_version",
            ),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(kind__in=PROPOSING), name="a_version_is_proposed_once"
            ),
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(kind=Kind.NEW), name="one_founding_submission_per_initiative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision.title} ({self.status_label})"

    @property
    def proposes(self) -> bool:
        """Whether it proposes a version, which may be changed and published."""
        return self.kind in PROPOSING

    @property
    def status_label(self) -> str:
        """Where it stands, in the words for its kind."""
        return str(OUTCOMES.get((Kind(self.kind), Status(self.status)), self.get_status_display()))

    @property
    def submitter_name(self) -> str:
        """The name that pages may show: the submitter's if they said so, else "Anonymous"."""
        return submitter_name(self.name, may_be_shown=self.show_name)

    @property
    def is_verified(self) -> bool:
        """Whether the submitter's e-mail address was confirmed."""
        return self.verified_at is not None

    @property
    def asked(self) -> str:
        """The moderator's note while changes are asked for, else nothing."""
        if self.status != Status.CHANGES_REQUESTED:
            return ""
        latest = self.decisions.filter(step=Step.REQUEST_CHANGES).last()
        return latest.note if latest else ""

    @property
    def is_open(self) -> bool:
        """Whether the submitter may still change or withdraw it."""
        return self.status in (Status.SUBMITTED, Status.CHANGES_REQUESTED)

    @cached_property
    def translates(self) -> str | None:
        """The language into which it translates, or None: see `SubmissionQuerySet.with_language`, which loads it.

        It is that of the version with which it was asked first.
        """
        return Submission.objects.with_language().get(pk=self.pk).translates

    @property
    def what(self) -> str:
        """What it is, in a word or two: "New entry", "Translation into French"."""
        if self.kind == Kind.CORRECTION and self.translates:
            return gettext("Translation into %(language)s") % {"language": language_name(self.translates)}
        return self.get_kind_display()

    @property
    def is_taken_off(self) -> bool:
        """Whether it brought an entry that a moderator took off the catalogue, and nothing was done since."""
        if self.kind != Kind.NEW or self.status != Status.WITHDRAWN:
            return False
        # The other way there: its sender took it back.
        return not self.decisions.filter(step=Step.WITHDRAW).exists()

    @property
    def hears_submitter(self) -> bool:
        """Whether a moderator will read what the submitter says: while it is open, and once more after a rejection."""
        if self.status == Status.REJECTED:
            return not self.decisions.filter(step=Step.ANSWER, from_status=Status.REJECTED).exists()
        return self.is_open

    @property
    def last_message_pk(self) -> int:
        """The number of the newest message, or 0: a decision is about what was said up to there."""
        # Loaded with a whole list by SubmissionQuerySet.with_content().
        if hasattr(self, "newest_message"):
            return self.newest_message or 0
        return self.messages.order_by("pk").values_list("pk", flat=True).last() or 0

    @property
    def holder(self) -> User | None:
        """The moderator who has it open at the moment."""
        return self.reviewer if self.reviewed_until and self.reviewed_until > timezone.now() else None

    @property
    def waiting_days(self) -> int:
        """Whole days since it was submitted."""
        return (timezone.now() - self.submitted_at).days if self.submitted_at else 0
