"""Why two entries look the same, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from initiatives.models import country_name
from initiatives.search.duplicates.likeness import Likeness

#: So many names of a kind are told.
MOST_NAMED = 3


def reasons(likeness: Likeness) -> list[str]:
    """Return what speaks for it that two entries are the same, the strongest first."""
    found = []
    if likeness.shared:
        words = " ".join(likeness.shared)
        in_both = (
            _("“%(words)s” in both titles") if likeness.is_literal else _("“%(words)s” in other words in both titles")
        )
        found.append(in_both % {"words": words})
    elif likeness.evidence.get("acronym"):
        found.append(_("one title abbreviates the other"))
    if likeness.cities:
        found.append(_("same city: %(names)s") % {"names": _listed(likeness.cities)})
    elif likeness.countries:
        found.append(_("same country: %(names)s") % {"names": _listed([country_name(c) for c in likeness.countries])})
    if likeness.organisations:
        found.append(_("same organisation: %(names)s") % {"names": _listed(likeness.organisations)})
    if likeness.years:
        found.append(_("same years: %(names)s") % {"names": _listed([str(year) for year in likeness.years])})
    return found


def _listed(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
