"""Writers on SQLite take turns: nobody is refused while others write, and nobody is passed over for long."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from config.sqlite3 import base


@pytest.fixture
def connect(tmp_path, django_db_blocker):
    """Opens connections to one database, as two processes have them."""
    opened = []

    def connect(**options):
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, **options}
        settings = {"ENGINE": "config.sqlite3", "NAME": tmp_path / "turns.sqlite3", "OPTIONS": options}
        opened.append(ConnectionHandler({"default": settings})["default"])
        return opened[-1]

    with django_db_blocker.unblock():
        yield connect
        for each in opened:
            each.close()


def begin(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection):
    connection.commit()
    connection.set_autocommit(True)


def busy_timeout(connection):
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA busy_timeout").fetchone()[0]


def test_whoever_has_waited_longer_asks_more_often():
    pauses = [base.pause(waited / 1000) for waited in range(0, 500, 10)]
    assert pauses == sorted(pauses, reverse=True)
    assert pauses[0] == 0.030 and pauses[8] == 0.015 and pauses[-1] == 0.0005


def test_a_writer_waits_for_the_one_before_and_goes_on_as_soon_as_it_is_through(connect, monkeypatch):
    first, second, pauses = connect(), connect(), []

    def sleep(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            end(first)

    monkeypatch.setattr(base.time, "sleep", sleep)
    begin(first)
    begin(second)
    assert len(pauses) == 3
    end(second)
    assert busy_timeout(second) == 20_000


def test_a_writer_who_has_waited_for_too_long_is_told_and_can_try_again(connect):
    first, second = connect(), connect(timeout=0.02)
    begin(first)
    with pytest.raises(OperationalError, match="database is locked"):
        begin(second)
    assert busy_timeout(second) == 20
    end(first)
    second.close()
    begin(second)
    end(second)


def test_what_no_waiting_would_mend_is_said_at_once(connect, monkeypatch):
    monkeypatch.setattr(base.time, "sleep", lambda seconds: pytest.fail("waited"))
    connection = connect()
    begin(connection)
    with pytest.raises(OperationalError, match="within a transaction"):
        connection._start_transaction_under_autocommit()
