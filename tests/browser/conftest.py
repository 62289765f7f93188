"""Real Chromium against the real site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests import factories
from tests.browser.checks import chromium
from tests.submit.answers import vocabulary as make_vocabulary

# Playwright runs an event loop in the thread of the tests, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--no-sandbox", "--disable-gpu", "--disable-sync"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The Chromium of this machine; without one the tests fail, for skipping would hide that they did not run."""
    found = chromium()
    if not found:
        pytest.fail("The browser tests need Chromium: install it (Debian, Ubuntu: sudo apt-get install chromium).")
    return browser_type_launch_args | {"executable_path": found, "args": QUIET, "headless": True}


@pytest.fixture(autouse=True)
def vocabulary(transactional_db: None) -> None:
    """What the form lets people choose from; and no limit that another test used up."""
    cache.clear()
    make_vocabulary()
    factories.city("Kampala")


@pytest.fixture
def moderator(transactional_db: None):
    """A member of the group that decides."""
    return factories.moderator("ada@example.org", name="Ada")


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens the site in a window of its own; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(path: str = "/", *, width: int = 1280, javascript: bool = True, **options) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            base_url=live_server.url,
            # It would fetch beside the page, when a test is over. Playwright says so on the console.
            **{"service_workers": "block"} | options,
        )
        contexts.append(context)
        context.set_default_timeout(5000)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """Signs somebody in by the page for it."""

    def sign_in(page: Page, email: str) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password", exact=True).fill("correct horse battery")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()

    return sign_in


def _is_complaint(said: ConsoleMessage) -> bool:
    return said.type in ("error", "warning") and "blocked by Playwright" not in said.text
