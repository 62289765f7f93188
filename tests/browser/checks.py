"""What is looked for on a page: by axe-core, and by measuring what axe-core does not."""

from __future__ import annotations

import shutil

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.states import PASSWORD, State

#: What this machine's Chromium may be called; the first is one without its windows, which takes a third less of it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: What depends on the colours: all else is the same in the dark.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
#: Rules that axe-core has and leaves out unless asked.
AND_THESE = {rule: {"enabled": True} for rule in ("target-size", "label-content-name-mismatch", "td-has-header")}

#: Words that are cut off or lie on each other, and a page that scrolls sideways. Each line is a complaint.
_FITS = """() => {
  const told = [];
  const root = document.documentElement;
  const beyond = root.scrollWidth - root.clientWidth;
  if (beyond > 0) told.push(`the page scrolls sideways by ${beyond}`);

  const known = new Map();
  const styled = (element) => {
    if (!known.has(element)) known.set(element, getComputedStyle(element));
    return known.get(element);
  };
  const unseen = ".visually-hidden, svg, noscript, script, textarea, select, datalist";
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const boxes = [];
  const place = (node, box) => {
    let apart = false;
    for (let each = node.parentElement; each !== document.body; each = each.parentElement) {
      const style = styled(each);
      if (style.clipPath !== "none") return;
      apart ||= ["absolute", "fixed", "sticky"].includes(style.position);
      if (style.overflowX === "visible" || style.display === "inline") continue;
      const frame = each.getBoundingClientRect();
      const outside = box.right > frame.right + 1 || box.left < frame.left - 1;
      const below = box.bottom > frame.bottom + 2 || box.top < frame.top - 2;
      if (["auto", "scroll"].includes(style.overflowX) || ["auto", "scroll"].includes(style.overflowY)) {
        if (outside || below) return;
      } else if (style.webkitLineClamp === "none" && (outside || below)) {
        told.push(`cut off: “${node.data.trim().slice(0, 60)}”`);
      } else if (below) return;
    }
    if (!apart) boxes.push({ node, box });
  };
  for (let node; (node = walker.nextNode()); ) {
    if (!node.data.trim() || node.parentElement.closest(unseen)) continue;
    if (!node.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1) place(node, box);
  }

  boxes.sort((one, other) => one.box.top - other.box.top);
  for (const [number, { node, box }] of boxes.entries()) {
    for (let next = number + 1; next < boxes.length && boxes[next].box.top < box.bottom; next += 1) {
      const { node: other, box: beside } = boxes[next];
      if (other === node) continue;
      const wide = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
      const high = Math.min(box.bottom, beside.bottom) - beside.top;
      if (wide > 2 && high > 0.4 * Math.min(box.height, beside.height)) {
        told.push(`on each other: “${node.data.trim().slice(0, 40)}” and “${other.data.trim().slice(0, 40)}”`);
      }
    }
  }
  return [...new Set(told)].slice(0, 5);
}"""

#: WCAG 1.4.12: as much space as readers may set.
_SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""


#: What stays in sight covers what lies under it only until one scrolls, which axe-core does not.
_LET_GO = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.apply, .saving { position: static !important; }');
  document.adoptedStyleSheets = [sheet];
}"""


def chromium() -> str | None:
    """Return where this machine has Chromium."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def axe(page: Page, *, only: list[str] | None = None) -> list[str]:
    """Return what axe-core complains of, a line a place: of all its rules, or of some `only`."""
    rules = {"runOnly": {"type": "rule", "values": only}} if only else {"rules": AND_THESE}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    page.evaluate(_LET_GO)
    found = page.evaluate(
        "(options) => axe.run(options)",
        {"resultTypes": ["violations"], "iframes": False, "preload": False, "selectors": False, **rules},
    )
    return [
        f"{each['id']}: {each['help']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]
    ]


def fits(page: Page, width: int) -> list[str]:
    """Return what is lost on a screen of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    return [f"{width} px: {each}" for each in page.evaluate(_FITS)]


def fits_a_phone(page: Page) -> list[str]:
    """Return what is lost on a phone and at 320 pixels (1.4.10), there also with more space in the text (1.4.12)."""
    narrow = fits(page, 390) + fits(page, 320)
    page.evaluate(_SPACE)
    spaced = [f"320 px, spaced: {each}" for each in page.evaluate(_FITS)]
    page.evaluate("() => { document.adoptedStyleSheets = []; }")
    return narrow + spaced


def fits_a_desk(page: Page) -> list[str]:
    """Return what is lost on a desk's screen, also when text is twice as large (1.4.4); it stays so."""
    as_it_is = fits(page, 1280)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    return as_it_is + [f"text at 200 %: {each}" for each in page.evaluate(_FITS)]


def mistakes_have_the_focus(page: Page) -> list[str]:
    """Return a complaint if a page that tells of mistakes has the focus elsewhere."""
    told = page.locator("main .error-summary")
    here = not told.count() or told.first.evaluate("(each) => each === document.activeElement")
    return [] if here else ["the list of mistakes does not have the focus"]


def help_is_where_it_always_is(page: Page) -> list[str]:
    """Return a complaint unless the ways to help end the page, in the order they have on every page (3.2.6)."""
    links = page.locator("body > footer a")
    ways = links.evaluate_all("(all) => all.map((each) => each.getAttribute('href'))")
    ends = ["about/", "submitting/", "moderation/", "data/", "privacy/", "accessibility/"]
    return [] if all(way.endswith(end) for way, end in zip(ways, ends, strict=False)) and ways else [f"help: {ways}"]


class Windows:
    """Opens states of pages: a window a person, who signs in once."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site, self._pages = browser, site, dict[str, Page]()
        self.faults: list[str] = []

    def open(self, state: State, language: str = "", *, width: int = 1280, scheme: str = "light") -> Page:
        """Bring a page into a state, in a language (its part of the address: "", "/fr"…) and a look."""
        page = self._page(state.email)
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        answer = page.goto(language + state.path)
        # The page that says so is well made, too.
        if state.kind != "error" and answer and answer.status >= 500:
            self.faults.append(f"{page.url}: answered with {answer.status}")
        if state.act:
            state.act(page)
        return page

    def close(self) -> None:
        """Close every window."""
        for page in self._pages.values():
            page.context.close()

    def _page(self, email: str) -> Page:
        if email not in self._pages:
            context = self._browser.new_context(base_url=self._site)
            context.set_default_timeout(10_000)
            page = self._pages[email] = context.new_page()
            page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
            if email:
                sign_in(page, email)
        return self._pages[email]


def sign_in(page: Page, email: str) -> None:
    """Sign somebody in by the page for it."""
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form .primary").click()
