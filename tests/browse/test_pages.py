"""What the pages of the catalogue show."""

import datetime

import pytest
import time_machine

from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, Source
from initiatives.models import Stage
from initiatives.moderation import Submitter
from tests import factories
from tests.browse.pages import canonical, get, text_of, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    """One entry that says everything an entry can say."""
    kampala = factories.city("Kampala", slug="kampala-ug")
    mayors = factories.channel("mayors", "Mayors Mechanism", sentence="Submitted through the Mayors Mechanism.")
    with time_machine.travel("2024-05-01T12:00:00Z"):
        return factories.initiative(
            "Kampala for All",
            summary="Safety nets for newcomers.",
            what_it_does="It gives **cash**.",
            how_it_works="Monthly.",
            results="Forty families.",
            reusable="A handbook.",
            cities=[kampala],
            countries=[factories.country("MA")],
            themes=[factories.theme("sea", "Life at sea")],
            objectives=[factories.objective("gcm-15")],
            keywords=["Street vendors"],
            organisations=[
                NamedOrganisation("Kampala Capital City Authority", "local_government", "lead"),
                NamedOrganisation("Hijra", "civil_society", "partner"),
            ],
            declarations=[factories.declaration()],
            listings=[
                Listing(mayors, edition="2020", url="https://example.org/call", date=datetime.date(2020, 1, 2)),
                Listing(factories.channel("summit", "GFMD Summit")),
            ],
            links=[Source("https://example.org/about", "About it"), Source("https://example.org/bare?a=1&b=2")],
            start_year=2019,
            stage=Stage.ONGOING,
            submitter=Submitter(name="Ben Okello", show_name=True, is_verified=True, email="ben@example.org"),
        )


def test_an_entry_shows_everything_it_says(entry, client, subtests):
    page = text_of(get(client, "/initiatives/kampala-for-all/"))
    for words in [
        "Kampala for All",
        "Safety nets for newcomers.",
        "What it does It gives cash .",
        "How it works Monthly.",
        "Results so far Forty families.",
        "What others can reuse A handbook.",
        "Submitted through the Mayors Mechanism.",
        "Kampala, Uganda · Morocco",
        "since 2019",
        "When since 2019 Ongoing",
        "Led by Kampala Capital City Authority (local government)",
        "Partners Hijra (civil society)",
        "Themes Life at sea",
        "GCM 15 · Aim 15",
        "Kampala Capital City Authority has signed the Marrakech Mayors Declaration (2018)",
        "Published in Mayors Mechanism, 2020 on example.org 2 January 2020 GFMD Summit",
        "Keywords Street vendors",
        "Submitted by Ben Okello (verified)",
        "About it ( example.org ) https://example.org/bare?a=1&b=2",
        "1 May 2024",
    ]:
        with subtests.test(words):
            assert words in page


@pytest.mark.parametrize(
    "address",
    [
        "/themes/sea/",
        "/channels/mayors/",
        "/countries/MA/",
        "/cities/kampala-ug/",
        "/initiatives/?objective=gcm-15",
        "/initiatives/?keyword=street-vendors",
    ],
)
def test_what_an_entry_names_leads_to_the_list_of_it(address, entry, client):
    assert f'href="{address}"' in get(client, entry.get_absolute_url())
    path, _, query = address.partition("?")
    assert titles(client, f"?{query}", path) == ["Kampala for All"]


def test_links_of_an_entry_lead_to_its_sources_without_recommending_them(entry, client):
    page = get(client, entry.get_absolute_url())
    assert '<a href="https://example.org/about" rel="nofollow ugc noopener">' in page
    assert '<a href="https://example.org/bare?a=1&amp;b=2" rel="nofollow ugc noopener">' in page


def test_a_publication_leads_to_its_channel_and_to_its_address_there(entry, client):
    page = get(client, entry.get_absolute_url())
    assert '<a href="/channels/mayors/">Mayors Mechanism, 2020</a>' in page
    assert '<a href="https://example.org/call" rel="nofollow ugc noopener">on <bdi>example.org</bdi></a>' in page
    assert '<time class="quiet" datetime="2020-01-02">' in page


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.gfmd.org/x", "gfmd.org"),
        ("https://casino.example/gfmd.org", "casino.example"),
        ("https://gfmd.org@casino.example/", "casino.example"),
        ("https://casino.example\\@gfmd.org/", "casino.example"),
        ("https://CASINO.example:8443/", "casino.example"),
        ("https://[", "https://["),
    ],
)
def test_a_link_says_to_which_site_it_leads_whatever_it_is_called(url, shown, client):
    entry = factories.initiative("Linked", links=[Source(url, "UN report")])
    assert f"UN report ( {shown} )" in text_of(get(client, entry.get_absolute_url()))


def test_what_changed_and_why_is_shown_where_something_is_said_of_it(client, moderator_client):
    entry = factories.initiative("Changed")
    assert "What changed" not in get(client, entry.get_absolute_url())
    content = factories.content("Changed", change_note="New figures.")
    correction = moderation.submit(content, submitter=Submitter(), base=entry.public)
    words = text_of(get(moderator_client, f"/moderation/{correction.pk}/"))
    assert "What changed and why, in the words of whoever sent it New figures." in words


def test_an_entry_that_says_little_shows_no_empty_headings(client):
    factories.initiative("Bare")
    page = get(client, "/initiatives/bare/")
    assert not {"What it does", "Sources", "Led by", "Where", "When", "Keywords", "Declarations"} & set(
        text_of(page).split(" Key facts")[0].split()
    )
    assert "Key facts Submitted by Anonymous (not verified)" in text_of(page)
    assert "<h2></h2>" not in page


def test_a_global_entry_says_so(client):
    factories.initiative("Everywhere", is_global=True)
    assert "Where Global" in text_of(get(client, "/initiatives/everywhere/"))
    assert "Global" in text_of(get(client, "/initiatives/"))


@pytest.mark.parametrize(
    ("submitter", "shown"),
    [
        (Submitter(), "Anonymous (not verified)"),
        (Submitter(name="Ben", email="ben@example.org"), "Anonymous (not verified)"),
        (Submitter(name="Ben", is_verified=True), "Anonymous (verified)"),
        (Submitter(name="Ben", show_name=True), "Ben (not verified)"),
        (Submitter(name="Ben", show_name=True, is_verified=True), "Ben (verified)"),
        (Submitter(name="", show_name=True), "Anonymous (not verified)"),
    ],
)
def test_an_entry_says_who_sent_it_as_far_as_that_may_be_said(submitter, shown, client):
    factories.initiative("Sent", submitter=submitter)
    page = text_of(get(client, "/initiatives/sent/"))
    assert f"Submitted by {shown}" in page
    assert "ben@example.org" not in page
    badge = "Verified submitter" if submitter.is_verified else "Not verified"
    assert f"Submitted by {shown.split(' ')[0]} {badge}" in text_of(get(client, "/initiatives/"))


def test_a_title_and_names_with_markup_are_shown_as_typed(client):
    entry = factories.initiative(
        "<b>Bold</b> & Co",
        summary="<script>alert(1)</script>",
        organisations=[NamedOrganisation("<i>Org</i>", "academia", "lead")],
        keywords=["<u>tag</u>"],
        links=[Source("https://example.org/", '"><script>alert(2)</script>')],
        submitter=Submitter(name="<s>Me</s>", show_name=True),
    )
    for path in ("/", "/initiatives/", entry.get_absolute_url()):
        page = get(client, path)
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in page
        assert not [tag for tag in ("<b>Bold", "<script>alert", "<i>Org", "<u>tag", "<s>Me") if tag in page]


def test_the_page_of_an_entry_is_the_approved_version_and_says_when_it_was_approved(entry, client, moderator):
    content = factories.content("Kampala for Everyone")
    with time_machine.travel("2024-06-02T12:00:00Z"):
        correction = moderation.submit(content, submitter=Submitter(), base=entry.public)
        assert "Kampala for All" in get(client, entry.get_absolute_url())
        moderation.approve(correction, by=moderator)
    page = text_of(get(client, entry.get_absolute_url()))
    assert "Kampala for Everyone" in page and "Kampala for All" not in page
    assert "1 May 2024" in page and "2 June 2024" in page
    assert "Submitted by Ben Okello (verified)" in page


@pytest.mark.parametrize("path", ["/", "/initiatives/", "/initiatives/kampala-for-all/", "/themes/sea/"])
def test_a_page_says_the_same_of_itself_under_every_name_of_the_host(path, entry, client, settings):
    settings.ALLOWED_HOSTS = ["catalogue.example", "www.catalogue.example"]
    settings.SITE_URL = "https://catalogue.example"
    for host in settings.ALLOWED_HOSTS:
        page = client.get(path, headers={"host": host}).content.decode()
        assert f'<link rel="canonical" href="https://catalogue.example{path}">' in page
        assert '<meta property="og:image" content="https://catalogue.example/' in page


def test_an_entry_leads_those_who_may_to_its_place_at_the_desk(entry, client, member_client, moderator_client):
    desk = f'href="/moderation/{entry.founding_submission.pk}/"'
    assert desk in get(moderator_client, entry.get_absolute_url())
    assert desk not in get(member_client, entry.get_absolute_url())
    assert desk not in get(client, entry.get_absolute_url())


def test_an_entry_has_one_canonical_address(entry, client):
    assert canonical(get(client, "/initiatives/kampala-for-all/?utm_source=mail")) == "/initiatives/kampala-for-all/"


def test_a_card_in_a_list_says_where_when_from_whom_and_through_what(entry, client):
    page = text_of(get(client, "/initiatives/"))
    assert "Kampala, Uganda · Morocco · since 2019 Kampala for All Safety nets for newcomers." in page
    assert "Submitted by Ben Okello Verified submitter Published 1 May 2024" in page
    assert "through Mayors Mechanism 2020 through GFMD Summit" in page


def test_the_home_page_shows_what_there_is(entry, client):
    factories.submission("Waiting", cities=[factories.city("Gulu")])
    page = text_of(get(client, "/"))
    for words in ("1 initiative", "2 countries", "1 city", "Kampala for All", "Life at sea 1", "Mayors Mechanism 1"):
        assert words in page
    assert "Waiting" not in page


def test_the_home_page_of_an_empty_catalogue_asks_for_the_first_entry(client):
    page = get(client, "/")
    assert "The catalogue is empty" in text_of(page)
    assert 'href="/submit/"' in page
    assert "0 initiatives" not in text_of(page)


def test_the_about_page_says_who_may_submit_how_moderation_works_and_whose_data_it_is(client):
    page = text_of(get(client, "/about/"))
    for words in ("Who may submit", "Anonymous (not verified)", "How moderation works", "GeoNames", "CC BY 4.0"):
        assert words in page


def test_the_pages_that_explain_the_site_are_one_click_away_from_every_page(client, subtests):
    foot = get(client, "/").partition('<footer class="foot">')[2]
    explained = {
        "/about/submitting/": "What makes a good entry",
        "/about/moderation/": "What is not published",
        "/about/data/": "/initiatives/export.json",
        "/about/privacy/": "Your IP address is not written down.",
        "/accessibility/": "Web Content Accessibility Guidelines 2.2",
    }
    for path, words in explained.items():
        with subtests.test(path):
            assert f'href="{path}"' in foot
            assert words in text_of(get(client, path))


def test_the_themes_page_shows_every_theme_with_its_number_of_published_entries(entry, client):
    factories.submission("Waiting", themes=[factories.theme("sea"), factories.theme("art", "Art")])
    assert "Art 0 Life at sea 1" in text_of(get(client, "/themes/"))


def test_a_theme_page_says_what_the_theme_is(entry, client):
    theme = factories.theme("sea")
    theme.description = "Boats & harbours."
    theme.save()
    page = get(client, "/themes/sea/")
    assert "Life at sea Boats & harbours. Subscribe to “Life at sea”" in text_of(page)
    assert 'href="/themes/sea/feed.atom"' in page


def test_a_channel_page_shows_its_sentence(entry, client):
    page = get(client, "/channels/mayors/")
    words = "Mayors Mechanism Submitted through the Mayors Mechanism. Subscribe to “Mayors Mechanism”"
    assert words in text_of(page)
    assert 'href="/channels/mayors/feed.atom"' in page
    assert titles(client, "", "/channels/mayors/") == ["Kampala for All"]


def test_a_country_page_names_country_and_region(entry, client):
    page = get(client, "/countries/UG/")
    assert "Country · Eastern Africa Uganda Subscribe to “Uganda”" in text_of(page)
    assert 'href="/countries/UG/feed.atom"' in page


def test_a_city_page_names_city_and_country(entry, client):
    factories.initiative("Elsewhere", cities=[factories.city("Kampala", "MX", slug="kampala-mx")])
    page = get(client, "/cities/kampala-ug/")
    assert "City · Uganda Kampala Subscribe to “Kampala”" in text_of(page)
    assert 'href="/countries/UG/"' in page
    assert 'href="/cities/kampala-ug/feed.atom"' in page
    assert titles(client, "", "/cities/kampala-ug/") == ["Kampala for All"]


def test_the_page_of_a_subject_without_entries_works(client):
    factories.theme("sea"), factories.channel("mayors"), factories.country("UG")
    for path in ("/themes/sea/", "/channels/mayors/", "/countries/UG/"):
        assert titles(client, "", path) == []


@pytest.mark.parametrize("written", ["ug", "Ug", "uG"])
def test_a_country_in_small_letters_leads_to_the_one_address_of_the_country(written, entry, client):
    response = client.get(f"/countries/{written}/?theme=sea&theme=art&q=é")
    assert response.status_code == 301
    assert response.headers["Location"] == "/countries/UG/?theme=sea&theme=art&q=%C3%A9"
    assert client.get(f"/countries/{written}/").headers["Location"] == "/countries/UG/"


@pytest.mark.parametrize(
    "address",
    [
        "/initiatives/nothing/",
        "/themes/nothing/",
        "/channels/nothing/",
        "/countries/ZZ/",
        "/cities/nothing/",
        "/countries/UGA/",
        "/countries/É/",
        "/initiatives/é/",
        "/nothing/",
        "/de/",
        "/كمبالا/",
    ],
)
def test_what_is_not_there_is_not_found_in_the_sites_clothes(address, client):
    factories.country("UG")
    page = get(client, address, 404)
    assert 'class="masthead"' in page
    assert "There is no page at this address" in text_of(page)
    assert 'role="search"' in page


@pytest.mark.parametrize("path", ["/", "/initiatives/", "/themes/", "/about/", "/themes/sea/"])
def test_reading_sets_no_cookie_and_needs_no_session(path, entry, client):
    response = client.get(path)
    assert not response.cookies
