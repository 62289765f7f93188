"""`manage.py load_catalogue`: the vocabularies, the gazetteer and the founding entries."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from initiatives.exchange.founding import load_initiatives
from initiatives.exchange.vocabularies import load_cities, load_vocabularies
from initiatives.models import City


class Command(BaseCommand):
    """Loads what a new installation shows; calling it again changes nothing that people entered."""

    help = "Load the vocabularies, the gazetteer of cities and the founding entries."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("--without-entries", action="store_true", help="Load the vocabularies only.")
        parser.add_argument("--refresh-cities", action="store_true", help="Load the gazetteer anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was loaded."""
        load_vocabularies()
        if options["refresh_cities"] or not City.objects.exists():
            self.stdout.write(f"Cities loaded: {load_cities()}.")
        if not options["without_entries"]:
            self.stdout.write(f"Entries loaded: {load_initiatives()}.")
