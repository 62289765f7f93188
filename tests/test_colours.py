"""The colours of the site, as its style sheet gives them for light and dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

#: What is drawn on them, and has to be seen.
GROUNDS = ["paper", "sheet", "brand-wash", "accent-wash", "good-wash", "warn-wash", "bad-wash"]
#: Lines: edges of fields and buttons, the focus, the sign of what is chosen, the edge of what is wrong.
LINES = ["edge", "focus", "brand", "accent", "bad"]


def css():
    return Path(settings.BASE_DIR, "static/css/base.css").read_text()


def colours():
    """Return each colour by its name: the light one and the dark one."""
    return {name: pair for name, *pair in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css())}


def luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_what_shows_a_control_or_its_state_stands_out_from_every_ground(scheme):
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    known = {name: pair[scheme] for name, pair in colours().items()}
    pairs = [(line, ground) for line in LINES for ground in GROUNDS]
    faint = {pair: round(ratio, 2) for pair in pairs if (ratio := contrast(known[pair[0]], known[pair[1]])) < 3}
    assert faint == {}


def test_a_word_that_was_searched_for_can_be_read_wherever_it_is_marked():
    (ground, ink), *_ = re.findall(r"^  mark \{ background: var\(--(\w+)\); color: var\(--(\w+)\)", css(), re.M)
    known = colours()
    assert min(contrast(*pair) for pair in zip(known[ground], known[ink], strict=True)) >= 4.5
