"""The counts beside the filters are exact: each says how many entries choosing its value would give."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import time_machine
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.content import Listing, NamedOrganisation
from initiatives.models import Initiative
from initiatives.moderation import Submitter, submit
from initiatives.search.facets import facets
from initiatives.search.filters import Selection
from tests import factories
from tests.browse.pages import get, text_of, titles

pytestmark = pytest.mark.django_db
THEMES = ["culture", "health", "sea"]
CHANNELS = ["mayors", "summit"]
COUNTRIES = ["MA", "TG", "UG"]
OBJECTIVES = ["gcm-15", "sdg-10"]
TYPES = ["academia", "diaspora"]
KEYWORDS = ["boats", "hats"]
STAGES = ["", "completed", "ongoing", "planned"]
THIS_YEAR = timezone.localdate().year
YEARS = [THIS_YEAR - 2, THIS_YEAR - 1, THIS_YEAR, THIS_YEAR + 1]


@dataclass(frozen=True)
class Entry:
    """An entry as the brute-force count sees it."""

    word: str
    theme: frozenset[str]
    channel: frozenset[str]
    country: frozenset[str]
    objective: frozenset[str]
    organisation_type: frozenset[str]
    keyword: frozenset[str]
    status: str
    start: int | None
    length: int | None
    verified: bool
    corrected: bool

    def publish(self) -> None:
        end = None if self.start is None or self.length is None else self.start + self.length
        entry = factories.initiative(
            f"About {self.word}",
            submitter=Submitter(is_verified=self.verified),
            themes=[factories.theme(each) for each in self.theme],
            # In two editions of one channel it counts once.
            listings=[Listing(factories.channel(c), edition) for c in self.channel for edition in ("2019", "2020")],
            countries=[factories.country(each) for each in self.country],
            objectives=[factories.objective(each) for each in self.objective],
            organisations=[
                NamedOrganisation(name, each, "lead") for each in self.organisation_type for name in ("One", "Two")
            ],
            keywords=sorted(self.keyword),
            stage=self.status,
            start_year=self.start,
            end_year=end,
        )
        if self.corrected:
            submit_everything(entry)

    def has(self, name: str, value: str) -> bool:
        if name.startswith("year"):
            holds = {"year": int.__eq__, "year_from": int.__ge__, "year_to": int.__le__}[name]
            return any(holds(year, int(value)) for year in self.years)
        if name == "submitter":
            return self.verified == (value == "verified")
        own = getattr(self, name)
        return value == own if name == "status" else value in own

    @property
    def years(self) -> range:
        if self.start is None:
            return range(0)
        if self.length is not None:
            return range(self.start, self.start + self.length + 1)
        return range(self.start, max(self.start, THIS_YEAR if self.status == "ongoing" else 0) + 1)


def submit_everything(entry: Initiative | None = None) -> None:
    """Leave a new entry, or a correction of one, in the queue that has every value: none of them may count."""
    content = factories.content(
        "Harbour and harvest",
        themes=[factories.theme(each) for each in THEMES],
        listings=[Listing(factories.channel(each)) for each in CHANNELS],
        countries=[factories.country(each) for each in COUNTRIES],
        objectives=[factories.objective(each) for each in OBJECTIVES],
        organisations=[NamedOrganisation("Three", each, "lead") for each in TYPES],
        keywords=KEYWORDS,
        stage="ongoing",
        start_year=YEARS[0],
        end_year=YEARS[-1],
    )
    submit(content, submitter=Submitter(is_verified=True), base=entry and entry.public)


def some(values: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values))


ENTRIES = st.builds(
    Entry,
    word=st.sampled_from(["harbour", "harvest"]),
    theme=some(THEMES),
    channel=some(CHANNELS),
    country=some(COUNTRIES),
    objective=some(OBJECTIVES),
    organisation_type=some(TYPES),
    keyword=some(KEYWORDS),
    status=st.sampled_from(STAGES),
    start=st.none() | st.sampled_from(YEARS),
    length=st.none() | st.integers(0, 2),
    verified=st.booleans(),
    corrected=st.integers(0, 3).map(lambda number: number == 3),
)


def turned_round(chosen: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return a selection of which the range of years, if it ends before it begins, is the other way round."""
    if min(chosen.get("year_from", {"0"})) > min(chosen.get("year_to", {"9"})):
        return chosen | {"year_from": chosen["year_to"], "year_to": chosen["year_from"]}
    return chosen


# Two of three filters are not set, or hardly anything would ever match.
SELECTIONS = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["harbour", "har"]),
        "theme": st.sets(st.sampled_from([*THEMES, "unknown"]), min_size=1),
        "channel": st.sets(st.sampled_from(CHANNELS), min_size=1),
        "country": st.sets(st.sampled_from(COUNTRIES), min_size=1),
        "objective": st.sets(st.sampled_from(OBJECTIVES), min_size=1),
        "organisation_type": st.sets(st.sampled_from(TYPES), min_size=1),
        "keyword": st.sets(st.sampled_from(KEYWORDS), min_size=1),
        "year": st.sampled_from(YEARS).map(lambda year: {str(year)}),
        "year_from": st.sampled_from(YEARS).map(lambda year: {str(year)}),
        "year_to": st.sampled_from(YEARS).map(lambda year: {str(year)}),
        "submitter": st.sampled_from([{"verified"}, {"unverified"}]),
        "status": st.sampled_from(STAGES[1:]).map(lambda stage: {stage}),
    },
).map(turned_round)


def kept(entries: list[Entry], chosen: dict[str, set[str]], *, without: str = "") -> list[Entry]:
    """Return the entries that a selection matches, by looking at each."""
    return [
        entry
        for entry in entries
        if all(
            entry.word.startswith(values) if name == "q" else any(entry.has(name, value) for value in values)
            for name, values in chosen.items()
            if name != without
        )
    ]


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    entries=st.lists(ENTRIES, min_size=5, max_size=12),
    chosen=st.lists(SELECTIONS.map(turned_round), min_size=4, max_size=8),
)
def test_every_count_is_what_choosing_the_value_gives(db, entries, chosen):
    with transaction.atomic():
        for entry in entries:
            entry.publish()
        submit_everything()
        for each in chosen:
            compare(entries, each)
        transaction.set_rollback(True)


def compare(entries: list[Entry], chosen: dict[str, set[str]]) -> None:
    address = QueryDict(mutable=True)
    for name, values in chosen.items():
        address.setlist(name, [values] if name == "q" else sorted(values))
    selection = Selection.read(address)
    assert selection.apply(Initiative.objects.published()).count() == len(kept(entries, chosen))
    for facet in facets(selection):
        others = kept(entries, chosen, without=facet.name)
        for choice in facet.choices:
            count = sum(entry.has(facet.name, choice.value) for entry in others)
            assert (facet.name, choice.value, choice.count) == (facet.name, choice.value, count)
            assert choice.selected == (choice.value in chosen.get(facet.name, ()))
        offered = {choice.value for choice in facet.choices}
        assert {value for entry in others for value in values_of(entry, facet.name)} <= offered


def values_of(entry: Entry, name: str) -> set[str]:
    """Return the values of an entry that a filter offers (cities and empty values it does not)."""
    readers: dict[str, Callable[[], set[str]]] = {
        "year": lambda: {str(year) for year in entry.years},
        "submitter": lambda: {"verified" if entry.verified else "unverified"},
        "status": lambda: {entry.status} - {""},
        "city": set,
    }
    return readers.get(name, lambda: set(getattr(entry, name)))()


def test_of_values_with_one_count_accents_do_not_change_the_order(client):
    factories.initiative(countries=[factories.country(code) for code in ("US", "TG", "UG", "MA")])
    with override("fr"):
        (countries,) = (facet for facet in facets(Selection()) if facet.name == "country")
    assert [choice.label for choice in countries.choices] == ["États-Unis", "Maroc", "Ouganda", "Togo"]


def test_a_city_counts_the_entries_that_are_in_it(client):
    kampala, jinja = factories.city("Kampala", slug="kampala"), factories.city("Jinja", slug="jinja")
    factories.initiative("Both", cities=[kampala, jinja])
    factories.initiative("One", cities=[jinja])
    factories.city("Gulu", slug="gulu")
    (facet,) = (each for each in facets(Selection.read(QueryDict("city=kampala"))) if each.name == "city")
    assert [(choice.label, choice.count, choice.selected) for choice in facet.choices] == [
        ("Kampala, Uganda", 1, True),
        ("Jinja, Uganda", 2, False),
    ]


def test_a_chosen_value_is_offered_even_when_nothing_is_left_of_it(client):
    factories.initiative("Sea", themes=[factories.theme("sea")])
    factories.initiative("Hills", countries=[factories.country("UG")])
    page = get(client, "/initiatives/?theme=sea&country=UG")
    assert titles(client, "?theme=sea&country=UG") == []
    assert 'value="sea" checked' in page and 'value="UG" checked' in page


def test_values_are_in_order_of_their_counts_and_years_newest_first(client):
    sea, hills, art = (factories.theme(slug) for slug in ("sea", "hills", "art"))
    factories.initiative(themes=[sea, art], start_year=2010, end_year=2012)
    factories.initiative(themes=[sea], start_year=2011)
    factories.initiative(themes=[hills])
    offered = {facet.name: [choice.label for choice in facet.choices] for facet in facets(Selection())}
    assert offered["theme"] == ["Sea", "Art", "Hills"]
    assert offered["year"] == ["2012", "2011", "2010"]


def test_the_years_are_drawn_with_the_range_that_is_chosen_apart_and_said_in_words(client):
    factories.initiative(start_year=2010, end_year=2012)
    factories.initiative(start_year=2012)
    factories.initiative(start_year=2014)
    page = get(client, "/initiatives/?year_to=2012")
    assert 'aria-label="Initiatives by year, 2010 to 2012; most in 2012: 2"' in page
    whole = get(client, "/initiatives/?year_from=2012&year_to=2012")
    bars = re.findall(r'<path( class="beside")? d="[^"]*"><title>([^<]*)</title>', whole)
    assert bars == [(' class="beside"', "2010: 1"), (' class="beside"', "2011: 1"), ("", "2012: 2")]
    assert "yearbars" not in get(client, "/initiatives/?year_from=2015")


def test_the_page_shows_the_counts(client):
    factories.initiative(countries=[factories.country("UG")])
    factories.initiative(countries=[factories.country("UG"), factories.country("MA")])
    words = text_of(get(client, "/initiatives/"))
    assert "Uganda 2" in words and "Morocco 1" in words


def test_the_page_of_a_theme_counts_within_the_theme_and_does_not_offer_it(client):
    factories.initiative(themes=[factories.theme("sea")], countries=[factories.country("UG")])
    factories.initiative(countries=[factories.country("UG")])
    page = get(client, "/themes/sea/")
    assert "Uganda 1" in text_of(page)
    assert 'name="theme"' not in page


def test_a_filter_of_thirty_values_or_less_is_shown_whole(client):
    factories.initiative(keywords=[f"word {number}" for number in range(30)])
    page = get(client, "/initiatives/")
    assert page.count('name="keyword"') == 30
    assert "Show all" not in page


def test_an_entry_that_goes_on_is_active_in_the_year_that_has_begun_where_the_reader_is(client):
    factories.initiative("Going on", start_year=2023, stage="ongoing")
    with time_machine.travel("2024-12-31T12:00:00Z", tick=False), timezone.override("Pacific/Kiritimati"):
        (years,) = (facet for facet in facets(Selection()) if facet.name == "year")
        assert [(choice.value, choice.count) for choice in years.choices] == [("2025", 1), ("2024", 1), ("2023", 1)]
        assert Initiative.objects.published().active_between(2025, 2025).count() == 1
        assert Initiative.objects.published().active_between(2026, 2026).count() == 0
