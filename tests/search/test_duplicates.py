"""Entries that look the same are found under every name that they are listed under, and others are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import moderation
from initiatives.content import NamedOrganisation
from initiatives.models import MatchKey
from initiatives.search.duplicates import entries_like, submissions_like
from initiatives.search.duplicates.likeness import compare
from initiatives.search.duplicates.lookup import THRESHOLD
from initiatives.search.duplicates.profile import Profile
from tests import factories

PAIRS = json.loads(Path(__file__).with_name("look_alikes.json").read_text(encoding="utf-8"))


def profile(title, *, countries=(), cities=(), organisations=(), start=None, end=None):
    return Profile(title, frozenset(countries), dict.fromkeys(cities, ""), tuple(organisations), start, end)


def likeness(one, other, **facts):
    return compare(profile(one, **facts), profile(other, **facts))


def like(title, **content):
    return [each.title for each in entries_like(factories.content(title, **content), most=100)]


def city_of(name):
    return NamedOrganisation(name, "local_government", "lead")


# ---- Two entries -----------------------------------------------------------


def test_of_forty_real_pairs_nearly_all_that_are_the_same_are_told_from_those_that_only_look_so():
    found = [compare(profile(**pair["other"]), profile(**pair["one"])).score >= THRESHOLD for pair in PAIRS]
    right = [said and pair["same"] for said, pair in zip(found, PAIRS, strict=True)]
    assert sum(right) >= 0.9 * sum(pair["same"] for pair in PAIRS)
    assert sum(right) >= 0.85 * sum(found)


@pytest.mark.parametrize(
    "name",
    [
        "D4C",
        "Diaspora 4 Climate Action",
        "DIASPORA 4 CLIMATE ACTION – D4C",
        "Diaspra 4 Climate Actoin (D4C)",
        "Diaspora pour l'action climatique (D4C)",
        "Acción climática de la diáspora",
        "Climate Action, Diaspora 4",
        "العمل المناخي للشتات (D4C)",
    ],
)
def test_every_name_of_an_action_is_known_again(name):
    assert likeness("Diaspora 4 Climate Action (D4C)", name).score >= THRESHOLD


@pytest.mark.parametrize(
    "other",
    [
        "Diaspora 4 Health Action (D4H)",
        "National Migration Policy (Ghana)",
        "Migration programme",
        "Climate",
        "Action",
        "",
        "!?",
        "4",
    ],
)
def test_another_action_is_not_taken_for_it(other):
    assert likeness("Diaspora 4 Climate Action (D4C)", other).score < THRESHOLD


def test_the_same_plan_of_another_country_or_another_city_is_another():
    there = compare(
        profile("National Migration Policy", countries=["GH"]), profile("National Migration Policy", countries=["ZW"])
    )
    here = compare(
        profile("National Migration Policy", countries=["GH"]), profile("National Migration Policy", countries=["GH"])
    )
    assert there.score < THRESHOLD <= here.score
    assert likeness("Ghana's Diaspora Policy", "Zimbabwe's Diaspora Policy").score < THRESHOLD


def test_a_name_of_nothing_but_common_words_needs_the_same_place():
    name = "Migration programme"
    assert likeness(name, name).score < THRESHOLD <= likeness(name, name, countries=["UG"]).score


@pytest.mark.parametrize("name", ["x" * 200, "e " * 100, "١٢٣ ٤٥٦", "中文名称", "🙂🙂", "مشروع", "A" * 8 + "…"])
def test_any_title_can_be_compared_and_one_that_names_something_is_like_itself(name):
    assert 0 <= likeness(name, name).score <= 1


# ---- Among the published ones ----------------------------------------------


@pytest.mark.django_db
def test_the_city_counts_under_each_of_its_names():
    kampala = factories.city("Kampala", "UG", other_names=["كمبالا"])
    factories.initiative("Kampala for All: Safety Nets for Recovery", cities=[kampala])
    assert like("كمبالا للجميع: شبكات أمان للتعافي") == ["Kampala for All: Safety Nets for Recovery"]
    assert like("Filets de sécurité pour la relance à Kampala") == ["Kampala for All: Safety Nets for Recovery"]


@pytest.mark.django_db
def test_the_reasons_say_what_both_have_and_what_speaks_against_it():
    kampala = factories.city("Kampala", "UG")
    kcca = city_of("Kampala Capital City Authority")
    factories.initiative("Kampala for All: Safety Nets", cities=[kampala], organisations=[kcca], start_year=2021)
    [found] = entries_like(
        factories.content("Kampala for All", cities=[kampala], organisations=[city_of("KCCA")], start_year=2015)
    )
    assert [tuple(reason) for reason in found.reasons] == [
        ("In both titles", "Kampala for All"),
        ("Same city", "Kampala"),
        ("Same organisation", "Kampala Capital City Authority"),
    ]
    assert [reason.label for reason in found.doubts] == ["Other years"]


@pytest.mark.django_db
def test_only_what_is_public_now_is_found(moderator):
    title = "Welcome centre for newcomers"
    waiting = factories.submission(title)
    assert like(title) == []
    moderation.approve(waiting, by=moderator)
    assert like(title) == [title]
    entry = waiting.initiative
    moderation.unpublish(entry, by=moderator, reason="It never was.")
    assert like(title) == []
    assert not MatchKey.objects.exists()
    moderation.republish(entry, by=moderator)
    assert like(title) == [title]


@pytest.mark.django_db
def test_what_was_written_for_an_entry_is_written_again_by_the_command():
    factories.initiative("Welcome centre for newcomers")
    MatchKey.objects.all().delete()
    assert like("Welcome centre for newcomers") == []
    call_command("rebuild_search", verbosity=0)
    assert like("Welcome centre for newcomers") == ["Welcome centre for newcomers"]


SUBJECTS = ["harbour", "school", "garden", "bakery", "library", "clinic", "market", "theatre"]


@pytest.mark.django_db
def test_a_copy_is_found_among_many_that_share_its_words_and_goes_first():
    titles = [f"Migration {SUBJECTS[n % 8]} of {SUBJECTS[n // 8 % 8]} quarter" for n in range(64)]
    for title in titles:
        factories.initiative(title)
    for title in (titles[0], titles[30], titles[63]):
        assert like(title)[0] == title


@pytest.mark.django_db
def test_a_look_up_costs_the_same_however_many_entries_there_are_to_look_at():
    costs = []
    for number in (1, 30):
        for each in range(number):
            factories.initiative(f"Safe harbour {number} {each}", cities=[factories.city(f"Port {number} {each}")])
        with CaptureQueriesContext(connection) as captured:
            assert like("Safe harbour")
        costs.append(len(captured))
    # The first one also asks how large the catalogue is, which is then known for a while.
    assert costs[1] <= costs[0] <= 14


@pytest.mark.django_db
def test_moderators_find_what_waits_in_the_queue_too():
    one, two = factories.submission("Welcome centre for newcomers"), factories.submission("Newcomers' welcome center")
    factories.submission("School of theatre")
    among = type(one).objects.undecided().exclude(pk=one.pk)
    [found] = submissions_like(factories.content("Welcome centre for newcomers"), among=among)
    assert found.revision == two.revision
