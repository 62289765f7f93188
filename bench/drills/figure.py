"""A figure that is to hold, as a line of the table that a drill prints."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Figure:
    """What was promised, and what was seen.

    Attributes:
        name: the drill.
        promised, seen: in words.
        broken: what did not hold, a line each; nothing where all did.
        beside: what else was measured, which promises nothing.
    """

    name: str
    promised: str
    seen: str
    broken: Sequence[str] = ()
    beside: Sequence[str] = field(default=())

    @property
    def line(self) -> str:
        """One row of a table in Markdown."""
        held = "no" if self.broken else "yes"
        return f"| {self.name} | {self.promised} | {self.seen} | {held} | {'; '.join(self.beside)} |"


HEAD = "| drill | promised | seen | held | beside |\n|---|---|---|---|---|"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0 to 1) of the values do not exceed."""
    return sorted(values)[max(math.ceil(len(values) * share) - 1, 0)]


def milliseconds(values: Sequence[float]) -> str:
    """Say how long something took (seconds), in the middle and at its worst."""
    parts = {"median": 0.5, "p95": 0.95, "p99": 0.99, "longest": 1.0}
    return ", ".join(f"{name} {percentile(values, share) * 1000:.0f} ms" for name, share in parts.items())
