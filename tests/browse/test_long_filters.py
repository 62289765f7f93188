"""A filter with more values than are shown at first."""

import re
from html import unescape

import pytest

from tests import factories
from tests.browse.pages import canonical, get, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def many(kept):
    """Forty keywords, "word 39" on one entry and "word 00" on forty."""
    for number in range(40):
        factories.initiative(keywords=[f"word {each:02}" for each in range(number + 1)])


def offered(page, name="keyword"):
    return re.findall(rf'<input type="checkbox" name="{name}" value="([^"]+)"', page)


def test_a_long_filter_shows_the_thirty_most_frequent_values_with_exact_counts(client):
    page = get(client, "/initiatives/")
    assert offered(page) == [f"word-{number:02}" for number in range(30)]
    assert "word 00 40 word 01 39" in text_of(page) and "word 29 11 Show all 40" in text_of(page)


def test_a_long_filter_shows_whatever_is_chosen_in_it(client):
    page = get(client, "/initiatives/?keyword=word-39&keyword=word-38")
    assert offered(page) == ["word-38", "word-39", *(f"word-{number:02}" for number in range(30))]


def test_show_all_leads_to_the_same_list_with_the_whole_filter_open(client):
    page = get(client, "/initiatives/?q=summary&keyword=word-39")
    (url,) = re.findall('<a href="([^"]*)">Show all 40', page)
    assert unescape(url) == "/initiatives/?q=summary&keyword=word-39&all=keyword#choices-keyword"
    whole = get(client, unescape(url).partition("#")[0])
    assert offered(whole) == ["word-39", *(f"word-{number:02}" for number in range(39))]
    assert "Show all" not in whole
    assert 'data-narrow="choices-keyword"' in whole
    opened = get(client, "/initiatives/?all=keyword")
    assert re.search(r'<details class="facet" id="facet-keyword" open>\s*<summary>Keyword', opened)


def test_showing_a_whole_filter_changes_neither_the_canonical_address_nor_what_follows(client):
    page = get(client, "/initiatives/?all=keyword&keyword=word-00")
    assert canonical(page) == "/initiatives/?keyword=word-00"
    assert "all=" not in page.split('class="results"')[1].split("</main>")[0]
    assert '<input type="hidden" name="all" value="keyword">' in page  # the next filter finds it whole as well
    assert get(client, "/initiatives/?all=nonsense")
