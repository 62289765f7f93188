"""`manage.py rebuild_search`: what text search reads, written anew."""

from typing import Any

from django.core.management.base import BaseCommand

from initiatives.search.changes import changed
from initiatives.search.index import rebuild


class Command(BaseCommand):
    """Indexes every published entry again, after names of places or organisations were changed in bulk."""

    help = "Index every published entry for text search again; the site may serve meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Index, and say how many entries there were."""
        count = rebuild()
        changed(None)
        self.stdout.write(f"Entries indexed: {count}.")
