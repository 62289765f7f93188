"""Signing in, what it refuses, and a forgotten password."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
NEW_PASSWORD = "a-wholly-different-one"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": email, "password": password} | more)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_who_had_to_sign_in_first_goes_on_to_where_they_were_going(client, member) -> None:
    page = sign_in(client, member.email, next=reverse("account_change_password"))
    assert page["Location"] == reverse("account_change_password")


def test_sign_in_leads_to_no_other_site(client, member) -> None:
    assert "evil.example" not in sign_in(client, member.email, next="https://evil.example/")["Location"]


def test_a_wrong_password_says_the_same_for_known_and_unknown_addresses(member, neutral) -> None:
    known = sign_in(Client(), member.email, "wrong-password").content.decode()
    unknown = sign_in(Client(), "nobody@example.org", "wrong-password").content.decode()
    assert neutral(known, member.email) == neutral(unknown, "nobody@example.org")
    assert f'value="{member.email}"' in known
    assert "wrong-password" not in known


def test_too_many_failed_sign_ins_are_limited_even_with_the_right_password(client, member) -> None:
    for _attempt in range(5):
        sign_in(client, member.email, "wrong-password")
    page = sign_in(client, member.email)
    assert page.status_code == 200
    assert "Too many" in page.content.decode()
    assert not is_signed_in(client)


def test_a_stranger_who_was_limited_keeps_nobody_else_out(member) -> None:
    other = factories.person()
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    for _attempt in range(5):
        sign_in(stranger, member.email, "wrong-password")
    visitor = Client(REMOTE_ADDR="198.51.100.8")
    sign_in(visitor, other.email)
    assert is_signed_in(visitor)


@pytest.mark.parametrize("typed", ["ada@example.org", "ADA@EXAMPLE.ORG", " Ada@example.org "])
def test_the_case_of_an_address_does_not_matter_at_sign_in(client, member, typed) -> None:
    sign_in(client, typed)
    assert is_signed_in(client)


@pytest.mark.parametrize(("first", "second"), [("ada@x.org", "ADA@x.org"), ("ADA@x.org", "ada@x.org")])
def test_addresses_that_differ_in_case_are_one_person_for_the_database(first, second) -> None:
    people = [User(email=first, password="!"), User(email=second, password="!")]
    people[0].save()
    with pytest.raises(IntegrityError), transaction.atomic():
        people[1].save()


def test_an_administrator_made_at_the_shell_signs_in_at_once_however_the_address_was_written(
    client, monkeypatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Root@Example.org", interactive=False, verbosity=0)
    sign_in(client, "root@example.org")
    assert is_signed_in(client)


def test_an_inactive_account_does_not_open(client, member) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)
    page = sign_in(client, member.email)
    assert page["Location"] == reverse("account_inactive")
    assert client.get(page["Location"]).status_code == 200
    assert not is_signed_in(client)


def test_signing_out_takes_a_button(client, member) -> None:
    client.force_login(member)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)


def test_a_forgotten_password_is_replaced_with_the_link_of_a_mail(client, member, mailoutbox, link_in) -> None:
    page = client.post(reverse("account_reset_password"), {"email": "ADA@example.org"})
    assert page["Location"] == reverse("account_reset_password_done")
    form = client.get(link_in(mailoutbox[0]), follow=True)
    # The key has left the address before the page is drawn, so no Referer or history keeps it.
    where = form.redirect_chain[-1][0]
    assert "set-password" in where
    page = client.post(where, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert client.get(page["Location"]).status_code == 200
    member.refresh_from_db()
    assert member.check_password(NEW_PASSWORD)


def test_the_link_for_a_new_password_works_once(client, member, mailoutbox, link_in) -> None:
    client.post(reverse("account_reset_password"), {"email": member.email})
    link = link_in(mailoutbox[0])
    where = client.get(link)["Location"]
    client.post(where, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    again = Client().get(link)
    assert again.status_code == 200
    assert reverse("account_reset_password") in again.content.decode()
    assert "password1" not in again.content.decode()


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(member, mailoutbox, neutral) -> None:
    known, unknown = Client(), Client()
    for client, email in ((known, member.email), (unknown, "nobody@example.org")):
        page = client.post(reverse("account_reset_password"), {"email": email})
        assert page["Location"] == reverse("account_reset_password_done")
    pages = [client.get(reverse("account_reset_password_done")).content.decode() for client in (known, unknown)]
    assert neutral(pages[0], member.email) == neutral(pages[1], "nobody@example.org")
    assert [message.to for message in mailoutbox] == [[member.email], ["nobody@example.org"]]


def test_a_new_password_ends_the_sessions_elsewhere(client, member) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(member)
    answers = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(reverse("account_change_password"), answers).status_code == 302
    assert client.get(reverse("account_email")).status_code == 200
    assert elsewhere.get(reverse("account_email"))["Location"].startswith(reverse("account_login"))
