"""The form of a list: its address, its order, its pages, the filters in force."""

import re

import pytest

from tests import factories
from tests.browse.pages import chips, get, notices, text_of, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def few():
    """Two entries."""
    for title in ("Entry 00", "Entry 01"):
        factories.initiative(title, themes=[factories.theme("sea")], countries=[factories.country("UG")])


def test_each_filter_in_force_has_a_link_that_removes_exactly_this_one(few, client):
    factories.theme("hills")
    page = get(client, "/initiatives/?q=entry&theme=sea&theme=hills&theme=%3Czoo%3E&country=ug&sort=title")
    assert chips(page) == {
        ("Search", "“entry”"): "/initiatives/?theme=%3Czoo%3E&theme=hills&theme=sea&country=UG&sort=title",
        ("Theme", "Sea"): "/initiatives/?q=entry&theme=%3Czoo%3E&theme=hills&country=UG&sort=title",
        ("Theme", "Hills"): "/initiatives/?q=entry&theme=%3Czoo%3E&theme=sea&country=UG&sort=title",
        ("Theme", "<zoo>"): "/initiatives/?q=entry&theme=hills&theme=sea&country=UG&sort=title",
        ("Country", "Uganda"): "/initiatives/?q=entry&theme=%3Czoo%3E&theme=hills&theme=sea&sort=title",
    }
    assert 'href="/initiatives/?q=entry&amp;sort=title"' in page  # all filters away, the search stays


def test_the_last_filter_removed_leads_to_the_whole_list(few, client):
    assert chips(get(client, "/initiatives/?theme=zoo")) == {("Theme", "zoo"): "/initiatives/"}
    assert chips(get(client, "/themes/sea/?year=1999")) == {("Active in", "1999"): "/themes/sea/"}


def test_a_range_of_years_is_one_filter_in_force(few, client):
    def years(query):
        return chips(get(client, f"/initiatives/?{query}"))

    assert years("theme=sea&year_from=2015&year_to=2020") == {
        ("Theme", "Sea"): "/initiatives/?year_from=2015&year_to=2020",
        ("Active in", "2015–2020"): "/initiatives/?theme=sea",
    }
    assert years("year_from=2015&year_to=2015") == {("Active in", "2015"): "/initiatives/"}
    assert years("year_from=2015&year=2016") == {
        ("Active in", "2016"): "/initiatives/?year_from=2015",
        ("Active in", "from 2015"): "/initiatives/?year=2016",
    }
    assert years("year_to=2015") == {("Active in", "until 2015"): "/initiatives/"}
    assert years("year_from=2020&year_to=2015") == {
        ("Active in", "from 2020"): "/initiatives/?year_to=2015",
        ("Active in", "until 2015"): "/initiatives/?year_from=2020",
    }


def test_without_a_filter_there_is_nothing_to_remove(few, client):
    assert chips(get(client, "/initiatives/")) == {}


def test_a_list_is_sorted_newest_first_unless_asked_otherwise(client):
    for title in ("Beta", "Alpha", "Gamma"):
        factories.initiative(title)
    newest = ["Gamma", "Alpha", "Beta"]
    assert titles(client) == titles(client, "?sort=newest") == titles(client, "?sort=relevance") == newest
    assert titles(client, "?sort=oldest") == newest[::-1]
    assert titles(client, "?sort=title") == ["Alpha", "Beta", "Gamma"]


def test_titles_are_in_one_order_whatever_the_database(client):
    ordered = [
        "1 a",
        "10 a",
        "A",
        "a a",
        "A-b",
        "  a c",
        "Ab",
        "Äc",
        "“Zebra”",
        "Œuvre x",
        "Zulu",
        "École z",
        "كمبالا",
    ]
    ordered = [
        "1 a",
        "10 a",
        "A",
        "a a",
        "A-b",
        "  a c",
        "Ab",
        "Äc",
        "École z",
        "Œuvre x",
        "“Zebra”",
        "Zulu",
        "كمبالا",
    ]
    for title in ordered[::-1]:
        factories.initiative(title)
    assert titles(client, "?sort=title") == ordered


def test_an_unknown_order_is_named_and_the_list_is_in_its_usual_one(few, client):
    page = get(client, "/initiatives/?sort=loudest")
    assert notices(page) == ["There is no order “loudest”; the list is in its usual order."]


def test_a_list_without_entries_is_one_empty_page(client):
    assert titles(client) == titles(client, "?page=1") == []
    page = text_of(get(client, "/initiatives/"))
    assert "Nothing is published here yet" in page
    assert "filter above" not in page
    get(client, "/initiatives/?page=2", 404)


@pytest.mark.parametrize("asked", ["?q=water", "?theme=zoo", "?year=soon"])
def test_an_empty_catalogue_still_says_that_nothing_matches_what_was_asked(client, asked):
    assert "No initiative matches" in text_of(get(client, f"/initiatives/{asked}"))


def test_a_list_that_matches_nothing_offers_the_whole_catalogue(few, client):
    page = get(client, "/initiatives/?theme=zoo&sort=title")
    assert "No initiative matches" in text_of(page)
    assert re.search('<a class="button[^>]* href="/initiatives/"[^>]*>Browse all initiatives</a>', page)


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/about/", "/themes/", "/feeds/initiatives.atom", "/initiatives/", "/initiatives/map/"),
        *("/initiatives/coverage/", "/initiatives/coverage/?by=themes", "/initiatives/statistics/"),
    ],
)
def test_pages_of_an_empty_catalogue_work(path, client):
    get(client, path)


@pytest.mark.parametrize("way", ["", "map/", "statistics/"])
def test_an_empty_catalogue_asks_for_the_first_entry_and_not_to_take_filters_away(client, way):
    page = client.get(f"/initiatives/{way}").content.decode()
    assert "Nothing is published here yet" in page
    assert "Take away a filter" not in page
