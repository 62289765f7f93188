"""What the tests of accounts share."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage

from accounts.models import User
from tests import factories

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    """Let no test feel the rate limits that another one used up."""
    cache.clear()


@pytest.fixture
def member() -> User:
    """Ada, who has an account and a confirmed address."""
    return factories.person("ada@example.org", name="Ada")


@pytest.fixture
def neutral() -> Callable[..., str]:
    """Gives the content of a page without tokens, and without the address it was shown for."""

    def strip(page: str, address: str = "no address") -> str:
        main = page.split("<main", 1)[-1].split("</main", 1)[0].replace(address, "X")
        return "\n".join(line for line in main.splitlines() if "csrf" not in line)

    return strip


@pytest.fixture
def link_in() -> Callable[[EmailMessage], str]:
    """Finds the first link of a mail that leads to an account page, as a path."""

    def find(message: EmailMessage) -> str:
        found = re.search(r"^https?://[^/\s]+(/\S*accounts/\S+)$", message.body, re.MULTILINE)
        assert found, message.body
        return found[1]

    return find
