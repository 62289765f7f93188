"""What look-alikes are found by."""

from django.db import models


class MatchKey(models.Model):
    """One of the marks that a published entry shares with those that look the same, written by `search.duplicates`."""

    pk = models.CompositePrimaryKey("key", "initiative")
    #: The digest of a rare word, an abbreviation, a place, an organisation…: numbers keep the table small.
    key = models.BigIntegerField()
    initiative = models.ForeignKey("Initiative", on_delete=models.CASCADE, related_name="match_keys")

    def __str__(self) -> str:
        return f"{self.key} {self.initiative_id}"
