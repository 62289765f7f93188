"""`manage.py delete_orphaned_uploads`: files that nobody needs any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.uploads import delete_needless


class Command(BaseCommand):
    """Deletes what was sent with a form and not submitted within a day, and what was closed ninety days ago."""

    help = "Delete the files that were never submitted, and those of submissions closed for ninety days. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how many. Raises CommandError when some could not be deleted; the next run tries again."""
        swept = delete_needless()
        self.stdout.write(f"Files deleted: {swept.deleted}.")
        if swept.failed:
            files = "1 file" if swept.failed == 1 else f"{swept.failed} files"
            raise CommandError(f"{files} could not be deleted; the log says why, and the next run tries again.")
