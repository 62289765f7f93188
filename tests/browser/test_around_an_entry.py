"""The pages around an entry, as axe-core sees them."""

from dataclasses import replace

import pytest

from initiatives import moderation
from initiatives.content import read
from tests import factories
from tests.browser.test_accessibility import entry, found_on

# What axe and a script make of a page does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_to_complain_of_around_an_entry(open_page, sign_in, moderator, width, scheme):
    published = factories.initiative(**entry("Kampala for All"))
    said = replace(read(published.public), title="Kampala for Everyone", keywords=["cash"], change_note="Renamed.")
    moderation.approve(moderation.submit(said, submitter=moderation.Submitter(), base=published.public), by=moderator)
    about = published.get_absolute_url()
    history = f"{about}history/"
    complaints = {}

    def look(path):
        page.goto(path)
        if found := found_on(page):
            complaints[path] = found

    page = open_page("/", width=width, color_scheme=scheme)
    for path in (about, history, f"{history}1/", f"{history}2/"):
        look(path)
    for path in (f"{history}compare/?old=1&new=2", f"{history}compare/?old=1&new=1"):
        look(path)
    for path in (f"{about}correct/", f"{about}report/"):
        look(path)
    sign_in(page, moderator.email)
    for path in (f"{about}claim/", f"/moderation/restore/{published.slug}/1/", "/accounts/submissions/"):
        look(path)
    assert complaints == {}
