"""Feeds that any feed reader can follow."""

import datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings

from initiatives import moderation
from initiatives.content import Listing
from initiatives.models import City
from initiatives.moderation import Submitter
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = [
    "/feeds/initiatives.atom",
    "/themes/sea/feed.atom",
    "/channels/mayors/feed.atom",
    "/countries/UG/feed.atom",
    "/cities/kampala/feed.atom",
]


def publish(title="", **fields):
    values = {
        "themes": [factories.theme("sea")],
        "listings": [Listing(factories.channel("mayors"))],
        "countries": [factories.country("UG")],
        "cities": [kampala()],
    }
    return factories.initiative(title, **values | fields)


def kampala():
    return City.objects.filter(slug="kampala").first() or factories.city("Kampala", slug="kampala")


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entry_titles(feed):
    return [each.findtext(f"{ATOM}title") for each in feed.findall(f"{ATOM}entry")]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_valid_atom_with_absolute_links(address, client):
    with time_machine.travel("2024-05-01T12:00:00Z", tick=False):
        publish("First", submitter=Submitter(name="Ben Okello", show_name=True))
    feed = read(client, address)
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}title").endswith("Passerelle")
    assert feed.findtext(f"{ATOM}id").startswith(f"{settings.SITE_URL}/")
    assert datetime.datetime.fromisoformat(feed.findtext(f"{ATOM}updated")).tzinfo
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"{settings.SITE_URL}{address}"
    assert links["alternate"].startswith(f"{settings.SITE_URL}/")
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "First"
    assert entry.findtext(f"{ATOM}summary") == "Summary of First."
    assert entry.find(f"{ATOM}link").get("href") == f"{settings.SITE_URL}/initiatives/first/"
    assert entry.findtext(f"{ATOM}id") == f"{settings.SITE_URL}/initiatives/first/"
    assert entry.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}updated") == "2024-05-01T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ben Okello"
    assert [each.get("term") for each in entry.findall(f"{ATOM}category")] == ["Sea"]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_published_entries_only_newest_first(address, client):
    for title in ("One", "Two", "Three"):
        publish(title)
    waiting = {"themes": [factories.theme("sea")], "cities": [kampala()]}
    factories.submission("Waiting", listings=[Listing(factories.channel("mayors"))], **waiting)
    assert entry_titles(read(client, address)) == ["Three", "Two", "One"]


@pytest.mark.parametrize("address", FEEDS[1:])
def test_the_feed_of_a_subject_has_the_entries_of_the_subject_only(address, client):
    publish("Inside", listings=[Listing(factories.channel("mayors"), edition=year) for year in ("2019", "2020")])
    factories.initiative("Outside", themes=[factories.theme("hills")], countries=[factories.country("MA")])
    assert entry_titles(read(client, address)) == ["Inside"]


def test_a_feed_holds_the_fifty_newest_entries(client, subtests):
    for number in range(52):
        publish(f"Entry {number}")
    for address in FEEDS:
        with subtests.test(address):
            assert entry_titles(read(client, address)) == [f"Entry {number}" for number in range(51, 1, -1)]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_without_entries_is_valid_too(address, client):
    factories.theme("sea"), factories.channel("mayors"), factories.country("UG"), kampala()
    assert entry_titles(read(client, address)) == []


@pytest.mark.parametrize("address", FEEDS)
def test_no_text_breaks_a_feed(address, client):
    theme = factories.theme("sea", 'Sea & <shore>\x0b "quoted" ]]>')
    channel = factories.channel("mayors", "Mayors\x1b & <b>co</b>")
    nasty = "Fish & <chips> \x01\x0b\x1f\ufffe]]> “quoted” \U0001f600"
    publish(
        nasty,
        summary=nasty,
        themes=[theme],
        listings=[Listing(channel)],
        submitter=Submitter(name="A & <B>\x02", show_name=True),
    )
    entry = read(client, address).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Fish & <chips> ]]> “quoted” \U0001f600"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "A & <B>"
    assert entry.find(f"{ATOM}category").get("term") == 'Sea & <shore> "quoted" ]]>'


def test_a_summary_is_text_to_a_feed_reader_and_never_markup(client):
    publish("Plain", summary="If a < b & <img src=x onerror=alert(1)> then stop.")
    summary = read(client, FEEDS[0]).find(f"{ATOM}entry/{ATOM}summary")
    # In a summary of type "html" the text is HTML after the XML is read: there it must be escaped once more.
    assert summary.get("type") == "html"
    assert summary.text == "If a &lt; b &amp; &lt;img src=x onerror=alert(1)&gt; then stop."


def test_the_name_of_a_submitter_is_in_the_feed_only_if_it_may_be_shown(client):
    publish(submitter=Submitter(name="Hidden Name", email="hidden@example.org"))
    response = client.get(FEEDS[0])
    assert b"idden" not in response.content
    assert b"<name>Anonymous</name>" in response.content


def test_a_correction_updates_an_entry_and_keeps_its_id_and_place(client, moderator):
    with time_machine.travel("2024-05-01T12:00:00Z", tick=False):
        entry = publish("Before")
    publish("Newer")
    with time_machine.travel("2024-06-01T12:00:00Z", tick=False):
        correction = moderation.submit(factories.content("After"), submitter=Submitter(), base=entry.public)
        moderation.approve(correction, by=moderator)
    feed = read(client, FEEDS[0])
    assert entry_titles(feed) == ["Newer", "After"]
    after = feed.findall(f"{ATOM}entry")[1]
    assert after.findtext(f"{ATOM}id") == f"{settings.SITE_URL}/initiatives/before/"
    assert after.findtext(f"{ATOM}published") == "2024-05-01T12:00:00+00:00"
    assert after.findtext(f"{ATOM}updated") == "2024-06-01T12:00:00+00:00"


@pytest.mark.parametrize(
    "address",
    [
        "/themes/zoo/feed.atom",
        "/channels/zoo/feed.atom",
        "/countries/ZZ/feed.atom",
        "/countries/x/feed.atom",
        "/cities/zoo/feed.atom",
    ],
)
def test_the_feed_of_an_unknown_subject_is_not_found(address, client):
    response = client.get(address)
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/initiatives/", "/themes/sea/", "/channels/mayors/", "/countries/UG/", "/cities/kampala/"]
)
def test_pages_name_their_feed_for_feed_readers(path, client):
    publish()
    page = client.get(path).content.decode()
    feed = path + "feed.atom" if path.count("/") > 2 else "/feeds/initiatives.atom"
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert f'href="{feed}"' in page


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_the_same_whatever_name_of_the_host_it_is_asked_under(address, client, settings):
    settings.ALLOWED_HOSTS = ["catalogue.example", "www.catalogue.example"]
    settings.SITE_URL = "https://catalogue.example"
    publish("First")
    answers = {client.get(address, headers={"host": host}).content for host in settings.ALLOWED_HOSTS}
    (answer,) = answers
    assert b"<id>https://catalogue.example/initiatives/first/</id>" in answer
    assert f'href="https://catalogue.example{address}" rel="self"'.encode() in answer
    assert b"www" not in answer.replace(b"http://www.w3.org", b"")
