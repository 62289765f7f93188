"""Programs read the very numbers that the page shows, and can count them again from the export."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape

import pytest
from django.utils import timezone

from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation
from initiatives.models import Initiative
from initiatives.moderation import Submitter
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = ["theme", "channel", "country", "city", "objective"]
NAMES += ["organisation_type", "keyword", "year", "submitter", "status"]
KEYS = {
    "slug",
    "title",
    "language",
    "summary",
    "themes",
    "channels",
    "objectives",
    "keywords",
    "cities",
    "countries",
    "years",
    "status",
}
KEYS |= {"url", "translations"}
QUERIES = [
    "",
    "?theme=sea",
    "?theme=sea&theme=hills&country=UG",
    "?q=harbour&submitter=verified",
    "?year=2020&status=ongoing&sort=title",
    "?year_from=2020&year_to=2021&theme=sea",
    "?year_from=2021&year_to=2020",
    "?keyword=nothing",
    "?country=ug&page=7",
]


@pytest.fixture
def catalogue(moderator):
    kampala, fes = factories.city("Kampala", "UG", slug="kampala"), factories.city("Fès", "MA", slug="fes")
    for number in range(6):
        factories.initiative(
            f"Harbour “{number}” <b>é</b>",
            submitter=Submitter(name="Sam", email="sam@example.org", is_verified=number % 2 == 0),
            themes=[factories.theme(slug) for slug in ("sea", "hills")[: number % 3]],
            listings=[Listing(factories.channel("mayors"), edition) for edition in ("2019", "2020")[: number % 3]],
            cities=[kampala, fes][: number % 3],
            countries=[factories.country("MX")],
            objectives=[factories.objective("gcm-15")],
            organisations=[NamedOrganisation("Union", "diaspora", "lead")],
            keywords=["blue boats"],
            start_year=2018 + number if number else None,
            end_year=2021 if number == 2 else None,
            stage=["", "ongoing", "completed"][number % 3],
        )
    factories.submission("Secret", keywords=["secret"], themes=[factories.theme("secret")])
    gone = factories.initiative("Gone", themes=[factories.theme("gone")])
    moderation.unpublish(gone, by=moderator, reason="Gone.")


def facets(client, query):
    return client.get(f"/api/v1/initiatives/facets/{query}").json()


def export(client, query):
    response = client.get(f"/initiatives/export.json{query}")
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.getvalue())


@pytest.mark.parametrize("way", ["database", "memory"])
def test_the_counts_are_those_of_the_page(way, catalogue, client, request):
    if way == "memory":
        request.getfixturevalue("with_index")
    for query in QUERIES:
        told = facets(client, query)
        assert list(told) == ["count", "facets"] and sorted(told["facets"]) == sorted(NAMES)
        page = client.get(f"/initiatives/{query.replace('page=7', '')}").content.decode()
        shown: dict[str, dict[str, int]] = {name: {} for name in NAMES}
        lines = re.findall(
            r'name="(\w+)" value="([^"]+)"(?: checked)?><span>.*?</span><span class="count">(\d+)', page
        )
        # Years are bars, each with its figure.
        lines += [("year", *each) for each in re.findall(r"<title>(\d{4}): (\d+)</title>", page)]
        for name, value, count in lines:
            if int(count):
                shown[name][unescape(value)] = int(count)
        chosen = {name: {v: n for v, n in values.items() if n} for name, values in told["facets"].items()}
        assert chosen == shown, query
        assert f"{told['count']} initiative" in page


def test_no_value_without_an_entry_is_told(catalogue, client):
    told = facets(client, "?theme=sea&country=UG&status=planned")
    assert told["count"] == 0
    assert all(count > 0 for values in told["facets"].values() for count in values.values())


def test_the_export_has_every_entry_of_the_list_in_its_order_and_nothing_private(catalogue, client):
    for query in QUERIES:
        entries = export(client, query)
        assert len(entries) == facets(client, query)["count"]
        assert all(set(each) == KEYS for each in entries)
    titles = [each["title"] for each in export(client, "?sort=title")]
    assert titles == sorted(titles) and titles[0] == "Harbour “0” <b>é</b>"
    assert export(client, "?theme=gone") == export(client, "?q=secret") == []
    whole = json.dumps(export(client, ""))
    assert not re.search("example.org|Sam|Secret|Gone|secret", whole)


def test_what_the_export_says_adds_up_to_the_counts(catalogue, client):
    entries, told = export(client, ""), facets(client, "")["facets"]
    lists = {"theme": "themes", "channel": "channels", "objective": "objectives", "keyword": "keywords"}
    for name, key in (lists | {"city": "cities", "country": "countries"}).items():
        assert Counter(value for each in entries for value in each[key]) == told[name]
    assert Counter(str(year) for each in entries for year in each["years"]) == told["year"]
    assert Counter(each["status"] for each in entries if each["status"]) == told["status"]
    first = next(each for each in entries if "2" in each["title"])
    assert first["countries"] == ["MA", "MX", "UG"] and first["cities"] == ["fes", "kampala"]
    assert first["years"] == [2020, 2021] and first["channels"] == ["mayors"]
    assert client.get(first["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_large_export_is_read_in_parts(catalogue, client, monkeypatch):
    from initiatives.exchange import exports

    whole = export(client, "")
    monkeypatch.setattr(exports, "BATCH", 2)
    assert export(client, "") == whole
    for most in (5, 0):
        numbers = Initiative.objects.published().order_by("published_at").values_list("pk", flat=True)[most:]
        Initiative.objects.filter(pk__in=list(numbers)).update(withdrawn_at=timezone.now())
        assert export(client, "") == whole[6 - most :]
