"""Before an entry is sent twice, the one that is there is shown; how well is measured in bench/duplicates."""

import pytest

from initiatives import moderation
from initiatives.content import NamedOrganisation
from initiatives.search.duplicates import entries_like, reasons
from tests import factories
from tests.submit.answers import post

pytestmark = pytest.mark.django_db
KCCA = NamedOrganisation("Kampala Capital City Authority", "local_government", "lead")


def like(title, **content):
    return [each.revision.title for each in entries_like(factories.content(title, **content))]


@pytest.fixture
def catalogue():
    uganda, morocco = factories.country("UG"), factories.country("MA")
    kampala = factories.city("Kampala", "UG")
    factories.initiative("Kampala for All: Safety Nets for Recovery", cities=[kampala], organisations=[KCCA])
    factories.initiative("Diaspora 4 Climate Action (D4C)", countries=[factories.country("GB")])
    factories.initiative("Welcome centre for newcomers in Jinja", countries=[uganda])
    factories.initiative("Language courses for nurses", countries=[morocco])
    return kampala


@pytest.mark.parametrize(
    "title",
    [
        "Kampala for All: Safety Nets for Recovery",
        "KAMPALA FOR ALL – safety nets for recovery",
        "Kampala for All",
        "Kampala for All: Safty Nets for Recovry",
        "Safety Nets for Recovery: Kampala for All",
    ],
)
def test_an_entry_is_found_under_a_short_long_misspelt_or_reordered_name(catalogue, title):
    assert like(title, cities=[catalogue])[0] == "Kampala for All: Safety Nets for Recovery"


def test_an_acronym_and_its_long_form_are_the_same(catalogue):
    assert like("Diaspora 4 Climate Action") == ["Diaspora 4 Climate Action (D4C)"]
    assert like("D4C – Diaspora for Climate Action")[0] == "Diaspora 4 Climate Action (D4C)"


def test_another_project_of_the_same_place_is_another_one(catalogue):
    assert like("School meals for refugee children", cities=[catalogue], organisations=[KCCA]) == []
    assert like("Migration programme") == []


def test_what_nobody_approved_or_was_taken_off_is_not_shown(moderator):
    factories.submission("Welcome centre for newcomers")
    gone = factories.initiative("House of stories in Lomé")
    moderation.unpublish(gone, by=moderator, reason="Asked.")
    assert like("Welcome centre for newcomers") == []
    assert like("House of stories in Lomé") == []


def test_the_reasons_say_what_is_the_same(catalogue):
    found = entries_like(factories.content("Kampala for All", cities=[catalogue], organisations=[KCCA]))
    said = "; ".join(reasons(found[0].likeness))
    assert "same city: Kampala" in said
    assert "same organisation: Kampala Capital City Authority" in said
    assert "in both titles" in said


def test_the_copy_is_shown_on_the_page_and_can_be_sent_all_the_same(catalogue, anyone):
    page = post(anyone, title="Kampala for All: safety nets", cities=["Kampala"])
    assert "Kampala for All: Safety Nets for Recovery" in page.main
    assert "Thank you." in page.press("Submit for review").main


def test_while_typing_the_same_is_shown_as_a_part_of_a_page(catalogue, client):
    part = client.get("/submit/alike/", {"title": "Kampala for all: safety", "cities": ["Kampala", "Atlant"]})
    assert "/initiatives/kampala-for-all-safety-nets-for-recovery/" in part.content.decode()
    assert "<html" not in part.content.decode()
    for nothing in ({}, {"title": "Quilting"}, {"title": "x" * 5000, "countries": ["?"] * 99}):
        answer = client.get("/submit/alike/", nothing)
        assert (answer.status_code, answer.content.strip()) == (200, b"")
    assert client.post("/submit/alike/").status_code == 405
