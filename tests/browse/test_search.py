"""What a visitor finds by typing words."""

import pytest
from django.core.management import call_command

from initiatives.content import NamedOrganisation
from initiatives.models import SearchDocument
from tests import factories
from tests.browse.pages import get, text_of, titles
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


def organisation(name, type_="diaspora", role="lead"):
    return NamedOrganisation(name, type_, role)


@pytest.fixture(scope="module")
def kampala(kept):
    """One entry with something in every place where words are looked for, and one with none of it."""
    factories.initiative("Unrelated")
    return factories.initiative(
        "Safety nets",
        summary="Cash for newcomers.",
        what_it_does="Teaches **swimming**.",
        how_it_works="With bicycles.",
        results="Forty families.",
        reusable="A handbook.",
        cities=[factories.city("Kampala", other_names=["Kampalla", "Nakasero Hill"])],
        countries=[factories.country("CI"), factories.country("MA")],
        themes=[factories.theme("urban-planning")],
        keywords=["Street vendors"],
        organisations=[organisation("Ugandan Diaspora Union"), organisation("Jinja College", "academia", "partner")],
    )


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("safety", id="title"),
        pytest.param("newcomers", id="summary"),
        pytest.param("swimming", id="what it does"),
        pytest.param("bicycles", id="how it works"),
        pytest.param("forty", id="results"),
        pytest.param("handbook", id="what others can reuse"),
        pytest.param("diaspora union", id="organisation that leads"),
        pytest.param("jinja", id="partner"),
        pytest.param("kampala", id="city"),
        pytest.param("nakasero", id="other name of the city"),
        pytest.param("uganda", id="country of the city"),
        pytest.param("Côte d’Ivoire", id="country"),
        pytest.param("Ouganda", id="country in French"),
        pytest.param("Marruecos", id="country in Spanish"),
        pytest.param("أوغندا", id="country in Arabic"),
        pytest.param("ساحل العاج", id="country in Arabic, two words"),
        pytest.param("urban", id="theme"),
        pytest.param("vendors", id="keyword"),
        pytest.param("SAFETY", id="capitals"),
        pytest.param("cote d'ivoire", id="without accents"),
        pytest.param("Sàfétÿ", id="with other accents"),
        pytest.param("اوغندا", id="another letter alef"),
        pytest.param("newc", id="beginning of a word"),
        pytest.param("kampala swimming vendors", id="words from different places"),
        pytest.param("nets safety", id="words in another order"),
        pytest.param("  safety,   nets!  ", id="punctuation and spaces"),
        pytest.param('"safety nets"', id="quotes"),
        pytest.param("safety-nets", id="hyphen"),
    ],
)
def test_an_entry_is_found_by(query, kampala, client):
    assert titles(client, "?q=" + query) == ["Safety nets"]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("zebra", id="a word it does not have"),
        pytest.param("safety zebra", id="one word it has and one it does not have"),
        pytest.param("afety", id="the inside of a word"),
        pytest.param("safetynets", id="two words written as one"),
    ],
)
def test_an_entry_is_not_found_by(query, kampala, client):
    assert "0 initiatives" in text_of(get(client, "/initiatives/?q=" + query))


@pytest.mark.parametrize(
    "query",
    [
        *["%25", "_", "\\", "%5C%25", "'", '"', "*", "...", "😀", "❤️", "%C2%AD", "%E2%80%8B", "safety%25zebra"],
        "' OR 1=1 --",
        "'; DROP TABLE initiatives_initiative; --",
        "safety') OR ('1'='1",
        "{{ 7 }}{% now %}",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "s_fety",
        "s%25y",
        "[[:alpha:]]*",
    ],
)
def test_signs_that_mean_something_to_a_database_find_nothing_and_break_nothing(query, kampala, client):
    page = get(client, "/initiatives/?q=" + query)
    assert "Safety nets" not in page and "Unrelated" not in page
    assert "<script>alert" not in page
    assert titles(client, "?q=safety") == ["Safety nets"]


def test_a_search_of_a_thousand_words_looks_at_the_first_ones_only(kampala, client):
    assert titles(client, "?q=" + "+".join(["sa"] * 60)) == ["Safety nets"]
    assert titles(client, "?q=" + "+".join(f"s{n}" for n in range(40))) == []


def test_a_search_that_is_too_long_matches_nothing_and_says_so(kampala, client):
    page = get(client, "/initiatives/?q=" + "safety+" * 100)
    assert "Your search has 699 characters; at most 200 can be searched for." in page
    assert "Safety nets" not in page


def test_an_empty_search_shows_everything(kampala, client):
    assert titles(client, "?q=") == titles(client, "?q=++") == ["Safety nets", "Unrelated"]


def test_what_was_searched_for_stands_in_the_box_again_and_is_harmless(client):
    page = get(client, "/initiatives/?q=%22%3E%3Cb%3Ebold")
    assert 'value="&quot;&gt;&lt;b&gt;bold"' in page
    assert "<b>bold" not in page


def test_a_search_finds_title_before_organisation_and_place_before_text(client):
    factories.initiative("In the title: Lomé")
    factories.initiative("In the place", cities=[factories.city("Lomé", "TG")])
    factories.initiative("In the organisation", organisations=[organisation("Friends of Lomé")])
    factories.initiative("In the text", what_it_does="As in Lomé.")
    factories.initiative("Not at all")
    assert titles(client, "?q=lome") == [
        "In the title: Lomé",
        "In the organisation",
        "In the place",
        "In the text",
    ]


def test_entries_of_equal_relevance_are_in_order_of_publication_newest_first(client):
    for number in range(3):
        factories.initiative(f"Port {number}")
    assert titles(client, "?q=port") == ["Port 2", "Port 1", "Port 0"]


def test_an_entry_with_more_words_in_its_title_comes_first(client):
    factories.initiative("Port of call", summary="For migrants.")
    factories.initiative("Migrants in the port")
    factories.initiative("Call centre", summary="For migrants in the port.")
    assert titles(client, "?q=port+migrants") == ["Migrants in the port", "Port of call", "Call centre"]


def test_a_search_may_be_sorted_otherwise(client):
    factories.initiative("Port B")
    factories.initiative("Harbour A", summary="A port.")
    assert titles(client, "?q=port&sort=newest") == ["Harbour A", "Port B"]
    assert titles(client, "?q=port&sort=title") == ["Harbour A", "Port B"]
    assert titles(client, "?q=port&sort=oldest") == ["Port B", "Harbour A"]


def test_a_search_narrows_filters_and_is_narrowed_by_them(client):
    factories.initiative("Port with theme", themes=[factories.theme("sea")])
    factories.initiative("Hill with theme", themes=[factories.theme("sea")])
    factories.initiative("Port without")
    assert titles(client, "?q=port&theme=sea") == ["Port with theme"]


def test_a_search_reads_the_version_that_is_shown_and_no_other(client, moderator):
    from initiatives import moderation

    entry = factories.initiative("Old name")
    correction = moderation.submit(factories.content("New name"), submitter=moderation.Submitter(), base=entry.public)
    assert (titles(client, "?q=old+name"), titles(client, "?q=new+name")) == (["Old name"], [])
    moderation.approve(correction, by=moderator)
    assert (titles(client, "?q=old+name"), titles(client, "?q=new+name")) == ([], ["New name"])


def test_a_word_in_chinese_is_found_inside_a_title_without_spaces(client):
    factories.initiative("坎帕拉移民融入")
    assert titles(client, "?q=移民") == ["坎帕拉移民融入"]


def test_the_search_index_can_be_made_anew(kampala, client):
    SearchDocument.objects.all().delete()
    assert titles(client, "?q=safety") == []
    call_command("rebuild_search")
    assert titles(client, "?q=safety") == ["Safety nets"]


@pytest.mark.parametrize("answered_by", ["database", "memory"])
def test_where_a_search_finds_nothing_what_was_probably_meant_is_shown_at_once(answered_by, kampala, client, request):
    if answered_by == "memory":
        request.getfixturevalue("with_index")
    page = get(client, "/initiatives/?q=swiming")
    assert "0 initiatives" in text_of(page) and "Did you mean swimming" in text_of(page)
    assert "What has “ swimming ”" in text_of(page) and titles(client, "?q=swiming") == ["Safety nets"]
    assert '<a href="/initiatives/?q=swimming">All results for' in page
    # Not where the filters leave none of them.
    assert "Safety nets" not in get(client, "/initiatives/?q=swiming&submitter=verified")


def test_a_search_that_is_too_long_stays_in_the_box_to_be_shortened(client):
    factories.initiative("Harbour")
    long = "word " * 80
    for path in ("/initiatives/", "/initiatives/map/", "/initiatives/statistics/"):
        page = client.get(path, {"q": long}).content.decode()
        assert f'value="{long.strip()}"' in page
        assert "Take away a filter above" not in page


@pytest.mark.parametrize("way", ["map", "coverage", "statistics"])
def test_every_way_to_look_at_the_entries_can_be_searched_and_keeps_what_is_chosen(client, way):
    factories.initiative("Harbour", countries=[factories.country("UG")])
    factories.initiative("Market", countries=[factories.country("UG")])
    page = Visitor(client).open(f"/initiatives/{way}/?country=UG").press("Search", q="harbour")
    assert page.url.startswith(f"/initiatives/{way}/?") and "country=UG" in page.url and "q=harbour" in page.url
    assert "1 initiative" in page.main
