"""What the page of an entry shows of others that share most with it, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from initiatives.browse.cards import Card, cards
from initiatives.models import Initiative, Revision
from initiatives.search.related import Value, related

MOST_RELATED = 4
#: So many reasons make a line.
MOST_REASONS = 2


@dataclass(frozen=True)
class _Kind:
    """Something that entries may share: what a version has of it, by its value, and how to say that another has it."""

    values: Callable[[Revision], dict[str, str]]
    sentence: Callable[[str], str]


_KINDS = {
    "theme": _Kind(
        lambda revision: {each.slug: str(each) for each in revision.themes.all()},
        lambda name: _("Same theme: %(name)s") % {"name": name},
    ),
    "objective": _Kind(
        lambda revision: {each.code: str(each) for each in revision.objectives.all()},
        lambda name: _("Same objective: %(name)s") % {"name": name},
    ),
    "city": _Kind(
        lambda revision: {each.slug: str(each) for each in revision.cities.all()},
        lambda name: _("Also in %(name)s") % {"name": name},
    ),
    "country": _Kind(
        lambda revision: {each.code: each.name for each in revision.countries.all()},
        lambda name: _("Also in %(name)s") % {"name": name},
    ),
    "organisation": _Kind(
        lambda revision: {str(each.organisation_id): each.shown_name for each in revision.involvements.all()},
        lambda name: _("Same organisation: %(name)s") % {"name": name},
    ),
    "keyword": _Kind(
        lambda revision: {each.slug: each.name for each in revision.keywords.all()},
        lambda name: _("Same keyword: %(name)s") % {"name": name},
    ),
}


def related_cards(initiative: Initiative, revision: Revision) -> list[Card]:
    """Return the cards of the published entries that share most with `initiative`, each with the reasons."""
    names = {(kind, value): name for kind, each in _KINDS.items() for value, name in each.values(revision).items()}
    found = {each.pk: each.shared for each in related(initiative.pk, names, most=MOST_RELATED)}
    # The line of reasons stands for the channels, which would be the same ones again and again.
    return [replace(card, reasons=_reasons(found[card.pk], names), channels=()) for card in cards(list(found))]


def _reasons(shared: list[Value], names: dict[Value, str]) -> list[str]:
    """Return why two entries are related: the rarest of what they share, one thing of a kind."""
    rarest: dict[str, Value] = {}
    for value in shared:
        rarest.setdefault(value[0], value)
    if "city" in rarest:
        # A city is named with its country.
        rarest.pop("country", None)
    return [_KINDS[kind].sentence(names[value]) for kind, value in list(rarest.items())[:MOST_REASONS]]
