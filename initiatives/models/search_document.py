"""What text search reads."""

from django.db import models


class SearchDocument(models.Model):
    """The folded words of a published entry, written by `search` when a version is approved."""

    initiative = models.OneToOneField(
        "Initiative", on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    title = models.TextField()
    names = models.TextField(help_text="Organisations, cities and countries.")
    text = models.TextField(help_text="Everything, title and names included.")

    def __str__(self) -> str:
        return self.title.strip()
