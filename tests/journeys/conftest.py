"""What the journeys share."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories
from tests.submit.answers import vocabulary as make_vocabulary
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def vocabulary(transactional_db):
    """What the form lets people choose from; and no limit that another test used up.

    With real transactions, for mail goes out when they are committed.
    """
    cache.clear()
    make_vocabulary()
    factories.city("Kampala")


@pytest.fixture
def visitor():
    """Somebody who has never been here."""
    return Visitor()


@pytest.fixture
def ada(moderator):
    """A moderator at the desk."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    return Visitor(client)


@pytest.fixture
def link_in():
    """Finds the link of a mail that has these words in it, as a path on this site."""

    def find(mail, words):
        links = re.findall(r"^http://127\.0\.0\.1:8000(/\S+)$", mail.body, re.MULTILINE)
        found = [link for link in links if words in link]
        assert found, f"no link with {words} among {links}"
        return found[0]

    return find
