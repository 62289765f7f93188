"""Corrections of published entries: proposed by anybody, on the version they saw, and public once approved."""

import pytest
from django.urls import reverse

from initiatives import moderation, versions
from initiatives.content import Listing, NamedOrganisation, Source, read
from initiatives.models import Initiative, Revision, Submission
from tests import factories
from tests.submit.answers import leave_one_of_the_hour
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def entry_of_everything(**values):
    """Publish an entry that has something in every field of the form."""
    lead = NamedOrganisation("Kampala Capital City Authority", "local_government", "lead")
    everything = {
        "summary": "First line\nsecond line <b>not bold</b>",
        "language": "fr",
        "what_it_does": "It does *much*.\n\n- one\n- two",
        "results": "12 % more (2023).",
        "start_year": 2019,
        "end_year": 2024,
        "stage": "completed",
        "is_global": True,
        "countries": [factories.country("MA")],
        "cities": [factories.city("Kampala"), factories.city("Kampala", "US")],
        "themes": [factories.theme("diaspora"), factories.theme("cities")],
        "keywords": ["food", "remittances"],
        "objectives": [factories.objective("gcm-16"), factories.objective("sdg-11")],
        "organisations": [lead, NamedOrganisation("Club", "diaspora", "partner")],
        "declarations": [factories.declaration()],
        "listings": [Listing(factories.channel("call"), "2023", "https://example.org/call")],
        "links": [Source("https://example.org/kampala", "Its own page"), Source("https://example.org/")],
    }
    return factories.initiative("Kampala for All", **everything | values)


@pytest.fixture
def entry():
    sender = moderation.Submitter(name="Founding Fay", show_name=True)
    return factories.initiative(
        "Kampala for All", submitter=sender, countries=[factories.country()], themes=[factories.theme()]
    )


@pytest.fixture
def form(anyone, entry):
    return anyone.open(entry.get_absolute_url()).follow("Suggest a correction")


def sent():
    return Submission.objects.get(kind="correction")


def shown(entry):
    return Visitor().open(entry.get_absolute_url())


def test_anybody_suggests_a_correction_and_the_page_stays_until_it_is_approved(form, entry, moderator):
    assert form.form["title"] == "Kampala for All"
    page = form.press(
        "Submit for review", title="Kampala for Everyone", change_note="It was renamed.", email="sam@example.org"
    )
    assert "Your correction is in the queue" in page.main
    correction = sent()
    assert page.url == correction.tracking_url
    assert (correction.base, correction.initiative, correction.email) == (entry.current, entry, "sam@example.org")
    assert correction.revision.change_note == "It was renamed."
    assert shown(entry).h1 == "Kampala for All"
    moderation.approve(correction, by=moderator)
    assert shown(entry).h1 == "Kampala for Everyone"
    assert "It was renamed." in shown(entry).follow("2 versions").main
    # Whoever corrects an entry is not named on its page; whoever sent it still is.
    assert "Founding Fay" in shown(entry).main


def test_a_form_that_is_opened_and_sent_as_it_is_says_that_nothing_is_different(anyone):
    entry = entry_of_everything()
    page = anyone.open(reverse("submit:correct", args=[entry.slug]))
    for press in ("Submit for review", "Preview"):
        again = page.press(press, change_note="I only say why.")
        assert again.errors == ["Nothing is different yet. Change what should be, then send it."]
        assert again.form["change_note"] == "I only say why."
    assert Submission.objects.filter(kind="correction").count() == 0


def test_only_what_was_changed_differs_from_the_version_that_was_shown(anyone):
    entry = entry_of_everything()
    anyone.open(reverse("submit:correct", args=[entry.slug])).press("Submit for review", results="14 % more (2024).")
    assert versions.changed_parts(read(entry.current), read(sent().revision)) == ["results"]


def test_a_correction_keeps_the_version_it_was_made_on_though_a_newer_one_is_public(form, entry, moderator):
    base = entry.current
    newer = moderation.submit(
        factories.content("Kampala for All", summary="Newer."), submitter=moderation.Submitter(), base=base
    )
    moderation.approve(newer, by=moderator)
    detour = form.press("Add another link").press("Preview", title="Kampala for Everyone").press("Back to the form")
    detour.press("Submit for review")
    correction = Submission.objects.exclude(pk=newer.pk).get(kind="correction")
    assert correction.base == base
    moderation.approve(correction, by=moderator)
    now = read(Initiative.objects.get(pk=entry.pk).public)
    assert (now.title, now.summary) == ("Kampala for Everyone", "Newer.")


def test_a_version_that_is_no_approved_one_of_this_entry_is_no_base(form, entry):
    waiting = moderation.submit(factories.content(), submitter=moderation.Submitter(), base=entry.current)
    other = factories.initiative("Marrakesh")
    for base in ("", "0", "x", "9" * 30, waiting.revision_id, other.current_id):
        page = form.press("Submit for review", title="Kampala for Everyone", base_id=base)
        assert "We cannot tell which version you corrected." in page.main
        assert page.form["title"] == "Kampala for Everyone"
    assert Submission.objects.filter(kind="correction").count() == 1
    assert "is in the queue" in page.press("Submit for review").main
    assert Submission.objects.latest("pk").base == entry.current


def test_mistakes_are_told_and_what_was_typed_is_kept(form):
    page = form.press("Submit for review", title="", summary="New.", change_note="Why not.", countries="Atlantis")
    assert "Write the title." in page.error("title")
    assert "“Atlantis” is not a country" in page.error("countries")
    assert (page.form["summary"], page.form["change_note"]) == ("New.", "Why not.")
    assert page.title.startswith("Error: Correct: Kampala for All")


def test_the_preview_shows_the_page_and_what_changes_on_it(form, entry):
    page = form.press("Preview", title="Kampala for Everyone", name="Secret Sam")
    assert page.h1 == "Kampala for Everyone"
    assert "Founding Fay (not verified)" in page.main
    assert "Secret Sam" not in page.main
    assert [node.text for node in page.root.walk("del")] == ["Removed: All"]
    assert "is in the queue" in page.press("Submit for review").main
    assert sent().name == "Secret Sam"


def test_a_correction_is_sent_once_by_two_clicks(form):
    pages = [form.press("Submit for review", title="Kampala for Everyone") for _ in range(2)]
    assert pages[0].url == pages[1].url == sent().tracking_url


def test_a_correction_is_changed_at_its_link_and_keeps_its_base(form, entry, anyone, moderator):
    base = entry.current
    page = form.press("Submit for review", title="Kampala for Everyone", change_note="Renamed.")
    newer = moderation.submit(factories.content("X"), submitter=moderation.Submitter(), base=base)
    moderation.approve(newer, by=moderator)
    change = page.follow("Change it")
    assert change.h1 == "Change your correction"
    assert (change.form["title"], change.form["change_note"]) == ("Kampala for Everyone", "Renamed.")
    done = change.press("Preview", title="Kampala for Us All").press("Submit for review")
    assert "The new version is in the queue." in done.main
    correction = Submission.objects.exclude(pk=newer.pk).get(kind="correction")
    assert correction.base == base
    assert correction.revision.title == "Kampala for Us All"
    assert correction.revision.change_note == "Renamed."
    undone = anyone.open(reverse("submit:edit", args=[correction.token]))
    assert undone.press("Submit for review", title="Kampala for All").errors[0].startswith("Nothing is different yet.")


def test_a_reason_is_taken_back_by_emptying_it(form):
    page = form.press("Submit for review", title="Kampala for Everyone", change_note="Sam was dismissed.")
    page.follow("Change it").press("Submit for review", change_note="")
    assert sent().revision.change_note == ""


def test_what_came_before_is_no_reason_for_what_comes_next(form, entry, moderator, anyone):
    form.press("Submit for review", title="Kampala for Everyone", change_note="Renamed.")
    moderation.approve(sent(), by=moderator)
    assert anyone.open(reverse("submit:correct", args=[entry.slug])).form["change_note"] == ""


def test_owners_correct_what_is_theirs_and_others_suggest(entry, member, member_client):
    visitor = Visitor(member_client)
    assert "Suggest a correction" in visitor.open(entry.get_absolute_url()).main
    Initiative.objects.filter(pk=entry.pk).update(owner=member)
    page = visitor.open(entry.get_absolute_url()).follow("Correct it")
    assert page.form["name"] == "Mona"
    assert "email" not in page.form
    page.press("Submit for review", title="Kampala for Everyone")
    assert sent().member == member
    assert shown(entry).h1 == "Kampala for All"


def test_whoever_submitted_an_entry_as_a_member_corrects_it_as_their_own(member, member_client):
    entry = factories.initiative("Mine", submitter=moderation.Submitter(member=member))
    assert "Correct it" in Visitor(member_client).open(entry.get_absolute_url()).main
    assert Visitor(member_client).open(reverse("submit:mine")).follow("Correct it").url.endswith("/correct/")
    assert "Correct it" not in shown(entry).main


def test_corrections_of_machines_are_refused_like_submissions(form, settings):
    page = form.press("Submit for review", title="Kampala for Everyone", homepage="https://spam.example/")
    assert page.errors == ["Please wait a moment and press the button again."]
    settings.SUBMIT_MINIMUM_SECONDS = 60
    page = form.press("Submit for review", title="Kampala for Everyone")
    assert page.errors == ["Please wait a moment and press the button again."]
    assert Submission.objects.filter(kind="correction").count() == 0


def test_corrections_count_against_the_limit_of_a_network(entry, anyone, settings):
    leave_one_of_the_hour()
    form = anyone.open(reverse("submit:correct", args=[entry.slug]))
    assert form.press("Submit for review", title="Kampala for Everyone").status == 200
    page = anyone.open(reverse("submit:correct", args=[entry.slug]))
    late = page.press("Submit for review", title="Kampala for Us All")
    assert late.status == 429
    assert late.form["title"] == "Kampala for Us All"


def test_an_entry_that_is_not_public_cannot_be_corrected(anyone):
    factories.submission("Kampala for All")
    assert anyone.open("/initiatives/kampala-for-all/correct/").status == 404
    assert Revision.objects.count() == 1
