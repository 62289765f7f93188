"""The form of a list: its address, its order, its pages, the filters in force."""

import re
from urllib.parse import quote

import pytest

from tests import factories
from tests.browse.pages import canonical, chips, get, notices, text_of, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    """Forty-one entries, three pages of a list."""
    make(41)


@pytest.fixture
def few():
    """Two entries."""
    make(2)


def make(count):
    for number in range(count):
        factories.initiative(
            f"Entry {number:02}", themes=[factories.theme("sea")], countries=[factories.country("UG")]
        )


CANONICAL = {
    "": "",
    "?": "",
    "?page=1": "",
    "?utm_source=mail": "",
    "?theme=&q=&sort=": "",
    "?sort=newest": "",
    "?sort=relevance": "",
    "?sort=nonsense": "",
    "?sort=title": "?sort=title",
    "?q=entry&sort=relevance": "?q=entry",
    "?q=entry&sort=newest": "?q=entry&sort=newest",
    "?q=++entry++": "?q=entry",
    "?country=ug&theme=sea&q=entry": "?q=entry&theme=sea&country=UG",
    "?theme=sea&q=entry&country=UG": "?q=entry&theme=sea&country=UG",
    "?theme=zoo&theme=sea&theme=zoo": "?theme=sea&theme=zoo",
    "?theme=sea&theme=zoo": "?theme=sea&theme=zoo",
    "?page=2&theme=sea": "?theme=sea&page=2",
    "?year=2015&year=2020": "?year=2020",
    "?year_to=2020&year=2015&theme=sea&year_from=٢٠١٥": "?theme=sea&year=2015&year_from=2015&year_to=2020",
    "?year_to=2015&year_from=2020": "?year_from=2020&year_to=2015",
    "?year_from=&year_to=+": "",
    "?q=Côte+d’Ivoire+%26+100%25": "?q=" + quote("Côte d’Ivoire & 100%").replace("%20", "+"),
}


def test_a_list_has_one_canonical_address(entries, client, subtests):
    for query, stable in CANONICAL.items():
        with subtests.test(query):
            assert canonical(get(client, "/initiatives/" + query)) == "/initiatives/" + stable
            assert canonical(get(client, "/initiatives/" + stable)) == "/initiatives/" + stable


def test_a_theme_page_has_its_own_canonical_address(entries, client):
    assert canonical(get(client, "/themes/sea/?theme=sea&country=ug&page=2")) == "/themes/sea/?country=UG&page=2"


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
        ("Active until", "2015"): "/initiatives/?year_from=2020",
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


def test_a_list_has_pages_of_twenty(entries, client):
    pages = [titles(client, f"?page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 1]
    assert len({title for page in pages for title in page}) == 41
    assert pages[0] == titles(client)


def test_every_page_says_how_many_entries_there_are_and_leads_to_its_neighbours(entries, client):
    page = get(client, "/initiatives/?theme=sea&page=2")
    assert "41 initiatives" in text_of(page)
    assert 'href="/initiatives/?theme=sea" rel="prev"' in page
    assert 'href="/initiatives/?theme=sea&amp;page=3" rel="next"' in page


@pytest.mark.parametrize("path", ["/initiatives/", "/themes/sea/", "/countries/UG/"])
def test_a_page_that_is_not_there_is_not_found_in_the_sites_clothes(path, entries, client, subtests):
    for number in ["0", "-1", "4", "1000000000", "9" * 400, "abc", "", "1.0", "+1", "٣", "²", "1e0"]:
        with subtests.test(number):
            page = get(client, f"{path}?page={quote(number)}", 404)
            assert 'class="masthead"' in page
            told = f"There is no page “{number if len(number) < 60 else number[:60] + '…'}” in this list"
            assert f"{told}; it has pages 1 to 3." in text_of(page)
            assert f'href="{path}"' in page and f'href="{path}?page=3"' in page
            assert "Entry 0" not in page


def test_a_page_that_is_not_there_leads_to_the_pages_of_the_same_filtered_list(entries, client):
    page = get(client, "/initiatives/?q=entry&country=UG&page=9", 404)
    assert 'href="/initiatives/?q=entry&amp;country=UG"' in page
    assert 'href="/initiatives/?q=entry&amp;country=UG&amp;page=3"' in page
    assert "it has one page." in text_of(get(client, "/initiatives/?q=nothing&page=2", 404))


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


def test_a_new_search_keeps_the_filters_and_new_filters_keep_the_search(entries, client):
    page = get(client, "/initiatives/?q=entry&theme=sea&sort=title&page=2")
    search, filters = page.split('<form class="filters"')
    assert '<input type="hidden" name="theme" value="sea">' in search
    assert '<input type="hidden" name="sort" value="title">' in search
    assert 'name="page"' not in page
    assert '<input type="hidden" name="q" value="entry">' in filters
    assert '<input type="hidden" name="theme"' not in filters


@pytest.mark.parametrize("path", ["/", "/about/", "/initiatives/", "/themes/", "/feeds/initiatives.atom"])
def test_pages_of_an_empty_catalogue_work(path, client):
    get(client, path)
