"""However many places somebody names, they are looked up at once."""

import string

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.submit.places import Gazetteer, country_finder, precise_names
from tests import factories
from tests.submit.answers import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def queries(visitor, **answers):
    with CaptureQueriesContext(connection) as caught:
        post(visitor, title="", **answers)
    return len(caught)


def test_sixty_cities_take_no_more_queries_than_one(anyone):
    names = [factories.city(f"Place {number}").name for number in range(60)]
    queries(anyone)
    assert queries(anyone, cities=names) == queries(anyone, cities=names[:1])


def test_many_countries_take_no_more_queries_than_one(anyone):
    queries(anyone)
    assert queries(anyone, countries=["Uganda", "Morocco", "CRI", "us"]) == queries(anyone, countries=["Uganda"])


def test_single_letters_load_no_city_that_has_them_in_another_name():
    for number in range(3):
        factories.city(f"Kampala {number}", other_names=[string.ascii_lowercase])
    with CaptureQueriesContext(connection) as caught:
        assert not Gazetteer(string.ascii_lowercase)._called
    assert len(caught) == 1
    assert " LIKE " not in caught[0]["sql"]


def test_names_for_many_cities_take_one_query(django_assert_num_queries):
    cities = [factories.city("Ashford", "US", division=str(number)) for number in range(20)]
    with django_assert_num_queries(1):
        assert len(set(precise_names(cities))) == 20


def test_countries_are_loaded_once_for_all_names(django_assert_num_queries):
    with django_assert_num_queries(1):
        find = country_finder()
        assert [find(name).code for name in ("Uganda", "MAR", "Costa Rica")] == ["UG", "MA", "CR"]


def test_a_key_stroke_takes_two_queries(client, django_assert_num_queries):
    for number in range(8):
        factories.city("Springfield", "US", division=str(number))
    with django_assert_num_queries(2):
        assert len(client.get(reverse("submit:cities"), {"q": "spring"}).json()["names"]) == 8
