"""Themes, channels, objectives and declarations are called in the reader's language what they are called in it."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation
from initiatives.exchange import vocabularies
from initiatives.exchange.vocabularies import load_vocabularies, read_fixture
from initiatives.models import SearchDocument, Theme, Translated
from tests import factories
from tests.browse.pages import get, text_of

pytestmark = pytest.mark.django_db

OTHERS = ["fr", "es", "ar"]


# ---- What comes with an installation ---------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_of_the_vocabularies_is_there_in_each_language(language):
    given = read_fixture(f"translations/{language}")
    for name, model, _column, english in vocabularies._english():
        assert set(given[name]) == set(english), name
        for value, row in english.items():
            wanted = {field for field in model.TRANSLATED if row.get(field)}
            said = {field: text for field, text in given[name][value].items() if field != "review"}
            assert wanted == set(said), (name, value)
            assert all(text.strip() == text != "" for text in said.values()), (name, value)
            longest = {field: model._meta.get_field(field).max_length for field in said}
            assert not [field for field, text in said.items() if len(text) > (longest[field] or 10_000)], (name, value)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Fixtures with the French of one theme alone."""
    for path in vocabularies.FIXTURES.glob("*.json"):
        (tmp_path / path.name).symlink_to(path)
    french = {
        "name": "Renforcement des capacités",
        "description": "Formation, outils et conseils.",
        "review": True,
    }
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "fr.json").write_text(json.dumps({"themes": {"capacity-building": french}}))
    monkeypatch.setattr(vocabularies, "FIXTURES", tmp_path)
    return french


def test_loading_adds_translations_once_and_leaves_alone_what_administrators_wrote(folder):
    load_vocabularies()
    theme = Theme.objects.get(slug="capacity-building")
    assert theme.translations == {"fr": folder}
    theme.translations["fr"] = {"name": "Nos capacités"}
    theme.save()
    load_vocabularies()
    theme.refresh_from_db()
    assert theme.translations == {"fr": {"name": "Nos capacités"}}


def test_what_an_administrator_called_otherwise_is_not_given_the_translation_of_its_old_name(folder):
    load_vocabularies()
    Theme.objects.filter(slug="capacity-building").update(name="Learning together", translations={})
    load_vocabularies()
    theme = Theme.objects.get(slug="capacity-building")
    assert theme.translations["fr"] == {key: folder[key] for key in ("description", "review")}
    with override("fr"):
        assert str(theme) == "Learning together"


# ---- What readers see ------------------------------------------------------


def translate(row: Translated, language: str = "fr") -> None:
    """Let a row say in a language its own words between quotation marks."""
    row.translations[language] = {field: f"«{getattr(row, field)}»" for field in row.TRANSLATED if getattr(row, field)}
    row.save()


@pytest.fixture
def entry():
    theme = factories.theme("sea", "Sea")
    theme.description = "About the sea."
    channel = factories.channel("mayors", "Mayors", "Sent by mayors.")
    objective, declaration = factories.objective("gcm-16"), factories.declaration()
    for row in (theme, channel, objective, objective.framework, declaration):
        translate(row)
    return factories.initiative(
        "Harbour",
        themes=[theme],
        objectives=[objective],
        declarations=[declaration],
        listings=[Listing(channel, "2020")],
        organisations=[NamedOrganisation("City", "local_government", "lead")],
    )


PAGES = {
    "/": ["Sea", "Mayors"],
    "/initiatives/": ["Sea", "Mayors", "GCM» 16 · «Aim 16"],
    "/initiatives/?theme=sea&objective=gcm-16": ["Sea", "GCM» 16 · «Aim 16"],
    "/initiatives/harbour/": ["Sea", "Mayors", "Sent by mayors.", "Aim 16", "Marrakech Mayors Declaration"],
    "/initiatives/harbour/history/": [],
    "/themes/": ["Sea"],
    "/themes/sea/": ["Sea", "About the sea."],
    "/channels/mayors/": ["Mayors", "Sent by mayors."],
    "/initiatives/coverage/?by=themes": ["Sea"],
    "/initiatives/coverage/": ["Aim 16"],
    "/submit/": ["Sea", "Mayors", "Framework gcm", "Aim 16", "Marrakech Mayors Declaration"],
}


def test_pages_forms_and_feeds_say_them_in_the_readers_language(entry, client, subtests):
    # In French first: nothing of it is left for the reader who comes next.
    for address, names in PAGES.items():
        with subtests.test(address):
            french, english = text_of(get(client, f"/fr{address}")), text_of(get(client, address))
            assert "«Sea" not in english and "«Mayors" not in english and "«Aim" not in english
            for name in names:
                assert f"«{name}»" in french
                assert name.replace("» 16 · «", " 16 · ") in english


def test_feeds_say_them_in_the_language_of_their_address(entry, client):
    feed = client.get("/fr/themes/sea/feed.atom").content.decode()
    assert "<title>«Sea» – Passerelle</title>" in feed and '<category term="«Sea»"' in feed
    assert "«" not in client.get("/themes/sea/feed.atom").content.decode()


def test_what_search_finds_does_not_depend_on_who_approved_it_in_which_language(entry, client, moderator):
    objective = factories.objective("gcm-16")
    objective.translations["fr"] = {"name": "But 16"}
    objective.save()
    submission = factories.submission("Pier", objectives=[factories.objective("gcm-16")])
    with override("fr"):
        moderation.approve(submission, by=moderator)
    translated = SearchDocument.objects.get(initiative=submission.initiative_id).text
    assert "gcm 16 aim 16" in translated and "but" not in translated


def test_moderators_read_them_in_their_language_too(entry, moderator_client):
    factories.submission("Pier", themes=[factories.theme("sea")])
    assert "«Sea»" in text_of(get(moderator_client, "/fr/moderation/"))


def test_without_a_translation_the_own_words_are_shown_and_data_keeps_its_values(entry, client):
    assert "Sea" in text_of(get(client, "/es/themes/sea/"))
    data = json.loads(b"".join(client.get("/initiatives/export.json").streaming_content))
    assert data[0]["themes"] == ["sea"] and data[0]["objectives"] == ["gcm-16"]


def test_lists_by_name_stand_in_the_order_of_the_readers_alphabet(client):
    for slug, french in [("a", "Zones rurales"), ("b", "Écoles"), ("c", "Diasporas")]:
        theme = factories.theme(slug, slug)
        theme.translations["fr"] = {"name": french}
        theme.save()
    for address in ("/fr/themes/", "/fr/submit/"):
        page = text_of(get(client, address))
        places = [page.index(name) for name in ("Diasporas", "Écoles", "Zones rurales")]
        assert places == sorted(places)


# ---- What administrators write ---------------------------------------------


@pytest.fixture
def root():
    browser = Client()
    browser.force_login(User.objects.create_superuser("root@example.org", "correct horse battery"))
    return browser


def test_administrators_write_them_field_by_field(root, client):
    theme = factories.theme("sea", "Sea")
    address = reverse("admin:initiatives_theme_change", args=[theme.pk])
    page = get(root, address)
    for code, _name in settings.LANGUAGES[1:]:
        assert f'name="name_{code}"' in page
    assert 'lang="ar" dir="rtl"' in page
    given = {"slug": "sea", "name": "Sea", "description": "", "name_fr": "Mer", "name_ar": "بحر", "review_ar": "on"}
    assert root.post(address, given).status_code == 302
    theme.refresh_from_db()
    assert theme.translations == {"fr": {"name": "Mer"}, "es": {}, "ar": {"name": "بحر", "review": True}}
    assert 'value="Mer"' in get(root, address)
    assert "<h1>Mer</h1>" in get(client, "/fr/themes/sea/")


def test_administrators_find_what_waits_for_a_native_speaker(root):
    for slug, said in [("sea", {"ar": {"name": "بحر", "review": True}}), ("land", {"ar": {"name": "أرض"}})]:
        theme = factories.theme(slug)
        theme.translations = said
        theme.save()
    page = text_of(get(root, reverse("admin:initiatives_theme_changelist") + "?review=ar"))
    assert "Sea" in page and "Land" not in page
