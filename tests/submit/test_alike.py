"""Before an entry is sent twice, the one that is there is shown: while it is typed, and when it is sent."""

import pytest
from django.urls import reverse

from initiatives.models import Submission
from tests import factories
from tests.submit.answers import answers, post
from tests.visitor import Page, Visitor

pytestmark = pytest.mark.django_db
TITLE = "Kampala for All: Safety Nets"


@pytest.fixture
def published():
    return factories.initiative(TITLE, cities=[factories.city("Kampala")])


def typed(client, **fields) -> Page:
    response = client.get(reverse("submit:alike"), fields)
    assert response.status_code == 200
    return Page(response, Visitor(client), "")


def test_what_looks_the_same_is_shown_when_it_is_sent_with_the_reasons_and_stops_nobody(anyone, published):
    page = post(anyone, title="Kampala for all", cities=["Kampala"])
    assert TITLE in page.main
    assert "In both titles: Kampala for All" in page.main
    assert "Same city: Kampala" in page.main
    assert page.press("Submit for review").status == 200
    assert Submission.objects.filter(revision__title="Kampala for all").count() == 1


def test_what_looks_the_same_is_shown_while_it_is_typed(client, published):
    shown = typed(client, title="kampala for all", countries=["Uganda", ""], cities=["Kampala"])
    [link] = shown.root.walk("a")
    assert link.attrs["href"] == published.get_absolute_url()
    assert link.attrs["target"] == "_blank"
    assert "1 entry looks the same" in shown.root.text
    assert "suggest a correction" in shown.root.text
    assert "Same city: Kampala" in shown.root.text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": ""},
        {"title": "Kam"},
        {"title": "Something else entirely"},
        {"title": "x" * 201},
        {"title": "???? !!!!"},
        {"title": TITLE, "cities": [str(number) for number in range(21)]},
    ],
)
def test_nothing_is_said_where_nothing_looks_the_same_or_too_much_is_asked(client, published, fields):
    assert typed(client, **fields).html == ""


def test_places_that_nobody_knows_are_passed_over(client, published):
    assert TITLE in typed(client, title="Kampala for all", countries=["Atlantis"], cities=["El Dorado"]).html


def test_while_it_is_typed_only_what_is_public_is_shown_the_same_to_everybody(client, moderator_client):
    factories.submission("Harbour school for newcomers")
    for who in (client, moderator_client):
        assert typed(who, title="Harbour school for newcomers").html == ""


def test_caches_may_hand_the_answer_on_and_are_told_when_nothing_changed(client, published):
    asked = f"{reverse('submit:alike')}?title=kampala+for+all"
    first = client.get(asked)
    assert "public" in first.headers["Cache-Control"]
    assert "Cookie" not in first.headers.get("Vary", "")
    assert not first.cookies
    assert client.get(asked, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    factories.initiative("Kampala for All")
    assert client.get(asked, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_form_asks_for_look_alikes_of_a_new_entry_and_not_of_a_correction(anyone, published):
    assert "data-alike" in anyone.open(reverse("submit:new")).html
    assert "data-alike" not in anyone.open(reverse("submit:correct", args=[published.slug])).html


def test_the_check_costs_the_database_little(anyone, published, django_assert_max_num_queries):
    anyone.client.post(reverse("submit:new"), answers())
    with django_assert_max_num_queries(17):
        typed(anyone.client, title="Kampala for all", cities=["Kampala"])
