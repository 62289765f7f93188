"""What templates need to show the drawings of the site."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from initiatives.models import Theme

register = template.Library()

#: One drawing for each theme that comes with an installation, by its slug, and one for all others.
SPRITE = "img/themes.svg"
NEUTRAL = "any"
#: The cards that `make cards` draws.
CARD_WIDTH, CARD_HEIGHT = 1200, 630


@cache
def drawn() -> frozenset[str]:
    """Return the names of the drawings there are."""
    return frozenset(re.findall(r'<symbol id="([-\w]+)"', (Path(settings.BASE_DIR) / "static" / SPRITE).read_text()))


def _named(slug: str) -> str:
    return slug if slug in drawn() else NEUTRAL


@register.simple_tag
def theme_picture(slug: str) -> SafeString:
    """Draw the picture of a theme, in the colour of the words around it; decoration, so nobody hears of it."""
    drawing = '<svg class="theme-picture" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    return format_html(drawing, static(SPRITE), _named(slug))


@register.inclusion_tag("browse/card.html")
def site_card(theme: Theme | None = None) -> dict[str, Any]:
    """Name the picture that a link to a page brings along elsewhere: of a theme, or of the site."""
    name, alt = "card.png", _("A footbridge")
    if theme:
        name, alt = f"cards/{_named(theme.slug)}.png", _("A drawing for the theme “%(theme)s”")
        alt %= {"theme": theme.shown_name}
    return {
        "url": settings.SITE_URL + static(f"img/{name}"),
        "alt": alt,
        "width": CARD_WIDTH,
        "height": CARD_HEIGHT,
    }
