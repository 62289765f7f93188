"""`manage.py rebuild_search`: the words that text search reads, written anew."""

from typing import Any

from django.core.management.base import BaseCommand

from initiatives.models import Initiative
from initiatives.search.changes import changed
from initiatives.search.text import index


class Command(BaseCommand):
    """Indexes every published entry again, after names of places or organisations were changed in bulk."""

    help = "Index every published entry for text search again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Index, and say how many entries there were."""
        published = Initiative.objects.published().select_related("current")
        index(published.iterator(chunk_size=500))
        changed(None)
        self.stdout.write(f"Entries indexed: {published.count()}.")
