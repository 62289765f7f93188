"""The form that saves itself, and a tracking page from which no other site learns its link."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from initiatives import moderation
from initiatives.models import Draft, Submission
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.long]

SAVED = re.compile(r"^Saved at \d\d:\d\d$")
EDIT = re.compile(r"/submissions/[0-9a-f]{40}/edit/$")


@pytest.fixture
def mona(open_page, sign_in):
    """A window in which a member is signed in."""
    factories.person("mona@example.org", name="Mona")
    page = open_page()
    sign_in(page, "mona@example.org")
    return page


def said(page):
    return page.get_by_role("status").filter(has_text=re.compile("saved", re.I))


def test_a_members_form_saves_itself_moves_to_the_drafts_address_and_is_sent_from_there(mona):
    mona.goto("/submit/")
    mona.get_by_label("Title").fill("Kampala for All")
    mona.locator("#id_cities_0").fill("Nowhere-on-Sea")
    expect(said(mona)).to_have_text(SAVED)
    expect(mona).to_have_url(EDIT)
    mona.get_by_role("button", name="Add another link").click()
    mona.locator("#id_links-1-url").fill("half an addr")
    mona.get_by_label("Diaspora empowerment").check()
    mona.get_by_label("Summary").fill("It opens services.")
    # Another page, as on another day: what was typed last is saved as the page is left.
    address = mona.url
    mona.goto("/accounts/submissions/")
    mona.get_by_role("link", name="Kampala for All").click()
    expect(mona).to_have_url(address)
    expect(mona.get_by_label("Summary")).to_have_value("It opens services.")
    expect(mona.locator("#id_cities_0")).to_have_value("Nowhere-on-Sea")
    expect(mona.locator("#id_links-1-url")).to_have_value("half an addr")
    expect(mona.get_by_label("Diaspora empowerment")).to_be_checked()
    mona.locator("#id_cities_0").fill("Kampala")
    mona.locator("#id_links-1-url").fill("")
    # Sent at once, before it has saved itself.
    mona.get_by_role("button", name="Submit for review").last.dblclick()
    expect(mona.get_by_text("Thank you.")).to_be_visible()
    assert mona.url.endswith(Submission.objects.get().tracking_url)
    assert not Draft.objects.exists()


def test_a_form_that_is_sent_while_it_saves_itself_for_the_first_time_makes_no_draft_beside_the_submission(mona):
    mona.goto("/submit/")
    # The network is slow: the button is pressed while the request is under way.
    mona.route("**/submit/draft/", lambda route: (mona.wait_for_timeout(600), route.continue_()))
    mona.get_by_label("Summary").fill("It opens services.")
    mona.locator("#id_countries_0").fill("Uganda")
    mona.get_by_label("Diaspora empowerment").check()
    with mona.expect_request("**/submit/draft/"):
        mona.get_by_label("Title").fill("Kampala for All")
    mona.get_by_role("button", name="Submit for review").last.click()
    expect(mona.get_by_text("Thank you.")).to_be_visible()
    assert Submission.objects.count() == 1
    assert not Draft.objects.exists()


def test_what_could_not_be_saved_is_said_and_tried_again(mona):
    mona.goto("/submit/")
    mona.route("**/submit/draft/", lambda route: route.fulfill(status=200, body="the proxy's own page"))
    mona.get_by_label("Title").fill("Kampala for All")
    expect(said(mona)).to_have_text("Not saved yet; trying again in a moment.")
    mona.unroute("**/submit/draft/")
    mona.evaluate("dispatchEvent(new Event('online'))")
    expect(said(mona)).to_have_text(SAVED)
    assert Draft.objects.get().title == "Kampala for All"


class _Elsewhere(BaseHTTPRequestHandler):
    asked: list[str | None] = []

    def do_GET(self):
        self.asked.append(self.headers.get("Referer"))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title><link rel=icon href=data:,>")

    def log_message(self, *args):
        pass


@pytest.fixture
def elsewhere():
    """The address of another site, which notes what it is told of where its visitors come from."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    _Elsewhere.asked = []
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_click_that_leads_elsewhere_does_not_tell_the_link_and_the_forms_of_the_page_work(open_page, elsewhere):
    waiting = factories.submission("Kampala", submitter=moderation.Submitter(name="Sam", show_name=True))
    page = open_page(waiting.tracking_url)
    page.get_by_label("Your message").fill(f"See {elsewhere}")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_text("Your message is sent")).to_be_visible()
    page.get_by_role("button", name="Do not show my name").click()
    expect(page.get_by_text("Your name is no longer shown.")).to_be_visible()
    page.get_by_role("link", name=elsewhere).click()
    expect(page).to_have_title("Elsewhere")
    assert _Elsewhere.asked == [None]
