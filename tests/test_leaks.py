"""No public answer holds a word that no moderator has approved, nor a name, an address or a link that is private.

The walk is made from the site's own table of addresses: a new address is walked by itself, and one with parameters
fails the test until it is said here what to ask it for. In the same way a new field fails it until tests/planted.py
plants a secret in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from initiatives.models import Draft, Submission, Upload
from tests.logbook import logbook
from tests.planted import IP, KEYS, MARKER, Planted, private_fields, values, written_fields

pytestmark = pytest.mark.django_db

#: Entries that are public, taken off, merged into another, and not there.
ENTRIES = ["public", "gone", "merged", "nothing"]
#: What to ask the addresses with parameters for: something public, something secret, something that is not there.
ARGUMENTS = {
    "browse:entry": [*ENTRIES, f"{MARKER}submittedtitle", f"{MARKER}pendingtitle"],
    "browse:history": ENTRIES,
    "browse:compare": ENTRIES,
    "browse:version": [(slug, number) for slug in ENTRIES for number in (1, 2, 3)],
    "submit:correct": ENTRIES,
    "submit:translate": [(slug, "fr") for slug in ENTRIES],
    "submit:claim": ENTRIES,
    "submit:report": ENTRIES,
    "machines:sitemap": [("entries", 1), ("cities", 1), ("nothing", 1)],
    "moderate:restore": [("public", 1), ("gone", 1)],
    "browse:theme": ["sea", f"{MARKER}submittedkeyword", "nothing"],
    "browse:theme_feed": ["sea", "nothing"],
    "browse:channel": ["mayors", "nothing"],
    "browse:channel_feed": ["mayors", "nothing"],
    "browse:country": ["UG", "MA", "ma", "ZZ"],
    "browse:country_feed": ["UG", "MA", "ZZ"],
    "browse:city": ["kampala", "hidden-ville", "unused-ville", "nothing"],
    "browse:city_feed": ["kampala", "hidden-ville", "nothing"],
    "browse:file": [("0" * 40, "480.jpg")],
    "submit:confirm": ["nothing"],
    "submit:tracking": ["nothing"],
    "submit:edit": ["nothing"],
    "submit:autosave_draft": ["nothing"],
    "submit:discard": ["nothing"],
    "submit:answer": ["nothing"],
    "submit:withdraw": ["nothing"],
    "submit:hide_name": ["nothing"],
    "submit:send_confirmation": ["nothing"],
    "moderate:review": [1],
    "moderate:decide": [1],
    "moderate:hold": [1],
    "moderate:put_back": [1],
    "moderate:say": [1],
    "moderate:undo": [(1, "reopen"), (1, "unpublish")],
    "account_confirm_email": ["nothing"],
    "account_reset_password_from_key": [("1", "nothing")],
    "styleguide:page": ["list", "entry", "404"],
}
QUERIES = [
    "",
    "?q=summary",
    "?q=s",
    "?q=%25",
    f"?q={MARKER}",
    "?theme=sea",
    "?theme=hills",
    "?channel=mayors",
    "?channel=states",
    "?country=UG&country=MA",
    "?objective=gcm-15&objective=sdg-10",
    "?organisation_type=diaspora",
    "?organisation_type=academia",
    "?keyword=boats",
    "?keyword=",
    "?city=kampala",
    "?year=2020",
    "?year=2030",
    "?submitter=verified",
    "?submitter=unverified",
    "?status=planned",
    "?status=completed&status=ongoing",
    "?sort=title",
    "?sort=oldest",
    "?page=2",
    "?page=nothing",
    "?theme=nothing&q=nothing",
]
#: Of a list that holds one filter, and of the rest, these are enough.
LANDING = ["", "?q=summary", f"?q={MARKER}", "?organisation_type=academia"]
FEW = ["", "?q=summary"]
SEARCHED = dict.fromkeys(["browse:theme", "browse:channel", "browse:country", "browse:city", "browse:feed"], LANDING)
SEARCHED |= dict.fromkeys(["browse:list", "api:facets", "exchange:export_json"], QUERIES)
SEARCHED["browse:compare"] = ["", "?old=1&new=2"]


def signed_in(email: str) -> Client:
    browser = Client(REMOTE_ADDR=IP)
    browser.force_login(User.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


# ---- Where to go -----------------------------------------------------------


def patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the site with its full name."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, (*names, each.namespace) if each.namespace else names)
        else:
            yield ":".join([*names, each.name or str(each.pattern)]), each


def paths(**known: Any) -> Iterator[tuple[str, str]]:
    """Yield every address with its name, filled in from ARGUMENTS, and with what is `known` of the parameters.

    The administration is closed and has a test of its own.
    """
    unknown = []
    for name, pattern in patterns(get_resolver()):
        if name.startswith("admin:"):
            continue
        asked: list[Any] = [()]
        parameters = list(pattern.pattern.regex.groupindex)
        if parameters:
            asked = ARGUMENTS.get(name, [])
            if not asked:
                unknown.append(name)
        for each in asked:
            given = dict(zip(parameters, each if isinstance(each, tuple) else [each], strict=True))
            given |= {key: value for key, value in known.items() if key in given and not name.startswith("browse:")}
            yield name, reverse(name, kwargs=given)
    assert not unknown, f"say in ARGUMENTS what to ask these addresses for: {unknown}"


def addresses() -> Iterator[str]:
    """Yield what everybody may ask for."""
    for name, path in paths():
        yield from (path + query for query in SEARCHED.get(name, FEW))
        if name.startswith("browse:"):
            # Where translations are shown.
            yield f"/fr{path}"


def assert_silent(response: Any, planted: Planted, address: str, **known: Any) -> None:
    """Fail if an answer tells a secret that whoever asked for `address` does not know already."""
    assert response.status_code < 500, address
    content = b"".join(response) if response.streaming else response.content
    answer = f"{response.headers}\n{response.cookies}\n{content.decode(errors='replace')}".lower()
    for said in filter(None, re.findall(rf"{MARKER}[a-z]*", address.lower())):  # may be said again
        answer = answer.replace(said, "")
    if "/cities/" in address:  # the gazetteer is public, whoever uses it
        answer = answer.replace(f"{MARKER}ville", "")
    assert planted.found_in(answer, **known) == [], address


def one_of_each(submissions: Iterable[Submission]) -> Iterable[Submission]:
    """Return one submission of each kind in each state."""
    return {(each.kind, each.status): each for each in submissions}.values()


# ---- What was planted ------------------------------------------------------


def test_there_is_a_secret_in_every_field_that_is_not_public(planted):
    bare = [
        f"{model._meta.label}.{name}"
        for model, name in private_fields()
        if not any(MARKER in value.lower() for value in values(model, name)) and name not in KEYS
    ]
    assert not bare, f"{bare}: plant a secret in them, or say that they are public, in tests/planted.py"
    assert len(planted.keys) > 50 and all(len(key) >= 30 for key in planted.keys)


def test_what_is_said_to_be_public_holds_no_secret(planted):
    told = {
        f"{model._meta.label}.{name}": found
        for model, name in written_fields()
        if (model, name) not in set(private_fields())
        # Whoever is in the gazetteer is there, and what was approved once was public.
        for found in [set(planted.found_in(" ".join(values(model, name)), known=["ville", "gone", "merged"]))]
        if found
    }
    assert told == {}


def test_the_public_entry_is_there_so_the_walk_sees_pages_that_could_tell(planted, client):
    for address in ("/", "/initiatives/", "/initiatives/public/", "/themes/sea/", "/feeds/initiatives.atom"):
        assert b"Public" in client.get(address).content
    assert b"Counted." in client.get("/initiatives/public/history/").content
    assert b"Seen." in client.get("/initiatives/public/history/compare/?old=1&new=2").content
    assert b"Its city asked us to." in client.get("/initiatives/gone/").content
    assert b"1 initiative" in client.get("/initiatives/").content
    assert planted.found_in(f"Not {MARKER}Title, {planted.keys[0]} nor {IP}") == sorted([IP, "title", planted.keys[0]])
    assert planted.found_in(f"{MARKER}zoename {MARKER}ZOEtitle", known=["zoe"]) == []


def test_nobodys_ip_address_is_kept(planted):
    from django.apps import apps

    kept = {
        model._meta.label for model in apps.get_models() for row in model._default_manager.values() if IP in repr(row)
    }
    assert kept == set()


# ---- The walk --------------------------------------------------------------


def test_no_public_address_tells_a_secret(planted):
    browser = Client(REMOTE_ADDR=IP)
    asked = list(addresses())
    assert len(asked) > 130
    with logbook() as log:
        for address in asked:
            assert_silent(browser.get(address), planted, address)
        for _name, path in paths():
            assert_silent(browser.post(path), planted, path)
    written = re.sub(r"/\S*", "", log.getvalue())  # what was asked for
    assert "Method Not Allowed" in written
    assert planted.found_in(written) == []


def test_no_address_tells_a_member_anything_of_others(planted, member):
    browser = signed_in(member.email)
    for _name, path in paths():
        assert_silent(browser.get(path), planted, path)
    for _name, path in paths():
        assert_silent(browser.post(path), planted, path)


def test_the_holder_of_a_tracking_link_is_told_of_their_own_submission_only(planted):
    browser = Client(REMOTE_ADDR=IP)
    token = planted.holders.token
    walked = [(path, browser.get(path)) for name, path in paths(token=token) if token in path]
    assert f"{MARKER}zoetitle" in walked[0][1].content.decode()
    for path, response in walked:
        assert_silent(response, planted, path, known=["zoe"], keys=[token, *planted.files])


def test_a_submitter_is_told_of_what_they_sent_and_not_by_whom_it_was_moderated(planted):
    browser = signed_in(planted.account)
    sent = Submission.objects.filter(member__email=planted.account)
    theirs = [each.token for each in [*sent, *Draft.objects.filter(member__email=planted.account)]]
    secret = ("zoe", "web", "moderator", "desk", "reply")
    for token in ["nothing", *(each.token for each in one_of_each(sent))]:
        for _name, path in paths(token=token):
            if token in path or token == "nothing":
                response = browser.get(path)
                body = response.getvalue().decode(errors="replace")
                answer = f"{response.headers} {body}"
                told = planted.found_in(answer, keys=[*theirs, *planted.files])
                assert [each for each in told if each.startswith(secret)] == [], path
                assert not set(told) & set(planted.keys), path


def test_a_moderator_is_shown_no_key_of_anybody(planted):
    browser = signed_in(planted.moderator)
    seen = ""
    asked = [each for one in one_of_each(Submission.objects.all()) for each in paths(pk=one.pk)]
    for path in dict.fromkeys(path for name, path in asked if name.startswith("moderate:")):
        response = browser.get(path)
        seen += f"{response.headers} {response.content.decode()}"
    assert f"{MARKER}zoetitle" in seen
    assert [key for key in [*planted.keys, IP] if key in seen and key not in planted.files] == []


def test_no_file_that_is_not_public_is_there_for_strangers(planted, client, member_client):
    asked = [(each.url(name), each.key in planted.files) for each in Upload.objects.all() for name in each.types]
    assert {is_private for _, is_private in asked} == {True, False}
    for address, is_private in asked:
        for browser in (client, member_client):
            response = browser.get(address)
            assert response.status_code == (404 if is_private else 200), address
            assert_silent(response, planted, address, keys=planted.files if is_private else ())


def test_the_administration_is_closed(planted, client, member_client):
    for name, pattern in patterns(get_resolver()):
        if name.startswith("admin:") and not pattern.pattern.regex.groups:
            for browser in (client, member_client):
                response = browser.get(reverse(name))
                assert response.status_code in (302, 403), name
                assert_silent(response, planted, name)


# ---- Mails and log lines ---------------------------------------------------


def test_a_mail_tells_nobody_of_others_and_never_who_moderates(planted):
    assert len(planted.mails) > 10
    for mail in planted.mails:
        text = f"{mail.subject}\n{mail.body}\n{mail.message().as_string()}"
        to = "".join(mail.to).lower()
        if to == f"{MARKER}mail@example.org":
            told = planted.found_in(text, keys=planted.keys)
            assert [each for each in told if each.startswith(("zoe", "web", "moderator", "desk", "reply"))] == []
        else:
            # Nobody has confirmed these addresses: their mails hold no word of whoever typed them, but what moderators
            # wrote to them, and the link.
            known = [word.removeprefix(MARKER) for word in re.findall(rf"{MARKER}[a-z]*", to)]
            assert planted.found_in(text, known=[*known, "zoeasked"], keys=[_token(text)]) == []


def _token(text: str) -> str:
    return re.search(r"/submissions/([0-9a-f]{40})/", text)[1]


def test_no_line_of_the_log_tells_a_secret(planted):
    assert planted.found_in(planted.log) == []
