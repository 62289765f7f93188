"""What is published, changed or taken off counts at the next request, in every process, whatever it missed before."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import time_machine
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, read
from initiatives.models import CatalogueChange, Initiative, Region, Theme
from initiatives.moderation import Submitter
from initiatives.search import memory
from initiatives.search.changes import changed, changes, version
from initiatives.search.filters import FILTERS, Selection
from initiatives.search.found import SqlFound, find
from initiatives.search.memory import columns, snapshot
from initiatives.search.memory.found import MemoryFound
from tests import factories

pytestmark = pytest.mark.django_db
QUERIES = ["", "?sort=title", "?sort=oldest", "?q=harbour", "?theme=sea&year=2020", "?keyword=boats&status=ongoing"]
QUERIES += ["?year_from=2000&sort=title", "?year_to=2001", "?year_from=2001&year_to=2019&theme=sea", "?year_from=soon"]
FEW = ["", "?q=harbour&sort=title", "?theme=sea&year=2020"]


@pytest.fixture
def never_anew(with_index: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where all entries are read instead of what changed."""

    def fail() -> None:
        pytest.fail("everything was read anew")

    monkeypatch.setattr(memory, "built", fail)
    monkeypatch.setattr(memory, "prepare", fail)


def publish(title: str = "Harbour", **values: object) -> Initiative:
    return factories.initiative(
        title,
        **{
            "themes": [factories.theme("sea")],
            "listings": [Listing(factories.channel(), "2019"), Listing(factories.channel(), "2020")],
            "countries": [factories.country("UG")],
            "organisations": [NamedOrganisation("Union", "diaspora", "lead")],
            "keywords": ["boats"],
            "start_year": 2019,
            "stage": "ongoing",
        }
        | values,
    )


def answers(found: object) -> list[object]:
    return [
        *(found.count, found.numbers(), found.among("city"), found.both("theme", "region", ["2", "14", "1"])),
        *((each.name, found.counts(each.name)) for each in FILTERS if each.offered),
    ]


def assert_the_index_is_right(queries: Sequence[str] = FEW) -> None:
    """Compare what the index says with what the database says, for several lists."""
    for query in queries:
        selection = Selection.read(QueryDict(query.removeprefix("?")))
        found = find(selection)
        assert isinstance(found, MemoryFound), "the database answered"
        assert answers(found) == answers(SqlFound(selection, {})), query


def test_every_step_that_changes_what_is_public_counts_at_once_and_only_it_is_read(never_anew, moderator):
    assert_the_index_is_right(QUERIES)
    first, second = publish("Harbour"), publish("Another harbour", start_year=None, countries=[])
    assert_the_index_is_right(QUERIES)
    sent = factories.submission("Third", keywords=["brand new", "boats"], themes=[factories.theme("new")])
    assert_the_index_is_right(QUERIES)
    moderation.approve(sent, by=moderator)
    assert_the_index_is_right(QUERIES)
    content = factories.content("Zebra", keywords=["hats"], cities=[factories.city()], start_year=1999, end_year=2001)
    correction = moderation.submit(content, submitter=Submitter(), base=first.public)
    moderation.approve(correction, by=moderator)
    assert_the_index_is_right(QUERIES)
    moderation.confirm_address(second.founding_submission)
    assert find(Selection.read(QueryDict("submitter=verified"))).count == 1
    assert_the_index_is_right(QUERIES)
    moderation.unpublish(Initiative.objects.get(pk=first.pk), by=moderator, reason="Not true.")
    assert find(Selection()).count == 2
    assert_the_index_is_right(QUERIES)
    moderation.republish(Initiative.objects.get(pk=first.pk), by=moderator)
    assert_the_index_is_right(QUERIES)
    first.refresh_from_db()
    moderation.merge(second, first, read(first.public), by=moderator, public_id=first.current_id)
    assert find(Selection()).count == 2
    assert_the_index_is_right(QUERIES)


def test_a_region_that_comes_later_is_counted(never_anew):
    publish("Harbour")
    find(Selection())
    Region.objects.create(code=5, name="Region 5")
    Region.objects.filter(code=factories.country("TG").region_id).update(parent=5)
    changed()
    publish("Another harbour", countries=[factories.country("TG")])
    selection = Selection.read(QueryDict("region=5"))
    assert isinstance(find(selection), MemoryFound)
    assert find(selection).count == SqlFound(selection, {}).count == 1


def test_an_entry_that_was_published_earlier_but_seen_later_takes_its_place(never_anew):
    entries = [publish(f"Harbour {number}") for number in range(4)]
    assert_the_index_is_right()
    with time_machine.travel(entries[1].published_at, tick=False):
        publish("By a clock that is late")
    assert [Initiative.objects.get(pk=pk).public.title for pk in find(Selection()).numbers()] == [
        "Harbour 3",
        "Harbour 2",
        "By a clock that is late",
        "Harbour 1",
        "Harbour 0",
    ]
    assert_the_index_is_right()


def test_entries_of_neighbouring_titles_take_their_places_whatever_becomes_of_them(never_anew, moderator):
    entries = [publish(f"Harbour {number}", start_year=None) for number in "abcdefghijklm"]
    assert_the_index_is_right(["?sort=title"])
    for entry in entries[2:12]:
        moderation.unpublish(entry, by=moderator, reason="Gone.")
    publish("Harbour l and more")
    assert_the_index_is_right(["?sort=title"])
    for entry in entries[2:12]:
        moderation.republish(Initiative.objects.get(pk=entry.pk), by=moderator)
    publish("Harbour k and more")
    publish("Harbour")
    publish("Harbour")
    assert_the_index_is_right(["?sort=title"])


def test_another_process_replays_what_it_missed(never_anew, moderator):
    first = publish()
    find(Selection())
    theirs = memory._Kept.index
    for number in range(5):
        publish(f"Missed {number}")
    moderation.unpublish(first, by=moderator, reason="Gone.")
    assert_the_index_is_right()
    memory._Kept.index = theirs
    assert_the_index_is_right()


def test_who_has_missed_too_much_to_replay_answers_from_the_database_and_reads_anew(with_index):
    publish()
    assert_the_index_is_right()
    publish("Lost")
    CatalogueChange.objects.filter(number__lt=version().number).delete()
    assert isinstance(find(Selection()), SqlFound)
    memory.prepare_now()
    assert_the_index_is_right()


def test_a_restored_backup_is_noticed_whether_it_is_older_or_went_another_way(with_index):
    publish("Before the backup")
    for follow in (0, 1, 2, 3):
        assert_the_index_is_right()
        with transaction.atomic():
            publish("After the backup")
            publish("After the backup, too")
            assert_the_index_is_right()
            transaction.set_rollback(True)
        for number in range(follow):
            publish(f"On another way {number}")
        found = find(Selection())
        assert isinstance(found, SqlFound)
        memory.prepare_now()
        assert_the_index_is_right()
        assert find(Selection()).numbers() == found.numbers()


def test_a_process_that_starts_takes_the_snapshot_and_replays_what_came_since(with_index, monkeypatch):
    publish("In the snapshot", cities=[factories.city("Kampala", slug="kampala")])
    memory.forget()
    snapshot.path().unlink()
    memory.prepare_now()
    publish("Since then")
    memory.forget()
    monkeypatch.setattr(memory, "built", lambda: pytest.fail("everything was read anew"))
    memory.prepare_now()
    assert_the_index_is_right()


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[:-1],
        lambda whole: whole[:100] + bytes([whole[100] ^ 1]) + whole[101:],
        lambda _: b"",
        lambda _: b"something else",
    ],
)
def test_a_damaged_snapshot_is_not_used(damage, with_index, caplog):
    publish()
    memory.forget()
    snapshot.path().write_bytes(damage(snapshot.path().read_bytes()))
    assert snapshot.load() is None
    memory.prepare_now()
    assert_the_index_is_right()


def test_a_snapshot_of_another_database_is_not_used(with_index):
    with transaction.atomic():
        publish("In the other database")
        memory.forget()
        snapshot.path().unlink()
        memory.prepare_now()
        transaction.set_rollback(True)
    publish("In this one")
    memory.forget()
    memory.prepare_now()
    assert_the_index_is_right()


def test_without_a_folder_to_write_to_the_index_is_built_all_the_same(with_index, settings, tmp_path, caplog):
    publish()
    (tmp_path / "file").touch()
    settings.VAR_DIR = tmp_path / "file"
    memory.forget()
    memory.prepare_now()
    assert_the_index_is_right()
    assert "could not be written" in caplog.text


def test_while_the_index_is_not_ready_the_page_is_the_same(with_index, client):
    publish()
    publish("Another", themes=[factories.theme("hills")])
    answered = client.get("/initiatives/?theme=sea&theme=hills&country=UG").content
    memory.forget()
    assert client.get("/initiatives/?theme=sea&theme=hills&country=UG").content == answered
    assert isinstance(find(Selection()), SqlFound)


def test_a_failure_of_the_index_is_noted_and_the_page_still_answers(with_index, client, monkeypatch, caplog):
    publish()
    monkeypatch.setattr(memory, "brought_to", lambda *_: 1 / 0)
    publish("Second")
    assert b"2 initiatives" in client.get("/initiatives/").content
    assert "The index is lost" in caplog.text


def test_at_new_year_what_goes_on_has_run_in_the_new_year_too(never_anew):
    publish("Going on", start_year=2019)
    publish("Over", start_year=2019, end_year=2020)
    this_year = timezone.localdate().year
    for year in (this_year + 1, this_year + 2, this_year):
        with time_machine.travel(f"{year}-07-01T12:00:00Z", tick=False):
            assert_the_index_is_right()
            assert find(Selection.read(QueryDict(f"year={year}"))).count == 1


def test_an_index_that_is_read_over_new_year_is_turned_to_the_new_one(with_index, monkeypatch):
    publish("Going on")
    this_year = timezone.localdate().year
    memory.forget()
    snapshot.path().unlink()
    with time_machine.travel(f"{this_year}-12-31T12:00:00Z", tick=False) as clock:
        own = columns.own

        def read_before_midnight(versions=None):
            found = own(versions)
            clock.move_to(f"{this_year + 1}-01-01T12:00:00Z")
            return found

        monkeypatch.setattr(columns, "own", read_before_midnight)
        memory.prepare_now()
        assert_the_index_is_right()
        assert find(Selection.read(QueryDict(f"year={this_year + 1}"))).count == 1


def test_a_rolled_back_change_counts_for_nothing(never_anew):
    publish()
    before = version()
    with transaction.atomic():
        publish("Never")
        transaction.set_rollback(True)
    assert version() == before


def test_a_renamed_address_of_a_theme_is_found_under_the_new_one(with_index):
    publish()
    find(Selection())
    Theme.objects.filter(slug="sea").update(slug="ocean")
    changed(None)
    assert isinstance(find(Selection()), SqlFound)
    memory.prepare_now()
    assert find(Selection.read(QueryDict("theme=ocean"))).count == 1
    assert find(Selection.read(QueryDict("theme=sea"))).count == 0


def test_changes_are_told_between_two_versions_of_one_history_only():
    first = version()
    changed([3, 1])
    second = version()
    changed([2, 3])
    third = version()
    assert changes(first, third) == {1, 2, 3}
    assert changes(second, third) == {2, 3}
    assert changes(third, third) == frozenset()
    assert changes(third, second) is None
    changed(None)
    assert changes(third, version()) is None
