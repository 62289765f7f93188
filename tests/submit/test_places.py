"""Saying where: countries and cities as people write them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from initiatives.models import Submission
from initiatives.submit.places import Gazetteer, country_finder, precise_names
from tests import factories
from tests.submit.answers import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def find_country(name):
    return country_finder()(name)


def find_city(text):
    return Gazetteer([text]).find(text)


def precise_name(city):
    return precise_names([city])[0]


@pytest.fixture(autouse=True)
def the_united_kingdom():
    return factories.country("GB")


def places(visitor, **answers):
    """Send the form and return the codes of the countries and the names of the cities that were stored."""
    page = post(visitor, **answers)
    assert page.errors == []
    revision = Submission.objects.get().revision
    return {country.code for country in revision.countries.all()}, [city.name for city in revision.cities.all()]


@pytest.mark.parametrize("typed", ["Uganda", "uganda", " UGANDA ", "UG", "ug", "UGA"])
def test_a_country_is_found_by_its_name_and_its_codes_in_any_case(anyone, typed):
    assert places(anyone, countries=[typed]) == ({"UG"}, [])


@pytest.mark.parametrize("typed", ["Côte d’Ivoire", "cote d'ivoire", "COTE D’IVOIRE"])
def test_accents_and_apostrophes_do_not_matter(anyone, typed):
    assert places(anyone, countries=[typed]) == ({"CI"}, [])


def test_a_city_and_its_country_may_have_an_arabic_comma_between():
    kampala = factories.city("Kampala", other_names=["كمبالا"])
    with override("ar"):
        assert find_city("كمبالا، أوغندا") == find_city("كمبالا, أوغندا") == kampala


def test_a_country_is_found_by_its_english_name_on_a_page_in_another_language():
    with override("fr"):
        assert find_country("Maroc") == find_country("Morocco") == factories.country("MA")


@pytest.mark.parametrize(
    ("typed", "offered"), [("Ugnada", "Uganda"), ("Marocco", "Morocco"), ("Costa Rika", "Costa Rica")]
)
def test_for_a_misspelt_country_the_one_that_is_probably_meant_is_offered(anyone, typed, offered):
    page = post(anyone, countries=["Uganda", typed])
    assert f"Did you mean “{offered}”?" in page.error("countries")
    assert page.form.all("countries")[:2] == ["Uganda", typed]


def test_every_country_that_is_not_known_is_named(anyone):
    page = post(anyone, countries=["Atlantis", "Mordor"])
    assert len(page.errors) == 2
    assert "Atlantis" in page.errors[0]
    assert "Mordor" in page.errors[1]


def test_a_country_named_twice_counts_once(anyone):
    assert places(anyone, countries=["Uganda", "UG", "uganda"]) == ({"UG"}, [])


def test_a_city_brings_its_country_with_it(anyone):
    factories.city("Kampala")
    assert places(anyone, countries=None, cities=["Kampala"]) == ({"UG"}, ["Kampala"])


@pytest.mark.parametrize("typed", ["Marrakesh, Morocco", "marrakesh,MA", "Marrakesh, ma", "Marrakesh, Morocco,"])
def test_a_city_may_be_written_with_its_country(anyone, typed):
    factories.city("Marrakesh", "MA")
    assert places(anyone, countries=[], cities=[typed]) == ({"MA"}, ["Marrakesh"])


@pytest.mark.parametrize("typed", ["Marrakech", "MARRAKECH", "مراكش"])
def test_a_city_is_found_by_its_other_names(anyone, typed):
    factories.city("Marrakesh", "MA", other_names=["Marrakech", "مراكش"])
    assert places(anyone, countries=[], cities=[typed]) == ({"MA"}, ["Marrakesh"])


def test_part_of_another_name_is_not_a_name(anyone):
    factories.city("Marrakesh", "MA", other_names=["Marrakech Medina"])
    assert "not in the gazetteer" in post(anyone, countries=[], cities=["Marrakech"]).error("cities")


def test_a_name_of_several_cities_lists_them_each_as_it_can_be_written(anyone):
    for code, division in [("CR", "08"), ("US", "CA"), ("US", "IL")]:
        factories.city("San José", code, division=division)
    page = post(anyone, countries=[], cities=["San Jose"])
    for offered in ("San José, Costa Rica", "San José, CA, United States", "San José, IL, United States"):
        assert offered in page.error("cities")
        assert precise_name(find_city(offered)) == offered
    assert not Submission.objects.exists()


def test_the_country_that_is_named_tells_cities_of_one_name_apart(anyone):
    for code in ("CR", "US"):
        factories.city("San José", code)
    assert places(anyone, countries=["Costa Rica"], cities=["San José"]) == ({"CR"}, ["San José"])


def test_a_city_outside_the_countries_that_are_named_is_taken_as_written(anyone):
    factories.city("Kampala")
    assert places(anyone, countries=["Morocco"], cities=["Kampala"]) == ({"MA", "UG"}, ["Kampala"])


def test_the_example_on_the_page_is_understood(anyone):
    capital = factories.city("San José", "CR", division="08", population=335_000)
    factories.city("San José", "CR", division="01", population=31_000)
    assert "“San José, Costa Rica”" in anyone.open(reverse("submit:new")).main
    assert find_city("San José, Costa Rica") == capital
    assert precise_name(capital) == "San José, Costa Rica"


def test_of_two_cities_that_no_name_tells_apart_the_larger_is_meant_and_a_number_leads_to_the_other():
    small, large = (factories.city("Ashford", "US", division="ENG", population=size) for size in (10, 20))
    for written in ("Ashford", "Ashford, ENG, United States", precise_name(large)):
        assert find_city(written) == large
    assert precise_name(large) == "Ashford, United States"
    assert precise_name(small) == f"Ashford, United States ({small.pk})"
    assert find_city(precise_name(small)) == find_city(f"ashford ({small.pk})") == small
    with pytest.raises(ValidationError, match="not in the gazetteer"):
        find_city(f"Kampala ({small.pk})")


def test_editing_an_entry_keeps_each_of_two_cities_of_one_name(anyone):
    twins = [factories.city("Ashford", "US", division="ENG", population=size) for size in (10, 20)]
    post(anyone, countries=[], cities=precise_names(twins))
    assert set(Submission.objects.get().revision.cities.all()) == set(twins)


@pytest.mark.parametrize(
    ("typed", "division"),
    [
        ("San José, California, United States", "CA"),
        ("San Jose, CA", "CA"),
        ("San Jose, USA", "CA"),
        ("San Jose, U.S.A.", "CA"),
        ("San José, CRI", "08"),
        ("san jose,illinois,us", "IL"),
        ("Washington, D.C.", "DC"),
        ("Washington, District of Columbia, USA", "DC"),
        ("London, UK", "ENG"),
        ("London, England, U.K.", "ENG"),
        ("London, Canada", "08"),
    ],
)
def test_a_city_is_found_as_people_write_it(typed, division):
    factories.city("San Jose", "US", division="CA", population=1_000_000)
    factories.city("San José", "US", division="IL", population=3_000)
    factories.city("San José", "CR", division="08", population=300_000)
    factories.city("Washington", "US", division="DC", population=700_000)
    factories.city("Washington", "US", division="UT", population=20_000)
    factories.city("London", "GB", division="ENG", population=9_000_000)
    factories.city("London", "CA", division="08", population=400_000)
    assert find_city(typed).division == division


@pytest.mark.parametrize(
    ("typed", "code"),
    [("UK", "GB"), ("U.K.", "GB"), ("Great Britain", "GB"), ("usa", "US"), ("U.S.A.", "US"), ("Ivory Coast", "CI")],
)
def test_a_country_is_found_by_the_short_names_in_use(typed, code):
    assert find_country(typed) == factories.country(code)


def test_a_city_is_found_with_its_country_in_the_readers_language():
    city = factories.city("Marrakesh", "MA")
    with override("fr"):
        assert precise_name(city) == "Marrakesh, Maroc"
        assert find_city("Marrakesh, Maroc") == find_city("Marrakesh, Morocco") == city


@pytest.mark.parametrize(
    ("countries", "typed"),
    [([], "Kampalla"), ([], "Kampalla, Uganda"), ([], "Campala, UGA"), (["Uganda"], "Campala")],
)
def test_for_a_misspelt_city_the_one_that_is_probably_meant_is_offered(anyone, countries, typed):
    factories.city("Kampala")
    factories.city("Kamp", "MA")
    assert "Did you mean “Kampala, Uganda”?" in post(anyone, countries=countries, cities=[typed]).error("cities")


def test_a_name_of_its_own_goes_before_one_that_another_city_also_has():
    factories.city("Gorgol", "MA", other_names=["Kampala"], population=2_000_000)
    kampala = factories.city("Kampala")
    assert find_city("Kampala") == kampala
    assert find_city("Kampala, Morocco").name == "Gorgol"


def test_two_spellings_in_one_region_are_two_cities():
    plain, accented = factories.city("Phu Quoc", division="91"), factories.city("Phú Quốc", division="91")
    assert find_city(precise_name(plain)) == plain
    assert find_city(precise_name(accented)) == accented


def test_the_written_name_of_a_city_leads_back_to_it():
    for name in ("Kampala", "Misato, Saitama", "Côte-Saint-Luc", "St. John’s"):
        for division in ("", "04"):
            city = factories.city(name, "US", division=division)
            assert find_city(precise_name(city)) == city
            city.delete()


@pytest.mark.parametrize("typed", ["", "  ", ",", "!?", ", Uganda", "Kampala, Morocco", "Kampala, Nowhere, Uganda"])
def test_what_names_no_city_is_not_in_the_gazetteer(typed):
    factories.city("Kampala")
    with pytest.raises(ValidationError, match="not in the gazetteer"):
        find_city(typed)


@pytest.mark.parametrize("field", ["countries", "cities"])
def test_a_name_that_is_far_too_long_is_refused_like_any_other_mistake(anyone, field):
    page = post(anyone, **{field: ["x" * 60_000]})
    assert "too long" in page.error(field)
    assert len(page.error(field)) < 200


@pytest.mark.parametrize("field", ["countries", "cities"])
def test_more_names_than_anybody_needs_are_refused(anyone, field):
    page = post(anyone, **{field: [f"Place {number}" for number in range(61)]})
    assert page.error(field) == "Error: At most 60 can be named."
    assert [name for name in page.form.all(field) if name] == [f"Place {number}" for number in range(61)]


def test_a_name_of_nothing_but_control_characters_is_no_place(anyone):
    assert "Name at least one country" in post(anyone, countries=["\x07"]).error("countries")


def test_cities_are_offered_while_they_are_typed_the_largest_first(client):
    factories.city("Kampala", population=10)
    factories.city("Kampot", "MA", population=20)
    ask = reverse("submit:cities")
    assert client.get(ask, {"q": "Kamp"}).json() == {"names": ["Kampot, Morocco", "Kampala, Uganda"]}
    assert client.get(ask, {"q": "K"}).json() == {"names": []}
    assert client.get(ask, {"q": "%"}).json() == {"names": []}
    assert client.get(ask).json() == {"names": []}
    assert client.post(ask).status_code == 405


def test_only_cities_of_one_name_are_offered_with_their_division(client):
    for division in ("CA", "IL"):
        factories.city("Springfield", "US", division=division)
    factories.city("Springdale", "US", division="AR")
    names = client.get(reverse("submit:cities"), {"q": "spring"}).json()["names"]
    assert sorted(names) == [
        "Springdale, United States",
        "Springfield, CA, United States",
        "Springfield, IL, United States",
    ]
