"""What is on paper when a page is printed."""

import pytest
from playwright.sync_api import expect

from initiatives.content import Source
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.long]

AFTER = "(each) => getComputedStyle(each, '::after').content"


def test_an_entry_on_paper_says_where_it_is_from_names_each_source_once_and_has_nothing_to_press(open_page):
    themes = [factories.theme("sea", "Sea"), factories.theme("work", "Work")]
    sources = [Source("https://example.org/about", "About it"), Source("https://example.org/bare")]
    entry = factories.initiative("Printed", themes=themes, links=sources)
    page = open_page(entry.get_absolute_url())
    expect(page.locator(".on-paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_have_text(f"http://127.0.0.1:8000{entry.get_absolute_url()}")
    expect(page.locator(".on-paper")).to_be_visible()
    for away in (".languages", ".menu", ".contribute", ".foot nav", ".shortlist"):
        expect(page.locator(away).first).to_be_hidden()
    named, bare = (page.locator(".links a").nth(number).evaluate(AFTER) for number in (0, 1))
    assert named == '"https://example.org/about"' and bare == "none"
    expect(page.locator(".links .quiet")).to_be_hidden()
    assert [page.locator(".facts .chip").nth(number).evaluate(AFTER) for number in (0, 1)] == ['";"', "none"]
