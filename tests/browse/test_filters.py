"""What each filter of a list matches, and what it says when it cannot."""

import re
from html import unescape

import pytest
from django.utils import timezone

from initiatives.content import Listing, NamedOrganisation
from initiatives.models import Stage
from initiatives.moderation import Submitter
from tests import factories
from tests.browse.pages import get, notices, titles

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.now().year


@pytest.fixture(scope="module")
def catalogue(kept):
    """Two entries that differ in every filter, one that has both values of each, and one with none."""

    def make(title, *sides, submitter=None, **fields):
        values = {
            "themes": [[factories.theme("sea")], [factories.theme("hills")]],
            "listings": [[Listing(factories.channel("mayors"))], [Listing(factories.channel("states"))]],
            "countries": [[factories.country("UG")], [factories.country("MA")]],
            "cities": [[kampala], [rabat]],
            "objectives": [[factories.objective("gcm-15")], [factories.objective("sdg-10")]],
            "organisations": [
                [NamedOrganisation("Union", "diaspora", "lead")],
                [NamedOrganisation("School", "academia", "partner")],
            ],
            "keywords": [["blue boats"], ["green hats"]],
        }
        chosen = {name: [value for side in sides for value in pair[side]] for name, pair in values.items()}
        return factories.initiative(title, submitter=submitter, **chosen, **fields)

    kampala = factories.city("Kampala", "UG", slug="kampala-ug")
    rabat = factories.city("Rabat", "MA", slug="rabat-ma")
    make("Neither")
    make("Both", 0, 1, start_year=2015, end_year=2020, stage=Stage.COMPLETED)
    make("Right", 1, start_year=2020, stage=Stage.ONGOING)
    make("Left", 0, start_year=2015, stage=Stage.PLANNED, submitter=Submitter(is_verified=True))


PAIRS = {
    "theme": ("sea", "hills"),
    "channel": ("mayors", "states"),
    "country": ("UG", "MA"),
    "city": ("kampala-ug", "rabat-ma"),
    "objective": ("gcm-15", "sdg-10"),
    "organisation_type": ("diaspora", "academia"),
    "keyword": ("blue-boats", "green-hats"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_one_value_of_a_filter_gives_the_entries_that_have_it(name, catalogue, client):
    left, right = PAIRS[name]
    assert titles(client, f"?{name}={left}") == ["Left", "Both"]
    assert titles(client, f"?{name}={right}") == ["Right", "Both"]


@pytest.mark.parametrize("name", PAIRS)
def test_two_values_of_one_filter_widen_and_name_no_entry_twice(name, catalogue, client):
    left, right = PAIRS[name]
    assert titles(client, f"?{name}={left}&{name}={right}") == ["Left", "Right", "Both"]


def test_different_filters_narrow(catalogue, client):
    assert titles(client, "?theme=sea&country=UG") == ["Left", "Both"]
    assert titles(client, "?theme=sea&country=MA") == ["Both"]
    assert titles(client, "?theme=sea&theme=hills&country=MA") == ["Right", "Both"]
    assert titles(client, "?theme=sea&country=MA&submitter=verified") == []


def test_a_country_may_be_written_in_small_letters(catalogue, client):
    assert titles(client, "?country=ug") == ["Left", "Both"]


@pytest.mark.parametrize(
    ("year", "found"),
    [
        (2014, []),
        (2015, ["Left", "Both"]),
        (2016, ["Both"]),
        (2020, ["Right", "Both"]),
        (2021, ["Right"]),
        (THIS_YEAR, ["Right"]),
        (THIS_YEAR + 1, []),
    ],
)
def test_a_year_gives_what_ran_in_it(year, found, catalogue, client):
    assert titles(client, f"?year={year}") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("year_from=2021", ["Right"]),
        ("year_from=2016", ["Right", "Both"]),
        ("year_to=2019", ["Left", "Both"]),
        ("year_to=2014", []),
        ("year_from=2016&year_to=2019", ["Both"]),
        ("year_from=2015&year_to=2015", ["Left", "Both"]),
        ("year_from=1900&year_to=2100", ["Left", "Right", "Both"]),
        (f"year_from={THIS_YEAR + 1}", []),
        ("year_from=2016&year_to=2020&theme=sea", ["Both"]),
        ("year_from=2016&year=2015", ["Both"]),
        ("year_from=٢٠٢١", ["Right"]),
    ],
)
def test_a_range_of_years_gives_what_ran_at_some_time_in_it_and_either_end_may_be_left_out(
    query, found, catalogue, client
):
    assert titles(client, f"?{query}") == found
    assert notices(get(client, f"/initiatives/?{query}")) == []


def test_a_range_that_cannot_be_matches_nothing_and_says_at_its_field_what_to_do(catalogue, client, subtests):
    for query, name, typed, told in (
        ("year_from=soon&year_to=2020", "year_from", "soon", "“soon” in “Active from” is no year between 1900 and"),
        ("year_to=1899", "year_to", "1899", "“1899” in “Active until” is no year between 1900 and 2100"),
        ("year_from=20<b", "year_from", "20&lt;b", "Write a year with four digits, or leave it empty."),
        ("year_from=2020&year_to=2015", "year_to", "2015", "The years end (2015) before they begin (2020)"),
    ):
        with subtests.test(query):
            page = get(client, f"/initiatives/?{query}")
            assert "No initiative matches" in page
            assert [told in notice for notice in notices(page)] == [True]
            field = re.search(f'<input type="text"[^>]*name="{name}"[^>]*>', page).group()
            assert f'value="{typed}"' in field and 'aria-invalid="true"' in field
            assert f'aria-describedby="{name}_error year_hint"' in field
            assert told in unescape(re.search(f'<p class="error" id="{name}_error">([^<]*)<', page).group(1))
    assert "until 2015" in get(client, "/initiatives/?year_from=2020&year_to=2015")


def test_new_filters_keep_a_single_year_of_a_link_beside_the_range_that_is_typed(catalogue, client):
    filters = get(client, "/initiatives/?year=2015&year_from=2014").split('<form class="filters"')[1]
    assert '<input type="hidden" name="year" value="2015">' in filters
    assert filters.count('name="year_from"') == filters.count('name="year_to"') == 1


def test_the_submitter_filter_tells_verified_from_not_verified(catalogue, client):
    assert titles(client, "?submitter=verified") == ["Left"]
    assert titles(client, "?submitter=unverified") == ["Right", "Both", "Neither"]


def test_who_corrected_an_entry_does_not_change_how_its_submitter_counts(catalogue, client, moderator):
    from initiatives import moderation
    from initiatives.models import Initiative

    entry = Initiative.objects.get(slug="neither")
    correction = moderation.submit(
        factories.content("Neither"), submitter=Submitter(is_verified=True), base=entry.public
    )
    moderation.approve(correction, by=moderator)
    assert titles(client, "?submitter=verified") == ["Left"]


def test_the_status_filter_gives_how_far_an_initiative_has_come(catalogue, client):
    assert titles(client, "?status=planned") == ["Left"]
    assert titles(client, "?status=ongoing") == ["Right"]
    assert titles(client, "?status=completed") == ["Both"]


ALL = [*PAIRS, "year", "year_from", "year_to", "submitter", "status"]


@pytest.mark.parametrize("name", ALL)
def test_an_unknown_value_matches_nothing_and_is_named(name, catalogue, client):
    page = get(client, f"/initiatives/?{name}=nowhere%3Cb%3E")
    assert titles(client, f"?{name}=nowhere%3Cb%3E") == []
    (notice,) = notices(page)
    assert "nowhere<b>" in notice.lower() and "matches nothing" in notice
    assert "nowhere<b>" not in page.lower()


@pytest.mark.parametrize("name", PAIRS)
def test_an_unknown_value_beside_a_known_one_takes_nothing_away(name, catalogue, client):
    left, _ = PAIRS[name]
    query = f"?{name}=nowhere&{name}={left}"
    assert titles(client, query) == ["Left", "Both"]
    assert len(notices(get(client, "/initiatives/" + query))) == 1


@pytest.mark.parametrize("name", ALL)
def test_an_unknown_value_of_one_filter_empties_a_list_that_another_filter_fills(name, catalogue, client):
    other = "theme=sea" if name != "theme" else "country=UG"
    assert titles(client, f"?{other}&{name}=nowhere") == []


@pytest.mark.parametrize("name", ALL)
def test_a_filter_without_a_value_is_not_set(name, catalogue, client):
    assert len(titles(client, f"?{name}=&{name}=++")) == 4


@pytest.mark.parametrize("year", ["20", "02020", "2020.0", "-2020", "٢٠٢٠", "1899", "2101", "year", "１９９９"])
def test_a_year_is_four_plain_digits_of_a_plausible_year(year, catalogue, client):
    assert titles(client, "?year=" + year) == []
    assert len(notices(get(client, "/initiatives/?year=" + year))) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?year=2015&year=2021", ["Right"]),
        ("?year_from=2015&year_from=2021", ["Right"]),
        ("?submitter=unverified&submitter=verified", ["Left"]),
        ("?status=planned&status=ongoing", ["Right"]),
        ("?q=left&q=right", ["Right"]),
        ("?sort=oldest&sort=newest", ["Left", "Right", "Both", "Neither"]),
    ],
)
def test_of_a_repeated_parameter_that_takes_one_value_the_last_one_counts_and_a_notice_says_so(
    query, found, catalogue, client
):
    assert titles(client, query) == found
    (notice,) = notices(get(client, "/initiatives/" + query))
    assert "last one" in notice


def test_the_same_value_given_twice_is_one_value(catalogue, client):
    query = "?theme=sea&theme=sea&year=2015&year=2015&q=summary&q=summary"
    assert titles(client, query) == ["Left", "Both"]
    assert notices(get(client, "/initiatives/" + query)) == []


def test_parameters_that_no_filter_has_are_passed_over(catalogue, client):
    assert len(titles(client, "?utm_source=mail&themes=sea&Theme=sea&theme[]=sea")) == 4


def test_a_filter_with_too_many_values_uses_the_first_ones_and_says_so(catalogue, client):
    query = "?theme=sea" + "".join(f"&theme=t{n}" for n in range(60))
    assert titles(client, query) == ["Left", "Both"]
    assert "“Theme” takes at most 50 values; the first ones are used." in notices(get(client, "/initiatives/" + query))


def test_filters_of_a_theme_page_narrow_the_theme_and_cannot_leave_it(catalogue, client):
    path = "/themes/sea/"
    assert titles(client, "", path) == ["Left", "Both"]
    assert titles(client, "?country=MA", path) == ["Both"]
    assert titles(client, "?theme=hills", path) == ["Left", "Both"]
    assert titles(client, "", "/channels/states/") == ["Right", "Both"]
    assert titles(client, "?q=left", "/countries/UG/") == ["Left"]
