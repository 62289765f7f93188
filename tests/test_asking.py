"""Nothing secret can be asked out of the site: a question for it is answered as one for what never was."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from initiatives.search.duplicates import entries_like
from tests import factories
from tests.planted import MARKER

pytestmark = pytest.mark.django_db


def told(client: Client, address: str, word: str) -> str:
    """Return how asking for a word is answered, with dots in its place."""
    response = client.get(address.format(word))
    return f"{response.status_code} {response.content.decode()}".replace(word, "…").replace(word.upper(), "…")


def same_but_for(client: Client, address: str, secret: str, nonsense: str) -> bool:
    """Tell whether asking for a secret is answered as asking for something that never was."""
    return told(client, address, secret) == told(client, address, nonsense)


KINDS = ["submitted", "changed", "rejected", "withdrawn", "resubmitted", "again", "pending", "refused", "asked"]
KINDS += ["gone", "draft", "web"]


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("/initiatives/?q={}", ["title", "summary", "does", "keyword", "org"]),
        ("/initiatives/?q=summary+{}", ["summary"]),
        ("/themes/hills/?q={}", ["title"]),
        ("/channels/states/?q={}", ["title"]),
        ("/countries/MA/?q={}", ["title"]),
        ("/initiatives/?keyword={}", ["keyword"]),
        ("/initiatives/?theme={}", ["keyword"]),
        ("/initiatives/?city={}", ["title"]),
        ("/initiatives/?organisation_type={}", ["org"]),
        ("/initiatives/{}/", ["title"]),
        ("/submit/cities/?q={}", ["title"]),
    ],
)
def test_asking_for_a_secret_word_is_like_asking_for_a_word_that_nobody_ever_wrote(
    address, parts, planted, with_index, client
):
    of_nothing = told(client, address, "qqznonsense")
    for kind in KINDS:
        for part in parts:
            assert told(client, address, f"{MARKER}{kind}{part}") == of_nothing


def test_what_only_secret_entries_have_is_no_choice_of_a_filter(planted, client):
    for path in ("/initiatives/", "/themes/sea/", "/countries/UG/"):
        page = client.get(path).content.decode()
        offered = sorted(re.findall(r'<input type="(?:checkbox|radio)" name="(\w+)" value="([^"]+)"', page))
        held = {"/themes/sea/": "theme", "/countries/UG/": "country"}.get(path, "")
        public = {
            "theme": "sea",
            "channel": "mayors",
            "country": "UG",
            "city": "kampala",
            "objective": "gcm-15",
            "organisation_type": "diaspora",
            "keyword": "boats",
            "submitter": "verified",
            "status": "completed",
        }
        assert offered == sorted((name, value) for name, value in public.items() if name != held)
        assert re.findall(r"<title>(\d{4}): 1</title>", page) == ["2020"]


@pytest.mark.parametrize("word", ["name", "mail", "account", "submitterorg", "approvalnote", "moderator", "ville"])
def test_what_is_known_of_a_submitter_cannot_be_searched_for(word, planted, client):
    assert same_but_for(client, "/initiatives/?q={}", f"{MARKER}{word}", f"qqz{word}")


@pytest.mark.parametrize("address", ["/initiatives/?city={}", "/cities/{}/", "/cities/{}/?q=summary"])
def test_a_city_that_only_secret_entries_name_looks_like_one_that_none_names(address, planted, client):
    assert same_but_for(client, address, "hidden-ville", "unused-ville")


def test_the_warning_of_entries_that_look_the_same_knows_published_ones_only(planted):
    assert [each.revision.initiative.slug for each in entries_like(factories.content("Public"))] == ["public"]
    for kind in ("submitted", "changed", "rejected", "withdrawn", "pending"):
        assert entries_like(factories.content(f"{MARKER}{kind}title")) == []
