"""`manage.py draw_world land-110m.json`: the land of the world map, drawn anew."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from initiatives.browse.worldmap import draw_land


class Command(BaseCommand):
    """Draws `static/img/world.svg` from Natural Earth's land (`land-110m.json` of the npm package world-atlas)."""

    help = "Draw static/img/world.svg from land-110m.json of the npm package world-atlas."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("topology", type=Path)

    def handle(self, *args: Any, topology: Path, **options: Any) -> None:
        """Draw, and say where."""
        target = Path(settings.BASE_DIR) / "static" / "img" / "world.svg"
        target.write_text(draw_land(json.loads(topology.read_text())))
        self.stdout.write(f"Drawn: {target.name}, {target.stat().st_size} bytes.")
