"""Who sent it: anonymous or named, confirmed or not, and what of that anybody else sees."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client
from django.urls import reverse

from initiatives import emails, moderation
from initiatives.models import Submission
from tests import factories
from tests.submit.answers import answers, post
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def publish(submission):
    moderation.approve(submission, by=factories.moderator())
    return Visitor().open(submission.initiative.get_absolute_url())


def link(mail, part="confirm/"):
    """Return the path of the link with `part` in a mail."""
    return next(path for path in re.findall(r"^http://127\.0\.0\.1:8000(/\S+)$", mail.body, re.M) if part in path)


def submitted(anyone, mailoutbox, capture, **changes):
    with capture(execute=True):
        post(anyone, **{"email": "sam@example.org"} | changes)
    return Submission.objects.latest("pk"), mailoutbox[-1] if mailoutbox else None


def test_a_submission_without_name_and_address_is_anonymous_and_not_verified(anyone, mailoutbox):
    post(anyone)
    assert "Anonymous (not verified)" in publish(Submission.objects.get()).main
    assert mailoutbox == []


def test_whoever_gives_an_address_gets_a_mail_with_both_links(anyone, mailoutbox, django_capture_on_commit_callbacks):
    submission, mail = submitted(anyone, mailoutbox, django_capture_on_commit_callbacks)
    assert mail.to == ["sam@example.org"]
    assert mail.subject == "Please confirm your submission to Passerelle"
    assert link(mail, submission.token) == submission.tracking_url
    assert link(mail).startswith("/submissions/confirm/")
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_link_of_the_mail_shows_a_button_and_only_the_button_confirms(
    anyone, mailoutbox, django_capture_on_commit_callbacks
):
    submission, mail = submitted(anyone, mailoutbox, django_capture_on_commit_callbacks)
    for look in (Visitor().client.get, Visitor().client.head):
        assert look(link(mail)).status_code == 200
    submission.refresh_from_db()
    assert not submission.is_verified
    page = Visitor().open(link(mail)).press("Yes, confirm my address")
    submission.refresh_from_db()
    assert submission.is_verified
    assert page.url == submission.tracking_url
    assert "Your address is confirmed" in page.main
    assert "Anonymous (verified)" in publish(submission).main


def test_confirming_twice_is_no_mistake(anyone, mailoutbox, django_capture_on_commit_callbacks):
    submission, mail = submitted(anyone, mailoutbox, django_capture_on_commit_callbacks)
    ask = Visitor().open(link(mail))
    ask.press("Yes, confirm my address")
    submission.refresh_from_db()
    before = submission.verified_at
    assert ask.press("Yes, confirm my address").status == 200
    submission.refresh_from_db()
    assert submission.verified_at == before


def test_the_link_of_the_mail_works_for_two_weeks_and_then_says_what_to_do(
    anyone, mailoutbox, django_capture_on_commit_callbacks
):
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        submission, mail = submitted(anyone, mailoutbox, django_capture_on_commit_callbacks)
        clock.shift(14 * 24 * 3600 - 1)
        assert Visitor().client.get(link(mail)).status_code == 200
        clock.shift(2)
        page = Visitor().open(link(mail))
    assert page.status == 404
    assert page.h1 == "This link does not work"
    assert "ask for a new one there" in page.main
    assert Client().post(link(mail)).status_code == 404
    submission.refresh_from_db()
    assert not submission.is_verified


def test_a_link_that_was_tampered_with_confirms_nothing(anyone, mailoutbox, django_capture_on_commit_callbacks):
    submission, mail = submitted(anyone, mailoutbox, django_capture_on_commit_callbacks)
    value = link(mail).removeprefix("/submissions/confirm/").rstrip("/")
    other = signing.TimestampSigner(salt="another purpose").sign_object([submission.pk, submission.email])
    for wrong in (value[:-1], value[1:], value + "x", value.replace(":", "", 1), "x", "::", "é", other):
        for ask in (Client().get, Client().post):
            response = ask(reverse("submit:confirm", args=[wrong]))
            assert response.status_code == 404
            assert "This link does not work" in response.content.decode()
    submission.refresh_from_db()
    assert not submission.is_verified


def test_a_link_confirms_the_address_it_was_sent_to_and_no_other(anyone):
    submission = factories.submission(submitter=moderation.Submitter(email="sam@example.org"))
    value = emails.confirmation_value(submission)
    Submission.objects.update(email="eve@example.org")
    assert Client().post(reverse("submit:confirm", args=[value])).status_code == 404


def test_a_second_mail_can_be_asked_for_and_then_not_again_for_ten_minutes(anyone, mailoutbox):
    submission = factories.submission(submitter=moderation.Submitter(email="sam@example.org"))
    page = anyone.open(submission.tracking_url)
    assert "Confirm it with the link in our mail to sam@example.org" in page.main
    assert "The mail is on its way." in page.press("Send the mail again").main
    assert "Wait ten minutes" in page.press("Send the mail again").main
    assert [mail.to for mail in mailoutbox] == [["sam@example.org"]]
    assert anyone.client.get(reverse("submit:send_confirmation", args=[submission.token])).status_code == 405


@pytest.mark.parametrize("who", [{"email": ""}, {"email": "sam@example.org", "is_verified": True}])
def test_whoever_has_no_address_to_confirm_gets_no_mail(mailoutbox, who):
    submission = factories.submission(submitter=moderation.Submitter(**who))
    page = Visitor().open(submission.tracking_url)
    assert "Send the mail again" not in page.main
    Client().post(reverse("submit:send_confirmation", args=[submission.token]))
    assert mailoutbox == []


def test_what_a_member_submits_is_verified_at_once_and_asks_nothing(
    member_client, member, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        member_client.post(reverse("submit:new"), answers(name="Mona", show_name="on", email="eve@example.org"))
    submission = Submission.objects.get()
    assert (submission.member, submission.email) == (member, "mona@example.org")
    assert submission.is_verified
    assert "confirm" not in mailoutbox[0].body
    assert "Mona (verified)" in publish(submission).main


def test_a_member_whose_address_is_not_confirmed_is_not_verified(member_client, member):
    EmailAddress.objects.filter(user=member).update(verified=False)
    member_client.post(reverse("submit:new"), answers())
    assert not Submission.objects.get().is_verified


@pytest.mark.parametrize("shown", [False, True])
def test_a_name_is_shown_only_if_that_was_said(anyone, shown):
    post(anyone, name="Sam Submitter", email="sam@example.org", **({"show_name": "on"} if shown else {}))
    submission = Submission.objects.get()
    page = publish(submission)
    public = [page.html]
    for path in ("/", "/initiatives/", "/feeds/initiatives.atom", "/countries/UG/", "/themes/diaspora/"):
        public.append(Visitor().client.get(path).content.decode())
    assert any("Sam Submitter" in each for each in public) == shown
    assert not any("sam@example.org" in each for each in public)


def test_the_organisation_of_a_submitter_is_not_public(anyone):
    post(anyone, organisation="Quiet association", name="Sam", show_name="on")
    assert "Quiet association" not in publish(Submission.objects.get()).html
