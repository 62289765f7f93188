"""A newcomer creates an account."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.forms import SignupDetails
from accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def sign_up(client: Client, **given: str):
    answers = {"email": "grace@example.org", "password1": PASSWORD, "name": ""} | given
    return client.post(reverse("account_signup"), answers)


def test_a_newcomer_signs_up_confirms_the_address_signs_in_and_out(client, mailoutbox, link_in) -> None:
    page = sign_up(client, name="Grace")
    assert page.status_code == 302
    assert page["Location"] == reverse("account_email_verification_sent")
    assert client.get(page["Location"]).status_code == 200
    link = link_in(mailoutbox[0])

    assert "Yes, confirm it" in client.get(link).content.decode()
    assert client.post(link).status_code == 302
    assert EmailAddress.objects.get(email="grace@example.org").verified

    page = client.post(reverse("account_login"), {"login": "grace@example.org", "password": PASSWORD})
    assert page["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert client.session["_auth_user_id"] == str(User.objects.get(name="Grace").pk)

    page = client.post(reverse("account_logout"))
    assert page["Location"] == resolve_url(settings.LOGOUT_REDIRECT_URL)
    assert "_auth_user_id" not in client.session


def test_opening_the_link_of_the_mail_confirms_nothing(client, mailoutbox, link_in) -> None:
    sign_up(client)
    link = link_in(mailoutbox[0])
    for look in (client.get, client.head, Client().get):
        assert look(link).status_code == 200
    assert not EmailAddress.objects.get(email="grace@example.org").verified


def test_a_link_that_was_used_or_made_up_says_what_to_do_even_to_a_second_click_on_the_button(
    client, mailoutbox, link_in, neutral
) -> None:
    sign_up(client)
    link = link_in(mailoutbox[0])
    client.post(link)
    for gone in (link, reverse("account_confirm_email", args=["MQ:made-up"])):
        for ask in (client.get, client.post):
            page = ask(gone)
            assert page.status_code == 200
            assert reverse("account_login") in neutral(page.content.decode())
            assert "<form" not in neutral(page.content.decode())


def test_nobody_signs_in_before_the_address_is_confirmed(client, mailoutbox) -> None:
    sign_up(client)
    page = client.post(reverse("account_login"), {"login": "grace@example.org", "password": PASSWORD})
    assert page["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_links_in_mails_lead_to_this_site_whatever_host_the_request_names(settings, mailoutbox) -> None:
    settings.SITE_URL = "https://catalogue.example"
    settings.SITE_NAME = "Pont"
    settings.ALLOWED_HOSTS = ["evil.example"]
    sign_up(Client(headers={"host": "evil.example"}))
    message = mailoutbox[0]
    assert "https://catalogue.example/accounts/confirm-email/" in message.body
    assert "evil.example" not in message.body
    assert "Pont" in message.subject
    assert "Pont" in message.body


def test_the_name_of_a_stranger_is_not_in_the_mail(client, mailoutbox) -> None:
    sign_up(client, name="Claim your prize at https://evil.example")
    assert "prize" not in mailoutbox[0].subject + mailoutbox[0].body


def test_a_taken_address_looks_like_a_free_one(member, mailoutbox, neutral) -> None:
    free, taken = Client(), Client()
    answers = [sign_up(free), sign_up(taken, email="Ada@Example.org")]
    assert [answer["Location"] for answer in answers] == [reverse("account_email_verification_sent")] * 2
    pages = [client.get(reverse("account_email_verification_sent")).content.decode() for client in (free, taken)]
    assert neutral(pages[0], "grace@example.org") == neutral(pages[1], "ada@example.org")
    assert User.objects.filter(email__iexact="ada@example.org").count() == 1
    assert [message.to for message in mailoutbox] == [["grace@example.org"], ["ada@example.org"]]
    assert "already" in mailoutbox[1].subject


def test_of_two_sign_ups_at_once_one_wins_and_the_other_looks_the_same(client, monkeypatch, mailoutbox) -> None:
    new_user = AccountAdapter.new_user

    def slowly(self, request):
        User.objects.get_or_create(email="grace@example.org")  # what the other one did in the meantime
        return new_user(self, request)

    monkeypatch.setattr(AccountAdapter, "new_user", slowly)
    assert sign_up(client)["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert len(mailoutbox) == 1


def test_what_was_typed_stays_when_something_is_wrong(client) -> None:
    page = sign_up(client, email="not an address", name="Grace Hopper").content.decode()
    assert 'value="not an address"' in page
    assert 'value="Grace Hopper"' in page
    assert PASSWORD not in page
    assert User.objects.count() == 0


@pytest.mark.parametrize("weak", ["short", "password123", "grace@example.org"])
def test_a_weak_password_is_refused(client, weak) -> None:
    assert sign_up(client, password1=weak).status_code == 200
    assert User.objects.count() == 0


def test_the_name_is_optional(client) -> None:
    sign_up(client)
    assert User.objects.get().name == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Grace\x07 Ho\u202epper", "Grace Hopper"),
        ("  Grace \t\r\n Hopper ", "Grace Hopper"),
        ("Zoe\u0308", "Zoë"),
        ("\x85", ""),
    ],
)
def test_a_name_keeps_no_character_that_is_not_text(client, typed, kept) -> None:
    sign_up(client, name=typed)
    assert User.objects.get().name == kept


def test_a_name_is_not_longer_than_the_database_holds() -> None:
    assert SignupDetails({"name": "a" * 120}).is_valid()
    assert not SignupDetails({"name": "a" * 121}).is_valid()


def test_a_sign_up_that_was_never_confirmed_gives_way_to_the_owner_of_the_address(
    client, member, mailoutbox, link_in
) -> None:
    User.objects.create_user("owned@example.org", PASSWORD)  # somebody else's, never confirmed
    client.force_login(member)
    client.post(reverse("account_email"), {"action_add": "", "email": "owned@example.org"})
    client.post(link_in(mailoutbox[-1]))
    client.post(reverse("account_email"), {"action_primary": "", "email": "owned@example.org"})
    member.refresh_from_db()
    assert member.email == "owned@example.org"
    assert User.objects.count() == 1


def test_an_account_in_use_does_not_give_way(client, member, mailoutbox, link_in) -> None:
    boss = User.objects.create_superuser("boss@example.org", PASSWORD)
    client.force_login(member)
    client.post(reverse("account_email"), {"action_add": "", "email": "boss@example.org"})
    client.post(link_in(mailoutbox[-1]))
    assert User.objects.filter(pk=boss.pk).exists()
