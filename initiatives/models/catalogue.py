"""How often what the public sees has changed, and what changed: what every process checks its memory against."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone


def new_token() -> str:
    """Return a token that no other change, of this or of any other copy of the catalogue, has."""
    return secrets.token_hex(8)


class CatalogueVersion(models.Model):
    """The one row that every change of what the public sees brings one further, in the transaction that makes it.

    The row is locked until that transaction ends, so numbers are given out in the order in which
    changes can be seen. The token tells two histories with the same numbers apart: a backup that was
    restored, and the catalogue that went on without it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    token = models.CharField(max_length=16, default=new_token)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_version_of_the_catalogue")]

    def __str__(self) -> str:
        return f"{self.number} ({self.token})"


class CatalogueChange(models.Model):
    """One step of the version: which entries are found otherwise since."""

    number = models.PositiveBigIntegerField(primary_key=True)
    token = models.CharField(max_length=16)
    initiatives = models.JSONField(
        null=True, help_text="The numbers of the entries; nothing where too many changed to name them."
    )

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} ({self.token})"
