"""What was done to a submission, and what was said about it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import OUTCOMES, Kind, Status, Step
from initiatives.models.revision import Revision
from initiatives.models.submission import Submission


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
        if self.step in (Step.ACCEPT, Step.REJECT, Step.REQUEST_CHANGES):
            outcome = OUTCOMES.get((Kind(self.submission.kind), Status(self.to_status)))
            return str(outcome or self.get_step_display())
        return self.get_step_display()

    @property
    def is_by_submitter(self) -> bool:
        """Whether it was the submitter's own step."""
        return self.step in (Step.SUBMIT, Step.RESUBMIT, Step.ANSWER, Step.WITHDRAW)

    @property
    def by_name(self) -> str:
        """Who took the step, for moderators."""
        if name := self.moderator_name or (str(self.by) if self.by else ""):
            return name
        return str(_("the submitter") if self.is_by_submitter else _("the installation"))


class Message(models.Model):
    """One thing that a submitter and the moderators say to each other about a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="messages")
    is_from_moderator = models.BooleanField(_("from a moderator"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_message_says_something")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.at:%Y-%m-%d %H:%M}"
