"""Lists that answer in place, and the shortlist that the browser keeps."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def catalogue():
    for name, code in (("Alpha", "UG"), ("Beta", "UG"), ("Gamma", "TG")):
        factories.initiative(name, countries=[factories.country(code)])
    for number in range(20):
        factories.initiative(f"Other {number}", themes=[factories.theme("other")])


def found(page, words):
    expect(page.locator("#found")).to_have_text(words)


def test_filters_pages_and_searches_answer_in_place_keep_the_focus_and_are_announced(catalogue, open_page):
    page = open_page("/initiatives/")
    page.evaluate("window.sameDocument = true")
    togo = page.get_by_role("checkbox", name="Togo")
    togo.check()
    found(page, "1 initiative")
    expect(page.get_by_role("checkbox", name="Togo")).to_be_focused()
    expect(page.locator("#list-said")).to_have_text("1 initiative")
    assert page.url.endswith("/initiatives/?country=TG")
    page.get_by_role("checkbox", name="Uganda").check()
    found(page, "3 initiatives")
    page.get_by_role("link", name=re.compile("Remove Country: Togo")).click()
    found(page, "2 initiatives")
    expect(page.locator("#found")).to_be_focused()

    page.go_back()
    found(page, "3 initiatives")
    page.go_back()
    found(page, "1 initiative")
    expect(page.get_by_role("checkbox", name="Uganda")).not_to_be_checked()

    page.get_by_role("link", name=re.compile("Remove Country: Togo")).click()
    found(page, "23 initiatives")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".entries > li")).to_have_count(3)
    page.get_by_role("searchbox").fill("alpha")
    page.keyboard.press("Enter")
    found(page, "1 initiative")
    assert page.url.endswith("/initiatives/?q=alpha")
    assert page.title().startswith("“alpha”")
    page.get_by_role("searchbox").fill("alhpa")
    page.keyboard.press("Enter")
    found(page, "0 initiatives")
    expect(page.locator(".results").get_by_text("Did you mean")).to_be_in_viewport(ratio=1)
    page.go_back()
    found(page, "1 initiative")
    assert page.evaluate("window.sameDocument") is True
    # The switch has gone along.
    expect(page.get_by_role("link", name="Français")).to_have_attribute("href", "/fr/initiatives/?q=alpha")


def test_a_range_of_years_is_typed_and_answered_in_place_and_what_is_typed_on_is_kept(open_page):
    factories.initiative("Early", start_year=2010)
    factories.initiative("Late", start_year=2020)
    page = open_page("/initiatives/")
    page.locator("summary", has_text="Active in").click()
    first, last = page.get_by_label("Active from"), page.get_by_label("Active until")
    # The answer comes while the second year is typed.
    page.route("**/initiatives/?year_from=2015", lambda route: (page.wait_for_timeout(700), route.continue_()))
    first.fill("2015")
    first.press("Tab")
    last.press_sequentially("2019", delay=150)
    found(page, "1 initiative")
    expect(last).to_be_focused()
    expect(last).to_have_value("2019")
    page.keyboard.press("Tab")
    found(page, "0 initiatives")
    assert page.url.endswith("/initiatives/?year_from=2015&year_to=2019")
    last.fill("2012")
    last.press("Enter")
    expect(page.locator("#list-said")).to_contain_text("The years end (2012) before they begin (2015)")
    expect(last).to_have_value("2012")
    page.get_by_role("link", name="Remove Active in: until 2012").click()
    found(page, "1 initiative")
    page.go_back()
    found(page, "0 initiatives")
    expect(last).to_have_value("2012")


def test_whoever_looks_for_one_of_many_values_looks_among_all_of_them(open_page):
    for number in range(40):
        factories.initiative(f"Entry {number}", keywords=[f"word {each:02}" for each in range(number + 1)])
    page = open_page("/initiatives/")
    page.locator("summary", has_text="Keyword").click()
    expect(page.get_by_role("checkbox", name="word 39")).to_have_count(0)
    page.get_by_label("Narrow the list: Keyword").press_sequentially("nothing")
    expect(page.get_by_text("Shown: 0")).to_be_visible()
    page.get_by_label("Narrow the list: Keyword").fill("")
    page.get_by_label("Narrow the list: Keyword").press_sequentially("39")
    page.get_by_role("checkbox", name="word 39").check()
    found(page, "1 initiative")
    expect(page.get_by_role("checkbox", name="word 39")).to_be_focused()

    page.goto("/initiatives/")
    page.locator("summary", has_text="Keyword").click()
    page.get_by_role("link", name=re.compile("Show all 40")).click()
    expect(page.get_by_label("Narrow the list: Keyword")).to_be_focused()
    words = page.get_by_role("checkbox", name=re.compile("word"))
    expect(words).to_have_count(40)
    words.last.check()
    found(page, "1 initiative")
    expect(words).to_have_count(40)
    assert page.url.endswith("/initiatives/?keyword=word-39")


def test_a_shortlist_is_kept_from_page_to_page_and_shown_as_a_briefing(catalogue, open_page):
    page = open_page("/initiatives/?country=UG")
    expect(page.get_by_role("link", name="Shortlist")).to_be_hidden()
    for name in ("Alpha", "Beta"):
        page.get_by_role("button", name=re.compile(f"Add to shortlist.*{name}")).click()
    page.get_by_role("button", name=re.compile("On your shortlist.*Beta")).click()
    page.goto("/initiatives/gamma/")
    page.get_by_role("button", name=re.compile("Add to shortlist.*Gamma")).click()
    page.get_by_role("link", name="Shortlist (2)").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Alpha", "Gamma"])
    page.get_by_role("link", name="Compare them").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)


def test_what_is_ticked_stays_under_the_pointer_so_that_a_second_click_takes_it_back(open_page):
    for number in range(30):
        factories.initiative(
            f"Entry {number}", countries=factories.countries("UG", "TG") if number % 2 else [factories.country("UG")],
            keywords=[f"word {each:02}" for each in range(number + 1)],
        )  # fmt: skip
    page = open_page("/initiatives/")
    page.locator("summary", has_text="Keyword").click()
    word = page.get_by_role("checkbox", name="word 17")
    word.scroll_into_view_if_needed()
    before = word.bounding_box()
    page.mouse.click(before["x"] + 5, before["y"] + 5)
    found(page, "13 initiatives")
    after = word.bounding_box()
    assert (after["x"], round(after["y"])) == (before["x"], round(before["y"]))
    page.mouse.click(before["x"] + 5, before["y"] + 5)
    found(page, "30 initiatives")
    expect(word).not_to_be_checked()


def test_few_results_stay_in_sight_beside_the_filters_and_many_are_scrolled(catalogue, open_page):
    page = open_page("/initiatives/")
    page.set_viewport_size({"width": 1280, "height": 480})
    status = page.get_by_text("Status", exact=True)
    status.scroll_into_view_if_needed()
    expect(page.locator("#found")).not_to_be_in_viewport()
    page.get_by_role("checkbox", name="Togo").check()
    found(page, "1 initiative")
    status.scroll_into_view_if_needed()
    expect(page.locator("#found")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Gamma")).to_be_in_viewport()
    page.get_by_role("checkbox", name="Uganda").check()
    found(page, "3 initiatives")
    page.evaluate("scrollTo(0, 240)")
    before = page.locator("#found").bounding_box()["y"]
    page.evaluate("scrollTo(0, 280)")
    assert page.locator("#found").bounding_box()["y"] == before - 40


def test_the_link_of_a_shortlist_is_copied_by_a_button_that_says_so(catalogue, open_page):
    page = open_page("/shortlist/?id=alpha", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Link to share").input_value()
    without = open_page("/shortlist/?id=alpha", javascript=False)
    expect(without.get_by_role("button", name="Copy the link")).to_be_hidden()
    assert without.get_by_label("Link to share").input_value().endswith("/shortlist/?id=alpha")


def test_the_page_of_ones_own_shortlist_follows_what_is_taken_off_and_a_shared_one_does_not(catalogue, open_page):
    page = open_page("/initiatives/?country=UG")
    for name in ("Alpha", "Beta"):
        page.get_by_role("button", name=re.compile(f"Add to shortlist.*{name}")).click()
    page.goto("/shortlist/")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Alpha", "Beta"])
    page.get_by_role("button", name=re.compile("On your shortlist.*Alpha")).click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Beta"])
    assert page.get_by_label("Link to share").input_value().endswith("/shortlist/?id=beta")
    page.go_back()
    page.get_by_role("button", name=re.compile("Add to shortlist.*Alpha")).click()
    page.goto("/shortlist/?id=gamma&id=beta")
    page.get_by_role("button", name=re.compile("On your shortlist.*Beta")).click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Gamma", "Beta"])


def test_the_button_under_the_filters_says_how_many_there_are_where_each_choice_is_answered_at_once(
    catalogue, open_page
):
    page = open_page("/initiatives/", width=390)
    page.locator("form.filters > details > summary").click()
    page.get_by_role("checkbox", name="Togo").check()
    expect(page.get_by_role("button", name="Show 1 initiative")).to_be_visible()
    without = open_page("/initiatives/", javascript=False)
    expect(without.get_by_role("button", name="Show results")).to_be_visible()
