"""`make cards`: draws the pictures that links to the site bring along elsewhere, as PNG, in Chromium.

The card of the site is static/img/card.svg; that of a theme is its drawing in static/img/themes.svg on that ground.
Each PNG says of which SVG it was drawn, so that tests/browse/test_pictures.py notices when that has changed since.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

IMG = Path(__file__).resolve().parent.parent / "static" / "img"
SOURCE = "Source"
WIDTH, HEIGHT = 1200, 630
#: A drawing of 48 units, on the deck and in the middle.
SIZE, TOP = 384, 66


def cards() -> dict[Path, str]:
    """Return the SVG of every card, by the PNG that is made of it."""
    site = (IMG / "card.svg").read_text()
    ground, deck = (re.findall(rf'<\w+ id="{name}".*', site)[0] for name in ("ground", "deck"))
    found = {IMG / "card.png": site}
    for slug, drawing in re.findall(r'<symbol id="([-\w]+)" viewBox="0 0 48 48" (.*)</symbol>', _themes()):
        place = f'<svg x="{(WIDTH - SIZE) // 2}" y="{TOP}" width="{SIZE}" height="{SIZE}"'
        place += f' viewBox="0 0 48 48" {drawing}</svg>'
        look = 'style="color: #cfe2e4; --accent: #f0996f" fill="none" xmlns="http://www.w3.org/2000/svg"'
        size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        found[IMG / "cards" / f"{slug}.png"] = f"<svg {look} {size}>{ground}{deck}{place}</svg>"
    return found


def _themes() -> str:
    return (IMG / "themes.svg").read_text()


def digest(svg: str) -> str:
    """Return what stands for a drawing."""
    return hashlib.sha256(svg.encode()).hexdigest()


def draw() -> None:
    """Draw every card anew."""
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    (IMG / "cards").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for path, svg in cards().items():
            page.set_content(f'<body style="margin: 0">{svg}')
            said = PngInfo()
            said.add_text(SOURCE, digest(svg))
            # Few colours, so a few of their mixtures are enough, and a third of the bytes.
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(32)
            picture.save(path, optimize=True, pnginfo=said)
        browser.close()


if __name__ == "__main__":
    draw()
