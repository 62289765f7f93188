"""A page is the same whichever engine draws it: the one in Rust, or Django's own where there is no wheel of that.

The walk is that of tests/test_leaks.py, so a new page is compared by itself.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.conf import settings as site
from django.template import engines
from django.test import Client
from django.utils import timezone

from initiatives.models import Submission
from tests.planted import IP
from tests.test_leaks import SEARCHED, one_of_each, paths, signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.long,
    pytest.mark.skipif(len(site.TEMPLATES) == 1, reason="there is no engine in Rust here"),
]

#: What is made up anew for each answer.
AT_RANDOM = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|name="\w*(?:key|token|stamp|form_id)" value="[\w:=.-]+"'
)


def drawn(browser: Client, address: str) -> tuple[int, bytes]:
    response = browser.get(address)
    return response.status_code, AT_RANDOM.sub(b"", b"".join(response) if response.streaming else response.content)


def assert_same(browser: Client, asked: list[str], settings: Any) -> None:
    """Fail on an address of which the two engines draw another page."""
    with time_machine.travel(timezone.now(), tick=False):
        in_rust = {address: drawn(browser, address) for address in asked}
        settings.TEMPLATES = [each for each in site.TEMPLATES if "rust" not in each["BACKEND"]]
        differing = [address for address in asked if drawn(browser, address) != in_rust[address]]
    assert differing == []


def test_the_engine_in_rust_is_asked_first():
    assert type(engines.all()[0]).__module__.startswith("django_rust_templates")


def test_both_engines_draw_the_same_public_pages(planted, settings):
    asked = [path + query for name, path in paths() for query in SEARCHED.get(name, [""])[:2]]
    asked += [f"/ar{path}" for name, path in paths() if name.startswith("browse:") and "public" in path]
    assert_same(Client(REMOTE_ADDR=IP), [*asked, "/ar/", "/ar/initiatives/", "/fr/initiatives/?year=2020"], settings)


def test_both_engines_draw_the_same_desk(planted, settings):
    waiting = [f"/moderation/{each.pk}/" for each in one_of_each(Submission.objects.all())]
    assert len(waiting) > 4
    asked = [path for name, path in paths() if name.startswith(("moderate:", "submit:", "account", "styleguide:"))]
    assert_same(signed_in(planted.moderator), asked + waiting, settings)
