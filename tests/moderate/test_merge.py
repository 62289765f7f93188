"""Two entries become one: the moderator picks part by part, and nothing of either is lost."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from initiatives import moderation
from initiatives.choices import Status, Step
from initiatives.content import Listing, NamedOrganisation, Source, read
from initiatives.models import City, Country, Initiative, Remit, Submission
from initiatives.moderate.union import Side, choices, merged
from tests import factories
from tests.moderate.desk import SAM, address, at_desk, correction, report
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


def lead(name):
    return NamedOrganisation(name, "local_government", "lead")


def partner(name):
    return NamedOrganisation(name, "local_government", "partner")


@pytest.fixture
def short():
    """The entry that goes: short, with a few things of its own."""
    return factories.initiative(
        "D4C",
        submitter=SAM,
        results="Ten people.",
        countries=[factories.country("UG")],
        themes=[factories.theme("climate")],
        keywords=["diaspora"],
        organisations=[partner("City of Kampala"), lead("Club")],
        listings=[Listing(factories.channel("summit"), "2023")],
        links=[Source("https://example.org/d4c")],
        start_year=2023,
    )


@pytest.fixture
def long():
    """The entry that stays."""
    return factories.initiative(
        "Diaspora 4 Climate Action (D4C)",
        what_it_does="It trains.",
        countries=[factories.country("MA")],
        themes=[factories.theme("climate"), factories.theme("youth")],
        keywords=["climate"],
        organisations=[lead("City of Kampala")],
        listings=[Listing(factories.channel("call"), "2022")],
        links=[Source("https://example.org/long")],
    )


def page_of(loser, into):
    return f"/moderation/merge/?{urlencode({'loser': loser.slug, 'into': into.slug})}"


def shown(entry):
    return read(Initiative.objects.get(pk=entry.pk).public)


# ---- The rule --------------------------------------------------------------


def test_lists_are_united_and_of_a_text_the_one_that_says_something_is_proposed(short, long):
    into, loser = read(long.public), read(short.public)
    proposed = {part: sides[0] for part, sides in choices(into, loser).items()}
    assert {part for part, side in proposed.items() if side == Side.BOTH} == {
        "countries",
        "keywords",
        "organisations",
        "links",
        "listings",
    }
    assert proposed["themes"] == Side.INTO
    assert [proposed[part] for part in ("title", "what_it_does", "results", "years")] == [
        Side.INTO,
        Side.INTO,
        Side.LOSER,
        Side.LOSER,
    ]
    one = merged(into, loser, proposed)
    assert [(each.name, each.role) for each in one.organisations] == [("City of Kampala", "lead"), ("Club", "lead")]
    assert {each.channel.slug for each in one.listings} == {"call", "summit"}
    assert (one.title, one.results, one.start_year) == ("Diaspora 4 Climate Action (D4C)", "Ten people.", 2023)


def test_a_channel_that_both_have_is_kept_once_with_what_either_says_of_it():
    call = factories.channel("call")
    one = factories.content(listings=[Listing(call, "2022", url="https://example.org/call")])
    other = factories.content(listings=[Listing(call, "2022", date="2022-05-01"), Listing(call, "2023")])
    both = merged(one, other, {"listings": Side.BOTH})
    assert both.listings == [
        Listing(call, "2022", url="https://example.org/call", date="2022-05-01"),
        Listing(call, "2023"),
    ]


def test_what_one_organisation_has_signed_is_never_said_of_another():
    text = factories.declaration()
    signed = factories.content(organisations=[lead("City of Kampala")], declarations=[text])
    unsigned = factories.content(organisations=[lead("Club")])
    assert merged(unsigned, signed, {"organisations": Side.BOTH}).declarations == []
    assert merged(signed, unsigned, {"organisations": Side.BOTH}).declarations == [text]
    same = factories.content(organisations=[lead("City of Kampala")])
    assert merged(same, signed, {"organisations": Side.BOTH}).declarations == [text]


def test_no_list_becomes_longer_than_the_form_of_a_correction_takes(moderator):
    call = factories.channel("call")
    made = {
        "organisations": lambda n: partner(f"Club {n}"),
        "listings": lambda n: Listing(call, f"{n}"),
        "links": lambda n: Source(f"https://example.org/{n}"),
        "countries": lambda n: Country(code=f"{n}"),
        "cities": lambda n: City(pk=n, name=f"City {n}", country=factories.country()),
    }
    for part, make in made.items():
        most = 60 if part in ("countries", "cities") else 20

        def halves(number, part=part, make=make):
            values = [make(n) for n in range(number)]
            return [factories.content("Twice", **{part: half}) for half in (values[::2], values[1::2])]

        assert choices(*halves(most))[part][0] == Side.BOTH
        assert Side.BOTH not in choices(*halves(most + 1))[part], part


def test_what_was_united_can_be_corrected_though_its_keywords_are_long(moderator):
    words = [f"{n:02}" * 30 for n in range(12)]
    entries = [
        factories.initiative("Twice", keywords=half, themes=[factories.theme()], countries=[factories.country()])
        for half in (words[:6], words[6:])
    ]
    at_desk(moderator).open(page_of(*entries)).press("Merge")
    assert len(shown(entries[1]).keywords) == 12
    page = Visitor().open(f"{entries[1].get_absolute_url()}correct/").press("Preview", title="Once")
    assert page.h1 == "Once"


# ---- The page --------------------------------------------------------------


def test_an_entry_is_found_compared_looked_at_and_merged(
    ada, short, long, mailoutbox, django_capture_on_commit_callbacks
):
    page = ada.open(f"/moderation/merge/?loser={short.slug}")
    assert "Into which entry shall it be merged?" in page.main
    assert "Looks the same" in page.main and "In both titles" in page.main
    page = page.press("Search", q="climate action").follow("Diaspora 4 Climate Action (D4C) – Compare")
    assert page.form["title"] == "into" and page.form["listings"] == "both" and page.form["results"] == "loser"
    page = page.press("Preview", title="loser", note="The same action.")
    assert page.h1 == "D4C"
    assert "Ten people." in page.main and "It trains." in page.main
    assert Initiative.objects.published().count() == 2
    page = page.press("Back to the choice")
    assert page.form["title"] == "loser" and page.form["note"] == "The same action."
    with django_capture_on_commit_callbacks(execute=True):
        page = page.press("Preview", title="into").press("Merge")
    assert "“D4C” is merged into this entry" in page.main
    now = shown(long)
    assert now.title == "Diaspora 4 Climate Action (D4C)"
    assert {each.code for each in now.countries} == {"UG", "MA"}
    assert sorted(now.keywords) == ["climate", "diaspora"]
    assert {each.url for each in now.links} == {"https://example.org/d4c", "https://example.org/long"}
    assert now.change_note == "The same action."
    gone = Client().get(short.get_absolute_url())
    assert (gone.status_code, gone.headers["Location"]) == (301, long.get_absolute_url())
    assert ["sam@example.org"] in [mail.to for mail in mailoutbox]
    # And back again: both, for the one that stayed keeps what it says until an earlier version is restored.
    page = page.follow("Undo")
    kept = "“Diaspora 4 Climate Action (D4C)” keeps what it says since they were merged."
    assert kept in page.main
    page = page.press("Put it back into the catalogue")
    assert Initiative.objects.published().count() == 2
    assert kept in page.main
    page = page.follow("Restore an earlier version of it").follow("Version 1").follow("Restore this version")
    page.press("Restore it", note="They are two.")
    assert {each.code for each in shown(long).countries} == {"MA"}


def test_the_two_can_be_turned_round(ada, short, long):
    page = ada.open(page_of(short, long)).follow("The other way round")
    page.press("Merge")
    assert Initiative.objects.get(pk=long.pk).merged_into == short


def test_what_was_changed_meanwhile_is_shown_again_with_the_choice_kept(ada, short, long, moderator):
    page = ada.open(page_of(short, long))
    moderation.approve(correction(short, results="Twelve people."), by=moderator)
    page = page.press("Merge", title="loser", note="The same.")
    assert "was changed while you were reading" in page.main
    assert "Twelve people." in page.main
    assert (page.form["title"], page.form["note"]) == ("loser", "The same.")
    assert Initiative.objects.published().count() == 2
    page.press("Merge")
    assert (shown(long).title, shown(long).results) == ("D4C", "Twelve people.")


def test_a_version_that_the_moderator_did_not_see_is_not_lost(moderator, short, long):
    seen = {"public_id": long.current_id, "loser_public_id": short.current_id}
    moderation.approve(correction(short, results="Twelve people."), by=moderator)
    with pytest.raises(moderation.IllegalTransition):
        moderation.merge(short, long, read(long.public), by=moderator, **seen)
    assert Initiative.objects.published().count() == 2


def test_a_second_click_merges_nothing_twice(ada, short, long):
    page = ada.open(page_of(short, long))
    again = ada.open(page_of(short, long))
    page.press("Merge")
    assert "These two are one entry already." in again.press("Merge").main
    assert Submission.objects.get(initiative=short).decisions.filter(step=Step.MERGE).count() == 1


def test_lists_that_would_be_too_long_together_are_not_united_and_that_is_said(ada, short):
    many = factories.initiative("D4C once more", themes=[factories.theme(f"theme-{n}") for n in range(6)])
    page = ada.open(page_of(short, many))
    assert "Together these would be 7, and at most 6 are allowed." in page.main
    assert page.form["themes"] == "into"
    page.press("Merge")
    assert len(shown(many).themes) == 6


def test_it_is_said_what_else_is_open_and_who_owns_the_one_that_goes(ada, short, long, member):
    report(short)
    moderation.accept(moderation.claim(short, "Ours.", submitter=moderation.Submitter(member=member)), by=ada_of())
    page = ada.open(page_of(short, long))
    assert "1 submission about the entry that goes is still open." in page.main
    assert "Mona owns the entry that goes" in page.main


def ada_of():
    return factories.moderator(name="Ben")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Which entry is in the catalogue twice?"),
        ("loser=never-there", "not in the catalogue any more"),
        ("loser=d4c&into=d4c", "cannot be merged into itself"),
        ("loser=d4c&into=never-there", "not in the catalogue any more"),
        ("loser=d4c&q=nothing+like+that", "No other entry has these words"),
        ("into=d4c", "Which entry shall be merged into it?"),
        (f"loser=d4c&q={'x' * 201}", "at most 200 characters"),
    ],
)
def test_whatever_is_asked_for_the_page_says_what_to_do(ada, short, query, says):
    page = ada.open(f"/moderation/merge/?{query}")
    assert page.status == 200
    assert says in page.main


@pytest.mark.parametrize("tampered", [{"title": "both"}, {"title": "nobody"}, {"into_version": "x"}, {"listings": ""}])
def test_what_the_page_does_not_offer_is_not_taken(ada, moderator_client, short, long, tampered):
    form = ada.open(page_of(short, long)).form
    data = dict(form.values) | {"merge": "1"} | tampered
    answer = moderator_client.post(page_of(short, long), data)
    assert answer.status_code == 200
    assert Initiative.objects.published().count() == 2


def test_nothing_that_waits_can_be_merged(ada, short):
    waiting = factories.submission("D4C again")
    assert waiting.initiative.slug is None
    assert "not in the catalogue" in ada.open(f"/moderation/merge/?loser={short.slug}&into=d4c-again").main


def test_only_moderators_merge_and_only_within_their_remit(ada, moderator, member_client, short, long):
    assert Visitor().open(page_of(short, long)).url.startswith("/accounts/login/")
    assert member_client.get(page_of(short, long)).status_code == 403
    Remit.objects.create(moderator=moderator).themes.add(factories.theme("youth"))
    assert ada.open(page_of(short, long)).status == 403
    assert member_client.post(page_of(short, long), {"merge": "1"}).status_code == 403
    assert Submission.objects.filter(status=Status.PUBLISHED).count() == 2


def test_the_page_costs_the_same_however_much_the_entries_say(ada, django_assert_max_num_queries):
    entries = [
        factories.initiative(
            f"Entry {name}",
            themes=[factories.theme(f"{name}-{n}") for n in range(size)],
            keywords=[f"{name} {n}" for n in range(size)],
            organisations=[lead(f"{name} club {n}") for n in range(size)],
            links=[Source(f"https://example.org/{name}/{n}") for n in range(size)],
        )
        for name, size in (("small", 1), ("large", 6), ("larger", 6))
    ]
    ada.open(page_of(entries[0], entries[1]))
    with django_assert_max_num_queries(60):
        assert ada.open(page_of(entries[1], entries[2])).status == 200


def test_the_review_of_what_was_merged_says_so(ada, short, long):
    ada.open(page_of(short, long)).press("Merge")
    founding = Submission.objects.get(initiative=short)
    assert "Merged" in ada.open(address(founding)).main
