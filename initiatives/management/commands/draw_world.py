"""`manage.py draw_world world-atlas/`: the shapes of the maps, drawn anew."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from initiatives.browse.shapes import SHAPES, draw_countries, draw_land


class Command(BaseCommand):
    """Draws the land of the home page's map and the countries of the map of initiatives.

    From Natural Earth's shapes, as the npm package world-atlas has them: `land-110m.json`, `countries-110m.json`.
    """

    help = "Draw static/img/world.svg and the shapes of countries from the folder of the npm package world-atlas."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("atlas", type=Path)

    def handle(self, *args: Any, atlas: Path, **options: Any) -> None:
        """Draw, and say where."""
        land = Path(settings.BASE_DIR) / "static" / "img" / "world.svg"
        land.write_text(draw_land(json.loads((atlas / "land-110m.json").read_text())))
        countries = draw_countries(json.loads((atlas / "countries-110m.json").read_text()))
        SHAPES.write_text(json.dumps(countries, indent=0) + "\n")
        for drawn in (land, SHAPES):
            self.stdout.write(f"Drawn: {drawn.name}, {drawn.stat().st_size} bytes.")
