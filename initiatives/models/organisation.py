"""Who leads initiatives and who takes part."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.choices import OrganisationType
from initiatives.text import key

NAME_LENGTH = 200


class Organisation(models.Model):
    """An organisation that a published entry names: one row for one folded name and type."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_key = models.CharField(_("folded name"), max_length=NAME_LENGTH, editable=False)
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

    def clean(self) -> None:
        """Check what the database checks of the folded name, in words."""
        self.name_key = key(self.name)
        if not self.name_key:
            raise ValidationError({"name": _("A name has at least one letter or digit.")})
        if len(self.name_key) > NAME_LENGTH:
            raise ValidationError({"name": _("This name is too long.")})
        namesakes = Organisation.objects.filter(name_key=self.name_key, type=self.type).exclude(pk=self.pk)
        if namesake := namesakes.first():
            message = _("There is an organisation of this type with this name already: “%(name)s”.")
            raise ValidationError({"name": message % {"name": namesake.name}})
