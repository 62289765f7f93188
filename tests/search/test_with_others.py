"""The index beside others: made in the background, over connections of its own, and right while somebody publishes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from initiatives.models import CatalogueChange
from initiatives.search import memory
from initiatives.search.filters import Selection
from initiatives.search.found import SqlFound, find
from tests import factories
from tests.search.test_freshness import QUERIES, assert_the_index_is_right, publish


@pytest.mark.django_db(transaction=True)
class TestWithOthers:
    """With real transactions and threads."""

    @pytest.fixture(autouse=True)
    def ready(self, settings, tmp_path):
        settings.SEARCH_IN_MEMORY, settings.VAR_DIR = True, tmp_path
        memory.forget()
        yield
        memory.forget()

    def test_the_index_becomes_ready_in_the_background(self):
        publish()
        publish("Without a stage, everywhere", stage="", start_year=None, countries=[], is_global=True)
        publish("Running on", stage="ongoing", end_year=None)
        factories.submission("Not approved", countries=[factories.country("MA")])
        assert isinstance(find(Selection()), SqlFound)
        memory._Kept.worker.join(30)
        assert_the_index_is_right(QUERIES)

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps nothing of an answer")
    def test_what_the_index_was_read_over_is_closed_for_good(self):
        publish()
        read_over = connection.connection
        memory.prepare_now()
        assert read_over.closed
        assert_the_index_is_right()

    def test_who_reads_while_others_publish_misses_nothing(self):
        for slug in ("sea", "hills"):
            factories.theme(slug)
        factories.country("UG"), factories.channel()
        memory.prepare_now()
        done = threading.Event()

        def publishes(name: str) -> None:
            for number in range(6):
                publish(f"{name} {number}")
            connections.close_all()

        def reads() -> int:
            most = 0
            while not done.is_set():
                found = find(Selection())
                assert found.count >= most == min(most, found.count)
                most = found.count
            connections.close_all()
            return most

        with ThreadPoolExecutor(4) as pool:
            readers = [pool.submit(reads) for _ in range(2)]
            writers = [pool.submit(publishes, name) for name in ("One", "Two")]
            try:
                for each in writers:
                    each.result(60)
            finally:
                done.set()
            assert all(each.result(60) <= 12 for each in readers)
        assert find(Selection()).count == 12
        assert_the_index_is_right()
        numbers = list(CatalogueChange.objects.values_list("number", flat=True))
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
