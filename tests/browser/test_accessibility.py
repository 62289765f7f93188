"""What axe-core finds on the pages of the first journey: nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, Source, TranslatedTexts
from initiatives.models import Draft, SavedReply
from tests import factories
from tests.moderate.desk import claim, correction, report

# What axe and a script make of a page does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.once]

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


#: What depends on colours, on the width and on the direction of writing. All else is the same in every look.
OF_LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "valid-lang"]
OF_LOOKS += ["html-has-lang", "duplicate-id-aria", "label", "button-name", "link-name", "image-alt"]


def found_on(page, rules=None):
    """Return what axe-core complains of, a line a place; of all its rules unless some are named."""
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    results = Axe().run(page, options={"resultTypes": ["violations"]} | only)
    return [
        f"{found['id']}: {found['help']}: {node['html'][:200]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


class Looks:
    """Looks at page after page, and remembers what there is to complain of."""

    def __init__(self, page, language, rules):
        self.page, self.language, self.rules, self.complaints = page, language, rules, {}

    def at(self, name):
        if found := found_on(self.page, self.rules):
            self.complaints[name] = found

    def at_all(self, paths):
        for path in paths:
            self.page.goto(self.language + path)
            self.at(path)


@pytest.fixture(
    params=[(1280, "light", "", None), (390, "dark", "/ar", OF_LOOKS)],
    ids=["wide, light and English", "narrow, dark and Arabic"],
)
def looks(request, open_page):
    """One who looks at pages of one width, colour scheme and language, and has nothing to complain of in the end."""
    width, scheme, language, rules = request.param
    looks = Looks(open_page("/", width=width, color_scheme=scheme), language, rules)
    yield looks
    assert looks.complaints == {}
    # And it does look: it would complain of this.
    looks.page.evaluate("document.querySelector('main').append(new Image())")
    assert found_on(looks.page, looks.rules)


@pytest.fixture
def published():
    return factories.initiative(**entry("Kampala for All"))


@pytest.fixture
def waiting(moderator):
    waiting = factories.submission(**entry("Marrakesh for All"))
    moderation.request_changes(waiting, by=moderator, note="In which city?")
    moderation.resubmit(waiting, factories.content("Marrakesh for All", countries=[factories.country("MA")]))
    moderation.say(waiting, "See https://example.org/.")
    return waiting


def test_axe_finds_nothing_to_complain_of_where_visitors_read(looks, published, moderator):
    said = {"ar": TranslatedTexts("كمبالا للجميع", "خدمات مفتوحة.", made_by="machine")}
    moderation.approve(correction(published, title="Kampala", translations=said, submitter=SAM), by=moderator)
    gone, other = factories.initiative("Gone"), factories.initiative("Other")
    moderation.unpublish(gone, by=moderator, reason="Asked by the city.")
    address = published.get_absolute_url()
    looks.at_all(["/", "/initiatives/?theme=diaspora", "/initiatives/?q=nothing-like-it", address, "/themes/"])
    looks.at_all([f"{address}history/", f"{address}history/compare/?old=1&new=2", f"{address}history/1/"])
    looks.at_all(["/initiatives/map/", "/initiatives/coverage/", "/initiatives/statistics/", "/about/moderation/"])
    looks.at_all(["/about/", "/about/submitting/", "/about/data/", "/about/privacy/", "/accessibility/"])
    looks.at_all([f"/compare/?id={published.slug}&id={other.slug}", f"/shortlist/?id={published.slug}"])
    looks.at_all(["/accounts/login/", "/accounts/signup/"])


def test_axe_finds_nothing_to_complain_of_where_people_write(looks, published, waiting, moderator):
    begun = Draft.objects.create(member=moderator, answers={"title": ["Half a title"], "cities": ["Nowhere", ""]})
    page, address = looks.page, published.get_absolute_url()
    looks.at_all([begun.tracking_url, begun.edit_url, f"{begun.tracking_url}discard/", waiting.tracking_url])
    looks.at_all(
        [f"{waiting.tracking_url}withdraw/", f"{address}correct/", f"{address}report/", f"{address}translate/fr/"]
    )
    page.goto("/submit/")
    page.locator("#id_organisations-0-name").fill("Half a line")
    page.locator("#id_countries_0").fill("Atlantis")
    page.get_by_role("button", name="Submit for review").last.click()
    page.get_by_role("button", name="Add another organisation").click()
    looks.at("the form with mistakes")
    page.goto(f"{waiting.tracking_url}edit/")
    looks.at("the form of a change")
    page.get_by_label("Title").fill("Kampala for All")
    page.get_by_role("button", name="Preview").click()
    looks.at("the preview")
    page.goto(waiting.tracking_url)
    page.get_by_role("button", name="Send message").click()
    looks.at("an empty message")


def test_axe_finds_nothing_to_complain_of_at_the_desk(looks, published, waiting, moderator, sign_in):
    page = looks.page
    sign_in(page, moderator.email)
    SavedReply.objects.create(title="Ask: where", text="Where is it?")
    said = {"fr": TranslatedTexts("Kampala pour tous", "Services ouverts.", "Elle donne de l’argent.")}
    asked = [correction(published, title="Kampala for Everybody", translations=said), claim(published)]
    asked.append(report(published))
    moderation.approve(correction(published, title="Kampala", submitter=SAM), by=moderator)
    moderation.hold(asked[1], by=factories.moderator("ben@example.org", name="Ben"))
    looks.at_all(["/accounts/submissions/", "/moderation/?kind=new", "/moderation/?kind=nothing"])
    looks.at_all([f"{published.get_absolute_url()}claim/", f"/moderation/restore/{published.slug}/1/"])
    looks.at_all(f"/moderation/{each.pk}/" for each in asked)
    looks.at_all([f"/moderation/bulk/?submission={waiting.pk}-{waiting.revision_id}-0", f"/moderation/{waiting.pk}/"])
    page.goto(f"/moderation/{waiting.pk}/")
    page.keyboard.press("?")
    looks.at("the list of keys")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reject").click()
    looks.at("a decision without its note")
    page.get_by_label("Note to the submitter").fill("Not about migration.")
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("link", name="Undo").click()
    looks.at("undoing")
