"""What is begun and not sent: kept as it was typed, found again at its link, sent once."""

import pytest
from django.test import Client
from django.urls import reverse

from initiatives import moderation
from initiatives.content import read
from initiatives.models import Draft, Initiative, Submission
from initiatives.submit.drafts import MOST_CHARACTERS
from tests import factories
from tests.submit.answers import EVERYTHING, leave_one_of_the_hour, organisation, post
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LEAST = {"title": "Kampala for All", "summary": "It opens services.", "countries": "Uganda", "themes": ["diaspora"]}
#: What no submission could say, and a draft may.
HALF = {
    "title": "  Half a title — “so far”",
    "summary": "One line\n\nand <b>another</b>\n",
    "is_global": True,
    "countries": ["Atlantis", "", "Uganda"],
    "cities": ["", "Nowhere-on-Sea", ""],
    "start_year": "20",
    "end_year": "1850",
    "stage": "ongoing",
    "themes": ["diaspora", "cities"],
    "keywords": ", ,one;",
    "declarations": ["marrakech"],
    "objectives_sdg": ["sdg-11"],
    "organisations__0__role": "partner",
    "links__0__label": "A label without its page",
    "listings__0__date": "2023-13",
    "name": "Sam",
    "email": "sam@nowhere",
    "show_name": True,
}
OF_THE_PAGE = {"csrfmiddlewaretoken", "key", "draft", "shown_at"}


def typed(page):
    """Return everything that would be sent from a page, but for what each page has of its own."""
    values = [(name, value.replace("\r\n", "\n")) for name, value in page.form.values if name not in OF_THE_PAGE]
    return sorted(values)


def begin(visitor, **answers):
    """Save a draft and return its page."""
    return visitor.open(reverse("submit:new")).press("Save draft", **answers)


# ---- Saving and going on ---------------------------------------------------


def test_whatever_was_typed_is_kept_unjudged_and_comes_back_exactly(anyone):
    form = anyone.open(reverse("submit:new"))
    form = form.press("Add another organisation").press("Add another link")
    row = organisation(1, "", "academia")
    page = form.press("Save draft", **HALF, **row)
    assert page.url == Draft.objects.get().tracking_url
    assert "Your draft is saved." in page.main
    assert page.h1 == "Half a title — “so far”"
    assert "Draft" in page.main
    again = page.follow("Go on writing")
    assert again.errors == []
    assert typed(again) == typed(form)
    # And once more, for what comes back is what is saved the next time.
    assert typed(again.press("Save draft").follow("Go on writing")) == typed(form)
    assert Draft.objects.get().version == 2
    assert not Submission.objects.exists()


def test_a_draft_is_found_by_its_link_alone_and_shows_the_link_to_be_kept(anyone):
    page = begin(anyone, title="Kampala")
    assert f"http://testserver{page.url}" in page.main
    stranger = Visitor()
    assert stranger.open(page.url).follow("Go on writing").form["title"] == "Kampala"
    for name in ("tracking", "edit", "discard"):
        response = stranger.client.get(reverse(f"submit:{name}", args=[Draft.objects.get().token]))
        assert {"no-store", "private"} <= set(response["Cache-Control"].replace(" ", "").split(","))
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"


def test_neither_the_link_nor_what_leads_to_it_is_stored(anyone):
    form = anyone.open(reverse("submit:new"))
    form.press("Save draft", title="Kampala")
    row = str(Draft.objects.values_list().get())
    assert Draft.objects.get().token not in row
    assert form.form["key"] not in row


def test_an_empty_draft_has_a_name_too(anyone):
    assert begin(anyone).h1 == "Untitled draft"


def test_two_clicks_save_one_draft_and_going_back_to_the_page_goes_on_with_it(anyone):
    form = anyone.open(reverse("submit:new"))
    pages = [form.press("Save draft", title="Kampala") for _ in range(2)]
    later = form.press("Save draft", title="Kampala for All")
    assert pages[0].url == pages[1].url == later.url
    assert Draft.objects.get().title == "Kampala for All"


def test_members_find_their_drafts_above_what_they_sent_and_nobody_elses(member_client, member):
    mona = Visitor(member_client)
    factories.submission("Sent already", submitter=moderation.Submitter(member=member))
    begin(mona, title="Begun by Mona")
    begin(Visitor(), title="Begun by somebody else")
    page = mona.open(reverse("submit:mine"))
    assert page.main.index("Drafts") < page.main.index("Begun by Mona") < page.main.index("Sent already")
    assert "Begun by somebody else" not in page.main
    assert page.follow("Begun by Mona").form["title"] == "Begun by Mona"


def test_an_anonymous_draft_that_a_member_saves_is_theirs_from_then_on(anyone, member_client, member):
    edit = begin(anyone, title="Begun without an account", email="sam@example.org").link("Go on writing")
    assert Draft.objects.get().email == "sam@example.org"
    Visitor(member_client).open(edit).press("Save draft")
    assert Draft.objects.get().member == member
    assert Draft.objects.get().email == member.email


def test_only_fields_of_the_form_are_kept_and_no_characters_that_are_no_text(anyone):
    post(anyone, save="1", title="Kam\x00pala\ufdd0", made_up="x", links__7__url="y", links__700__url="z", homepage="")
    answers = Draft.objects.get().answers
    assert answers["title"] == ["Kampala"]
    assert answers["links-7-url"] == ["y"]
    assert not {"made_up", "links-700-url", "homepage", "key", "csrfmiddlewaretoken", "save"} & set(answers)


def test_more_than_a_draft_holds_is_refused_with_a_sentence_and_stays_on_the_page(anyone):
    long = "x" * (MOST_CHARACTERS + 1)
    page = begin(anyone, what_it_does=long)
    (error,) = page.errors
    assert error.startswith("These are 200,0") and "Shorten the longest text" in error
    assert page.form["what_it_does"] == long
    assert not Draft.objects.exists()
    assert "Your draft is saved." in page.press("Save draft", what_it_does="x").main


def test_anonymous_drafts_count_among_the_submissions_of_an_hour_and_members_drafts_do_not(anyone, member_client):
    leave_one_of_the_hour()
    begin(Visitor(), title="The last one")
    page = begin(anyone, title="One more")
    assert page.status == 429
    assert page.errors[0].startswith("Too many submissions came from your network within an hour.")
    assert page.form["title"] == "One more"
    assert "Your draft is saved." in begin(Visitor(member_client)).main
    # Whoever has one may go on with it.
    draft = Draft.objects.order_by("pk")[0]
    assert "Your draft is saved." in anyone.open(draft.edit_url).press("Save draft", title="Changed").main


def test_a_machine_in_the_trap_saves_no_draft(anyone):
    page = begin(anyone, title="Spam", homepage="https://spam.example")
    assert page.errors == ["Please wait a moment and press the button again."]
    assert not Draft.objects.exists()


# ---- Throwing away ---------------------------------------------------------


def test_throwing_a_draft_away_is_asked_for_first_and_done_by_a_button(anyone):
    page = begin(anyone, title="Kampala")
    ask = page.follow("Throw it away")
    assert Draft.objects.exists()
    for _click in range(2):
        done = ask.press("Throw it away")
        assert "The draft is thrown away." in done.main
        assert done.url == reverse("submit:new")
    assert not Draft.objects.exists()
    for url in (page.url, f"{page.url}edit/", f"{page.url}discard/"):
        assert anyone.client.get(url).status_code == 404


@pytest.mark.parametrize("button", ["Save draft", "Submit for review"])
def test_what_is_typed_into_a_draft_that_is_gone_is_kept_on_the_page_and_can_be_sent(anyone, button):
    form = begin(anyone, **LEAST).follow("Go on writing")
    Draft.objects.all().delete()
    page = form.press(button, summary="Written since.")
    assert page.status == 404
    assert "This draft does not exist any more." in page.main
    assert page.form["summary"] == "Written since."
    assert "Thank you." in page.press("Submit for review").main
    assert read(Submission.objects.get().revision).summary == "Written since."


# ---- Two windows -----------------------------------------------------------


@pytest.mark.parametrize("button", ["Save draft", "Submit for review"])
def test_of_two_windows_the_second_is_told_of_the_first_and_nothing_is_lost(anyone, button):
    edit = begin(anyone, **LEAST).link("Go on writing")
    one, two = anyone.open(edit), anyone.open(edit)
    one.press("Save draft", title="From the first")
    page = two.press(button, title="From the second")
    assert "The draft was changed elsewhere." in page.main
    assert page.link("Look at what was saved (opens in a new window)") == edit
    assert page.form["title"] == "From the second"
    assert Draft.objects.get().title == "From the first"
    assert not Submission.objects.exists()
    page.press(button)
    kept = Draft.objects.first() or Submission.objects.get().revision
    assert kept.title == "From the second"


def test_two_windows_that_say_the_same_are_no_conflict(anyone):
    edit = begin(anyone, **LEAST).link("Go on writing")
    one, two = anyone.open(edit), anyone.open(edit)
    for window in (one, two):
        assert "Your draft is saved." in window.press("Save draft", title="The same").main


# ---- Sending ---------------------------------------------------------------


def test_a_draft_that_is_sent_becomes_the_submission_at_the_same_link(anyone):
    factories.city("Kampala")
    form = begin(anyone, **EVERYTHING).follow("Go on writing")
    draft = Draft.objects.get()
    page = form.press("Submit for review")
    submission = Submission.objects.get()
    assert page.url == draft.tracking_url == submission.tracking_url
    assert "Waiting for review" in page.main
    assert not Draft.objects.exists()
    assert (submission.name, submission.email) == ("Sam Submitter", "sam@example.org")
    assert read(submission.revision).title == EVERYTHING["title"]


def test_a_draft_is_looked_at_before_it_is_sent_as_anything_else(anyone):
    form = begin(anyone, **LEAST | {"countries": "Atlantis"}).follow("Go on writing")
    page = form.press("Submit for review")
    assert "“Atlantis” is not a country" in page.error("countries")
    assert Draft.objects.exists()
    preview = page.press("Preview", countries="Uganda")
    assert "This is a preview; nothing is sent yet." in preview.main
    back = preview.press("Back to the form")
    assert typed(back) == typed(page)
    assert "Thank you." in preview.press("Submit for review").main
    assert not Draft.objects.exists()


def test_a_draft_is_sent_once_by_two_clicks_and_the_second_ends_where_the_first_did(anyone):
    factories.city("Kampala")
    form = begin(anyone, **LEAST | {"countries": "", "cities": "Kampala"}).follow("Go on writing")
    pages = [form.press("Submit for review") for _ in range(2)]
    assert pages[0].url == pages[1].url == Submission.objects.get().tracking_url
    assert "sent already" not in pages[1].main


def test_a_window_left_open_after_the_draft_was_sent_says_so_and_can_send_it_as_a_new_version(anyone, moderator):
    edit = begin(anyone, **LEAST).link("Go on writing")
    left_open = anyone.open(edit)
    anyone.open(edit).press("Submit for review")
    for button in ("Save draft", "Submit for review"):
        page = left_open.press(button, title="Kampala for Everyone")
        assert "This draft is sent already." in page.main
        assert "stands here: Waiting for review." in page.main
        assert page.form["title"] == "Kampala for Everyone"
        assert (Submission.objects.count(), Draft.objects.count()) == (1, 0)
    assert "The new version is in the queue." in page.press("Submit for review").main
    assert Submission.objects.get().revision.title == "Kampala for Everyone"

    moderation.approve(Submission.objects.get(), by=moderator)
    page = left_open.press("Submit for review", title="Kampala for Nobody")
    assert "stands here: Published." in page.main
    assert page.form["title"] == "Kampala for Nobody"
    assert Initiative.objects.get().public.title == "Kampala for Everyone"


def test_back_at_the_empty_form_from_which_a_draft_was_saved_and_sent_nothing_is_sent_twice(anyone):
    form = anyone.open(reverse("submit:new"))
    form.press("Save draft", **LEAST).follow("Go on writing").press("Submit for review")
    assert form.press("Submit for review").url == Submission.objects.get().tracking_url
    page = form.press("Submit for review", title="Another one")
    assert "This draft is sent already." in page.main
    assert page.form["title"] == "Another one"
    assert Submission.objects.count() == 1


def test_back_at_the_empty_form_from_which_a_draft_was_saved_the_draft_is_sent(anyone):
    form = anyone.open(reverse("submit:new"))
    draft = form.press("Save draft", title="So far")
    assert form.press("Submit for review", **LEAST).url == draft.url
    assert not Draft.objects.exists()


def test_a_draft_goes_with_the_account_of_its_writer(member_client, member):
    begin(Visitor(member_client), title="Begun")
    member.delete()
    assert not Draft.objects.exists()


def test_a_draft_is_not_reached_by_a_link_that_was_made_up(anyone):
    begin(anyone, title="Begun")
    draft = Draft.objects.get()
    for wrong in ("0" * 40, draft.seed[:40], draft.token_hash[:40], draft.page[:40]):
        for name in ("tracking", "edit", "discard", "autosave_draft"):
            address = reverse(f"submit:{name}", args=[wrong])
            assert Client().get(address).status_code in (404, 405)
    assert Draft.objects.exists()
