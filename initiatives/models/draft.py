"""What somebody has begun to write and not sent yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.revision import Revision
from initiatives.models.tracking import Tracked
from initiatives.querysets import DraftQuerySet


class Draft(Tracked):
    """The answers of the submission form as they were typed, finished or not.

    When it is sent, the submission takes over its seed, and so its tracking link, and the draft goes.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="drafts",
        verbose_name=_("account"),
    )
    base = models.ForeignKey(
        Revision,
        on_delete=models.CASCADE,
        null=True,
        related_name="drafts",
        verbose_name=_("version it corrects"),
        help_text=_("Empty for a new entry."),
    )
    answers = models.JSONField(_("answers"), default=dict, help_text=_("A list of values by the name of the field."))
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    opened_at = models.DateTimeField(_("last opened"), default=timezone.now, db_index=True)
    warned_at = models.DateTimeField(_("told that it will be deleted"), null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return self.title

    def answer(self, name: str) -> str:
        """Return what was typed into a field, the last of several."""
        return (self.answers.get(name) or [""])[-1]

    @property
    def title(self) -> str:
        """The title so far."""
        return self.answer("title").strip() or str(_("Untitled draft"))

    @property
    def email(self) -> str:
        """The address of whoever writes it, if they gave one."""
        return self.member.email if self.member else self.answer("email").strip()
