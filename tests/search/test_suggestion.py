"""A misspelt word: "Did you mean" says it as the catalogue has it."""

import pytest

from initiatives import moderation
from initiatives.models import Initiative, SearchTerm
from initiatives.search.text import suggestion
from tests import factories
from tests.browse.pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    factories.initiative("Kampala for All", summary="Swimming with pastoralists.", themes=[factories.theme("sea")])
    factories.initiative("Éducation à Lomé", summary="Des écoles.", language="fr")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kampla", "kampala"),
        ("kampala swiming", "kampala swimming"),
        ("swimmnig, pastorlists!", "swimming, pastoralists!"),
        ('"kampalla for" -lome', '"kampala for" -lome'),
        ("edukation", "éducation"),
        ("kampala", ""),
        ("kam", ""),
        ("kampala lome", ""),
        ("zzzzzz", ""),
        ("kampla zzzzzz", ""),
        ("xyz", ""),
        ("", ""),
        ("kampla -kampala", ""),
    ],
)
def test_a_slip_is_taken_back_where_that_finds_something_and_what_was_typed_does_not(typed, meant, entries):
    assert suggestion(typed) == meant


def test_the_more_frequent_of_two_words_is_suggested(entries):
    factories.initiative("Kampela")
    assert suggestion("kampila") == "kampala"
    factories.initiative("Kampela again")
    assert suggestion("kampila") == "kampela"


def test_the_link_keeps_the_filters(entries, client):
    page = get(client, "/initiatives/?q=Kampla&theme=sea&sort=title")
    assert (
        'Did you mean <a href="/initiatives/?q=kampala&amp;theme=sea&amp;sort=title"><bdi>kampala</bdi></a>?' in page
    )
    assert "Did you mean" not in get(client, "/initiatives/?q=kampala")
    assert "Did you mean" not in get(client, "/initiatives/?q=kampala&theme=other")


def test_no_word_is_suggested_that_no_published_entry_has(moderator, entries):
    factories.submission("Confidential")
    assert suggestion("confidental") == ""
    entry = factories.initiative("Confidential")
    assert suggestion("confidental") == "confidential"
    moderation.unpublish(entry, by=moderator, reason="A mistake.")
    assert suggestion("confidental") == ""
    assert not SearchTerm.objects.filter(term__startswith="confidential").exists()
    moderation.republish(Initiative.objects.get(pk=entry.pk), by=moderator)
    assert suggestion("confidental") == "confidential"


def test_of_the_names_of_a_city_its_own_is_suggested():
    factories.initiative("Safety nets", cities=[factories.city("Kampala", other_names=["Kampal", "Kampla City"])])
    assert suggestion("Kampalq") == "kampala"
