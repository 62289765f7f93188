"""What waits in the queue, and what moderators did."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Kind, Status, Step
from initiatives.models.revision import Revision
from initiatives.querysets import SubmissionQuerySet


def new_seed() -> str:
    """Return a fresh unguessable seed for a tracking link."""
    return secrets.token_hex(32)


def tracking_token(seed: str, key: str | None = None) -> str:
    """Return the token of the tracking link that grows from a seed and the site's secret.

    The token itself is nowhere stored: a stolen copy of the database opens no tracking
    page, and the site can still put the link into every mail to its holder.
    """
    secret = (settings.SECRET_KEY if key is None else key).encode()
    return hmac.new(secret, b"tracking:" + seed.encode(), hashlib.sha256).hexdigest()[:40]


def token_hash(token: str) -> str:
    """Return the form in which a token is stored and looked up."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Submission(models.Model):
    """An initiative, or an edit of one, on its way through the queue, and who sent it."""

    initiative = models.ForeignKey(
        "Initiative", on_delete=models.PROTECT, related_name="submissions", verbose_name=_("initiative")
    )
    revision = models.OneToOneField(
        Revision, on_delete=models.PROTECT, related_name="submission", verbose_name=_("proposed version")
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

    seed = models.CharField(max_length=64, unique=True, default=new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
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
        indexes = [models.Index(fields=["status", "submitted_at"], name="queue")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="submission_status_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="submission_kind_is_known"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, submitted_at=None)
                | (~Q(status=Status.DRAFT) & Q(submitted_at__isnull=False)),
                name="only_drafts_were_never_submitted",
            ),
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(kind=Kind.NEW), name="one_founding_submission_per_initiative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision.title} ({self.get_status_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the hash of the tracking token beside its seed."""
        if not self.token_hash:
            self.token_hash = token_hash(tracking_token(self.seed))
        super().save(*args, **kwargs)

    @property
    def token(self) -> str | None:
        """The token of the tracking link, or None when the secret it grew from is gone."""
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
            token = tracking_token(self.seed, key)
            if token_hash(token) == self.token_hash:
                return token
        return None

    @property
    def tracking_url(self) -> str:
        """The path of the tracking page for whoever holds the link."""
        return reverse("submit:tracking", args=[self.token]) if self.token else reverse("submit:mine")

    @property
    def submitter_name(self) -> str:
        """The name that pages may show: the submitter's if they said so, else "Anonymous"."""
        return self.name if self.name and self.show_name else str(_("Anonymous"))

    @property
    def is_verified(self) -> bool:
        """Whether the submitter's e-mail address was confirmed."""
        return self.verified_at is not None

    @property
    def is_open(self) -> bool:
        """Whether the submitter may still change or withdraw it."""
        return self.status in (Status.SUBMITTED, Status.CHANGES_REQUESTED)

    def confirm_address(self) -> None:
        """Note that whoever gave the e-mail address reads its mail; a second call changes nothing."""
        now = timezone.now()
        Submission.objects.filter(pk=self.pk, verified_at=None).update(verified_at=now)
        self.refresh_from_db(fields=["verified_at"])

    @property
    def waiting_days(self) -> int:
        """Whole days since it was submitted."""
        return (timezone.now() - self.submitted_at).days if self.submitted_at else 0


class DecisionQuerySet(models.QuerySet):
    """Decisions, which can be read and added, never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: the log is append-only."""
        raise TypeError("Decisions are never changed.")

    def delete(self) -> NoReturn:
        """Refuse: the log is append-only."""
        raise TypeError("Decisions are never deleted.")


class Decision(models.Model):
    """What was done to a submission, by whom, when and why: a log that only grows."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="decisions")
    step = models.CharField(_("step"), max_length=20, choices=Step)
    from_status = models.CharField(_("from"), max_length=20, choices=Status)
    to_status = models.CharField(_("to"), max_length=20, choices=Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="decisions",
        verbose_name=_("by"),
        help_text=_("Empty for a submitter without an account, and for what was loaded with the installation."),
    )
    moderator_name = models.CharField(
        _("moderator"), max_length=254, blank=True, help_text=_("Kept when the account is gone.")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    note = models.TextField(_("note"), blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(step__in=Step.values), name="step_is_known")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the decision to the log.

        Raises:
            TypeError: it stands in the log already.
        """
        if self.pk is not None:
            raise TypeError("Decisions are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the log is append-only."""
        raise TypeError("Decisions are never deleted.")

    @property
    def label(self) -> str:
        """What was done, for the time line."""
        return self.get_step_display()

    @property
    def is_by_submitter(self) -> bool:
        """Whether it was the submitter's own step."""
        return self.step in (Step.SUBMIT, Step.RESUBMIT, Step.WITHDRAW)

    @property
    def by_name(self) -> str:
        """Who took the step, for moderators."""
        if name := self.moderator_name or (str(self.by) if self.by else ""):
            return name
        return str(_("the submitter") if self.is_by_submitter else _("the installation"))
