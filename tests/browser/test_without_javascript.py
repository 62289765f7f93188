"""The three journeys with JavaScript off: everything works, in whole pages."""

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.long]


def press_in_menu(page, words):
    page.get_by_role("banner").locator("summary").click()
    page.get_by_role("banner").get_by_role("link", name=words).click()


def test_without_javascript_initiatives_are_searched_filtered_and_read(open_page):
    factories.initiative("Kampala for All", countries=[factories.country()], keywords=["boats"])
    factories.initiative("Lomé for All", countries=[factories.country("TG")])
    page = open_page("/", width=390, javascript=False)
    page.get_by_role("searchbox").fill("for all")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found")).to_have_text("2 initiatives")
    page.locator(".filters > details > summary").click()
    page.get_by_role("checkbox", name="Togo").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.locator("#found")).to_have_text("1 initiative")
    page.get_by_role("link", name="Remove Country: Togo").click()
    expect(page.locator("#found")).to_have_text("2 initiatives")
    page.get_by_role("link", name="Map").click()
    page.get_by_role("rowheader").get_by_role("link", name="Uganda").click()
    expect(page.locator("#found")).to_have_text("1 initiative")
    page.get_by_role("link", name="Kampala for All").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kampala for All")
    # Nothing is on the page that only a script would make work.
    expect(page.get_by_role("button", name="shortlist")).to_have_count(0)
    page.goto("/shortlist/?id=kampala-for-all&id=lome-for-all")
    page.get_by_role("link", name="Compare them").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)


def test_without_javascript_an_initiative_is_submitted_after_mistakes_and_published(open_page, sign_in, moderator):
    page = open_page("/", width=390, javascript=False)
    press_in_menu(page, "Submit an initiative")
    page.get_by_label("Title").fill("Kampala for All")
    page.locator("#id_countries_0").fill("Atlantis")
    page.get_by_role("button", name="Add another organisation").click()
    page.get_by_role("group", name="Organisation 2").get_by_label("Name").fill("Makerere University")
    page.get_by_role("button", name="Submit for review").last.click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="Summary").click()
    expect(page.get_by_label("Summary")).to_be_focused()
    page.get_by_label("Summary").fill("The city opens its schools.")
    page.locator("#id_countries_0").fill("Uganda")
    page.get_by_label("Diaspora empowerment").check()
    page.get_by_role("group", name="Organisation 2").get_by_label("Type").select_option("academia")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    tracking = page.url

    desk = open_page("/", width=390, javascript=False)
    sign_in(desk, moderator.email)
    press_in_menu(desk, "Moderation")
    desk.get_by_role("link", name="Kampala for All").click()
    desk.get_by_role("button", name="Take it", exact=True).click()
    expect(desk.get_by_text("Held by you")).to_be_visible()
    desk.get_by_role("button", name="Reject").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    desk.get_by_role("button", name="Approve and publish").click()
    expect(desk.get_by_role("status")).to_contain_text("approved and published")

    page.goto(tracking)
    page.get_by_role("link", name="See the entry").click()
    expect(page.get_by_text("Makerere University")).to_be_visible()
