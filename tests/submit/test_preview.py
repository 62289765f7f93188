"""Looking before sending: the preview, and entries that look the same."""

import pytest
from django.apps import apps
from django.urls import reverse

from initiatives import moderation
from initiatives.content import read
from initiatives.models import Submission
from initiatives.search.duplicates import entries_like
from tests import factories
from tests.submit.answers import EVERYTHING, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LEAST = {"title": "Kampala for All", "summary": "It opens services.", "countries": "Uganda", "themes": ["diaspora"]}


def everything_stored():
    """Return the number of rows of every table but the sessions."""
    return {
        model: model._default_manager.count() for model in apps.get_models() if model._meta.app_label != "sessions"
    }


@pytest.fixture
def kampala():
    return factories.city("Kampala")


def test_the_preview_shows_the_page_as_it_would_be(anyone, kampala):
    page = anyone.open(reverse("submit:new")).press("Preview", **EVERYTHING)
    assert "This is a preview; nothing is sent yet." in page.main
    assert page.h1 == EVERYTHING["title"]
    for shown in ("First line second line <b>not bold</b>", "Kampala, Uganda", "Morocco", "2019–2024", "Completed"):
        assert shown in page.main
    for shown in (
        "It does much.",
        "12 % more (2023).",
        "Its own page",
        "Kampala Capital City Authority",
        "remittances",
    ):
        assert shown in page.main
    for shown in (
        "It answers the call.",
        "has signed the Marrakech Mayors Declaration",
        "Diaspora empowerment",
        "GCM 16",
    ):
        assert shown in page.main
    assert "Sam Submitter (not verified)" in page.main
    assert "sam@example.org" not in page.main


def test_the_preview_stores_nothing_and_tells_nobody(anyone, kampala, mailoutbox, django_capture_on_commit_callbacks):
    before = everything_stored()
    with django_capture_on_commit_callbacks(execute=True) as called:
        anyone.open(reverse("submit:new")).press("Preview", **EVERYTHING)
    assert everything_stored() == before
    assert called == mailoutbox == []


def test_what_the_preview_shows_is_sent_from_there_unchanged(anyone, kampala):
    form = anyone.open(reverse("submit:new"))
    form.press("Preview", **EVERYTHING).press("Submit for review")
    sent = Submission.objects.get()
    direct = Submission.objects.exclude(pk=sent.pk)
    assert read(sent.revision).title == EVERYTHING["title"]
    assert read(sent.revision).summary == EVERYTHING["summary"]
    # The same page sent without the detour is the same submission, so really nothing was changed on the way.
    form.press("Submit for review")
    assert not direct.exists()


def test_back_from_the_preview_everything_is_as_it_was(anyone, kampala):
    form = anyone.open(reverse("submit:new"))
    back = form.press("Preview", **EVERYTHING).press("Back to the form")
    assert back.errors == []
    kept = sorted((n, v.replace("\r\n", "\n")) for n, v in back.form.values if n != "csrfmiddlewaretoken" and v)
    assert kept == sorted(pair for pair in form.form.values if pair[0] != "csrfmiddlewaretoken" and pair[1])


def test_what_is_wrong_is_said_before_the_preview(anyone):
    page = anyone.open(reverse("submit:new")).press("Preview", **LEAST | {"title": ""})
    assert page.error("title") == "Error: Write the title."
    assert page.form["summary"] == LEAST["summary"]


def test_the_preview_of_a_change_names_the_submitter_as_the_entry_will(anyone):
    sam = moderation.Submitter(name="Sam", show_name=True, email="sam@example.org", is_verified=True)
    values = {"countries": [factories.country()], "themes": [factories.theme()]}
    waiting = factories.submission("Kampala for All", submitter=sam, **values)
    page = anyone.open(reverse("submit:edit", args=[waiting.token])).press("Preview", title="Kampala for Everyone")
    assert "Sam (verified)" in page.main
    page.press("Submit for review")
    waiting.refresh_from_db()
    assert waiting.revision.title == "Kampala for Everyone"


def test_an_entry_that_looks_the_same_is_shown_once_and_a_second_press_submits(anyone):
    known = factories.initiative("Kampala for All: safety nets", countries=[factories.country()])
    answers = LEAST | {"title": "Kampala for all, safety nets"}
    page = anyone.open(reverse("submit:new")).press("Submit for review", **answers)
    assert "Already in the catalogue? This entry looks the same." in page.main
    assert page.link("Kampala for All: safety nets") == known.get_absolute_url()
    assert page.errors == []
    assert page.form["summary"] == LEAST["summary"]
    assert Submission.objects.count() == 1
    page.press("Submit for review")
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("detour", [("Add another link",), ("Preview", "Back to the form")])
def test_whoever_saw_the_entry_that_looks_the_same_is_not_asked_again(anyone, detour):
    factories.initiative("Kampala for All", countries=[factories.country()])
    page = anyone.open(reverse("submit:new")).press("Submit for review", **LEAST)
    for words in detour:
        page = page.press(words)
    assert "Thank you" in page.press("Submit for review").main


def test_the_same_title_elsewhere_is_shown_too_but_a_similar_one_elsewhere_is_not(anyone):
    factories.initiative("Kampala for All", countries=[factories.country("MA")])
    assert "Already in the catalogue?" in post(anyone).main
    assert "Thank you" in post(anyone, title="Kampala for Women").main


def test_an_entry_that_is_not_public_is_never_shown_as_one_that_looks_the_same(anyone, moderator):
    uganda = [factories.country()]
    factories.submission("Kampala for All", countries=uganda)
    moderation.reject(factories.submission("Kampala for All", countries=uganda), by=moderator, note="No.")
    moderation.withdraw(factories.submission("Kampala for All", countries=uganda))
    assert "Thank you" in post(anyone).main


def test_a_title_without_any_word_looks_like_nothing():
    factories.initiative("!!!")
    assert entries_like(factories.content("???")) == []
