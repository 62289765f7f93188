"""The pages of a list that has three, and the addresses that lead to them."""

from urllib.parse import quote

import pytest

from initiatives.browse.listing import Listing
from tests import factories
from tests.browse.pages import canonical, get, text_of, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def entries(kept):
    """Forty-one entries, three pages of a list."""
    for number in range(41):
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


def test_a_list_has_one_canonical_address(rf, subtests):
    for query, stable in CANONICAL.items():
        with subtests.test(query):
            for asked in (query, stable):
                assert Listing(rf.get("/initiatives/" + asked)).canonical_path == "/initiatives/" + stable


def test_a_theme_page_has_its_own_canonical_address(client):
    assert canonical(get(client, "/themes/sea/?theme=sea&country=ug&page=2")) == "/themes/sea/?country=UG&page=2"


def test_a_list_has_pages_of_twenty(client):
    pages = [titles(client, f"?page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 1]
    assert len({title for page in pages for title in page}) == 41
    assert pages[0] == titles(client)


def test_every_page_says_how_many_entries_there_are_and_leads_to_its_neighbours(client):
    page = get(client, "/initiatives/?theme=sea&page=2")
    assert "41 initiatives" in text_of(page)
    assert 'href="/initiatives/?theme=sea" rel="prev"' in page
    assert 'href="/initiatives/?theme=sea&amp;page=3" rel="next"' in page


@pytest.mark.parametrize("path", ["/initiatives/", "/themes/sea/", "/countries/UG/"])
def test_a_page_that_is_not_there_is_not_found_in_the_sites_clothes(path, client, subtests):
    for number in ["0", "-1", "4", "1000000000", "9" * 400, "abc", "", "1.0", "+1", "٣", "²", "1e0"]:
        with subtests.test(number):
            page = get(client, f"{path}?page={quote(number)}", 404)
            assert 'class="masthead"' in page
            told = f"There is no page “{number if len(number) < 60 else number[:60] + '…'}” in this list"
            assert f"{told}; it has pages 1 to 3." in text_of(page)
            assert f'href="{path}"' in page and f'href="{path}?page=3"' in page
            assert "Entry 0" not in page


def test_a_page_that_is_not_there_leads_to_the_pages_of_the_same_filtered_list(client):
    page = get(client, "/initiatives/?q=entry&country=UG&page=9", 404)
    assert 'href="/initiatives/?q=entry&amp;country=UG"' in page
    assert 'href="/initiatives/?q=entry&amp;country=UG&amp;page=3"' in page
    assert "it has one page." in text_of(get(client, "/initiatives/?q=nothing&page=2", 404))


def test_a_new_search_keeps_the_filters_and_new_filters_keep_the_search(client):
    page = get(client, "/initiatives/?q=entry&theme=sea&sort=title&page=2")
    search, filters = page.split('<form class="filters"')
    assert '<input type="hidden" name="theme" value="sea">' in search
    assert '<input type="hidden" name="sort" value="title">' in search
    assert 'name="page"' not in page
    assert '<input type="hidden" name="q" value="entry">' in filters
    assert '<input type="hidden" name="theme"' not in filters
