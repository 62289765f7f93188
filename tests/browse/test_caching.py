"""What anonymous readers share comes out of caches and is right at once; what is somebody's own never gets there."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_http_date

from initiatives import caching, moderation
from initiatives.moderation import Submitter
from initiatives.search.changes import changed
from tests import factories
from tests.browse.pages import text_of

pytestmark = pytest.mark.django_db
PAGES = [
    *("/", "/about/", "/initiatives/", "/initiatives/?theme=sea&page=1", "/initiatives/harbour/", "/themes/"),
    *("/themes/sea/", "/countries/UG/", "/feeds/initiatives.atom", "/themes/sea/feed.atom"),
    *("/api/v1/initiatives/facets/", "/initiatives/export.json"),
]


@pytest.fixture
def entry():
    sam = Submitter(name="Sam Smith", show_name=True, email="sam@example.org")
    return factories.initiative(
        "Harbour", submitter=sam, themes=[factories.theme("sea")], countries=[factories.country("UG")]
    )


def fresh(client: Client, address: str, tag: str) -> bool:
    """Tell whether the page at an address is still the one with this tag."""
    response = client.get(address, headers={"If-None-Match": tag})
    assert response.status_code in (200, 304)
    return response.status_code == 304


def test_a_page_may_be_handed_on_and_varies_by_no_cookie(entry, client, subtests):
    for address in PAGES:
        with subtests.test(address):
            response = client.get(address)
            assert response.headers["Cache-Control"] == caching.CACHE_CONTROL
            assert "s-maxage" in caching.CACHE_CONTROL and "stale-while-revalidate" in caching.CACHE_CONTROL
            assert response.headers["ETag"].startswith('W/"') and response.headers["Last-Modified"]
            assert response.headers["Vary"] == "Accept-Encoding" and not response.cookies


def test_a_page_says_when_the_catalogue_changed_last(entry, client):
    before = parse_http_date(client.get("/").headers["Last-Modified"])
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        factories.initiative()
    after = parse_http_date(client.get("/").headers["Last-Modified"])
    assert 3590 < after - before < 3660


def test_who_asks_again_is_told_in_one_query_that_nothing_has_changed(entry, client, subtests):
    for address in PAGES:
        with subtests.test(address):
            tag = client.get(address).headers["ETag"]
            for given in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
                with CaptureQueriesContext(connection) as queries:
                    response = client.get(address, headers={"If-None-Match": given})
                assert response.status_code == 304 and response.content == b""
                assert len(queries) == 1
                assert response.headers["ETag"] == tag
                assert response.headers["Cache-Control"] == caching.CACHE_CONTROL
            assert client.head(address, headers={"If-None-Match": tag}).status_code == 304
            assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
            assert client.get(address, headers={"If-None-Match": "*"}).status_code == 200
            assert client.get(address, headers={"If-None-Match": "nonsense"}).status_code == 200


def test_no_two_pages_have_one_tag_and_the_name_of_the_host_is_no_part_of_it(entry, client, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    tags = {
        client.get(address).headers["ETag"] for address in [*PAGES, "/fr/initiatives/", "/initiatives/?sort=title"]
    }
    assert len(tags) == len(PAGES) + 2
    for address in PAGES:
        assert fresh(Client(headers={"host": "localhost"}), address, client.get(address).headers["ETag"])


def test_every_step_that_shows_makes_pages_new_and_one_that_does_not_show_leaves_them(entry, client, moderator):
    steps = {
        "a submission": (factories.submission, False),
        "an approval": (lambda: moderation.approve(factories.submission("Second"), by=moderator), True),
        "a confirmed address": (lambda: moderation.confirm_address(entry.founding_submission), True),
        "one confirmed twice": (lambda: moderation.confirm_address(entry.founding_submission), False),
        "a name taken off": (lambda: moderation.hide_name(entry.founding_submission), True),
        "an entry taken off": (lambda: moderation.unpublish(entry, by=moderator, reason="Gone."), True),
    }
    for name, (take, shows) in steps.items():
        tags = {address: client.get(address).headers["ETag"] for address in ("/", "/initiatives/", "/about/")}
        take()
        assert [fresh(client, address, tag) for address, tag in tags.items()] == [not shows] * 3, name


def test_a_name_that_is_taken_off_is_gone_from_the_page_at_once(entry, client):
    address = "/initiatives/harbour/"
    page = client.get(address)
    assert "Sam Smith" in text_of(page.content.decode())
    moderation.hide_name(entry.founding_submission)
    page = client.get(address, headers={"If-None-Match": page.headers["ETag"]})
    assert page.status_code == 200 and "Sam Smith" not in page.content.decode()


def test_what_administrators_change_in_a_vocabulary_shows_at_once(entry, client, admin_client):
    for change in ("Ocean", "Deep ocean"):
        page = client.get("/initiatives/")
        theme = factories.theme("sea")
        admin_client.post(
            reverse("admin:initiatives_theme_change", args=[theme.pk]),
            {"slug": "sea", "name": change, "description": ""},
        )
        page = client.get("/initiatives/", headers={"If-None-Match": page.headers["ETag"]})
        assert page.status_code == 200 and change in text_of(page.content.decode())
    made = reverse("admin:initiatives_theme_add")
    admin_client.post(made, {"slug": "new", "name": "New theme", "description": ""})
    assert "New theme" in client.get("/themes/").content.decode()


def test_at_new_year_and_with_a_new_release_pages_are_new(entry, client, monkeypatch):
    with time_machine.travel("2030-12-31T23:00:00Z", tick=False):
        tag = client.get("/initiatives/").headers["ETag"]
        assert fresh(client, "/initiatives/", tag)
    with time_machine.travel("2031-01-01T01:00:00Z", tick=False):
        assert not fresh(client, "/initiatives/", tag)
    tag = client.get("/initiatives/").headers["ETag"]
    monkeypatch.setattr(caching, "release", lambda: "another")
    assert not fresh(client, "/initiatives/", tag)


def test_whoever_is_signed_in_gets_pages_of_their_own_that_nobody_keeps(
    entry, client, member_client, moderator_client
):
    for address in PAGES:
        tag = client.get(address).headers["ETag"]
        for browser in (member_client, moderator_client):
            response = browser.get(address, headers={"If-None-Match": tag})
            assert response.status_code == 200
            assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
            assert "ETag" not in response.headers
    assert "Sign out" in member_client.get("/").content.decode()
    assert "Sign out" not in client.get("/").content.decode()


def test_what_was_just_done_is_told_once_and_kept_by_no_cache(client):
    client.cookies["messages"] = "anything"
    assert "no-store" in client.get("/").headers["Cache-Control"]


def test_pages_come_compressed_to_whoever_can_read_that_and_are_known_again(entry, client):
    page = client.get("/initiatives/", headers={"accept-encoding": "gzip, br"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content) == client.get("/initiatives/").content
    again = client.get("/initiatives/", headers={"accept-encoding": "gzip", "if-none-match": page.headers["ETag"]})
    assert again.status_code == 304


def test_a_page_that_was_drawn_is_not_drawn_again_until_something_changes(entry, client, settings, monkeypatch):
    settings.PAGES_KEPT = 1
    drawn = client.get("/initiatives/")
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/initiatives/")
    assert len(queries) == 1
    assert (again.content, dict(again.headers)) == (drawn.content, dict(drawn.headers))
    factories.initiative("Second")
    assert "2 initiatives" in client.get("/initiatives/").content.decode()


def test_a_page_that_is_kept_answers_only_whoever_asks_for_it(entry, client, settings):
    settings.PAGES_KEPT = 1
    for address in ("/", "/initiatives/", "/initiatives/harbour/"):
        drawn = client.get(address)
        assert client.post(address).status_code == 405, address
        assert client.head(address).headers["ETag"] == drawn.headers["ETag"]


def test_no_more_pages_are_kept_than_there_is_room_for(settings, rf, db):
    settings.PAGES_KEPT = 1
    shelf = caching.Shelf()

    def put(number: int, size: int = 100_000) -> None:
        request = rf.get(f"/{number}/")
        shelf.put(request, HttpResponse(b"x" * size, headers={"ETag": caching._tag(request)}))

    def has(number: int) -> bool:
        return shelf.take(rf.get(f"/{number}/")) is not None

    for number in range(30):
        put(number)
        put(number)
        assert has(0)
    assert has(29) and not has(1)
    assert sum(len(page.content) for page in shelf._pages._known.values()) == 1_000_000
    put(31, 200_000)
    assert not has(31)
    changed()
    assert not has(0)


def test_pages_with_forms_of_their_own_errors_and_redirects_are_not_handed_on(entry, client):
    client.get("/submit/")
    assert "csrftoken" in client.cookies
    assert client.get("/initiatives/").headers["Cache-Control"] == caching.CACHE_CONTROL
    for address in ("/submit/", "/accounts/login/", "/initiatives/nothing/", "/initiatives/?page=9", "/countries/ug/"):
        response = client.get(address)
        assert "public" not in response.headers.get("Cache-Control", "")
        assert "ETag" not in response.headers
    assert client.post("/initiatives/").status_code == 405


def test_a_kept_page_is_given_to_no_other_host(entry, client, settings):
    settings.PAGES_KEPT = 1
    assert client.get("/initiatives/").status_code == client.get("/initiatives/").status_code == 200
    assert client.get("/initiatives/", headers={"host": "evil.example"}).status_code == 400


def test_another_engine_for_templates_makes_other_tags(entry, client, settings):
    before = client.get("/initiatives/").headers["ETag"]
    settings.TEMPLATES = [{**settings.TEMPLATES[-1], "BACKEND": "django.template.backends.jinja2.Jinja2"}]
    caching.release.cache_clear()
    request = RequestFactory().get("/initiatives/")
    assert caching._tag(request) != before
    caching.release.cache_clear()
