"""Entries that a visitor picked: side by side, and as a shortlist."""

import re

import pytest

from initiatives import moderation
from tests import factories
from tests.browse.pages import get, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    return [
        factories.initiative(
            name, countries=[factories.country(code)], start_year=2020 + number, what_it_does=f"Helps with *{name}*."
        )
        for number, (name, code) in enumerate([("Alpha", "UG"), ("Beta", "TG"), ("Gamma", "MX"), ("Delta", "US")])
    ]


def address(page, *slugs):
    return f"/{page}/?" + "&".join(f"id={slug}" for slug in slugs)


def test_entries_stand_side_by_side_with_what_each_says(entries, client):
    page = get(client, address("compare", "beta", "alpha", "gamma"))
    titles = re.findall(r'scope="col">\s*<a href="/initiatives/(\w+)/"', page)
    assert titles == ["beta", "alpha", "gamma"]
    rows = re.findall(r'<th role="rowheader" scope="row">(?:<h2>)?([^<]*)<', page)
    assert rows == ["Where", "When", "Submitted by", "Summary", "What it does"]
    assert "<em>Beta</em>" in page
    assert [text in text_of(page) for text in ("Uganda", "2021", "Not said")] == [True, True, False]


def test_what_only_one_entry_says_is_missing_with_the_other_in_words(entries, client):
    factories.initiative("Lean")
    assert "Where Alpha Uganda Lean Not said" in text_of(get(client, address("compare", "alpha", "lean")))


def test_an_entry_is_taken_out_of_a_comparison_by_a_link(entries, client):
    page = get(client, address("compare", "alpha", "beta", "gamma"))
    assert 'href="/compare/?id=alpha&amp;id=gamma">Remove' in page


@pytest.mark.parametrize("asked", [[], ["alpha"], ["alpha", "alpha"], ["alpha", "nothing"]])
def test_a_comparison_wants_two_entries_and_says_how_to_choose_them(entries, client, asked):
    assert "Choose two to four initiatives" in text_of(get(client, address("compare", *asked)))


def test_what_cannot_be_compared_is_told(entries, client):
    factories.initiative("Epsilon")
    asked = ["alpha", "beta", "no-such", "gamma", "delta", "epsilon", "x" * 3000]
    words = text_of(get(client, address("compare", *asked)))
    assert "There is no entry “no-such” in the catalogue." in words
    assert "Only the first 4 are shown." in words
    assert "Epsilon" not in words


def test_a_shortlist_is_a_briefing_that_its_link_brings_again(entries, client):
    page = get(client, address("shortlist", "gamma", "alpha"))
    words = text_of(page)
    assert "2 initiatives to read, share or print" in words
    assert words.index("Gamma") < words.index("Alpha")
    assert "Helps with Gamma" in words
    assert 'value="http://testserver/shortlist/?id=gamma&amp;id=alpha"' in page
    assert 'href="/compare/?id=gamma&amp;id=alpha"' in page


def test_an_empty_shortlist_says_how_to_fill_it(client):
    assert "Your shortlist is empty" in text_of(get(client, "/shortlist/"))


def test_neither_shows_what_is_not_public(entries, client, moderator):
    waiting = factories.submission("Secret plan")
    moderation.unpublish(entries[0], by=moderator, reason="Asked.")
    for page in ("compare", "shortlist"):
        words = text_of(get(client, address(page, "alpha", "secret-plan", str(waiting.initiative_id), "beta")))
        assert "Helps with Alpha" not in words
        assert "Secret plan" not in words


def test_a_shortlist_of_fifty_takes_no_more_queries_than_one_of_two(entries, client, django_assert_max_num_queries):
    for number in range(46):
        factories.initiative(f"More {number}")
    slugs = [f"more-{number}" for number in range(46)]
    get(client, address("shortlist", "alpha"))
    with django_assert_max_num_queries(16):
        get(client, address("shortlist", "alpha", "beta", *slugs))
