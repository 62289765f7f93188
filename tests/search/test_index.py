"""What search reads is in step with what is published."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import moderation
from initiatives.models import Initiative, SearchDocument, SearchIndex, SearchTerm
from initiatives.search.index import index
from initiatives.search.memory.build import built
from initiatives.search.text import find
from tests import factories

pytestmark = pytest.mark.django_db

#: Tables of which the index in memory asks something of every row, and that have more in a row than it asks.
READ_WHOLE = ["initiative", "revision", "submission", "searchdocument", "involvement", "publication"]


def counts():
    return dict(SearchTerm.objects.values_list("term", "count"))


def rows():
    return {model: model.objects.count() for model in (SearchDocument, SearchIndex)}


def test_terms_are_counted_by_entry_through_publishing_correcting_and_taking_off(moderator):
    entry = factories.initiative("Safety nets", summary="Nets and nets.")
    factories.initiative("Safety first", summary="A port.")
    now = counts()
    assert (now[""], now["safety"], now["nets"], now["~safeti"], now["port"]) == (2, 2, 1, 2, 1)

    correction = moderation.submit(
        factories.content("Safety ropes", summary="Ropes."), submitter=moderation.Submitter(), base=entry.public
    )
    assert counts() == now
    moderation.approve(correction, by=moderator)
    now = counts()
    assert (now[""], now["safety"], now["ropes"], now.get("nets")) == (2, 2, 1, None)

    moderation.unpublish(entry, by=moderator, reason="Gone.")
    now = counts()
    assert (now[""], now["safety"], now.get("ropes")) == (1, 1, None)
    assert rows() == {SearchDocument: 1, SearchIndex: 1}
    assert find("ropes").ids.size == 0

    moderation.republish(Initiative.objects.get(pk=entry.pk), by=moderator)
    assert find("ropes").ids.tolist() == [entry.pk]


def test_what_is_not_published_is_not_indexed(moderator):
    waiting = factories.submission("Confidential")
    index([waiting.initiative])
    assert rows() == {SearchDocument: 0, SearchIndex: 0}
    assert counts() == {}


def test_rebuilding_mends_whatever_is_wrong():
    entries = [factories.initiative(f"Port {number}", cities=[factories.city()]) for number in range(3)]
    right = counts()
    call_command("rebuild_search")
    assert counts() == right
    Initiative.objects.filter(pk=entries[0].pk).update(withdrawn_at=entries[0].published_at)
    SearchIndex.objects.filter(pk=entries[1].pk).delete()
    SearchTerm.objects.filter(term="port").update(count=17)
    SearchTerm.objects.create(term="nowhere", written="nowhere", count=2)
    call_command("rebuild_search")
    assert set(find("port").ids.tolist()) == {entries[1].pk, entries[2].pk}
    assert (counts()["port"], counts()[""], counts().get("nowhere")) == (2, 2, None)


def test_indexing_many_asks_the_database_as_often_as_indexing_few():
    def queries(count):
        entries = [
            factories.initiative(f"Entry {number}", keywords=["a", "b"], cities=[factories.city()])
            for number in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            index(entries)
        return len(captured)

    assert queries(2) == queries(12)


def test_a_word_however_long_or_decorated_is_indexed_and_found():
    long, decorated = "x" * 180, "z" + "\u0301" * 150
    factories.initiative(f"{long}", summary=f"{decorated} {'y' * 500}")
    assert [find(query).ids.size for query in (long, long[:70], decorated, "z", "y" * 100)] == [1, 1, 1, 1, 1]


def test_a_row_that_is_deleted_takes_its_tokens_along():
    factories.initiative("Port")
    SearchDocument.objects.all().delete()
    assert rows() == {SearchDocument: 0, SearchIndex: 0}
    assert find("port").ids.size == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is not told how to look")
def test_a_search_leaves_the_connection_as_it_was(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        before = cursor.fetchone()
        find("school")
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == before == ("on",)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="of few rows it reads whatever index it likes")
def test_the_index_in_memory_is_read_without_the_tables_that_hold_texts_and_people(db):
    factories.initiative("Port")
    with CaptureQueriesContext(connection) as asked:
        built()
    read: dict[str, str] = {}
    with connection.cursor() as cursor:
        for sql in [each["sql"] for each in asked if "group_concat" in each["sql"]]:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = "\n".join(row[-1] for row in cursor.fetchall())
            read |= {model: plan for model in READ_WHOLE if re.search(rf"initiatives_{model}\b", plan)}
    assert set(read) == set(READ_WHOLE)
    assert [plan for plan in read.values() if "COVERING INDEX" not in plan] == []
