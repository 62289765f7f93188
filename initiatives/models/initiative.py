"""An entry of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.querysets import InitiativeQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from initiatives.models.revision import Revision
    from initiatives.models.submission import Submission


class Initiative(models.Model):
    """One policy, practice, programme or action.

    It holds no words of its own: they stand in its revisions. It is public while `current`
    points to one, which `moderation` sets when a moderator approves it, and until it is
    taken off the catalogue. What nobody has approved is in no table that a public page reads.
    """

    slug = models.SlugField(_("slug"), max_length=120, unique=True, null=True, editable=False)  # noqa: DJ001 - empty is unique, null is not
    current = models.OneToOneField(
        "Revision",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="current_of",
        verbose_name=_("version shown"),
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False, db_index=True)
    withdrawn_at = models.DateTimeField(_("taken off"), null=True, editable=False)
    withdrawal_reason = models.TextField(_("why it was taken off"), blank=True, help_text=_("Public."))
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="owned_initiatives",
        verbose_name=_("owner"),
        help_text=_("Whose claim to it a moderator granted."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        # All that the index in memory asks of every entry, so that it is read without the table.
        indexes = [models.Index(fields=["published_at", "id", "current", "withdrawn_at"], name="order_of_publication")]
        constraints = [
            models.CheckConstraint(
                condition=Q(current=None, slug=None, published_at=None)
                | Q(current__isnull=False, slug__isnull=False, published_at__isnull=False),
                name="address_date_and_version_come_together",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_reason="", merged_into=None)
                | Q(withdrawn_at__isnull=False, current__isnull=False),
                name="only_what_was_public_is_taken_off",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="an_entry_is_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.current.title if self.current else f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of its public page; it has one from its first approval on."""
        return reverse("browse:entry", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether it is in the catalogue: see `InitiativeQuerySet.published`."""
        return self.current_id is not None and self.withdrawn_at is None

    @property
    def public(self) -> Revision:
        """The version that its public page shows.

        Raises:
            ValueError: the entry is not public.
        """
        if self.current is None:
            raise ValueError("The entry is not public.")
        return self.current

    def is_owned_by(self, user: User | AnonymousUser) -> bool:
        """Whether they may correct it as their own: see `InitiativeQuerySet.owned_by`."""
        founding = self.founding_submission
        return user.pk is not None and user.pk in (self.owner_id, founding and founding.member_id)

    @property
    def owners(self) -> list[User]:
        """Who may correct it as their own: whoever was granted a claim to it, and whoever submitted it."""
        founding = self.founding_submission
        return list(dict.fromkeys(each for each in (self.owner, founding and founding.member) if each))

    @property
    def founding_submission(self) -> Submission | None:
        """The submission that brought the entry into the catalogue."""
        # Loaded with a whole list by InitiativeQuerySet.with_list_content().
        if hasattr(self, "founding_submissions"):
            return next(iter(self.founding_submissions), None)
        return self.submissions.founding().first()
