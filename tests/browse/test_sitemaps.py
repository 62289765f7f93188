"""What search engines are told: the map of the site, and what to leave alone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import moderation
from initiatives.browse import sitemaps
from initiatives.content import Listing
from tests import factories
from tests.browse.pages import get

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def locations(client, path):
    """Return the paths that a map names, in order."""
    answer = client.get(path)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/xml"
    return re.findall(rf"<loc>{SITE}([^<]*)</loc>", answer.content.decode())


def everything(client):
    return [path for section in locations(client, "/sitemap.xml") for path in locations(client, section)]


def test_the_map_names_every_public_page_in_each_language_and_nothing_else(client, moderator):
    kampala = factories.city("Kampala", slug="kampala")
    mayors = Listing(factories.channel("mayors"))
    factories.initiative("Shown", cities=[kampala], themes=[factories.theme("sea")], listings=[mayors])
    factories.submission("Waiting", cities=[factories.city("Lomé", "TG")], themes=[factories.theme("hills")])
    gone = factories.initiative("Gone", countries=[factories.country("MA")])
    moderation.unpublish(gone, by=moderator, reason="It never was.")

    named = everything(client)
    assert {path for path in named if "/initiatives/" in path} == {
        f"{language}/initiatives/{page}"
        for language in ("", "/fr", "/es", "/ar")
        for page in ("", "map/", "coverage/", "statistics/", "shown/")
    }
    of_vocabulary = {path for path in named if re.match(r"/(themes|channels|countries|cities)/.", path)}
    assert of_vocabulary == {"/themes/sea/", "/channels/mayors/", "/countries/UG/", "/cities/kampala/"}
    assert {"/", "/fr/", "/about/", "/ar/about/privacy/", "/accessibility/"} <= set(named)
    assert len(named) == len(set(named))
    # And each is there.
    assert {path: client.get(path).status_code for path in named if client.get(path).status_code != 200} == {}


def test_each_address_says_where_it_is_in_the_other_languages_and_an_entry_when_it_was_approved(client):
    entry = factories.initiative("Shown")
    page = get(client, "/sitemap/entries-1.xml")
    first = page.split("</url>")[0]
    assert re.findall(r'hreflang="([^"]*)" href="([^"]*)"', first) == [
        (code, f"{SITE}{prefix}/initiatives/shown/")
        for code, prefix in [("en", ""), ("fr", "/fr"), ("es", "/es"), ("ar", "/ar"), ("x-default", "")]
    ]
    assert f"<lastmod>{entry.public.approved_at:%Y-%m-%d}</lastmod>" in first


def test_sections_stay_small_and_cost_the_same_however_many_entries_there_are(client, monkeypatch):
    monkeypatch.setattr(sitemaps.Section, "limit", 10)
    costs = []
    for more in (3, 6):
        for number in range(more):
            factories.initiative(f"Entry {number}", cities=[factories.city()], themes=[factories.theme(f"t-{number}")])
        with CaptureQueriesContext(connection) as captured:
            sections = locations(client, "/sitemap.xml")
        entries = [path for path in sections if "entries" in path]
        with CaptureQueriesContext(connection) as of_entries:
            found = [locations(client, path) for path in entries]
        costs.append((len(captured), len(of_entries) // len(entries)))
    assert entries == [f"/sitemap/entries-{page}.xml" for page in (1, 2, 3, 4)]
    assert [len(each) for each in found] == [10, 10, 10, 6]
    assert len({path for each in found for path in each}) == 36
    assert costs[0] == costs[1] and costs[0][1] <= 5


@pytest.mark.parametrize("path", ["/sitemap/entries-2.xml", "/sitemap/entries-0.xml", "/sitemap/people-1.xml"])
def test_a_section_that_is_not_there_is_not_found(path, client):
    assert client.get(path).status_code == 404


def test_programs_are_asked_to_leave_private_and_endless_pages_alone_and_led_to_the_map(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    closed = {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")}
    assert {"/moderation/", "/ar/moderation/", "/submissions/", "/fr/submissions/", "/accounts/", "/*?"} <= closed
    assert "Allow: /*?page=" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines

    def is_closed(path):
        rules = [line.split(": ") for line in lines if line.startswith(("Allow", "Disallow"))]
        matching = [(len(rule), what) for what, rule in rules if re.match(re.escape(rule).replace(r"\*", ".*"), path)]
        return max(matching, default=(0, "Allow"))[1] == "Disallow"

    factories.initiative("Shown", cities=[factories.city("Kampala")])
    assert [path for path in everything(client) if is_closed(path)] == []
    assert not is_closed("/initiatives/?page=2") and is_closed("/initiatives/?theme=sea")
    assert is_closed("/initiatives/shown/correct/") and is_closed("/fr/initiatives/shown/translate/fr/")
    assert is_closed("/fr/submissions/secret/edit/")


def test_who_looks_for_an_icon_where_it_always_was_is_led_to_it(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/static/img/favicon.ico")
