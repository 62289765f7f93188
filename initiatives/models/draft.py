"""What somebody has begun to write and not sent yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.revision import Revision
from initiatives.models.tracking import Tracked
from initiatives.querysets import DRAFTS_KEPT, DraftQuerySet

if TYPE_CHECKING:
    from datetime import datetime


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
    version = models.PositiveIntegerField(_("how often it was saved"), default=1, db_default=1)
    page = models.CharField(
        _("page that saved it last"), max_length=64, blank=True, default="", db_default="", help_text=_("As a hash.")
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    saved_at = models.DateTimeField(_("last saved"), default=timezone.now, db_default=Now())
    opened_at = models.DateTimeField(_("last opened"), default=timezone.now, db_index=True)
    warned_at = models.DateTimeField(_("told that it will be deleted"), null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        # Not its title: who runs the site reads no drafts.
        return f"{_('Draft')} #{self.pk}"

    def answer(self, name: str) -> str:
        """Return what was typed into a field, the last of several."""
        return (self.answers.get(name) or [""])[-1]

    @property
    def title(self) -> str:
        """The title so far."""
        return self.answer("title").strip() or str(_("Untitled draft"))

    @property
    def email(self) -> str:
        """The address of whoever writes it, or nothing if they gave none that is one."""
        address = self.member.email if self.member else self.answer("email").strip()
        try:
            validate_email(address)
        except ValidationError:
            return ""
        return address

    @property
    def kept_until(self) -> datetime:
        """When it is deleted unless its writer saves or keeps it before."""
        return self.opened_at + DRAFTS_KEPT

    def is_news_to(self, page: str, version: int | None) -> bool:
        """Return whether another page saved it since `page` (a hash) showed its `version`.

        What a page saved itself is no news to it, even where the answer to that was lost on the way.
        """
        return self.version != version and (not page or self.page != page)

    def keep(self) -> None:
        """Note that its writer wants it kept: its days, and a warning that they run out, count anew."""
        self.opened_at, self.warned_at = timezone.now(), None
        # It may be gone by now, which is no mistake of whoever looks at it.
        Draft.objects.filter(pk=self.pk).update(opened_at=self.opened_at, warned_at=None)
