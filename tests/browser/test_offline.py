"""What a visitor sees whose connection is gone."""

import pytest
from playwright.sync_api import Browser, expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_without_a_connection_the_site_says_so_in_the_language_that_was_read_and_keeps_no_page(
    browser: Browser, live_server
):
    factories.initiative("Private to nobody")
    # In a window of its own: what a browser says of a request that found no connection is no complaint here.
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(5000)
    page = context.new_page()
    page.goto("/fr/initiatives/")
    page.wait_for_function("async () => Boolean(await caches.match('/fr/offline/'))")
    page.wait_for_function("async () => (await navigator.serviceWorker.ready).active.state === 'activated'")
    # The Arabic page is kept as soon as one is read in Arabic.
    page.goto("/ar/about/")
    page.wait_for_function("async () => Boolean(await caches.match('/ar/offline/'))")
    kept = page.evaluate("""async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      return (await Promise.all(caches_.map((each) => each.keys()))).flat().map(({ url }) => new URL(url).pathname);
    }""")
    assert {path for path in kept if not path.endswith(".css")} == {"/fr/offline/", "/ar/offline/"}

    context.set_offline(True)
    page.goto("/fr/initiatives/private-to-nobody/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pas de connexion")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).borderRadius") == "8px"
    page.goto("/ar/themes/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")

    context.set_offline(False)
    page.get_by_role("link").filter(has_text="إعادة المحاولة").click()
    expect(page).to_have_url(f"{live_server.url}/ar/themes/")
    expect(page.locator(".masthead nav")).to_have_count(1)
    context.close()
