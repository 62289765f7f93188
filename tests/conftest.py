"""What every test may use, and what keeps a run of all of them short."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.template.base import PartialTemplate, Template
from django.test import Client
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from accounts.models import User
from initiatives.search import memory
from initiatives.search.kept import forget
from tests import factories

if TYPE_CHECKING:
    from tests.planted import Planted

#: A run that takes longer than this (seconds) hangs, or runs on a machine that tells nobody anything in time.
LONGEST_RUN = 40 * 60
#: Whoever uses one of these asks the database something.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


#: Django's own, before its tests replace them by one that also tells which templates were drawn.
_DRAW = {each: each._render for each in (Template, PartialTemplate)}


class ByFile(LoadScopeScheduling):
    """Gives a file to one process, which makes what its tests share once; tests in a browser go one by one, first."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if "/browser/" in nodeid else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Say which process runs which tests."""
    return ByFile(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Set an end to the run; pyproject.toml sets one to each test."""

    def stop(*_: object) -> None:
        pytest.exit(f"The tests are not through after {LONGEST_RUN // 60} minutes.", returncode=1)

    if "PYTEST_XDIST_WORKER" not in os.environ:
        signal.signal(signal.SIGALRM, stop)
        signal.alarm(LONGEST_RUN)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark with `once` what comes out the same on every database: it asks none anything. Put the longest first."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if not item.get_closest_marker("django_db") and not fixtures & DATABASE_FIXTURES:
            item.add_marker("once")
    yield
    items.sort(key=lambda item: "/browser/" not in item.nodeid)


@pytest.fixture(scope="session", autouse=True)
def no_work_for_nobody(django_test_environment: None) -> None:
    """Leave out what costs a fifth of the time: telling which templates were drawn, and looking for garbage often."""
    for template, draw in _DRAW.items():
        template._render = draw
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """End what threads of a live server may still hold open: PostgreSQL drops no database that somebody uses."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Begin with an empty cache, for limits count nothing of other tests, and with nothing remembered."""
    cache.clear()
    forget()


@pytest.fixture(autouse=True)
def english() -> None:
    """Begin in English: a thread goes on in the language of the last page that it has answered."""
    translation.activate("en")


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Let fixtures of a whole module write to the database; what they wrote is taken back after its last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def planted(kept: None) -> Planted:
    """A catalogue full of secrets."""
    from tests.planted import plant

    return plant()


@pytest.fixture
def member(db: None) -> User:
    """A member with a confirmed address."""
    return factories.person("mona@example.org", name="Mona")


@pytest.fixture
def moderator(db: None) -> User:
    """A member of the group that decides."""
    return factories.moderator("ada@example.org", name="Ada")


@pytest.fixture
def moderator_client(moderator: User) -> Client:
    """A browser in which the moderator is signed in."""
    client = Client()
    client.force_login(moderator, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def member_client(member: User) -> Client:
    """A browser in which the member is signed in."""
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def with_index(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer lists from memory, as the site does, with an index that is ready."""
    settings.SEARCH_IN_MEMORY = True
    settings.VAR_DIR = tmp_path
    # Another thread would see nothing of what a test has not committed.
    monkeypatch.setattr(memory, "prepare", lambda: None)
    memory.forget()
    memory.prepare_now()
    yield
    memory.forget()
