"""The world as a drawing: where a place is in it, and the dots of the home page's map.

It is drawn in the Equal Earth projection (Šavrič, Patterson, Jenny: The Equal Earth map
projection, 2018), which shows Africa and South America at their true size.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
#: Half the extent of the projected world, in radii.
_X, _Y = 2.7066, 1.3173
WIDTH = 1000
#: The part that is shown: from Alaska to New Zealand, without Antarctica (left, top, width, height).
VIEW = (130, 0, 870, 440)
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
