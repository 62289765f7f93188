"""`python -m bench.light`: what a first visit costs on a slow line, in real Chromium.

A site of its own with N generated entries is served by gunicorn as in production. Each page is opened in a browser that
has nothing of it yet, on a telephone's screen, over a line of 400 kbit/s with 400 ms of delay: what came over the wire,
when the largest text was there, how far things moved, and how many requests went to somebody else.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import django

os.environ |= {"DEMO": "true", "DJANGO_SETTINGS_MODULE": "config.settings"}
_FOLDER = tempfile.mkdtemp(prefix="passerelle-light-")
os.environ["VAR_DIR"] = _FOLDER
django.setup()

from playwright.sync_api import Browser, sync_playwright

from bench.speed.__main__ import fill
from bench.speed.servers import gunicorn
from initiatives.models import Initiative

#: 400 kbit/s, 400 ms there and back.
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
#: Noted by the page itself: the largest text so far, and every move that nobody asked for.
WATCH = """
window.seen = {largest: 0, moved: 0};
new PerformanceObserver(list => { for (const each of list.getEntries()) seen.largest = each.startTime })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => { for (const each of list.getEntries()) if (!each.hadRecentInput) seen.moved += each.value })
  .observe({type: "layout-shift", buffered: true});
"""


def main() -> None:
    """Serve, visit, say."""
    parser = argparse.ArgumentParser(prog="python -m bench.light", description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=200, metavar="N")
    asked = parser.parse_args()
    try:
        fill(asked.entries)
        entry = Initiative.objects.published().values_list("slug", flat=True)[0]
        pages = ["/", "/initiatives/", f"/initiatives/{entry}/", "/initiatives/map/", "/submit/", "/ar/initiatives/"]
        print(
            "| first visit | requests | kB over the wire | of it HTML, CSS, JS, rest | largest text | moved | to others |"
        )
        print("|---|---|---|---|---|---|---|")
        with gunicorn("config.wsgi") as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
            for page in pages:
                print(_row(page, visit(browser, f"http://127.0.0.1:{port}", page)), flush=True)
    finally:
        shutil.rmtree(_FOLDER, ignore_errors=True)


def visit(browser: Browser, site: str, address: str) -> dict[str, Any]:
    """Open a page for the first time, and return what it took."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    kinds: dict[str, str] = {}
    came: dict[str, float] = {}
    line.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    line.on("Network.loadingFinished", lambda told: came.update({told["requestId"]: told["encodedDataLength"]}))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(WATCH)
    page.goto(site + address, wait_until="networkidle")
    page.wait_for_timeout(500)
    seen = page.evaluate("window.seen")
    context.close()
    bytes_of = {
        kind: sum(size for key, size in came.items() if kinds.get(key) == kind) for kind in set(kinds.values())
    }
    return seen | {"came": bytes_of, "asked": asked, "others": [url for url in asked if not url.startswith(site)]}


def _row(address: str, seen: dict[str, Any]) -> str:
    came = seen["came"]
    named = [came.pop(kind, 0) for kind in ("Document", "Stylesheet", "Script")]
    parts = [*named, sum(came.values())]
    sizes = ", ".join(f"{part / 1000:.1f}" for part in parts)
    others = len([url for url in seen["others"] if not url.startswith("data:")])
    return (
        f"| `{address if len(address) < 40 else '/initiatives/…/'}` | {len(seen['asked'])} | {sum(parts) / 1000:.1f} | {sizes} "
        f"| {seen['largest'] / 1000:.2f} s | {seen['moved']:.3f} | {others} |"
    )


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return str(Path(found))
    raise SystemExit("Install Chromium first.")


if __name__ == "__main__":
    main()
