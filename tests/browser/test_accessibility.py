"""What axe-core finds on the pages of the first journey: nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, Source
from initiatives.models import SavedReply
from tests import factories
from tests.moderate.desk import claim, correction, report

pytestmark = pytest.mark.browser

SAM = moderation.Submitter(name="Sam", show_name=True, email="sam@example.org")


def entry(title):
    """Return what an entry says that has something of everything."""
    return {
        "title": title,
        "submitter": SAM,
        "what_it_does": "# It works\n\n- one\n- two\n\n> said somebody\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "countries": [factories.country(), factories.country("MA")],
        "themes": [factories.theme()],
        "objectives": [factories.objective()],
        "keywords": ["food"],
        "organisations": [NamedOrganisation("Kampala", "local_government", "lead")],
        "declarations": [factories.declaration()],
        "listings": [Listing(channel=factories.channel("call"), edition="2023")],
        "links": [Source("https://example.org/", "Its page")],
        "start_year": 2019,
        "stage": "ongoing",
    }


def found_on(page):
    """Return what axe-core complains of, a line a place."""
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{found['id']}: {found['help']}: {node['html'][:200]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_to_complain_of(open_page, sign_in, moderator, width, scheme):
    published = factories.initiative(**entry("Kampala for All"))
    waiting = factories.submission(**entry("Marrakesh for All"))
    moderation.request_changes(waiting, by=moderator, note="In which city?")
    moderation.resubmit(waiting, factories.content("Marrakesh for All", countries=[factories.country("MA")]))
    complaints = {}

    def look(page, name):
        if found := found_on(page):
            complaints[name] = found

    page = open_page("/", width=width, color_scheme=scheme)
    pages = ["/", "/initiatives/", "/initiatives/?q=nothing-like-it", published.get_absolute_url(), "/submit/"]
    pages += [
        "/about/moderation/",
        waiting.tracking_url,
        f"{waiting.tracking_url}withdraw/",
        "/accounts/login/",
        "/accounts/signup/",
    ]
    for path in pages:
        page.goto(path)
        look(page, path)

    page.goto("/submit/")
    page.locator("#id_organisations-0-name").fill("Half a line")
    page.locator("#id_countries_0").fill("Atlantis")
    page.get_by_role("button", name="Submit for review").last.click()
    page.get_by_role("button", name="Add another organisation").click()
    look(page, "the form with mistakes")
    page.goto(f"{waiting.tracking_url}edit/")
    look(page, "the form of a change")
    page.get_by_label("Title").fill("Kampala for All")
    page.get_by_role("button", name="Preview").click()
    look(page, "the preview")

    sign_in(page, moderator.email)
    SavedReply.objects.create(title="Ask: where", text="Where is it?")
    asked = [correction(published, title="Kampala for Everybody"), claim(published), report(published)]
    moderation.approve(correction(published, title="Kampala", submitter=SAM), by=moderator)
    moderation.hold(asked[1], by=factories.moderator("ben@example.org", name="Ben"))
    paths = ["/accounts/submissions/", "/moderation/?kind=new", "/moderation/?kind=nothing"]
    paths += [f"/moderation/{each.pk}/" for each in asked]
    paths += [f"/moderation/bulk/?submission={waiting.pk}-{waiting.revision_id}", f"/moderation/{waiting.pk}/"]
    for path in paths:
        page.goto(path)
        look(page, path)
    page.keyboard.press("?")
    look(page, "the list of keys")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reject").click()
    look(page, "a decision without its note")
    page.get_by_label("Note to the submitter").fill("Not about migration.")
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("link", name="Undo").click()
    look(page, "undoing")
    assert complaints == {}
    # And it does look: it would complain of this.
    page.evaluate("document.querySelector('main').append(new Image())")
    assert found_on(page)
