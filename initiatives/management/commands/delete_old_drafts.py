"""`manage.py delete_old_drafts`: what a daily timer calls."""

from typing import Any

from django.core.management.base import BaseCommand

from initiatives.submit.old_drafts import delete_outlived, warn_of_deletion


class Command(BaseCommand):
    """Deletes drafts that nobody has opened for 90 days, a week after their writers were told. Safe to call again."""

    help = "Delete drafts unopened for 90 days, and tell the writers of those that go in a week. Call it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell, delete, and say how many."""
        told, deleted = warn_of_deletion(), delete_outlived()
        self.stdout.write(f"Writers told: {told}. Drafts deleted: {deleted}.")
