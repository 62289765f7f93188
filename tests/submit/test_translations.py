"""Anybody proposes a translation from the page of an entry; it is public once a moderator has read it."""

import pytest
from django.test import Client
from django.urls import reverse

from initiatives import moderation, versions
from initiatives.content import read
from initiatives.models import Initiative, Submission
from tests import factories
from tests.moderate.desk import correction
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

SAID = {"title": "Kampala pour tous", "summary": "La ville ouvre ses services."}


@pytest.fixture
def entry():
    return factories.initiative(
        "Kampala for All", what_it_does="It gives *cash*.", countries=[factories.country()], themes=[factories.theme()]
    )


@pytest.fixture
def form(entry):
    return Visitor().open(reverse("submit:translate", args=[entry.slug, "fr"]))


def sent():
    return Submission.objects.get(kind="correction")


def test_a_reader_translates_the_entry_into_the_language_they_read_and_it_is_shown_once_approved(entry, moderator):
    url = f"/fr{entry.get_absolute_url()}"
    page = Visitor().open(url).follow("Traduire en français")
    assert page.url == f"/fr/initiatives/{entry.slug}/translate/fr/"
    field = next(node for node in page.root.walk("textarea") if node.attrs["name"] == "summary")
    assert (field.attrs["lang"], field.attrs["dir"]) == ("fr", "ltr")
    assert "It gives *cash*." in page.main and "results" not in page.form
    done = page.press("Envoyer pour examen", **SAID, what_it_does="Elle donne de *l’argent*.", by_machine=True)
    submission = sent()
    assert done.url == submission.tracking_url and done.url.startswith("/fr/submissions/")
    assert versions.changed_parts(read(entry.public), read(submission.revision)) == ["text_fr"]
    said = read(submission.revision).translations["fr"]
    assert (said.title, said.what_it_does, said.made_by) == (SAID["title"], "Elle donne de *l’argent*.", "machine")
    assert Visitor().open(url).h1 == "Kampala for All"
    moderation.approve(submission, by=moderator)
    page = Visitor().open(url)
    assert page.h1 == "Kampala pour tous"
    again = page.follow("Corriger la traduction")
    assert (again.form["title"], again.form["by_machine"]) == ("Kampala pour tous", "on")


def test_a_page_in_the_language_of_the_entry_offers_no_translation(entry):
    assert "translate/" not in Visitor().open(entry.get_absolute_url()).html
    assert "translate/es/" in Visitor().open(f"/es{entry.get_absolute_url()}").html


def test_mistakes_are_told_and_what_was_typed_is_kept(form):
    page = form.press("Submit for review", title="\u200b", summary="", what_it_does="Elle donne.", email="nobody")
    assert page.errors == [
        "Title: Translate the title.",
        "Summary: Translate the summary.",
        "Your e-mail address: Enter a valid email address.",
    ]
    assert page.form["what_it_does"] == "Elle donne."
    assert Submission.objects.filter(kind="correction").count() == 0


def test_a_translation_that_says_nothing_new_is_not_sent_unless_the_original_was_changed(form, entry, moderator):
    form.press("Submit for review", **SAID)
    moderation.approve(sent(), by=moderator)
    again = Visitor().open(form.url)
    assert again.press("Submit for review").errors == [
        "Nothing is different yet. Change what should be, then send it."
    ]
    moderation.approve(correction(entry, title="Kampala for Everyone"), by=moderator)
    assert "/submissions/" in Visitor().open(form.url).press("Submit for review").url


def test_two_clicks_send_it_once_and_machines_are_refused(form, settings):
    assert form.press("Submit for review", **SAID).url == form.press("Submit for review").url == sent().tracking_url
    page = form.press("Submit for review", homepage="https://spam.example/")
    assert page.errors == ["Please wait a moment and press the button again."]


def test_a_translation_is_changed_at_its_link_until_it_is_decided(form, entry, moderator):
    page = form.press("Submit for review", **SAID, email="sam@example.org")
    moderation.request_changes(sent(), by=moderator, note="Say “toutes et tous”.")
    page = Visitor().open(page.url).follow("Change it")
    assert "Say “toutes et tous”." in page.main
    assert page.form["title"] == "Kampala pour tous" and "email" not in page.form
    page = page.press("Submit for review", title="")
    assert page.errors == ["Title: Translate the title."]
    done = page.press("Submit for review", title="Kampala pour toutes et tous")
    assert "The new version is in the queue." in done.main
    assert read(sent().revision).translations["fr"].title == "Kampala pour toutes et tous"
    moderation.approve(sent(), by=moderator)
    assert "can no longer be changed" in Visitor().open(reverse("submit:edit", args=[sent().token])).main
    late = page.press("Submit for review", title="Trop tard")
    assert "decided since you opened this page" in late.main and late.form["title"] == "Trop tard"


def test_a_member_translates_under_their_name_which_nobody_is_shown(entry, member, member_client):
    page = Visitor(member_client).open(reverse("submit:translate", args=[entry.slug, "ar"]))
    assert "email" not in page.form
    page.press("Submit for review", title="كمبالا للجميع", summary="خدمات.")
    assert (sent().member, sent().show_name) == (member, False)


def test_a_correction_of_the_original_keeps_the_translations(form, entry, moderator, anyone):
    form.press("Submit for review", **SAID)
    moderation.approve(sent(), by=moderator)
    page = anyone.open(reverse("submit:correct", args=[entry.slug]))
    assert page.press("Submit for review").errors == ["Nothing is different yet. Change what should be, then send it."]
    page.press("Submit for review", title="Kampala for Everyone")
    moderation.approve(Submission.objects.latest("pk"), by=moderator)
    now = read(Initiative.objects.get(pk=entry.pk).public)
    assert (now.title, now.translations["fr"].title) == ("Kampala for Everyone", "Kampala pour tous")


def test_no_base_no_such_language_its_own_language_and_no_entry_are_answered_for(form, entry):
    page = form.press("Submit for review", **SAID, base_id="0")
    assert "We cannot tell which version you translated." in page.main
    assert page.form["title"] == "Kampala pour tous"
    assert "/submissions/" in page.press("Submit for review").url
    own = Visitor().open(reverse("submit:translate", args=[entry.slug, "en"]))
    assert own.url == reverse("submit:correct", args=[entry.slug]) and "is written in English" in own.main
    for slug, language in ((entry.slug, "de"), ("nothing", "fr")):
        assert Client().get(f"/initiatives/{slug}/translate/{language}/").status_code == 404


def test_what_was_typed_is_kept_when_the_entry_is_taken_off_meanwhile(form, entry, moderator):
    moderation.unpublish(entry, by=moderator, reason="Closed.")
    page = form.press("Submit for review", **SAID)
    assert page.status == 410
    assert page.form["title"] == "Kampala pour tous" and "no longer in the catalogue" in page.main
    assert "It gives *cash*." not in page.main


def test_what_was_typed_is_kept_when_the_entry_is_in_that_language_meanwhile(form, entry, moderator):
    from tests.moderate.desk import correction

    moderation.approve(correction(entry, language="fr"), by=moderator)
    page = form.press("Submit for review", **SAID)
    assert page.status == 409 and page.form["title"] == SAID["title"]
    assert "This entry is written in French" in page.main
    assert not Submission.objects.filter(kind="correction", status="submitted").exists()


def test_a_browser_can_fill_in_the_address(form):
    assert (
        next(node for node in form.root.walk("input") if node.attrs.get("name") == "email").attrs["autocomplete"]
        == "email"
    )
