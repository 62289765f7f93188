"""What pages need to show how the queue moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import get_language_bidi

from initiatives.queue_figures import Month

register = template.Library()

#: The drawing, in its own units: a month's share of the width, and the height of the tallest bar.
SLOT, TALLEST, BAR = 44, 100, 15


@dataclass(frozen=True)
class Bar:
    """One bar, from its upper corner at the start of the line."""

    kind: str
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Slot:
    """A month of the drawing."""

    month: Month
    middle: float
    bars: list[Bar]


@register.inclusion_tag("components/queue_chart.html")
def queue_chart(months: Sequence[Month]) -> dict[str, Any]:
    """Draw what came in and what was decided, month by month, as the reader's language runs."""
    top = max([1, *(month.received for month in months), *(month.decided for month in months)])
    slots = []
    backwards = get_language_bidi()
    for number, month in enumerate(reversed(months) if backwards else months):
        middle = SLOT * number + SLOT / 2
        received, decided = (round(TALLEST * count / top, 1) for count in (month.received, month.decided))
        bars = [
            Bar("received", middle + 1 if backwards else middle - BAR - 1, TALLEST - received, received),
            Bar("decided", middle - BAR - 1 if backwards else middle + 1, TALLEST - decided, decided),
        ]
        slots.append(Slot(month, middle, bars))
    return {"slots": slots, "width": SLOT * len(slots), "height": TALLEST, "bar": BAR, "top": top}
