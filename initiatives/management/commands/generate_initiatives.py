"""`manage.py generate_initiatives N`: entries to measure with."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.exchange.generate import generate


class Command(BaseCommand):
    """Fills the configured database with generated entries: real vocabularies, made-up words."""

    help = "Fill the configured database with generated entries, to measure with."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same entries.")

    def handle(self, *args: Any, count: int, seed: int, **options: Any) -> None:
        """Generate, and say how far it is. Raises CommandError outside a demo or a developer's machine."""
        if not settings.LOCAL:
            raise CommandError("What nobody wrote belongs into no real catalogue: set DEMO=true for another one.")
        started = time.monotonic()

        def told(done: int) -> None:
            if done % 20_000 == 0 or done == count:
                self.stdout.write(f"{done} of {count} entries, {time.monotonic() - started:.0f} seconds")

        generate(count, seed=seed, told=told)
