"""No public answer holds a word that no moderator has approved, nor a name, an address or a link that is private.

Every secret has the marker in it. The walk is made from the site's own table of addresses: a new address is
walked by itself, and one with parameters fails the test until it is said here what to ask it for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, Source, read
from initiatives.models import Draft, Initiative, Submission, Upload
from initiatives.moderation import Submitter
from initiatives.search.duplicates import entries_like
from tests import factories

pytestmark = pytest.mark.django_db
MARKER = "zqxsecret"
PARTS = ["title", "summary", "does", "works", "results", "reuse", "note", "keyword", "org", "edition", "label"]

#: Entries that are public, taken off, merged into another, and not there.
ENTRIES = ["public", "gone", "merged", "nothing"]
#: What to ask the addresses with parameters for: something public, something secret, something that is not there.
ARGUMENTS = {
    "browse:entry": [*ENTRIES, f"{MARKER}submittedtitle", f"{MARKER}pendingtitle"],
    "browse:history": ENTRIES,
    "browse:compare": ENTRIES,
    "browse:version": [(slug, number) for slug in ENTRIES for number in (1, 2, 3)],
    "submit:correct": ENTRIES,
    "submit:claim": ENTRIES,
    "submit:report": ENTRIES,
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


def secret_content(kind: str, **values: Any) -> Any:
    """Make a content of which every word is secret."""
    part = {name: f"{MARKER}{kind}{name}" for name in PARTS}
    return factories.content(
        part["title"],
        **{
            "summary": f"{part['summary']} summary",
            "what_it_does": part["does"],
            "how_it_works": part["works"],
            "results": part["results"],
            "reusable": part["reuse"],
            "change_note": part["note"],
            "keywords": [part["keyword"], "boats"],
            "organisations": [NamedOrganisation(part["org"], "academia", "lead")],
            "themes": [factories.theme("hills"), factories.theme("sea")],
            "countries": [factories.country("MA"), factories.country("UG")],
            "listings": [Listing(factories.channel("states"), part["edition"], f"https://{MARKER}.example/")],
            "objectives": [factories.objective("sdg-10")],
            "links": [Source(f"https://{MARKER}.example/{kind}", part["label"])],
            "picture": factories.upload(name=f"{MARKER}{kind}.jpg"),
            "picture_alt": f"{MARKER}{kind}alt",
            "picture_credit": f"{MARKER}{kind}credit",
            "documents": [factories.document(f"{MARKER}{kind}document", name=f"{MARKER}{kind}.pdf")],
            "start_year": 2030,
            "stage": "planned",
        }
        | values,
    )


@pytest.fixture
def secrets() -> list[str]:
    """Plant secrets in every place there is, beside one public entry; return the strings that no page may hold."""
    ada = factories.moderator(name=f"{MARKER}moderator")
    owner = factories.person(f"{MARKER}account@example.org", name=f"{MARKER}account")
    someone = Submitter(
        member=owner,
        name=f"{MARKER}name",
        email=f"{MARKER}mail@example.org",
        organisation=f"{MARKER}submitterorg",
        is_verified=True,
    )
    hidden = factories.city(f"{MARKER}ville", "MA", slug="hidden-ville")
    factories.city(f"{MARKER}ville", "MA", slug="unused-ville")

    public = factories.submission(
        "Public",
        submitter=someone,
        themes=[factories.theme("sea")],
        listings=[Listing(factories.channel("mayors"))],
        cities=[factories.city("Kampala", slug="kampala")],
        objectives=[factories.objective("gcm-15")],
        organisations=[NamedOrganisation("Union", "diaspora", "lead")],
        keywords=["boats"],
        start_year=2020,
        stage="completed",
        picture=factories.upload(),
        picture_alt="A market.",
        documents=[factories.document()],
    )
    moderation.approve(public, by=ada, note=f"{MARKER}approvalnote")

    sent = {
        kind: moderation.submit(secret_content(kind, cities=[hidden]), submitter=someone)
        for kind in ["submitted", "changed", "rejected", "withdrawn", "resubmitted"]
    }
    moderation.request_changes(sent["changed"], by=ada, note=f"{MARKER}changesnote")
    moderation.reject(sent["rejected"], by=ada, note=f"{MARKER}rejectionnote")
    moderation.withdraw(sent["withdrawn"])
    moderation.resubmit(sent["resubmitted"], secret_content("again"))
    public.refresh_from_db()
    plant_around(public.initiative, someone, ada)
    moderation.say(public, f"{MARKER}question", by=ada, as_moderator=True)
    moderation.say(sent["submitted"], f"{MARKER}answer")
    words = {"title": [f"{MARKER}drafttitle"], "email": [f"{MARKER}draft@example.org"], "cities": [f"{MARKER}ville"]}
    for member in (owner, None):
        Draft.objects.create(answers=words, member=member)
    tracked = [*Submission.objects.all(), *Draft.objects.all()]
    private = [value for each in tracked for value in (each.token, each.seed, each.token_hash)]
    private += Upload.objects.filter(name__startswith=MARKER).values_list("key", flat=True)
    return [MARKER, *map(str, private)]


def plant_around(entry: Initiative, someone: Submitter, ada: User) -> None:
    """Plant secrets in all that is said about a public entry, and in entries that were public once."""
    approved = moderation.submit(
        replace(read(entry.public), results="Seen.", change_note="Counted."), submitter=someone, base=entry.public
    )
    moderation.approve(approved, by=ada, note=f"{MARKER}approvalnote")
    entry.refresh_from_db()
    for kind in ("pending", "refused", "asked"):
        correction = moderation.submit(secret_content(kind), submitter=someone, base=entry.public)
        if kind == "refused":
            moderation.reject(correction, by=ada, note=f"{MARKER}refusalnote")
        if kind == "asked":
            moderation.request_changes(correction, by=ada, note=f"{MARKER}askednote")
            moderation.say(correction, f"{MARKER}answer")
    for ask in (moderation.claim, moderation.report):
        waits = ask(entry, f"{MARKER}{ask.__name__}text", submitter=someone)
        moderation.say(waits, f"{MARKER}moderatorsays", by=ada, as_moderator=True)
        refused = ask(entry, f"{MARKER}{ask.__name__}again", submitter=someone)
        moderation.reject(refused, by=ada, note=f"{MARKER}refusalnote")
    for title in ("Gone", "Merged"):
        once = moderation.submit(replace(secret_content(title.lower()), title=title), submitter=someone)
        moderation.approve(once, by=ada)
        once.refresh_from_db()
        if title == "Gone":
            moderation.unpublish(once.initiative, by=ada, reason="Its city asked us to.")
        else:
            moderation.merge(once.initiative, entry, read(entry.public), by=ada, public_id=entry.current_id)


def patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the site with its full name."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, (*names, each.namespace) if each.namespace else names)
        else:
            yield ":".join([*names, each.name or str(each.pattern)]), each


def queries_of(name: str) -> list[str]:
    """Return with which parameters to ask for an address."""
    if name in ("browse:entry", "browse:history", "browse:compare", "browse:version"):
        return ["", "?old=1&new=2"]
    return QUERIES if name.startswith(("browse:", "api:", "exchange:")) else QUERIES[:2]


def addresses() -> Iterator[str]:
    """Yield what to ask for; the administration is closed and has a test of its own."""
    unknown = []
    for name, pattern in patterns(get_resolver()):
        if name.startswith("admin:"):
            continue
        asked: list[Any] = [()]
        if pattern.pattern.regex.groups:
            asked = ARGUMENTS.get(name, [])
            if not asked:
                unknown.append(name)
        for arguments in asked:
            address = reverse(name, args=arguments if isinstance(arguments, tuple) else [arguments])
            yield from (address + query for query in queries_of(name))
    assert not unknown, f"say in ARGUMENTS what to ask these addresses for: {unknown}"


def assert_silent(response: Any, secrets: list[str], address: str) -> None:
    answer = f"{response.headers}\n{response.cookies}\n{response.getvalue().decode()}".lower()
    if MARKER in address:  # what was asked for may be said again
        answer = answer.replace(address.partition("=")[2], "")
    if "/cities/" in address:  # the gazetteer is public, whoever uses it
        answer = answer.replace(f"{MARKER}ville", "")
    for secret in secrets:
        found = answer.find(secret)
        assert found < 0, f"{address} tells {answer[max(0, found - 60) : found + 60]!r}"


def test_no_public_address_tells_a_secret(secrets, client):
    asked = list(addresses())
    assert len(asked) > 300
    for address in asked:
        response = client.get(address)
        assert response.status_code < 500, address
        assert_silent(response, secrets, address)


def test_no_public_address_tells_a_secret_to_a_member(secrets, member_client):
    for address in addresses():
        if "?" not in address or "/initiatives/?" in address:
            response = member_client.get(address)
            assert response.status_code < 500, address
            assert_silent(response, secrets, address)


def test_no_file_that_is_not_public_is_there_for_strangers(secrets, client, member_client):
    asked = [(upload.url(name), MARKER in upload.name) for upload in Upload.objects.all() for name in upload.types]
    assert {is_private for _, is_private in asked} == {True, False}
    for address, is_private in asked:
        for browser in (client, member_client):
            assert browser.get(address).status_code == (404 if is_private else 200), address


def test_the_administration_is_closed(secrets, client, member_client):
    for name, pattern in patterns(get_resolver()):
        if name.startswith("admin:") and not pattern.pattern.regex.groups:
            for browser in (client, member_client):
                response = browser.get(reverse(name))
                assert response.status_code in (302, 403), name
                assert_silent(response, secrets, name)


def test_the_public_entry_is_there_so_the_walk_saw_pages_that_could_tell(secrets, client):
    for address in ("/", "/initiatives/", "/initiatives/public/", "/themes/sea/", "/feeds/initiatives.atom"):
        assert b"Public" in client.get(address).content
    assert b"Counted." in client.get("/initiatives/public/history/").content
    assert b"Seen." in client.get("/initiatives/public/history/compare/?old=1&new=2").content
    assert b"Its city asked us to." in client.get("/initiatives/gone/").content
    assert b"1 initiative" in client.get("/initiatives/").content


def same_but_for(client: Client, address: str, secret: str, nonsense: str) -> bool:
    """Tell whether asking for a secret is answered as asking for something that never was."""
    told = [client.get(address.format(each)) for each in (secret, nonsense)]
    pages = [
        f"{response.status_code} {response.getvalue().decode()}".replace(each, "…").replace(each.upper(), "…")
        for response, each in zip(told, (secret, nonsense), strict=True)
    ]
    return pages[0] == pages[1]


@pytest.mark.parametrize(
    "address",
    [
        "/initiatives/?q={}",
        "/initiatives/?q=summary+{}",
        "/themes/hills/?q={}",
        "/channels/states/?q={}",
        "/countries/MA/?q={}",
        "/initiatives/?keyword={}",
        "/initiatives/?theme={}",
        "/initiatives/?city={}",
        "/initiatives/?organisation_type={}",
        "/initiatives/{}/",
        "/submit/cities/?q={}",
    ],
)
def test_asking_for_a_secret_word_is_like_asking_for_a_word_that_nobody_ever_wrote(address, secrets, client):
    for kind in [
        "submitted",
        "changed",
        "rejected",
        "withdrawn",
        "resubmitted",
        "again",
        "pending",
        "refused",
        "gone",
    ]:
        for part in ("title", "summary", "does", "keyword", "org"):
            assert same_but_for(client, address, f"{MARKER}{kind}{part}", f"qqz{kind}{part}")


def test_what_only_secret_entries_have_is_no_choice_of_a_filter(secrets, client):
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
            "year": "2020",
            "submitter": "verified",
            "status": "completed",
        }
        assert offered == sorted((name, value) for name, value in public.items() if name != held)


@pytest.mark.parametrize("word", ["name", "mail", "account", "submitterorg", "approvalnote", "moderator", "ville"])
def test_what_is_known_of_a_submitter_cannot_be_searched_for(word, secrets, client):
    assert same_but_for(client, "/initiatives/?q={}", f"{MARKER}{word}", f"qqz{word}")


@pytest.mark.parametrize("address", ["/initiatives/?city={}", "/cities/{}/", "/cities/{}/?q=summary"])
def test_a_city_that_only_secret_entries_name_looks_like_one_that_none_names(address, secrets, client):
    assert same_but_for(client, address, "hidden-ville", "unused-ville")


def test_the_warning_of_entries_that_look_the_same_knows_published_ones_only(secrets):
    assert [entry.slug for entry in entries_like(factories.content("Public"))] == ["public"]
    for kind in ("submitted", "changed", "rejected", "withdrawn", "pending"):
        assert entries_like(factories.content(f"{MARKER}{kind}title")) == []
