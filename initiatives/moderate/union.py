"""What one entry says that is made of two, part by part."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from initiatives import versions
from initiatives.choices import Role
from initiatives.content import MOST, Content, Listing, NamedOrganisation
from initiatives.text import key
from initiatives.versions import PARTS

#: Of these parts both can be taken together; of a text or a year one has to be chosen.
LISTS = ("countries", "cities", "themes", "keywords", "objectives", "organisations", "links", "documents", "listings")


class Side(StrEnum):
    """From where a part is taken: the entry that stays, the one that goes, or both together."""

    INTO = "into"
    LOSER = "loser"
    BOTH = "both"


def merged(into: Content, loser: Content, sides: Mapping[str, Side]) -> Content:
    """Return what `into` says once each part of `sides` is taken from there; the others stay."""
    values = {
        name: versions.value_of(loser, name) if side == Side.LOSER else _UNITE[name](into, loser)
        for part, side in sides.items()
        if side != Side.INTO
        for name in PARTS[part][1]
    }
    return versions.with_values(into, values)


def together(into: Content, loser: Content) -> Content:
    """Return what `into` says with all that the other has in lists."""
    return merged(into, loser, dict.fromkeys(LISTS, Side.BOTH))


def too_many(part: str, content: Content) -> int:
    """Return how many values a part has if these are too many, or 0."""
    number = len(getattr(content, part)) if part in MOST else 0
    return number if number > MOST.get(part, 0) else 0


def choices(into: Content, loser: Content) -> dict[str, list[Side]]:
    """Return the parts in which two entries differ with the sides to choose from, the one that is proposed first.

    Lists are united, unless one of them has all of the other or both are too many; anything else stays, if it says
    anything.
    """
    united = together(into, loser)
    more_than_into, more_than_loser = versions.changed_parts(united, into), versions.changed_parts(united, loser)
    found = {}
    for part in versions.changed_parts(into, loser):
        is_more = part in LISTS and part in more_than_into and part in more_than_loser
        both = is_more and not too_many(part, united)
        if both:
            first = Side.BOTH
        elif part in LISTS:
            first = Side.LOSER if part in more_than_into and not is_more else Side.INTO
        elif versions.language_of(part):
            # Of the other entry, a translation says what that one said.
            first = Side.INTO
        else:
            first = Side.INTO if any(getattr(into, name) for name in PARTS[part][1]) else Side.LOSER
        found[part] = [first, *(side for side in Side if side != first and (both or side != Side.BOTH))]
    return found


def _together(name: str, identity: Callable[[Any], Hashable], better: Callable[[Any, Any], Any] | None = None) -> Any:
    """Return what unites a list of two entries: each value once, and of two that are the same the `better` one."""

    def unite(into: Content, loser: Content) -> list[Any]:
        found: dict[Hashable, Any] = {}
        for value in [*getattr(into, name), *getattr(loser, name)]:
            same = found.get(identity(value))
            found[identity(value)] = value if same is None else better(same, value) if better else same
        return list(found.values())

    return unite


def _organisation(named: NamedOrganisation) -> Hashable:
    return key(named.name), named.type


def _leading(one: NamedOrganisation, other: NamedOrganisation) -> NamedOrganisation:
    return other if other.role == Role.LEAD and one.role != Role.LEAD else one


def _fuller(one: Listing, other: Listing) -> Listing:
    return replace(one, url=one.url or other.url, date=one.date or other.date)


def _declarations(into: Content, loser: Content) -> list[Any]:
    """Return what the first organisation that leads has signed: what another one signed is not said of it."""
    first = [next((_organisation(each) for each in _leads(side)), None) for side in (into, loser)]
    if first[0] is None:
        return list(loser.declarations)
    return list(dict.fromkeys([*into.declarations, *(loser.declarations if first[0] == first[1] else [])]))


def _leads(content: Content) -> Iterable[NamedOrganisation]:
    return (each for each in content.organisations if each.role == Role.LEAD)


_UNITE: dict[str, Callable[[Content, Content], Any]] = {
    "is_global": lambda into, loser: into.is_global or loser.is_global,
    "declarations": _declarations,
    "keywords": _together("keywords", key),
    "organisations": _together("organisations", _organisation, _leading),
    "listings": _together("listings", lambda each: (each.channel.pk, each.edition), _fuller),
    "links": _together("links", lambda each: each.url),
    "documents": _together("documents", lambda each: each.upload.digest),
    **{name: _together(name, lambda each: each.pk) for name in ("countries", "cities", "themes", "objectives")},
}
