"""What templates need to show entries."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from initiatives import facts
from initiatives.markdown import to_html
from initiatives.models import Revision, Submission, Text, Words
from initiatives.search.facets import every_year

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Show a text of an entry, written in Markdown."""
    return mark_safe(to_html(text))  # noqa: S308 - cleaned by nh3 there


@register.filter
def said(words: Words, name: str) -> Text:
    """Return one of the texts that are shown."""
    return words.text(name)


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


@register.inclusion_tag("components/facts.html")
def key_facts(revision: Revision, submission: Submission | None, level: int = 2) -> dict[str, Any]:
    """Show the key facts of a version: where, when, who, about what, and who sent it."""
    return {
        "title": _("Key facts"),
        "level": level,
        "rows": facts.key_facts(revision, submission),
    }
