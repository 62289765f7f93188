"""Shapes of land and countries for the maps, drawn once from Natural Earth by `manage.py draw_world`."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from initiatives.browse.worldmap import VIEW, project

#: Land smaller than this (square units of the drawing) and points closer than this (units) are left out.
LEAST_AREA, LEAST_STEP = 6.0, 1.6
#: Borders are kept a little finer than coasts of the small map.
BORDER_STEP = 1.0
SHAPES = Path(__file__).with_name("shapes.json")
#: What Natural Earth draws apart and ISO 3166-1 has no code for is part of what the United Nations count it to;
#: the rest of it is land that belongs to no country of the list.
PART_OF = {"N. Cyprus": "196", "Somaliland": "706"}
NO_COUNTRY = ""

type Point = tuple[float, float]


@lru_cache
def country_shapes() -> dict[str, str]:
    """Return the outline of each country (an SVG path, by ISO 3166-1 numeric code) and of other land (by "")."""
    return json.loads(SHAPES.read_text())


def draw_land(topology: dict[str, Any]) -> str:
    """Return the land of a TopoJSON file (world-atlas `land-110m.json`) as an SVG drawing."""
    arcs = _arcs(topology, LEAST_STEP)
    paths = "".join(_outlines(arcs, shape) for shape in topology["objects"]["land"]["geometries"])
    view = " ".join(map(str, VIEW))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"><path fill="#8fb3b9" d="{paths}"/></svg>\n'


def draw_countries(topology: dict[str, Any]) -> dict[str, str]:
    """Return the outlines in a TopoJSON file (world-atlas `countries-110m.json`) as `country_shapes` has them."""
    arcs = _arcs(topology, BORDER_STEP)
    shapes: dict[str, str] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = shape.get("id") or PART_OF.get(shape["properties"]["name"], NO_COUNTRY)
        shapes[code] = shapes.get(code, "") + _outlines(arcs, shape)
    return {code: path for code, path in sorted(shapes.items()) if path}


def _arcs(topology: dict[str, Any], least_step: float) -> list[list[Point]]:
    """Return the arcs as points (longitude, latitude), thinned: a border stays the same line on both its sides."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    return [_thinned(_decoded(arc, scale, shift), least_step) for arc in topology["arcs"]]


def _decoded(arc: list[list[int]], scale: list[float], shift: list[float]) -> list[Point]:
    """Return the points of an arc, which are stored as steps in whole numbers."""
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def _thinned(points: list[Point], least_step: float) -> list[Point]:
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(project(point[1], point[0]), project(kept[-1][1], kept[-1][0])) >= least_step:
            kept.append(point)
    return [*kept, points[-1]]


def _outlines(arcs: list[list[Point]], shape: dict[str, Any]) -> str:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    # The first ring of a polygon is its coast, the others are holes in it, wound the other way: Lesotho, the Caspian.
    rings = [_ring(arcs, ring) for polygon in polygons for ring in polygon]
    return "".join(_path(ring) for ring in rings if _area(ring) > LEAST_AREA and min(y for _, y in ring) < VIEW[3])


def _ring(arcs: list[list[Point]], numbers: list[int]) -> list[Point]:
    """Return the outline that the arcs make, in units of the drawing."""
    outline: list[Point] = []
    for number in numbers:
        # A negative number is the arc ~number walked backwards (the TopoJSON specification, 2.1.4).
        outline += arcs[number] if number >= 0 else arcs[~number][::-1]
    # Land on both sides of the date line stays in one piece: Chukotka goes on to the east.
    longitudes = [outline[0][0]]
    for longitude, _ in outline[1:]:
        longitudes.append(longitude - 360 * round((longitude - longitudes[-1]) / 360))
    turns = 360 * round(sum(longitudes) / len(longitudes) / 360)
    return [project(latitude, longitude - turns) for (_, latitude), longitude in zip(outline, longitudes, strict=True)]


def _area(ring: list[Point]) -> float:
    turns = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turns)) / 2


def _path(ring: list[Point]) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    steps = [f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(points) if (x1, y1) != (x2, y2)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")
