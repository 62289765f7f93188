"""What templates need to show entries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from initiatives.choices import Role
from initiatives.markdown import to_html
from initiatives.models import Publication, Revision, Signature, Submission, by_name
from initiatives.search.facets import every_year

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Show a text of an entry, written in Markdown."""
    return mark_safe(to_html(text))  # noqa: S308 - cleaned by nh3 there


@register.simple_tag
def choices(facet: Any) -> SafeString:
    """Draw the values of a filter. A page has hundreds of them, and variables of a template take ten times as long."""
    before = (
        f'<li><label><input type="{"checkbox" if facet.multiple else "radio"}" name="{escape(facet.name)}" value="'
    )
    lines = [
        f'{before}{escape(value)}"{" checked" if is_selected else ""}>'
        f'<span>{escape(label)}</span><span class="count">{_number(count)}</span></label></li>'
        for value, label, count, is_selected in facet.choices
    ]
    return mark_safe("\n".join(lines))  # noqa: S308 - all that is not ours is escaped


def _number(count: int) -> str:
    # Most are small, and to look up how a language groups digits is slow.
    return str(count) if count < 1000 else number_format(count)


@register.inclusion_tag("components/year_bars.html")
def year_bars(facet: Any) -> dict[str, Any]:
    """Draw how many entries ran in each year, those of the chosen range apart from the others."""
    counts = every_year({choice.value: choice.count for choice in facet.choices if choice.count})
    if not counts:
        return {}
    first, last = (end.value for end in facet.ends)
    top = max(counts.values())
    bars = []
    for place, (year, count) in enumerate(counts.items()):
        height = max(20 * count / top, 0.6)
        beside = "" if (first or year) <= year <= (last or year) else ' class="beside"'
        outline = f"M{place + 0.1:.1f} 20v-{height:.1f}h.8v{height:.1f}z"
        bars += [f'<path{beside} d="{outline}"><title>{year}: {count}</title></path>'] if count else []
    return {
        "first": str(min(counts)),
        "last": str(max(counts)),
        "width": len(counts),
        "bars": mark_safe("".join(bars)),  # noqa: S308 - made of numbers alone
        "most": str(max(counts, key=lambda year: counts[year])),
        "top": top,
    }


@register.filter
def host(url: str) -> str:
    """Name the site to which a browser goes for an address."""
    try:
        # To a browser "https://one.example\@two.example" leads to the first, to Python to the second.
        found = urlsplit(url.replace("\\", "/")).hostname
    except ValueError:
        found = None
    return (found or url).removeprefix("www.")


@register.filter
def item(values: Sequence[Any], number: int) -> Any:
    """Return one of several values by its number."""
    return values[number]


@dataclass(frozen=True)
class Part:
    """One value of a fact, perhaps with an address, and with another site that says it and since when."""

    text: str
    url: str = ""
    lang: str = ""
    source: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class Fact:
    """A line of the key facts; `lines` sets its parts one under the other."""

    label: str
    parts: list[Part]
    lines: bool = True


@register.inclusion_tag("components/facts.html")
def key_facts(revision: Revision, submission: Submission | None, level: int = 2) -> dict[str, Any]:
    """Show the key facts of a version: where, when, who, about what, and who sent it."""
    return {
        "title": _("Key facts"),
        "level": level,
        "rows": [fact for fact in facts(revision, submission) if fact.parts],
    }


def facts(revision: Revision, submission: Submission | None) -> list[Fact]:
    """Return every fact of a version in the order of the page, those that it says nothing of without parts."""
    involved: dict[str, list[Part]] = {role: [] for role in Role}
    for each in revision.involvements.all():
        involved[each.role].append(Part(f"{each.shown_name} ({each.get_type_display().lower()})"))
    found = [
        Fact(_("Where"), _places(revision)),
        Fact(_("When"), [Part(text) for text in (revision.years, revision.get_stage_display()) if text]),
        Fact(_("Led by"), involved[Role.LEAD]),
        Fact(_("Partners"), involved[Role.PARTNER]),
        Fact(_("Themes"), _chips(by_name(revision.themes.all())), lines=False),
        Fact(_("Objectives"), [_filtered(str(each), "objective", each.code) for each in revision.objectives.all()]),
        Fact(
            _("Declarations"),
            [
                Part(_signed(each))
                for involvement in revision.involvements.all()
                for each in involvement.signatures.all()
            ],
        ),
        Fact(_("Published in"), [_published(each) for each in revision.publications.all()]),
        Fact(
            _("Keywords"),
            [_filtered(keyword.name, "keyword", keyword.slug) for keyword in revision.keywords.all()],
            lines=False,
        ),
    ]
    if submission:
        verified = _("verified") if submission.is_verified else _("not verified")
        found.append(Fact(_("Submitted by"), [Part(f"{submission.submitter_name} ({verified})")]))
    return found


def _places(revision: Revision) -> list[Part]:
    cities = [Part(str(city), city.get_absolute_url()) for city in revision.cities.all()]
    named = {city.country_id for city in revision.cities.all()}
    countries = sorted(
        (country for country in revision.countries.all() if country.code not in named), key=lambda each: each.name
    )
    everywhere = [Part(_("Global"))] if revision.is_global else []
    return cities + _chips(countries) + everywhere


def _chips(subjects: Iterable[Any]) -> list[Part]:
    return [Part(str(each), each.get_absolute_url()) for each in subjects]


def _filtered(text: str, parameter: str, value: str) -> Part:
    return Part(text, f"{reverse('browse:list')}?{parameter}={value}")


def _signed(signature: Signature) -> str:
    return _("%(organisation)s has signed the %(declaration)s") % {
        "organisation": signature.involvement.shown_name,
        "declaration": signature.declaration,
    }


def _published(publication: Publication) -> Part:
    text = ", ".join(part for part in (publication.channel.shown_name, publication.edition) if part)
    channel_url = publication.channel.get_absolute_url()
    return Part(text, channel_url, source=publication.url, date=publication.date)
