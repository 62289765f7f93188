"""Every reader in their language, every text in its own."""

import datetime
import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import override

from initiatives import moderation
from initiatives.browse import views
from initiatives.browse.tally import Figure
from initiatives.content import Listing
from initiatives.templatetags.catalogue import choices
from tests import factories
from tests.browse.pages import canonical, get, text_of, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def languages(settings):
    """The site speaks English, French and Arabic."""
    settings.LANGUAGES = [("en", "English"), ("fr", "French"), ("ar", "Arabic")]


@pytest.fixture
def arabic():
    return factories.initiative(
        "كمبالا للجميع",
        summary="شبكات أمان للوافدين.",
        language="ar",
        what_it_does="نص",
        cities=[factories.city("Kampala")],
        countries=[factories.country("MA")],
        themes=[factories.theme("sea")],
        listings=[Listing(factories.channel("mayors"))],
    )


def test_the_texts_of_an_entry_say_in_which_language_and_direction_they_are(arabic, client):
    page = get(client, arabic.get_absolute_url())
    assert '<html lang="en" dir="ltr">' in page
    marked = r'<(h1|p|div)[^>]* lang="ar" dir="rtl"[^>]*>'
    assert {"h1", "p", "div"} <= set(re.findall(marked, page))
    assert re.search(r'<h1[^>]* lang="ar" dir="rtl">\s*كمبالا للجميع', page)
    assert '<div class="text" lang="ar" dir="rtl"><p>نص</p>' in page


def test_a_card_says_in_which_language_and_direction_its_words_are(arabic, client):
    for path in ("/", "/initiatives/"):
        assert re.search(r'lang="ar" dir="rtl">(<a href="[^"]*">)?كمبالا للجميع</a>', get(client, path))
    assert 'lang="ar" dir="rtl">شبكات أمان للوافدين.' in get(client, "/initiatives/")


@pytest.mark.parametrize("language", ["fa", "ur", "he", "ar", "ps"])
def test_scripts_from_right_to_left_are_known(language):
    assert factories.submission(language=language).revision.direction == "rtl"


@pytest.mark.parametrize("language", ["en", "am", "zh", "sw", "tl", "xx", ""])
def test_any_other_language_is_written_from_left_to_right(language):
    assert factories.submission(language=language).revision.direction == "ltr"


READERS = {
    "": ("en", "ltr", "Uganda", "Morocco"),
    "/fr": ("fr", "ltr", "Ouganda", "Maroc"),
    "/ar": ("ar", "rtl", "أوغندا", "المغرب"),
}


@pytest.mark.parametrize("prefix", READERS)
@pytest.mark.usefixtures("languages")
def test_countries_are_named_in_the_readers_language_on_every_page(prefix, arabic, client, subtests):
    lang, direction, uganda, morocco = READERS[prefix]
    for path in ["/", "/initiatives/", arabic.get_absolute_url(), "/themes/sea/", "/channels/mayors/"]:
        with subtests.test(path):
            page = get(client, prefix + path)
            assert f'<html lang="{lang}" dir="{direction}">' in page
            assert uganda in text_of(page) and morocco in text_of(page)
            assert not prefix or 'href="/initiatives/' not in LINK.sub("", page)
    assert f"<h1>{morocco}</h1>" in get(client, f"{prefix}/countries/MA/")


@pytest.mark.usefixtures("languages")
def test_in_arabic_an_arabic_comma_parts_a_city_from_its_country_and_the_line_runs_the_readers_way(client):
    entry = factories.initiative("Two places", cities=[factories.city("Kampala"), factories.city("Lomé", "TG")])
    kampala, lome = (
        f"\u200f\u2068{city}\u2069، {country}" for city, country in [("Kampala", "أوغندا"), ("Lomé", "توغو")]
    )
    address = f"/ar{entry.get_absolute_url()}"
    for path in ("/ar/initiatives/", address):
        assert f"<bdi>\u200f\u2068{kampala}\u2069 · \u2068{lome}\u2069</bdi>" in get(client, path)
    assert f">{kampala}</a>" in get(client, address)
    assert "<bdi>Kampala, Uganda · Lomé, Togo</bdi>" in get(client, "/initiatives/")


def test_addresses_and_feeds_exist_in_each_language(languages, arabic, client):
    for prefix in ("", "/fr", "/ar"):
        for path in ("/about/", "/themes/", "/feeds/initiatives.atom", "/countries/UG/feed.atom"):
            get(client, prefix + path)
        assert titles(client, "?country=ug", f"{prefix}/initiatives/") == ["كمبالا للجميع"]
        assert f'href="{prefix}/initiatives/?country=UG"' in get(client, f"{prefix}/initiatives/?country=ug").replace(
            settings.SITE_URL, ""
        )
        get(client, f"{prefix}/initiatives/nothing/", 404)
        assert client.get(f"{prefix}/countries/ug/").headers["Location"] == f"{prefix}/countries/UG/"


def test_a_country_is_found_by_its_name_in_any_language_whatever_the_readers(languages, arabic, client):
    for prefix in ("", "/fr", "/ar"):
        for name in ("Morocco", "Maroc", "Marruecos", "المغرب"):
            assert titles(client, f"?q={name}", f"{prefix}/initiatives/") == ["كمبالا للجميع"]


def test_a_language_the_site_does_not_speak_has_no_pages(client):
    get(client, "/de/", 404)
    get(client, "/sw/initiatives/", 404)


def test_an_address_has_one_language_whatever_the_browser_asks_for(languages, arabic, client):
    page = client.get("/initiatives/", headers={"Accept-Language": "fr"}).content.decode()
    assert '<html lang="en" dir="ltr">' in page


# ---- From one language to another ------------------------------------------

LINK = re.compile(r'<a href="([^"]*)" lang="(\w+)" hreflang="\2"( aria-current="true")?>([^<]*)</a>')
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)">')


def switch(page):
    return {lang: (unescape(url), name, bool(current)) for url, lang, current, name in LINK.findall(page)}


def test_the_switch_leads_to_the_same_page_with_its_filters(languages, arabic, client):
    for prefix, here in [("", "en"), ("/fr", "fr"), ("/ar", "ar")]:
        page = get(client, f"{prefix}/initiatives/?country=UG&q=%D9%84%D9%84&sort=title")
        query = "/initiatives/?country=UG&q=%D9%84%D9%84&sort=title"
        assert {lang: url for lang, (url, _name, _current) in switch(page).items()} == {
            "en": query,
            "fr": f"/fr{query}",
            "ar": f"/ar{query}",
        }
        assert [lang for lang, (_url, _name, current) in switch(page).items() if current] == [here]


def test_languages_are_called_by_their_own_names(client):
    names = {lang: name for lang, (_url, name, _current) in switch(get(client, "/fr/submit/")).items()}
    assert names == {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}


def test_a_site_of_one_language_offers_none(client, settings):
    settings.LANGUAGES = [("en", "English")]
    page = get(client, "/initiatives/")
    assert switch(page) == {} and ALTERNATE.findall(page) == []


@pytest.mark.usefixtures("languages")
def test_search_engines_are_told_where_a_page_is_in_each_language(arabic, client, subtests):
    site = settings.SITE_URL
    for path in ["/", "/initiatives/", "/initiatives/?country=UG", arabic.get_absolute_url(), "/themes/", "/about/"]:
        for prefix in ("", "/fr", "/ar"):
            with subtests.test(prefix + path):
                page = get(client, prefix + path)
                assert canonical(page) == prefix + path
                assert dict(ALTERNATE.findall(page)) == {
                    "en": site + path,
                    "fr": f"{site}/fr{path}",
                    "ar": f"{site}/ar{path}",
                    "x-default": site + path,
                }


def test_a_page_that_is_not_for_search_engines_has_no_such_addresses(client, member_client):
    for browser, path in [(client, "/fr/accounts/login/"), (member_client, "/fr/accounts/submissions/")]:
        assert ALTERNATE.findall(get(browser, path)) == []


def test_answers_say_their_language(languages, arabic, client):
    for path in ("/initiatives/", "/feeds/initiatives.atom", "/nothing/"):
        for prefix, language in [("", "en"), ("/fr", "fr"), ("/ar", "ar")]:
            assert client.get(prefix + path).headers["Content-Language"] == language
    feed = client.get("/fr/feeds/initiatives.atom").content.decode()
    assert 'xml:lang="fr"' in feed and f"{settings.SITE_URL}/fr/feeds/initiatives.atom" in feed


def test_errors_are_told_in_the_language_of_the_address(languages, arabic, client, moderator, monkeypatch):
    gone = arabic.get_absolute_url()
    moderation.unpublish(arabic, by=moderator, reason="Gone.")
    client.raise_request_exception = False
    monkeypatch.setattr(views, "Listing", lambda request: 1 / 0)
    for prefix, language in [("/ar", "ar"), ("", "en"), ("/fr", "fr")]:
        for path, status in [
            ("/nothing/", 404),
            (gone, 410),
            ("/initiatives/", 500),
            ("/initiatives/?q=%00", 400),
        ]:
            page = get(client, prefix + path, status)
            assert f'<html lang="{language}"' in page
            assert f'class="brandmark" href="{prefix}/"' in page


# ---- Numbers and dates -----------------------------------------------------


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [
        ("en", "12,345", "1 February 2026"),
        ("fr", "12\xa0345", "1 février 2026"),
        ("es", "12\xa0345", "1 de febrero de 2026"),
        ("ar", "12,345", "1 فبراير 2026"),
    ],
)
def test_numbers_and_dates_are_written_as_in_the_language_with_western_digits(language, number, day):
    facet = SimpleNamespace(name="theme", multiple=True, choices=[("sea", "Sea", 12345, False)])
    with override(language):
        assert f">{number}<" in render_to_string("components/tally.html", {"numbers": [Figure(12345, "")]})
        assert f">{number}<" in choices(facet)
        assert date_format(datetime.date(2026, 2, 1)) == day


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_what_a_browser_measures_by_is_written_for_browsers(language):
    picture = {"src": "a", "srcset": "a", "webp": "a", "width": 1600, "height": 1200}
    chart = {"slots": [], "width": 1600, "height": 120, "bar": 8, "top": 3}
    with override(language):
        assert 'width="1600" height="1200"' in render_to_string("components/figure.html", {"picture": picture})
        assert 'viewBox="0 -18 1600 162"' in render_to_string("components/queue_chart.html", chart)
        assert 'x2="1600"' in render_to_string("components/queue_chart.html", chart)
