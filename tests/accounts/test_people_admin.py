"""The door to the administration, and the people in it."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture
def root() -> User:
    """An administrator with every right."""
    return User.objects.create_superuser("root@example.org", PASSWORD)


@pytest.fixture
def clerk() -> User:
    """Somebody who may manage people, and nothing else."""
    person = User.objects.create_user("clerk@example.org", PASSWORD, is_staff=True)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    return person


def test_the_administration_is_entered_through_the_sign_in_of_the_site(client) -> None:
    page = client.get(reverse("admin:index"), follow=True)
    assert page.redirect_chain[-1][0].split("?")[0] == reverse("account_login")


def test_the_administrations_own_form_lets_nobody_in(client, root) -> None:
    page = client.post(reverse("admin:login"), {"username": root.email, "password": PASSWORD})
    assert page["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_a_member_without_rights_is_refused_by_the_administration(client, member) -> None:
    client.force_login(member)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_an_administrator_adds_finds_and_changes_a_person(client, root) -> None:
    client.force_login(root)
    answers = {"email": "New@Example.org", "name": "New", "usable_password": "false"}
    page = client.post(reverse("admin:accounts_user_add"), answers)
    person = User.objects.get(email="new@example.org")
    assert page["Location"] == reverse("admin:accounts_user_change", args=[person.pk])
    assert "new@example.org" in client.get(reverse("admin:accounts_user_changelist"), {"q": "new"}).content.decode()
    assert client.get(page["Location"]).status_code == 200
    assert client.get(reverse("admin:auth_user_password_change", args=[person.pk])).status_code == 200


def test_a_second_person_with_the_same_address_is_refused_with_a_reason(client, root, member) -> None:
    client.force_login(root)
    answers = {"email": "ADA@example.org", "usable_password": "false"}
    page = client.post(reverse("admin:accounts_user_add"), answers)
    assert page.status_code == 200
    assert 'id="id_email_error"' in page.content.decode()


def test_an_address_that_an_administrator_changed_opens_the_account_no_longer(client, root, member) -> None:
    client.force_login(root)
    answers = {"email": "ada@new.example", "name": "Ada", "is_active": "on"}
    assert client.post(reverse("admin:accounts_user_change", args=[member.pk]), answers).status_code == 302
    visitor = Client()
    visitor.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in visitor.session
    assert not EmailAddress.objects.filter(email="ada@example.org").exists()


def test_whoever_may_change_people_cannot_make_themselves_an_administrator(client, clerk) -> None:
    client.force_login(clerk)
    answers = {"email": clerk.email, "name": "Clerk", "is_active": "on", "is_superuser": "on"}
    assert client.post(reverse("admin:accounts_user_change", args=[clerk.pk]), answers).status_code == 302
    clerk.refresh_from_db()
    assert clerk.name == "Clerk"
    assert not clerk.is_superuser


def test_whoever_may_change_people_cannot_take_over_an_administrator(client, clerk, root) -> None:
    client.force_login(clerk)
    answers = {"email": "clerk+root@example.org", "is_active": "on"}
    assert client.post(reverse("admin:accounts_user_change", args=[root.pk]), answers).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403
    assert client.post(reverse("admin:accounts_user_delete", args=[root.pk]), {"post": "yes"}).status_code == 403
