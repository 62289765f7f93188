"""After every change pages are as if nothing were remembered of what was read before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from initiatives import moderation
from initiatives.content import Listing
from initiatives.models import Channel, Initiative, Submission
from initiatives.moderation import Submitter
from initiatives.search import kept
from tests import factories
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_index")]

PAGES = ["/", "/initiatives/", "/initiatives/?q=harbour", "/initiatives/?theme=sea&sort=title", "/fr/initiatives/"]
PAGES += [
    "/themes/sea/",
    "/channels/mayors/",
    "/initiatives/harbour/",
    "/fr/initiatives/harbour/",
    "/initiatives/pier/",
]

type Change = Callable[[Initiative, Initiative, User], object]


def correct(one: Initiative, other: Initiative, moderator: User) -> None:
    content = factories.content("Lighthouse", summary="It shines.", keywords=["boats"], start_year=2001)
    correction = moderation.submit(content, submitter=Submitter(), base=one.public)
    moderation.approve(correction, by=moderator)


def restore(one: Initiative, other: Initiative, moderator: User) -> None:
    first = one.public
    correct(one, other, moderator)
    moderation.restore(first, by=moderator)


def unpublish(one: Initiative, other: Initiative, moderator: User) -> None:
    moderation.unpublish(one, by=moderator, reason="Gone.")


def republish(one: Initiative, other: Initiative, moderator: User) -> None:
    unpublish(one, other, moderator)
    moderation.republish(Initiative.objects.get(pk=one.pk), by=moderator)


def merge(one: Initiative, other: Initiative, moderator: User) -> None:
    said = factories.content("Harbour and pier", keywords=["boats"])
    moderation.merge(one, other, said, by=moderator, public_id=other.current_id)


def publish_another(one: Initiative, other: Initiative, moderator: User) -> None:
    publish("Harbour of another town")


def confirm(one: Initiative, other: Initiative, moderator: User) -> None:
    moderation.confirm_address(Submission.objects.get(initiative=one))


def hide(one: Initiative, other: Initiative, moderator: User) -> None:
    moderation.hide_name(Submission.objects.get(initiative=one))


def rename_a_channel(one: Initiative, other: Initiative, moderator: User) -> None:
    client = Client()
    admin = factories.person(is_superuser=True, is_staff=True)
    client.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = Visitor(client).open(f"/admin/initiatives/channel/{Channel.objects.get().pk}/change/")
    assert client.post(page.url, dict(page.form.fill(name="Ports").values)).status_code == 302


def publish(title: str) -> Initiative:
    return factories.initiative(
        title,
        themes=[factories.theme("sea")],
        listings=[Listing(factories.channel("mayors"), "2019")],
        keywords=["boats"],
        submitter=Submitter(name="Ada Okello", email="ada@example.org", show_name=True),
    )


CHANGES = [correct, restore, unpublish, republish, merge, publish_another, confirm, hide, rename_a_channel]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_change_every_page_is_as_if_nothing_had_been_remembered(change: Change, client, moderator, settings):
    settings.PAGES_KEPT = 0
    one, other = publish("Harbour"), publish("Pier")
    before = [client.get(page).content for page in PAGES]
    change(one, other, moderator)
    remembered = [client.get(page).content for page in PAGES]
    kept.forget()
    assert remembered == [client.get(page).content for page in PAGES]
    assert remembered != before or change in (republish, restore)
