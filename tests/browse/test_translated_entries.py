"""Readers see an entry in their language where it has a translation, and are told so."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.content import TranslatedTexts, read, texts_digest
from initiatives.models import Initiative
from initiatives.search import kept
from tests import factories
from tests.browse.pages import canonical, get, text_of, titles
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


def translated(title="Kampala for All", stale=False, **values):
    """Publish an entry with a translation into French by people, and into Arabic by a machine."""
    content = factories.content(title, **{"summary": "Open services.", "what_it_does": "It gives cash."} | values)
    original = "" if stale else texts_digest(content)
    french = TranslatedTexts("Kampala pour tous", "Services ouverts.", "Elle donne de l’argent.", original=original)
    arabic = TranslatedTexts("كمبالا للجميع", "خدمات مفتوحة.", made_by="machine", original=original)
    return factories.initiative(**vars(content) | {"translations": {"fr": french, "ar": arabic}})


def test_a_page_shows_the_readers_language_says_so_and_leads_to_the_original_and_back(client):
    entry = translated(how_it_works="With people.")
    url = entry.get_absolute_url()
    page = Visitor().open(f"/fr{url}")
    assert page.h1 == "Kampala pour tous"
    assert next(page.root.walk("h1")).attrs["lang"] == "fr"
    assert page.title.startswith("Kampala pour tous")
    assert '<div class="text" lang="fr" dir="ltr"><p>Elle donne de l’argent.</p>' in page.html
    # What is not translated is there all the same.
    assert '<div class="text" lang="en" dir="ltr"><p>With people.</p>' in page.html
    (said,) = [node for node in page.root.walk("p") if "translated" in node.attrs.get("class", "")]
    original = Visitor().open(next(said.walk("a")).attrs["href"])
    assert original.url == f"/fr{url}?text=original"
    assert original.h1 == "Kampala for All"
    assert 'name="robots" content="noindex"' in original.html and canonical(original.html) == f"/fr{url}"
    (back,) = [node for node in original.root.walk("p") if "translated" in node.attrs.get("class", "")]
    assert Visitor().open(next(back.walk("a")).attrs["href"]).h1 == "Kampala pour tous"


def test_who_made_a_translation_and_whether_the_original_was_changed_since_stands_below_the_title(client):
    entry, old = (each.get_absolute_url() for each in (translated(), translated("An old one", stale=True)))
    arabic = get(client, f"/ar{entry}")
    assert 'lang="ar" dir="rtl">كمبالا للجميع</h1>' in arabic
    assert "آلي" in text_of(arabic)
    french = text_of(get(client, f"/fr{entry}"))
    assert "original en anglais" in french and "modifié depuis" not in french
    assert "modifié depuis" in text_of(get(client, f"/fr{old}"))


def about_languages(page):
    """Return what a page says below its title about languages, and the addresses it leads to there."""
    (said,) = [node for node in page.root.walk("p") if "translated" in node.attrs.get("class", "")]
    return said.text, [link.attrs["href"] for link in said.walk("a")]


def test_without_a_translation_the_original_stands_in_its_own_language(client):
    url = translated().get_absolute_url()
    for prefix in ("", "/es"):
        assert 'lang="en" dir="ltr">Kampala for All</h1>' in get(client, prefix + url)
        assert re.search(
            r'lang="en" dir="ltr"><a href="[^"]*">Kampala for All</a>', get(client, f"{prefix}/initiatives/")
        )


def test_the_original_leads_to_its_translations_and_has_none_to_say_if_there_are_none():
    url, alone = (each.get_absolute_url() for each in (translated(), factories.initiative("Alone")))
    said, ways = about_languages(Visitor().open(url))
    assert said == "Also in: Français العربية"
    assert [Visitor().open(way).h1 for way in ways] == ["Kampala pour tous", "كمبالا للجميع"]
    assert "translated" not in Visitor().open(alone).html


def test_who_finds_an_entry_in_no_language_of_theirs_is_told_and_can_translate_it():
    said, (way,) = about_languages(Visitor().open("/es" + translated().get_absolute_url()))
    assert "inglés" in said
    assert "español" in Visitor().open(way).h1


def test_a_part_that_a_translation_leaves_out_says_in_which_language_it_is():
    url = translated(how_it_works="With people.").get_absolute_url()
    page = Visitor().open(f"/fr{url}").html
    assert page.count("Pas encore traduit") == 1
    assert page.index("Pas encore traduit") < page.index("<p>With people.</p>")
    assert "Not translated yet" not in Visitor().open(url).html


def test_lists_feeds_comparison_and_shortlist_show_the_readers_language_with_a_mark(client):
    entry = translated(themes=[factories.theme("sea")])
    other = factories.initiative("Other", themes=[factories.theme("sea")], what_it_does="Other things.")
    pair = f"?id={entry.slug}&id={other.slug}"
    pages = ["/", "/initiatives/", "/themes/sea/", f"/shortlist/{pair}", f"/compare/{pair}", other.get_absolute_url()]
    for address in pages:
        page = get(client, f"/fr{address}")
        assert re.search(r'lang="fr" dir="ltr">(<a href="[^"]*">)?Kampala pour tous</a>', page), address
        assert "original en anglais" in text_of(page), address
        assert "Kampala for All" not in text_of(page), address
    feed = get(client, "/fr/feeds/initiatives.atom")
    assert "<title>Kampala pour tous</title>" in feed and "Services ouverts. (" in feed and "en anglais" in feed
    assert "<title>Kampala for All</title>" in get(client, "/feeds/initiatives.atom")


def test_a_version_shows_what_it_said_in_the_readers_language(client):
    address = f"/fr{translated().get_absolute_url()}history/1/"
    assert "Kampala pour tous" in text_of(get(client, address))
    assert "Kampala for All" in text_of(get(client, f"{address}?text=original"))


def test_a_picture_is_described_in_the_readers_language_unless_it_may_be_another_one_by_now(client):
    picture = {"picture": factories.upload(), "picture_alt": "A market."}
    for stale, alt in ((False, 'alt="Un marché." lang="fr"'), (True, 'alt="A market." lang="en"')):
        content = factories.content(**picture)
        original = "" if stale else texts_digest(content)
        said = TranslatedTexts("Titre", "Résumé.", picture_alt="Un marché.", original=original)
        entry = factories.initiative(**vars(content) | {"translations": {"fr": said}})
        assert alt in get(client, f"/fr/initiatives/{entry.slug}/")


def test_a_search_finds_and_marks_what_only_the_translation_says(client):
    translated()
    factories.initiative("Another one")
    assert titles(client, "?q=argent", "/fr/initiatives/") == ["Kampala pour tous"]
    assert "<mark>argent</mark>" in get(client, "/fr/initiatives/?q=argent")
    assert titles(client, "?q=خدمات") == ["Kampala for All"]
    assert titles(client, "?q=cash", "/fr/initiatives/") == ["Kampala pour tous"]


def test_the_order_by_title_is_that_of_the_originals_in_every_language(client):
    translated("Abidjan for All")
    factories.initiative("Bamako")
    assert titles(client, "?sort=title", "/fr/initiatives/") == ["Kampala pour tous", "Bamako"]


def test_the_data_has_the_translations(client):
    entry = translated()
    (record,) = json.loads(b"".join(client.get("/initiatives/export.json").streaming_content))
    assert record["title"] == "Kampala for All"
    assert set(record["translations"]) == {"fr", "ar"}
    arabic = record["translations"]["ar"]
    assert (arabic["title"], arabic["made_by"], arabic["is_stale"]) == ("كمبالا للجميع", "machine", False)
    assert record["translations"]["fr"]["what_it_does"] == "Elle donne de l’argent."
    assert read(Initiative.objects.get(pk=entry.pk).public).translations["fr"].results == ""


def test_translations_cost_a_list_one_query_more_and_a_search_two_and_none_in_the_readers_language(client):
    def queries(address):
        kept.forget()
        with CaptureQueriesContext(connection) as captured:
            get(client, address)
        return len(captured)

    factories.initiative("First")
    pages = ["/initiatives/", "/initiatives/?q=summary"]
    before = [queries(page) for page in pages]
    for number in range(3):
        translated(f"Number {number}", summary=f"Summary {number}.")
    assert [queries(page) for page in pages] == before
    assert [queries(f"/fr{page}") - queries(page) for page in pages] == [1, 2]
