"""Quotes, minus signs, and what else people put into a search box."""

import pytest

from initiatives.models import Initiative
from initiatives.search.text import find, has_complete, matching
from tests import factories
from tests.browse.pages import get, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def entries(kept):
    factories.initiative("Safety nets", summary="For the city of Lomé.", countries=[factories.country("CI")])
    factories.initiative("Nets of safety", summary="Nets are something else.")


def found(query):
    return set(matching(Initiative.objects.published(), query).values_list("current__title", flat=True))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"safety nets"', {"Safety nets"}),
        ("“safety nets”", {"Safety nets"}),
        ("«safety nets»", {"Safety nets"}),
        ('"SAFETY  Néts!"', {"Safety nets"}),
        ('"nets safety"', set()),
        ('"safety net"', set()),
        ('"safety net', {"Safety nets"}),
        ('"of safety" nets', {"Nets of safety"}),
        ('"for the city"', {"Safety nets"}),
        ('"the"', {"Safety nets"}),
        ('"nets safety safety nets"', set()),
        ('"Côte d’Ivoire"', {"Safety nets"}),
        ('"Ivoire Ivory"', set()),
        ("safety -lome", {"Nets of safety"}),
        ("safety -lomé -else", set()),
        ('safety -"safety nets"', {"Nets of safety"}),
        ("safety -Elfenbeinküste", {"Safety nets", "Nets of safety"}),
        ("safety -Ivory", {"Nets of safety"}),
        ("safety -cities", {"Nets of safety"}),
        ("safety - lome", {"Safety nets"}),
        ("-lome", set()),
        ('"', set()),
        ('""', set()),
        ("-", set()),
        ('-"', set()),
        ("❤️ 😀", set()),
    ],
)
def test_quotes_hold_words_together_and_a_minus_leaves_them_out(query, expected, entries):
    assert found(query) == expected
    assert {entry.public.title for entry in Initiative.objects.filter(pk__in=find(query).ids.tolist())} == expected


def test_no_phrase_reaches_from_one_text_of_an_entry_into_the_next():
    factories.initiative("One two", summary="Three.", what_it_does="Four.", keywords=["five", "six"])
    assert [found(query) for query in ('"two three"', '"three four"', '"five six"')] == [set()] * 3


@pytest.mark.parametrize(
    "query",
    [
        "safety " * 1400,
        "\x00safety\x00",
        'safety" OR "1"="1',
        "safety AND NOT (nets",
        "NEAR(safety nets)",
        "tokens:safety",
        "safety & nets | !x <-> y:*",
        "1safety ~safeti #iom",
        "^safety * ' \\ %",
        "\ud800safety",
    ],
)
def test_whatever_is_typed_is_words_and_the_answer_a_page(query, entries, client):
    assert set(find(query).ids.tolist()) == set(
        matching(Initiative.objects.published(), query).values_list("pk", flat=True)
    )
    if not {"\0", "\ud800"} & set(query):  # which the site refuses at its door
        assert client.get("/initiatives/", {"q": query}).status_code == 200


def test_where_no_entry_has_all_of_three_words_those_with_two_are_shown_and_the_page_says_so(entries, client):
    assert titles(client, "?q=safety+nets+lome") == ["Safety nets"]
    page = get(client, "/initiatives/?q=safety+city+zebra")
    assert "No initiative has all of these words. These have most of them." in page
    assert titles(client, "?q=safety+city+zebra") == ["Safety nets"]
    assert "most of them" not in get(client, "/initiatives/?q=safety+nets+lome")
    # Quotes are meant, of two words both, and what is not wanted stays away.
    assert titles(client, '?q="safety"+city+zebra') == titles(client, "?q=safety+zebra") == []
    assert titles(client, "?q=safety+city+zebra+-lome") == []
    assert (has_complete("safety city"), has_complete("safety city zebra")) == (True, False)
    assert find("safety city zebra").is_complete is False
