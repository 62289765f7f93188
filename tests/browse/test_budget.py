"""A page asks the database as often for thirty entries as for three."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, Source, read
from initiatives.models import City, Initiative
from initiatives.search import kept
from initiatives.search.changes import version
from tests import factories

pytestmark = pytest.mark.django_db

#: The most queries that a page may need of which nothing was read before: a little more than today, so that a
#: careless loop is noticed.
BUDGET = {
    "/": 14,
    "/about/": 1,
    "/initiatives/": 28,
    "/initiatives/?q=summary": 30,  # with what its last word may become
    "/initiatives/?theme=sea&country=UG&year=2020&submitter=unverified&sort=title": 27,
    "/initiatives/full-entry/": 27,  # seven of them for related entries, which the index finds with one
    "/initiatives/full-entry/history/": 19,
    "/initiatives/full-entry/history/1/": 19,
    "/themes/": 3,
    "/themes/sea/": 24,
    "/channels/mayors/": 24,
    "/countries/UG/": 24,
    "/cities/kampala/": 24,
    "/feeds/initiatives.atom": 9,
    "/themes/sea/feed.atom": 10,
    "/channels/mayors/feed.atom": 10,
    "/countries/UG/feed.atom": 10,
    "/cities/kampala/feed.atom": 10,
}


def publish(count):
    kampala = City.objects.filter(slug="kampala").first() or factories.city("Kampala", slug="kampala")
    for number in range(count):
        factories.initiative(
            "Full entry",
            themes=[factories.theme("sea"), factories.theme(f"theme-{number}")],
            listings=[
                Listing(factories.channel("mayors"), edition="2020"),
                Listing(factories.channel(f"channel-{number}")),
            ],
            cities=[kampala, factories.city("Lomé", "TG")],
            countries=[factories.country("MA")],
            objectives=[factories.objective("gcm-15"), factories.objective("sdg-10")],
            organisations=[
                NamedOrganisation("Union", "diaspora", "lead"),
                NamedOrganisation(f"School {number}", "academia", "partner"),
            ],
            declarations=[factories.declaration()],
            keywords=["boats", f"keyword {number}"],
            links=[Source("https://example.org/"), Source(f"https://example.org/{number}")],
            start_year=2019,
            end_year=2021,
        )


def queries(client, address):
    kept.forget()  # what another page has read already
    version().since  # noqa: B018 - asked once a version, by whichever page is first
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_stay_within_their_budget_of_queries_however_many_entries_there_are(client, subtests):
    publish(3)
    few = {address: queries(client, address) for address in BUDGET}
    publish(20)
    for address, budget in BUDGET.items():
        with subtests.test(address):
            assert queries(client, address) == few[address]
            assert few[address] <= budget


def test_the_history_of_an_entry_costs_the_same_however_long_it_is(client, moderator):
    publish(1)
    entry = Initiative.objects.get()
    pages = [f"{entry.get_absolute_url()}history/{page}" for page in ("", "1/", "compare/?old=1&new=2")]
    pages.append(entry.get_absolute_url())

    def correct(times):
        for number in range(times):
            entry.refresh_from_db()
            said = replace(read(entry.public), results=f"{entry.public.results} {number}", cities=[factories.city()])
            moderation.approve(
                moderation.submit(said, submitter=moderation.Submitter(), base=entry.public), by=moderator
            )

    correct(1)
    few = [queries(client, page) for page in pages]
    correct(12)
    assert [queries(client, page) for page in pages] == few
    assert max(few[:3]) <= 20


def test_the_page_of_an_entry_costs_the_same_however_much_it_says(client):
    costs = []
    factories.initiative("Related to both", themes=[factories.theme("theme-0")])
    for size in (1, 12):
        entry = factories.initiative(
            countries=[factories.country(code) for code in ("UG", "MA", "TG", "MX")[:size]],
            cities=[factories.city(f"City {number}", "TR") for number in range(size)],
            themes=[factories.theme(f"theme-{number}") for number in range(size)],
            objectives=[factories.objective(f"gcm-{number + 1}") for number in range(size)],
            keywords=[f"word {number}" for number in range(size)],
            organisations=[NamedOrganisation(f"City {number}", "diaspora", "lead") for number in range(size)],
            declarations=[factories.declaration(f"text-{number}", f"Text {number}") for number in range(size)],
            listings=[Listing(factories.channel(f"channel-{number}"), "2020") for number in range(size)],
            links=[Source(f"https://example.org/{number}") for number in range(size)],
        )
        costs.append(queries(client, entry.get_absolute_url()))
    assert costs[0] == costs[1]


def test_the_index_spares_the_page_of_an_entry_the_queries_for_related_ones(with_index, client):
    publish(3)
    queries(client, "/initiatives/full-entry/")
    assert queries(client, "/initiatives/full-entry/") <= 21
