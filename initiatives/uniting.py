"""What one entry says that is made of two: part by part of the one, of the other, or of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from initiatives.content import Content, NamedOrganisation
from initiatives.text import key
from initiatives.versions import PARTS, changed_parts

#: The parts of which both sides can be kept.
LISTS = {
    "countries",
    "cities",
    "themes",
    "keywords",
    "objectives",
    "organisations",
    "links",
    "documents",
    "listings",
}


class Side(StrEnum):
    """Whose part is kept."""

    INTO = "into"
    OTHER = "other"
    BOTH = "both"


def usual_side(part: str, into: Content, other: Content) -> Side:
    """Return what is kept of a part unless somebody chooses: both of lists, and of the rest what the entry says."""
    if part in LISTS:
        return Side.BOTH
    says_nothing = not any(getattr(into, name) for name in PARTS[part][1])
    return Side.OTHER if says_nothing else Side.INTO


def united(into: Content, other: Content, sides: Mapping[str, Side]) -> Content:
    """Return what `into` says with parts of `other`, as `sides` says of each part in which they differ."""
    values: dict[str, Any] = {}
    for part in changed_parts(into, other):
        side = sides.get(part) or usual_side(part, into, other)
        for name in PARTS[part][1]:
            ours, theirs = getattr(into, name), getattr(other, name)
            values[name] = (
                {Side.INTO: ours, Side.OTHER: theirs}.get(side) if side != Side.BOTH else _both(ours, theirs)
            )
    return replace(into, **values)


def _both(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, bool):
        return ours or theirs
    found: dict[Any, Any] = {}
    for each in [*ours, *theirs]:
        found.setdefault(_identity(each), each)
    return list(found.values())


def _identity(value: Any) -> Any:
    """Return by what two values of a list are the same."""
    if isinstance(value, NamedOrganisation):
        return key(value.name), value.type
    if isinstance(value, str):
        return value.casefold()
    if hasattr(value, "channel"):
        return value.channel.pk, value.edition
    for name in ("pk", "upload", "url"):
        if hasattr(value, name):
            return getattr(value, name)
    return value
