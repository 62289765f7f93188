"""The administration breaks nothing that was approved, and answers a mistake in words."""

from __future__ import annotations

from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from initiatives.models import Keyword, Organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> Client:
    """The browser of an administrator with every right."""
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org", "correct horse battery"))
    return client


# ---- Organisations ---------------------------------------------------------


@pytest.fixture
def organisations() -> list[Organisation]:
    return [Organisation.objects.create(name=name, type="civil_society") for name in ("Aid Society", "Other")]


def save(client: Client, organisation: Organisation | None, name: str, type_: str = "civil_society"):
    where = reverse("admin:initiatives_organisation_add")
    if organisation:
        where = reverse("admin:initiatives_organisation_change", args=[organisation.pk])
    return client.post(where, {"name": name, "type": type_})


@pytest.mark.parametrize("number", [None, 1])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("AID society!", "There is an organisation of this type with this name already: “Aid Society”."),
        ("!!!", "A name has at least one letter or digit."),
        ("㍿" * 150, "This name is too long."),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_a_reason(root, organisations, number, name, message):
    page = save(root, organisations[number] if number else None, name)
    assert page.status_code == 200
    assert message in unescape(page.content.decode())
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Aid Society", "Other"}


def test_an_organisation_can_be_spelt_anew_and_share_its_name_with_one_of_another_type(root, organisations):
    assert save(root, organisations[0], "AID Society").status_code == 302
    assert save(root, None, "Aid Society", "academia").status_code == 302
    assert Organisation.objects.filter(name_key="aid society").count() == 2


# ---- Vocabularies ----------------------------------------------------------


def used():
    """Return a row of each vocabulary, all of which one published entry has."""
    rows = {"theme": factories.theme("sea"), "objective": factories.objective(), "city": factories.city()}
    entry = factories.initiative(
        themes=[rows["theme"]], objectives=[rows["objective"]], cities=[rows["city"]], keywords=["boats"]
    )
    return entry, rows | {"keyword": Keyword.objects.get()}


@pytest.mark.parametrize("kind", ["theme", "objective", "city", "keyword"])
def test_what_an_entry_has_is_not_deleted_from_under_it(root, kind):
    entry, rows = used()
    row = rows[kind]
    assert root.post(reverse(f"admin:initiatives_{kind}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    root.post(reverse(f"admin:initiatives_{kind}_changelist"), bulk)
    assert type(row).objects.filter(pk=row.pk).exists()
    assert entry.current.themes.count() == entry.current.cities.count() == entry.current.objectives.count() == 1


@pytest.mark.parametrize("kind", ["theme", "objective", "city", "keyword"])
def test_what_no_entry_has_can_be_deleted(root, kind):
    used()
    spare = {"theme": lambda: factories.theme("spare"), "objective": lambda: factories.objective("sdg-1")}
    spare |= {"city": lambda: factories.city("Spare"), "keyword": lambda: Keyword.objects.create(name="x", slug="x")}
    row = spare[kind]()
    root.post(reverse(f"admin:initiatives_{kind}_delete", args=[row.pk]), {"post": "yes"})
    assert not type(row).objects.filter(pk=row.pk).exists()


# ---- People ----------------------------------------------------------------


@pytest.fixture
def clerk() -> Client:
    """The browser of somebody who may manage people, and nothing else."""
    person = factories.person("clerk@example.org", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client = Client()
    client.force_login(person)
    return client


def refused(client: Client, person: User) -> bool:
    """Return whether a password, an address and a deletion are all refused."""
    passwords = {"password1": "another horse battery", "password2": "another horse battery"}
    answers = [
        client.post(reverse("admin:auth_user_password_change", args=[person.pk]), passwords),
        client.post(reverse("admin:accounts_user_change", args=[person.pk]), {"email": "mine@example.org"}),
        client.post(reverse("admin:accounts_user_delete", args=[person.pk]), {"post": "yes"}),
    ]
    statuses = {answer.status_code for answer in answers}
    assert statuses in ({403}, {302}), statuses
    return statuses == {403}


def test_whoever_may_change_people_cannot_become_a_moderator_through_a_moderators_account(clerk):
    moderator = factories.moderator()
    assert refused(clerk, moderator)
    moderator.refresh_from_db()
    assert moderator.check_password("correct horse battery")


def test_nor_through_one_that_is_not_active_at_the_moment(clerk):
    assert refused(clerk, factories.moderator(is_active=False))


def test_nor_through_a_right_that_was_given_directly(clerk):
    person = factories.person()
    person.user_permissions.add(Permission.objects.get(codename="change_theme"))
    assert refused(clerk, person)


def test_deleting_many_at_once_spares_whoever_has_more_rights(clerk):
    moderator = factories.moderator()
    bulk = {"action": "delete_selected", "_selected_action": [moderator.pk], "post": "yes"}
    clerk.post(reverse("admin:accounts_user_changelist"), bulk)
    assert User.objects.filter(pk=moderator.pk).exists()


def test_people_with_no_more_rights_can_be_helped(clerk):
    person = factories.person()
    group = Group.objects.create(name="Clerks")
    group.permissions.set(Permission.objects.filter(codename="view_user"))
    person.groups.add(group)
    assert not refused(clerk, person)


# ---- People ----------------------------------------------------------------


def test_nobody_is_given_an_address_that_opens_the_account_of_another(root):
    """Who may add confirmed addresses could have a moderator's password reset to their own."""
    page = root.get(reverse("admin:index")).text
    assert reverse("admin:accounts_user_changelist") in page
    assert "emailaddress" not in page


def test_only_the_tags_of_the_catalogue_are_offered(root):
    page = root.get(reverse("admin:index")).text
    assert reverse("admin:initiatives_keyword_changelist") in page
    assert "taggit" not in page
