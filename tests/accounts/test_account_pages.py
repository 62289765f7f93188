"""What holds for every account page."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

PUBLIC = [
    "account_login",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
]
OWN = ["account_email", "account_change_password", "account_reauthenticate", "account_logout"]


@pytest.mark.parametrize("name", PUBLIC + OWN)
def test_an_account_page_is_a_page_of_the_site(client, member, name) -> None:
    if name in OWN:
        client.force_login(member)
    page = client.get(reverse(name))
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="masthead"' in text
    assert len(re.findall(r"<h1", text)) == 1
    assert '<meta name="robots" content="noindex">' in text
    # The content security policy allows neither.
    assert not re.search(r"\s(style|on\w+)=|<style|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("name", OWN)
def test_somebodys_own_pages_ask_a_visitor_to_sign_in(client, name) -> None:
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize(
    ("name", "field", "purpose"),
    [
        ("account_login", "login", "email"),
        ("account_login", "password", "current-password"),
        ("account_signup", "email", "email"),
        ("account_signup", "name", "name"),
        ("account_signup", "password1", "new-password"),
        ("account_reset_password", "email", "email"),
        ("account_change_password", "oldpassword", "current-password"),
        ("account_change_password", "password1", "new-password"),
        ("account_change_password", "password2", "new-password"),
    ],
)
def test_a_browser_can_fill_in_what_it_knows(client, member, name, field, purpose) -> None:
    if name in OWN:
        client.force_login(member)
    box = re.search(rf'<input[^>]*name="{field}"[^>]*>', client.get(reverse(name)).content.decode())
    assert box
    assert f'autocomplete="{purpose}"' in box[0]
    assert "placeholder" not in box[0]


def test_what_is_wrong_is_listed_above_the_form_and_leads_to_the_field(client) -> None:
    page = client.post(reverse("account_signup"), {"email": "nonsense", "password1": "short"}).content.decode()
    assert page.index('class="error-summary"') < page.index('class="form"')
    assert '<a href="#id_email">E-mail address: ' in page
    assert '<a href="#id_password1">Choose a password: ' in page
    assert "<title>Error:" in page
