"""The drawings of the site: of each theme, and on the cards that links bring along elsewhere."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from tests import cards, factories
from tests.browse.pages import get

SPRITE = Path(settings.BASE_DIR) / "static" / "img" / "themes.svg"
DRAWINGS = dict(re.findall(r'<symbol id="([-\w]+)" (.*)</symbol>', SPRITE.read_text()))


def test_each_theme_of_an_installation_has_a_drawing_of_one_family_and_light():
    themes = json.loads((Path(settings.BASE_DIR) / "fixtures" / "themes.json").read_text())
    assert DRAWINGS.keys() == {theme["slug"] for theme in themes} | {"any"}
    colours = {colour for each in DRAWINGS.values() for colour in re.findall(r'(?:fill|stroke)="([^"]*)"', each)}
    assert colours == {"none", "currentColor", "var(--accent,#a63d17)"}
    assert max(map(len, DRAWINGS.values())) < 1000
    look = 'viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="2.5"'
    look += ' stroke-linecap="round" stroke-linejoin="round">'
    assert [slug for slug, each in DRAWINGS.items() if not each.startswith(look)] == []


def test_every_card_was_drawn_from_what_its_svg_says_now():
    old = []
    for path, svg in cards.cards().items():
        with Image.open(path) as card:
            is_new = card.info.get(cards.SOURCE) == cards.digest(svg) and card.size == (1200, 630)
        old += [] if is_new and path.stat().st_size < 40_000 else [path.name]
    assert old == [], "run `make cards`"


@pytest.mark.django_db
def test_themes_are_shown_with_their_drawings_and_one_that_has_none_with_another(client):
    housing, new = factories.theme("housing-and-shelter", "Housing"), factories.theme("sea", "Life at sea")
    entry = factories.initiative("Drawn", themes=[housing])
    factories.initiative("Other", themes=[new])
    drawing = (
        '<svg class="theme-picture" aria-hidden="true" focusable="false"><use href="/static/img/themes.svg#{}"/></svg>'
    )
    for path in ("/", "/themes/"):
        page = get(client, path)
        assert drawing.format("housing-and-shelter") + "<span>Housing" in page
        assert drawing.format("any") + "<span>Life at sea" in page
    assert drawing.format("housing-and-shelter") in get(client, housing.get_absolute_url())
    assert drawing.format("any") in get(client, new.get_absolute_url())

    card = '<meta property="og:image" content="http://127.0.0.1:8000/static/img/{}.png">'
    assert card.format("card") in get(client, "/")
    assert card.format("cards/any") in get(client, new.get_absolute_url())
    for page in (get(client, housing.get_absolute_url()), get(client, entry.get_absolute_url())):
        assert card.format("cards/housing-and-shelter") in page
        assert '<meta property="og:image:alt" content="A drawing for the theme “Housing”">' in page
        assert '<meta property="og:image:width" content="1200">' in page
