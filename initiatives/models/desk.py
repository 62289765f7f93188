"""What moderators have on their desk beside the queue."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.vocabulary import Channel, Theme
from initiatives.querysets import RemitQuerySet


class SavedReply(models.Model):
    """A note that moderators write again and again."""

    title = models.CharField(_("title"), max_length=80, unique=True, help_text=_("What moderators choose it by."))
    text = models.TextField(_("text"), max_length=4000)

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        ordering = ["title"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="a_saved_reply_says_something")]

    def __str__(self) -> str:
        return self.title


class Remit(models.Model):
    """What a moderator decides, if that is not everything: submissions of any of these channels or themes.

    Without any of either, as when all of them were deleted, it is nothing.
    """

    moderator = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="remit", verbose_name=_("moderator")
    )
    channels = models.ManyToManyField(Channel, blank=True, related_name="+", verbose_name=_("channels"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))

    objects = RemitQuerySet.as_manager()

    class Meta:
        verbose_name = _("remit")
        verbose_name_plural = _("remits")

    def __str__(self) -> str:
        return str(self.moderator)

    @property
    def subjects(self) -> list[Channel | Theme]:
        """Its channels and themes."""
        return [*self.channels.all(), *self.themes.all()]
