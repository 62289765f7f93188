"""What the address of a list gives, as it is written here, and what to say where it cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext

from initiatives.models.revision import FIRST_YEAR, LAST_YEAR
from initiatives.text import clean

if TYPE_CHECKING:
    from initiatives.search.filters import Filter

#: More values of one filter than this are not looked at.
MAX_VALUES = 50


def shown(value: str) -> str:
    """Return what somebody typed, short enough for a sentence."""
    value = clean(value)
    return value if len(value) <= 60 else f"{value[:60]}…"


def given_values(query: QueryDict, each: Filter, problems: list[str]) -> list[str]:
    """Return the values of a filter in an address, as they are written here, each once and not too many of them."""
    given = [value.strip() for value in query.getlist(each.name) if value.strip()]
    if each.name == "country":
        given = [value.upper() for value in given]
    if each.end_of:
        # Typed by people, some of whom have other digits on their keyboard.
        given = [str(int(value)) if value.isdecimal() and len(value) == 4 else value for value in given]
    given = list(dict.fromkeys(given))
    if not each.many and len(given) > 1:
        problems.append(
            gettext("“%(filter)s” takes one value; the last one, “%(value)s”, is used.")
            % {"filter": each.label, "value": shown(given[-1])}
        )
        given = given[-1:]
    if len(given) > MAX_VALUES:
        problems.append(
            gettext("“%(filter)s” takes at most %(most)s values; the first ones are used.")
            % {"filter": each.label, "most": MAX_VALUES}
        )
        given = given[:MAX_VALUES]
    return given


def unknown_value(each: Filter, value: str) -> str:
    """Return what to say of a value that a filter does not have."""
    if each.end_of:
        return gettext(
            "“%(value)s” in “%(filter)s” is no year between %(first)s and %(last)s, so it matches nothing. "
            "Write a year with four digits, or leave it empty."
        ) % {"value": shown(value), "filter": each.label, "first": FIRST_YEAR, "last": LAST_YEAR}
    return gettext("There is no value “%(value)s” of “%(filter)s” in the catalogue; it matches nothing.") % {
        "value": shown(value),
        "filter": each.label,
    }


def reversed_years(values: Mapping[str, tuple[str, ...]]) -> str:
    """Return what is wrong with a range of years that ends before it begins."""
    first, last = values.get("year_from"), values.get("year_to")
    if not (first and last and first > last):
        return ""
    return gettext(
        "The years end (%(last)s) before they begin (%(first)s), so they match nothing. Write the earlier year first."
    ) % {"first": first[0], "last": last[0]}


def given_once(query: QueryDict, name: str, problems: list[str]) -> str:
    """Return the value of a parameter that has one."""
    given = query.getlist(name)
    if len(set(given)) > 1:
        problems.append(
            gettext("“%(name)s” is given more than once in the address; the last one is used.") % {"name": name}
        )
    return given[-1] if given else ""
