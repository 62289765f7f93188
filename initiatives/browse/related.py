"""What the page of an entry shows of others that share most with it, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from initiatives.browse.cards import Card, cards
from initiatives.models import Initiative, Revision
from initiatives.search.related import Value, related

MOST_RELATED = 4
#: A reason names so many things of one kind, and so many reasons make a line.
MOST_NAMED = 2
MOST_REASONS = 2


@dataclass(frozen=True)
class _Kind:
    """Something that entries may share: what a version has of it, by its value, and how to say that another has it."""

    values: Callable[[Revision], dict[str, str]]
    sentence: Callable[[str], str]


_KINDS = {
    "theme": _Kind(
        lambda revision: {each.slug: each.name for each in revision.themes.all()},
        lambda names: _("Same theme: %(names)s") % {"names": names},
    ),
    "objective": _Kind(
        lambda revision: {each.code: str(each) for each in revision.objectives.all()},
        lambda names: _("Same objective: %(names)s") % {"names": names},
    ),
    "city": _Kind(
        lambda revision: {each.slug: str(each) for each in revision.cities.all()},
        lambda names: _("Also in %(names)s") % {"names": names},
    ),
    "country": _Kind(
        lambda revision: {each.code: each.name for each in revision.countries.all()},
        lambda names: _("Also in %(names)s") % {"names": names},
    ),
    "organisation": _Kind(
        lambda revision: {str(each.organisation_id): each.shown_name for each in revision.involvements.all()},
        lambda names: _("Same organisation: %(names)s") % {"names": names},
    ),
    "keyword": _Kind(
        lambda revision: {each.slug: each.name for each in revision.keywords.all()},
        lambda names: _("Same keyword: %(names)s") % {"names": names},
    ),
}


def related_cards(initiative: Initiative, revision: Revision) -> list[Card]:
    """Return the cards of the published entries that share most with `initiative`, each with the reasons."""
    names = {(kind, value): name for kind, each in _KINDS.items() for value, name in each.values(revision).items()}
    found = related(initiative.pk, names, most=MOST_RELATED)
    shared = {each.pk: each.shared for each in found}
    return [replace(card, reasons=_reasons(shared[card.pk], names)) for card in cards([each.pk for each in found])]


def _reasons(shared: list[Value], names: dict[Value, str]) -> list[str]:
    """Return why two entries are related, the rarest of what they share first."""
    said: dict[str, list[str]] = {}
    for kind, value in shared:
        said.setdefault(kind, []).append(names[kind, value])
    if "city" in said:
        # A city is named with its country.
        said.pop("country", None)
    return [
        _KINDS[kind].sentence(_(", ").join(of_kind[:MOST_NAMED]))
        for kind, of_kind in list(said.items())[:MOST_REASONS]
    ]
