"""The journey that everything else stands on: submit, approve, read. test_without_javascript.py does it without."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def press_in_menu(page, words):
    """Press a link of the masthead, which is folded away on a phone."""
    page.get_by_role("banner").locator("summary").click()
    page.get_by_role("banner").get_by_role("link", name=words).click()


def test_what_one_visitor_submits_another_reads_once_it_is_approved(open_page, sign_in, moderator):
    page = open_page("/", width=390)
    press_in_menu(page, "Submit an initiative")
    page.get_by_label("Title").fill("Kampala for All: Safety Nets")
    page.get_by_label("Summary").fill("The city opens its health posts and its schools to refugees.")
    page.locator("#group-countries input").first.fill("Uganda")
    page.get_by_role("group", name="Themes").get_by_label("Diaspora empowerment").check()
    organisations = page.locator("#group-organisations")
    organisations.get_by_label("Name").fill("Kampala Capital City Authority")
    organisations.get_by_label("Type").select_option("local_government")
    organisations.get_by_role("button", name="Add another organisation").click()
    second = organisations.get_by_role("group", name="Organisation 2")
    second.get_by_label("Name").fill("Makerere University")
    second.get_by_label("Type").select_option("academia")
    second.get_by_label("Role").select_option("partner")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("This is a preview; nothing is sent yet.")).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Thank you. Your submission is in the queue")).to_be_visible()
    tracking = page.url
    page.goto("/initiatives/")
    expect(page.get_by_text("Safety Nets")).to_have_count(0)

    desk = open_page("/", width=390)
    sign_in(desk, moderator.email)
    press_in_menu(desk, "Moderation")
    desk.get_by_role("link", name="Kampala for All: Safety Nets").click()
    expect(desk.get_by_text("Makerere University (academia)")).to_be_visible()
    desk.get_by_role("button", name="Approve and publish").click()
    expect(desk.get_by_role("status")).to_contain_text("approved and published")

    page.goto(tracking)
    page.get_by_role("link", name="See the entry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kampala for All: Safety Nets")
    expect(page.get_by_text("Anonymous (not verified)")).to_be_visible()
    page.goto("/")
    press_in_menu(page, "Browse")
    expect(page.get_by_role("link", name="Kampala for All: Safety Nets")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("javascript", [False, True])
def test_a_mistake_is_shown_where_the_eye_is_and_adding_a_line_leaves_the_place(open_page, javascript):
    page = open_page("/submit/", javascript=javascript)
    page.locator("#group-links").get_by_role("button", name="Add another link").click()
    expect(page.get_by_role("group", name="Link 2")).to_be_in_viewport()
    page.get_by_role("button", name="Submit for review").last.click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("group", name="Link 2")).to_have_count(1)
    page.get_by_role("alert").get_by_role("link", name="Title").click()
    expect(page.get_by_label("Title")).to_be_focused()
