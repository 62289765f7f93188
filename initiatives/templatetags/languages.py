"""What templates need to lead from a page to the same page in other languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from initiatives.models import language_name

register = template.Library()
register.filter(language_name)

#: The switch keeps what addresses of so many characters say.
LONGEST = 4000


@dataclass(frozen=True)
class LanguageLink:
    """The way to a page in a language, which calls itself `name`."""

    code: str
    name: str
    url: str
    current: bool


def address_in(language: str, address: str) -> str:
    """Return where the page at `address` (path and query) is in a language; the main one stands in no address."""
    first = address.split("/", 2)[1]
    bare = address.removeprefix(f"/{first}") if first in dict(settings.LANGUAGES) else address
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"


def _every_language(address: str) -> Iterator[LanguageLink]:
    for code, name in settings.LANGUAGES:
        yield LanguageLink(code, name, address_in(code, address), code == get_language())


@register.inclusion_tag("components/languages.html", takes_context=True)
def languages(context: Mapping[str, Any]) -> dict[str, Any]:
    """Offer the page, with all that its address says, in every language of the site, if it has several."""
    request = context.get("request")
    if request is None or len(settings.LANGUAGES) < 2:
        return {"links": []}
    address = request.get_full_path()
    # Nobody chose so many filters, and each language would repeat them.
    return {"links": list(_every_language(address if len(address) <= LONGEST else request.path))}


@register.simple_tag
def addresses(address: str) -> SafeString:
    """Tell search engines the one address of a public page, and where it is in each other language."""
    canonical = format_html('<link rel="canonical" href="{}{}">', settings.SITE_URL, address)
    links = [(link.code, link.url) for link in _every_language(address)]
    if len(links) < 2:
        return canonical
    others = [(code, settings.SITE_URL, path) for code, path in [*links, ("x-default", links[0][1])]]
    return canonical + format_html_join("", '\n  <link rel="alternate" hreflang="{}" href="{}{}">', others)
