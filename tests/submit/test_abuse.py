"""Nobody is mailed what a stranger typed, nobody fills the queue, and no person is kept from submitting."""

import re
import smtplib
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache
from django.core.signing import Signer, b64_decode
from django.test import Client
from django.urls import reverse

from initiatives import emails, moderation
from initiatives.limits import Limit
from initiatives.models import Submission
from tests import factories
from tests.submit.answers import answers, leave_one_of_the_hour, post
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LEAST = {"title": "Kampala for All", "summary": "It opens services.", "countries": "Uganda", "themes": ["diaspora"]}
SPAM = "CHEAP PILLS http://spam.example"
WAIT = "Please wait a moment and press the button again."
VICTIM = moderation.Submitter(email="victim@example.org", name=SPAM, organisation=SPAM)


def received(*, verified=False, title="Kampala for All", email="victim@example.org"):
    return factories.submission(title, submitter=moderation.Submitter(email=email, is_verified=verified))


# ---- Mails -----------------------------------------------------------------


def test_a_mail_to_an_address_that_is_not_confirmed_holds_no_word_of_whoever_typed_it(
    moderator, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        waiting = factories.submission(SPAM, submitter=VICTIM)
        moderation.request_changes(waiting, by=moderator, note="Is this about migration?")
        moderation.reject(waiting, by=moderator, note="It is not.")
    subjects = [mail.subject for mail in mailoutbox]
    assert subjects == [
        "Please confirm your submission to Passerelle",
        "Please have another look at your submission to Passerelle",
        "Your submission to Passerelle is not published",
    ]
    for mail in mailoutbox:
        assert not re.search("pills|spam", mail.message().as_string(), re.I)
    assert "It is not." in mailoutbox[-1].body


def test_a_mail_to_a_confirmed_address_names_the_initiative(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        received(verified=True)
    assert mailoutbox[0].subject == "Received: Kampala for All"
    assert "\n“Kampala for All”\n" in mailoutbox[0].body


def test_an_address_that_is_not_confirmed_gets_three_mails_an_hour_and_every_submission_is_taken(
    anyone, mailoutbox, django_capture_on_commit_callbacks
):
    spellings = ["victim@example.org", "Victim@example.org", "victim+1@EXAMPLE.org", "victim+2@example.org"]
    with time_machine.travel("2026-03-01 12:10Z", tick=False) as clock:
        with django_capture_on_commit_callbacks(execute=True):
            pages = [post(anyone, email=address) for address in spellings]
        assert len(mailoutbox) == 3
        assert Submission.objects.count() == 4
        page = pages[-1].press("Send the mail again")
        assert "Several mails went to this address within an hour. Try again in 50 minutes." in page.main
        assert len(mailoutbox) == 3
        clock.shift(50 * 60)
        assert "The mail is on its way." in page.press("Send the mail again").main
    assert len(mailoutbox) == 4


def test_confirmed_addresses_and_other_people_are_not_kept_from_their_mails(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            received(verified=True)
            received(email="flooded@example.org")
        received(email="other@example.org")
    to = [mail.to[0] for mail in mailoutbox]
    assert to.count("victim@example.org") == 5
    assert to.count("flooded@example.org") == 3
    assert to.count("other@example.org") == 1


def test_while_the_mail_server_is_away_that_is_said_and_the_next_try_sends(anyone, monkeypatch, mailoutbox, caplog):
    waiting = received()
    page = anyone.open(waiting.tracking_url)
    for error in [smtplib.SMTPRecipientsRefused({}), ConnectionRefusedError("away")] * 2:
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.EmailMessage.send", lambda self, error=error: (_ for _ in ()).throw(error))
            again = page.press("Send the mail again")
        assert again.status == 200
        assert "The mail could not be sent just now. Try again in a few minutes." in again.main
    assert "The mail is on its way." in page.press("Send the mail again").main
    assert len(mailoutbox) == 1


def test_a_confirmation_link_does_not_hold_the_address():
    waiting = received()
    value = emails.confirmation_value(waiting)
    assert emails.read_confirmation(value) == waiting
    payload = b64_decode(value.split(":")[0].encode()).decode()
    assert payload.startswith(f"[{waiting.pk},")
    assert "victim" not in payload


# ---- The queue -------------------------------------------------------------


def test_twenty_submissions_an_hour_come_from_one_address_and_the_next_is_kept_until_then(anyone):
    with time_machine.travel("2026-03-01 12:10Z", tick=False) as clock:
        for number in range(20):
            assert "Thank you" in post(anyone, title=f"Number {number}").main
        page = anyone.open(reverse("submit:new")).press("Submit for review", **LEAST, name="Sam")
        assert page.status == 429
        (error,) = page.errors
        assert error.startswith("Too many submissions came from your network within an hour. Try again in 50 minutes")
        assert (page.form["title"], page.form["name"]) == ("Kampala for All", "Sam")
        assert Submission.objects.count() == 20
        clock.shift(50 * 60)
        assert "Thank you" in page.press("Submit for review").main


def test_the_second_click_on_the_last_submission_of_the_hour_leads_to_it(anyone):
    leave_one_of_the_hour()
    form = anyone.open(reverse("submit:new"))
    pages = [form.press("Submit for review", **LEAST) for _ in range(2)]
    assert pages[0].url == pages[1].url
    assert Submission.objects.count() == 1


def test_people_behind_a_proxy_are_told_apart_and_nobody_can_pretend_to_be_many(settings, vocabulary):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    statuses = []
    leave_one_of_the_hour("198.51.100.7")
    for number in range(2):
        pretended = {"x-forwarded-for": f"192.0.2.{number}, 198.51.100.7"}
        data = answers(title=f"Number {number}")
        statuses.append(Client().post(reverse("submit:new"), data, headers=pretended).status_code)
    assert statuses == [302, 429]
    other = Client().post(reverse("submit:new"), answers(), headers={"x-forwarded-for": "198.51.100.8"})
    assert other.status_code == 302


def test_the_cache_holds_neither_client_addresses_nor_e_mail_addresses(
    anyone, monkeypatch, django_capture_on_commit_callbacks
):
    keys = []
    add = cache.add
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: keys.append(key) or add(key, *args, **kwargs))
    with django_capture_on_commit_callbacks(execute=True):
        post(anyone, email="sam@example.org")
    assert [key.split(":")[1] for key in keys if key.startswith("limit:")] == ["submissions", "mails"]
    assert not re.search(r"127\.0|sam|example", " ".join(keys))


def test_a_member_who_is_signed_in_is_not_limited(member_client, settings):
    settings.SUBMIT_MINIMUM_SECONDS = 3
    for number in range(25):
        response = member_client.post(reverse("submit:new"), answers(title=f"Number {number}", homepage="x"))
        assert response.status_code == 302


def test_of_many_at_once_no_more_than_the_limit_get_a_place():
    limit = Limit("test", most=5, seconds=3600)
    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(lambda _: limit.take("somebody"), range(40)))
    assert sum(place is not None for place in places) == 5
    assert limit.take("somebody else")


# ---- The trap and the least time -------------------------------------------


@pytest.fixture
def minimum(settings):
    settings.SUBMIT_MINIMUM_SECONDS = 3


def test_the_trap_cannot_be_reached_by_keyboard_or_heard(anyone):
    page = anyone.open(reverse("submit:new"))
    (trap,) = [node for node in page.root.walk("div") if node.attrs.get("class") == "trap"]
    (box,) = [node for node in trap.walk("input") if node.attrs.get("type") == "text"]
    assert trap.attrs["aria-hidden"] == "true"
    assert trap.text == "Leave this empty"
    assert (box.attrs["tabindex"], box.attrs["autocomplete"]) == ("-1", "off")


@pytest.mark.parametrize("detour", [(), ("Preview",)])
def test_whoever_falls_into_the_trap_loses_nothing_and_gets_out_at_the_second_press(anyone, detour):
    page = anyone.open(reverse("submit:new"))
    page.form.fill(**LEAST, homepage="https://spam.example")
    for button in detour:
        page = page.press(button)
    page = page.press("Submit for review")
    assert page.errors == [WAIT]
    assert page.form["title"] == "Kampala for All"
    assert page.form["homepage"] == ""
    assert not Submission.objects.exists()
    assert "Thank you" in page.press("Submit for review").main


@pytest.mark.usefixtures("minimum")
def test_a_form_that_comes_back_at_once_is_asked_to_wait_and_then_taken(anyone):
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        form = anyone.open(reverse("submit:new"))
        clock.shift(2)
        page = form.press("Submit for review", **LEAST)
        assert page.errors == [WAIT]
        assert page.form["summary"] == "It opens services."
        clock.shift(1)
        assert "Thank you" in page.press("Submit for review").main


@pytest.mark.usefixtures("minimum")
def test_the_time_counts_from_the_first_look_through_the_preview_and_other_detours(anyone):
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        form = anyone.open(reverse("submit:new"))
        clock.shift(3)
        page = form.press("Preview", **LEAST).press("Back to the form").press("Add another link")
        assert "Thank you" in page.press("Submit for review").main


@pytest.mark.usefixtures("minimum")
@pytest.mark.parametrize("shown_at", [None, "", "x", "::", "\x00", "MQ:forged", "é" * 9000, Signer().sign_object(1)])
def test_a_time_that_was_not_written_here_counts_for_nothing_and_is_replaced(anyone, shown_at):
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        page = post(anyone, shown_at=shown_at)
        assert page.errors == [WAIT]
        clock.shift(3)
        assert "Thank you" in page.press("Submit for review").main


# ---- The tracking page -----------------------------------------------------


def test_the_tracking_page_leads_where_it_should_after_the_secret_was_replaced(anyone, settings):
    waiting = received()
    address = waiting.tracking_url
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []
    page = anyone.open(address)
    assert "None" not in "".join(node.attrs.get("href", "") for node in page.root.walk("a"))
    assert page.follow("Change it").link("Leave it as it is") == address
    assert page.follow("Take it back").link("Leave it in the queue") == address
    assert page.press("Send the mail again").url == address
    assert page.follow("Take it back").press("Take it back").url == address


def test_a_name_can_be_taken_off_a_published_entry_at_once(anyone, moderator):
    sam = moderation.Submitter(name="Sam", show_name=True)
    waiting = factories.submission(submitter=sam)
    moderation.approve(waiting, by=moderator)
    entry = waiting.initiative.get_absolute_url()
    assert "Sam" in anyone.open(entry).main
    page = anyone.open(waiting.tracking_url).press("Do not show my name")
    assert page.url == waiting.tracking_url
    assert "Your name is no longer shown." in page.main
    assert "Do not show my name" not in page.main
    assert "Sam" not in anyone.open(entry).main
    assert "Sam" not in Client().get("/feeds/initiatives.atom").content.decode()


def test_only_a_button_takes_a_name_off_and_only_for_whoever_has_the_link(anyone):
    waiting = factories.submission(submitter=moderation.Submitter(name="Sam", show_name=True))
    assert Client().get(reverse("submit:hide_name", args=[waiting.token])).status_code == 405
    assert Client().post(reverse("submit:hide_name", args=["0" * 40])).status_code == 404
    waiting.refresh_from_db()
    assert waiting.show_name
    assert "Do not show my name" not in Visitor().open(received().tracking_url).main
