"""What a process remembers is true: it is forgotten when the catalogue changes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import moderation
from initiatives.models import CatalogueChange, CatalogueVersion, Initiative
from initiatives.moderation import Submitter
from initiatives.search.changes import MOST_NAMED, changed, one_version, version
from initiatives.search.kept import Kept
from tests import factories

pytestmark = pytest.mark.django_db


class Shop:
    """Tells how often it was asked."""

    def __init__(self, **goods: int) -> None:
        self.goods, self.asked = goods, []

    def read(self, keys: list[str]) -> dict[str, int]:
        self.asked.append(keys)
        return {key: self.goods[key] for key in keys if key in self.goods}


def test_what_was_read_is_not_read_again_until_the_catalogue_changes():
    kept, shop = Kept[str, int](10), Shop(tea=1, rice=2)
    assert kept.of(["tea"], shop.read) == {"tea": 1}
    assert list(kept.of(["rice", "tea"], shop.read)) == ["rice", "tea"]
    shop.goods["tea"] = 3
    assert kept.of(["tea"], shop.read) == {"tea": 1}
    assert shop.asked == [["tea"], ["rice"]]
    changed()
    assert kept.of(["tea"], shop.read) == {"tea": 3}


def test_what_does_not_exist_is_asked_for_again_and_fills_nothing():
    kept, shop = Kept[str, int](10), Shop()
    assert kept.of(["salt"], shop.read) == kept.of(["salt"], shop.read) == {}
    assert shop.asked == [["salt"], ["salt"]]


def test_more_than_it_may_hold_is_not_held():
    kept, shop = Kept[str, int](2), Shop(tea=1, rice=2, salt=3)
    for each in shop.goods:
        assert kept.of([each], shop.read) == {each: shop.goods[each]}
    assert kept.of(["salt"], shop.read) and len(shop.asked) == 3
    assert kept.of(["tea"], shop.read) and len(shop.asked) == 4


def test_where_only_entries_changed_what_is_about_others_is_not_read_again():
    kept = Kept[str, int](10, touched=lambda _name, entry, entries: entry in entries)
    shop = Shop(tea=1, rice=2)
    kept.of(["tea", "rice"], shop.read)
    changed([2, 3])
    assert kept.of(["tea", "rice"], shop.read) == {"tea": 1, "rice": 2}
    changed([4])
    changed([1])
    kept.of(["tea", "rice"], shop.read)
    assert shop.asked == [["tea", "rice"], ["rice"], ["tea"]]


@pytest.mark.parametrize("entries", [(), None, range(MOST_NAMED + 1)], ids=["names", "anything", "many"])
def test_where_more_than_named_entries_changed_all_is_read_again(entries):
    kept, shop = Kept[str, int](10, touched=lambda *_: False), Shop(tea=1)
    kept.of(["tea"], shop.read)
    changed([2])
    changed(entries)
    changed([3])
    kept.of(["tea"], shop.read)
    assert shop.asked == [["tea"], ["tea"]]


def test_a_request_that_still_sees_the_version_before_takes_nothing_from_those_that_see_the_next_one():
    kept, shop = Kept[str, int](10, touched=lambda *_: False), Shop(tea=1, rice=2)
    with one_version():
        version()
        with one_version():  # that of another request
            changed([3])
            kept.of(["tea"], shop.read)
        assert kept.of(["rice"], shop.read) == {"rice": 2}
    kept.of(["tea"], shop.read)
    assert shop.asked == [["tea"], ["rice"]]


def test_where_an_older_copy_of_the_catalogue_came_back_all_is_read_again():
    kept, shop = Kept[str, int](10, touched=lambda *_: False), Shop(tea=1)
    changed([2])
    before = version()
    changed([3])
    kept.of(["tea"], shop.read)
    CatalogueChange.objects.filter(number__gt=before.number).delete()
    CatalogueVersion.objects.update(number=before.number, token=before.token)
    kept.of(["tea"], shop.read)
    changed([4])
    changed([5])
    kept.of(["tea"], shop.read)
    assert shop.asked == [["tea"], ["tea"]]


def test_an_entry_and_a_list_that_were_read_are_drawn_again_with_few_queries(client, with_index):
    entry = factories.initiative("Harbour", keywords=["boats"])
    member = factories.person()
    for signed_in in (False, True):
        if signed_in:
            client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
        for address, most in ((entry.get_absolute_url(), 2), ("/initiatives/?keyword=boats", 1)):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            # Whoever is signed in is looked up, and asked whether the entry is theirs.
            assert len(asked) <= most + 5 * signed_in, [each["sql"] for each in asked]


def test_who_owns_an_entry_is_never_remembered(client, moderator):
    entry = factories.initiative("Harbour")
    member = factories.person()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "This is your entry." not in client.get(entry.get_absolute_url()).text
    claim = moderation.claim(entry, "It is ours.", submitter=Submitter(member=member))
    moderation.accept(claim, by=moderator)
    assert "This is your entry." in client.get(entry.get_absolute_url()).text


def test_an_entry_that_is_corrected_is_shown_as_it_is_now(client, moderator):
    entry = factories.initiative("Harbour")
    address = entry.get_absolute_url()
    assert "Lighthouse" not in client.get(address).text
    correction = moderation.submit(factories.content("Lighthouse"), submitter=Submitter(), base=entry.public)
    moderation.approve(correction, by=moderator)
    assert "Lighthouse" in client.get(address).text
    moderation.unpublish(Initiative.objects.get(pk=entry.pk), by=moderator, reason="Gone.")
    assert client.get(address).status_code == 410
