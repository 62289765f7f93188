"""Every string is there in every language, whole: docs/translating.md says how to bring them up to date."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from config.translations import compiled
from tests.extracted import ROOT, Message, bare_strings, messages

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}")
TAG = re.compile(r"</?\w[^>]*>")


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def pairs(language: str) -> list[tuple[Message, tuple[str, ...]]]:
    """Return each string with its translations, one for each plural form."""
    found = []
    for each in catalogue(language):
        if each.id:
            texts = (each.id,) if isinstance(each.id, str) else each.id
            said = (each.string,) if isinstance(each.string, str) else each.string
            found.append((Message(*texts, context=each.context or ""), said))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_of_the_code_and_the_templates_is_in_the_catalogue_and_nothing_else(language):
    wanted, known = messages(), {message for message, _said in pairs(language)}
    assert {message: wanted[message] for message in wanted.keys() - known} == {}, "run `make messages`"
    assert known - wanted.keys() == set(), "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated_in_all_its_forms(language):
    forms = catalogue(language).num_plurals
    open_ = [
        message.text
        for message, said in pairs(language)
        if len(said) != (forms if message.plural else 1) or not all(text.strip() for text in said)
    ]
    assert open_ == []
    assert [each.id for each in catalogue(language) if each.id and each.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_placeholders_the_markup_and_the_ends_of_their_strings(language):
    wrong = []
    for message, said in pairs(language):
        whole = message.plural or message.text
        wanted = set(PLACEHOLDER.findall(whole))
        for number, text in enumerate(said):
            have, is_last = set(PLACEHOLDER.findall(text)), number == len(said) - 1
            # Languages say one or two of something without the number; nothing else may be left out.
            if have - wanted or len(wanted - have) > (0 if is_last else 1):
                wrong.append((text, "placeholders", wanted ^ have))
            if sorted(TAG.findall(text)) != sorted(TAG.findall(whole)):
                wrong.append((text, "markup", TAG.findall(whole)))
            if [text[:1] == "\n", text[-1:] == "\n"] != [whole[:1] == "\n", whole[-1:] == "\n"]:
                wrong.append((text, "line ends", whole))
    assert wrong == []


def test_the_code_shows_nobody_a_string_that_cannot_be_translated():
    assert bare_strings() == {}


def test_catalogues_are_compiled_where_they_have_changed(tmp_path):
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Sea"\nmsgstr "Mer"\n')
    made = compiled(tmp_path, tmp_path / "made") / "fr" / "LC_MESSAGES" / "django.mo"
    first = made.read_bytes()
    assert b"Mer" in first
    compiled(tmp_path, tmp_path / "made")
    assert made.read_bytes() == first
    source.write_text(source.read_text().replace("Mer", "Océan"))
    compiled(tmp_path, tmp_path / "made")
    assert "Océan".encode() in made.read_bytes()
    assert [each.name for each in made.parent.iterdir()] == ["django.mo"]


@pytest.mark.parametrize(("language", "forms"), [("fr", 2), ("es", 2), ("ar", 3)])
def test_the_site_counts_as_the_language_does(language, forms):
    with override(language):
        said = {ngettext("city", "cities", n) for n in (0, 1, 2, 3, 11, 100)}
        assert gettext("Browse") != "Browse"
    assert len(said) >= forms and "cities" not in said
