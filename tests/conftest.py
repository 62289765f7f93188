"""What every test may use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from initiatives.search import memory
from tests import factories


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Begin with an empty cache: limits count nothing of other tests."""
    cache.clear()


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
