"""The comforts of the form that JavaScript adds, and that they take nothing away."""

import pytest
from playwright.sync_api import expect

from initiatives.content import read
from initiatives.models import Submission
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def form(open_page):
    """The form, with what it needs filled in."""
    page = open_page("/submit/")
    page.get_by_label("Title").fill("Kampala for All")
    page.get_by_label("Summary").fill("It opens services.")
    page.locator("#id_countries_0").fill("Uganda")
    page.get_by_label("Diaspora empowerment").check()
    return page


def send(page):
    page.get_by_role("button", name="Submit for review").last.click()


def test_a_line_that_is_added_is_empty_has_its_own_number_and_the_focus(form):
    form.locator("#id_organisations-0-type").select_option("academia")
    # The page comes back with a mistake, and so with a line that is chosen and marked.
    send(form)
    expect(form.locator("#id_organisations-0-name_error")).to_be_visible()
    form.get_by_role("button", name="Add another organisation").click()
    added = form.get_by_role("group", name="Organisation 2")
    expect(added.get_by_label("Name")).to_be_focused()
    expect(added.get_by_label("Type")).to_have_value("")
    expect(added.get_by_label("Role")).to_have_value("lead")
    expect(added.locator(".errorlist")).to_have_count(0)
    expect(added.locator("[aria-invalid], [aria-describedby]")).to_have_count(0)
    form.locator("#id_organisations-0-name").fill("University")
    send(form)
    expect(form.get_by_text("Thank you.")).to_be_visible()
    assert [each.name for each in read(Submission.objects.get().revision).organisations] == ["University"]


def test_lines_and_boxes_that_are_added_are_sent(form):
    for number in range(5):
        form.locator(f"#id_links-{number}-url").fill(f"https://example.org/{number}")
        form.get_by_role("button", name="Add another link").click()
    countries = form.get_by_role("group", name="Countries")
    for _ in range(2):
        countries.get_by_role("button", name="Add another").click()
    expect(form.locator("#id_countries_4")).to_be_focused()
    expect(form.locator("#id_countries_4")).to_have_accessible_name("Number 5")
    form.locator("#id_countries_4").fill("Morocco")
    send(form)
    expect(form.get_by_text("Thank you.")).to_be_visible()
    said = read(Submission.objects.get().revision)
    assert [link.url for link in said.links] == [f"https://example.org/{number}" for number in range(5)]
    assert {country.code for country in said.countries} == {"UG", "MA"}


def test_cities_are_offered_while_they_are_typed(form):
    factories.city("Kampong", "MA")
    form.locator("#id_cities_0").press_sequentially("kamp")
    offered = form.locator("#id_cities_names option")
    expect(offered).to_have_count(2)
    assert {each.get_attribute("value") for each in offered.all()} == {"Kampala, Uganda", "Kampong, Morocco"}


def test_two_clicks_submit_once(form):
    form.get_by_role("button", name="Submit for review").last.dblclick()
    expect(form.get_by_text("Thank you.")).to_be_visible()
    assert Submission.objects.count() == 1


def test_enter_in_a_field_submits_and_does_not_add_a_line(form):
    form.get_by_label("Title").press("Enter")
    expect(form.get_by_text("Thank you.")).to_be_visible()


def test_whoever_stopped_the_sending_can_send_again(form):
    form.evaluate("addEventListener('submit', (event) => event.preventDefault(), {once: true})")
    send(form)
    form.wait_for_timeout(2100)
    assert form.url.endswith("/submit/")
    send(form)
    expect(form.get_by_text("Thank you.")).to_be_visible()


def test_back_from_the_tracking_page_what_was_typed_is_still_there(form):
    send(form)
    expect(form.get_by_text("Thank you.")).to_be_visible()
    form.go_back()
    expect(form.get_by_label("Title")).to_have_value("Kampala for All")
    send(form)
    expect(form.get_by_role("heading", level=1)).to_have_text("Kampala for All")


def test_going_back_and_forward_around_the_preview_shows_what_was_typed(form):
    form.get_by_role("button", name="Preview").click()
    expect(form.get_by_role("heading", level=1)).to_have_text("Kampala for All")
    form.get_by_role("button", name="Back to the form").click()
    expect(form.get_by_label("Title")).to_have_value("Kampala for All")
    form.go_back()
    expect(form.get_by_text("This is a preview; nothing is sent yet.")).to_be_visible()
    form.go_back()
    expect(form.get_by_label("Title")).to_have_value("Kampala for All")
