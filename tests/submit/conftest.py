"""What the tests of submitting share."""

import pytest
from django.core.cache import cache

from tests.submit.answers import vocabulary as make_vocabulary
from tests.visitor import Visitor


@pytest.fixture
def vocabulary(db: None) -> None:
    """What the form lets people choose from."""
    make_vocabulary()


@pytest.fixture
def anyone(vocabulary: None) -> Visitor:
    """Somebody without an account."""
    cache.clear()
    return Visitor()
