"""Why two entries look the same, and what speaks against it, in words."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from initiatives.models import country_name
from initiatives.search.duplicates.likeness import Likeness


class Reason(NamedTuple):
    """One reason: "In both titles" and what; or only the first."""

    label: str
    value: str = ""


def reasons(likeness: Likeness) -> list[Reason]:
    """Return why two entries look the same, the strongest reason first."""
    title = _("In both titles") if likeness.is_literal else _("In both titles, in other words")
    found = [
        (title, likeness.shared),
        (_("Same city"), likeness.cities),
        (_("Same country"), [] if likeness.cities else [country_name(code) for code in likeness.countries]),
        (_("Same organisation"), likeness.organisations),
        (_("Same years"), [str(year) for year in likeness.years]),
    ]
    return [Reason(label, _(", ").join(values)) for label, values in found if values]


def doubts(likeness: Likeness) -> list[Reason]:
    """Return what speaks against it."""
    found = {
        "other place": _("Another place"),
        "other organisation": _("Another organisation"),
        "other year": _("Other years"),
        "other number": _("Another number in the title"),
    }
    return [Reason(label) for name, label in found.items() if likeness.evidence[name]]
