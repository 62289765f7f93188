"""The world map of the home page: land as one static drawing, countries as dots with counts.

Both are drawn in the Equal Earth projection (Šavrič, Patterson, Jenny: The Equal Earth map
projection, 2018), which shows Africa and South America at their true size.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
#: Half the extent of the projected world, in radii.
_X, _Y = 2.7066, 1.3173
WIDTH = 1000
#: The part that is shown: from Alaska to New Zealand, without Antarctica (left, top, width, height).
VIEW = (130, 0, 870, 440)
#: Land smaller than this (square units of the drawing) and points closer than this (units) are left out.
LEAST_AREA, LEAST_STEP = 6.0, 1.6
LEAST_RADIUS, MOST_RADIUS = 7.0, 22.0


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a place (degrees, WGS 84) is in the drawing, in units from its left and top."""
    t = math.asin(_M * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = math.radians(longitude) * math.cos(t) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    y = t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    scale = WIDTH / (2 * _X)
    return (x + _X) * scale, (_Y - y) * scale


@dataclass(frozen=True)
class Dot:
    """A country on the map: where, how large (units of the drawing), how many entries."""

    name: str
    url: str
    count: int
    x: float
    y: float
    radius: float


def dots(countries: Iterable[Any]) -> list[Dot]:
    """Return a dot for each Country (annotated with `count`); its area grows with the count, the largest first."""
    placed = [each for each in countries if each.latitude is not None and each.longitude is not None]
    most = max((each.count for each in placed), default=1)
    return [
        Dot(
            name=each.name,
            url=each.get_absolute_url(),
            count=each.count,
            x=round(x, 1),
            y=round(y, 1),
            radius=round(max(LEAST_RADIUS, MOST_RADIUS * math.sqrt(each.count / max(most, 10))), 1),
        )
        for each in sorted(placed, key=lambda each: -each.count)
        for x, y in [project(each.latitude or 0, each.longitude or 0)]
    ]


def draw_land(topology: dict[str, Any]) -> str:
    """Return the land of a TopoJSON file (world-atlas `land-110m.json`) as an SVG drawing."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [_decoded(arc, scale, shift) for arc in topology["arcs"]]
    rings = []
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings += [_ring(arcs, polygon[0]) for polygon in polygons]
    paths = "".join(_path(ring) for ring in rings if _area(ring) > LEAST_AREA and min(y for _, y in ring) < VIEW[3])
    view = " ".join(map(str, VIEW))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"><path fill="#8fb3b9" d="{paths}"/></svg>\n'


def _decoded(arc: list[list[int]], scale: list[float], shift: list[float]) -> list[tuple[float, float]]:
    """Return the points (longitude, latitude) of an arc, which are stored as steps in whole numbers."""
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def _ring(arcs: list[list[tuple[float, float]]], numbers: list[int]) -> list[tuple[float, float]]:
    """Return the outline that the arcs make, in units of the drawing."""
    outline: list[tuple[float, float]] = []
    for number in numbers:
        # A negative number is the arc ~number walked backwards (the TopoJSON specification, 2.1.4).
        outline += arcs[number] if number >= 0 else arcs[~number][::-1]
    # Land on both sides of the date line stays in one piece: Chukotka goes on to the east.
    longitudes = [outline[0][0]]
    for longitude, _ in outline[1:]:
        longitudes.append(longitude - 360 * round((longitude - longitudes[-1]) / 360))
    turns = 360 * round(sum(longitudes) / len(longitudes) / 360)
    kept: list[tuple[float, float]] = []
    for (_, latitude), longitude in zip(outline, longitudes, strict=True):
        point = project(latitude, longitude - turns)
        if not kept or math.dist(point, kept[-1]) >= LEAST_STEP:
            kept.append(point)
    return kept


def _area(ring: list[tuple[float, float]]) -> float:
    turns = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turns)) / 2


def _path(ring: list[tuple[float, float]]) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    steps = [f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")
