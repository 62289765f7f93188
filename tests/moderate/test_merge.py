"""Making one entry of two, part by part, and what looks the same under review."""

import pytest

from initiatives import moderation
from initiatives.content import Listing, Source, read
from initiatives.models import Initiative
from initiatives.uniting import Side, united
from tests import factories
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def long():
    return factories.initiative(
        "Diaspora 4 Climate Action (D4C)",
        countries=[factories.country("GB")],
        themes=[factories.theme("diaspora")],
        listings=[Listing(factories.channel("platform"), edition="2022")],
        links=[Source("https://example.org/long")],
        results="Sixteen people.",
    )


@pytest.fixture
def short():
    return factories.initiative(
        "D4C",
        countries=[factories.country("UG"), factories.country("GB")],
        themes=[factories.theme("climate")],
        listings=[Listing(factories.channel("repository"))],
        links=[Source("https://example.org/long"), Source("https://example.org/short")],
        results="Sixteen champions.",
        what_it_does="Plans.",
    )


def address(loser, into):
    return f"/moderation/{loser.founding_submission.pk}/merge/?into={into.slug}"


def test_a_moderator_chooses_part_by_part_sees_what_comes_of_it_and_merges(short, long, moderator_client, client):
    desk = Visitor(moderator_client)
    page = desk.open(address(short, long))
    preview = page.press("See what comes of it", part_results=["other"], note="The same.")
    assert "nothing is changed yet" in preview.main
    assert "Sixteen champions." in preview.main
    assert Initiative.objects.published().count() == 2
    done = preview.press("Merge them")
    assert "“D4C” is merged into this entry" in done.main
    entry = Initiative.objects.published().get()
    said = read(entry.public)
    assert (said.title, said.results, said.what_it_does) == (long.public.title, "Sixteen champions.", "Plans.")
    assert {each.code for each in said.countries} == {"GB", "UG"}
    assert {each.slug for each in said.themes} == {"diaspora", "climate"}
    assert {each.channel.slug for each in said.listings} == {"platform", "repository"}
    assert [each.url for each in said.links] == ["https://example.org/long", "https://example.org/short"]
    gone = client.get("/initiatives/d4c/")
    assert (gone.status_code, gone["Location"]) == (301, entry.get_absolute_url())


def test_an_entry_that_was_changed_meanwhile_is_shown_again_with_the_choices(short, long, moderator_client, moderator):
    page = Visitor(moderator_client).open(address(short, long))
    content = read(long.public)
    content.summary = "Meanwhile."
    moderation.approve(moderation.submit(content, submitter=moderation.Submitter(), base=long.public), by=moderator)
    again = page.press("See what comes of it", part_results=["other"])
    assert "was changed while you were reading" in again.main
    assert "Meanwhile." in again.main
    assert ("part_results", "other") in again.form.values
    assert Initiative.objects.published().count() == 2
    assert "Meanwhile." in again.press("See what comes of it").press("Merge them").main


def test_the_other_way_round_is_a_link_and_the_other_entry_is_searched_for(short, long, moderator_client):
    desk = Visitor(moderator_client)
    swapped = desk.open(address(short, long)).follow("The other way round")
    assert swapped.main.index("Stays D4C") < swapped.main.index("Goes, and leads there Diaspora 4")
    choose = desk.open(f"/moderation/{short.founding_submission.pk}/merge/?q=climate")
    assert "Diaspora 4 Climate Action (D4C)" in choose.main
    assert "No other entry has these words" in desk.open(choose.url.replace("climate", "nothing-like-it")).main


def test_what_is_not_public_is_not_merged_and_only_moderators_merge(short, long, moderator_client, member_client):
    waiting = factories.submission("D4C again")
    assert moderator_client.get(f"/moderation/{waiting.pk}/merge/").status_code == 404
    for into in ("nothing", short.slug):
        url = f"/moderation/{short.founding_submission.pk}/merge/?into={into}"
        assert moderator_client.get(url).status_code == 404
    assert member_client.get(address(short, long)).status_code == 403


def test_both_of_a_list_are_kept_once():
    one = factories.content("One", keywords=["Boats", "sea"], is_global=True)
    other = factories.content("Two", keywords=["boats", "sun"])
    made = united(one, other, {"title": Side.INTO, "summary": Side.OTHER, "keywords": Side.BOTH})
    assert (made.title, made.summary, made.keywords) == ("One", other.summary, ["Boats", "sea", "sun"])
    assert made.is_global


def test_under_review_what_looks_the_same_is_shown_with_a_note_ready(long, moderator_client):
    waiting = factories.submission("Diaspora for Climate Action – D4C", countries=[factories.country("GB")])
    twin = factories.submission("Diaspora 4 Climate Action", countries=[factories.country("GB")])
    page = Visitor(moderator_client).open(f"/moderation/{waiting.pk}/")
    assert "Looks the same Diaspora 4 Climate Action (D4C)" in page.main
    assert f"/moderation/{twin.pk}/" in page.html
    noted = Visitor(moderator_client).open(f"/moderation/{waiting.pk}/?duplicate_of={long.slug}")
    assert "The catalogue has this initiative already: “Diaspora 4 Climate Action (D4C)”" in noted.main
