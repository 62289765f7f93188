"""Who leads initiatives and who takes part."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.choices import OrganisationType
from initiatives.text import key


class Organisation(models.Model):
    """An organisation as submissions name it.

    Two rows with one name and two types may stand beside each other: what an unreviewed
    submission says of an organisation must not change what a published entry shows.
    """

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(_("folded name"), max_length=200, editable=False)
    type = models.CharField(_("type"), max_length=24, choices=OrganisationType)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name_key", "type"], name="one_organisation_per_name_and_type"),
            models.CheckConstraint(
                condition=models.Q(type__in=OrganisationType.values), name="organisation_type_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(name_key=""), name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded name beside the name."""
        self.name_key = key(self.name)
        super().save(*args, **kwargs)
