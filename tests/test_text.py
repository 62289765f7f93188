"""One rule for what counts as the same word, and for what counts as text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.text import clean, fold, key, spans, words

XML_CHARACTERS = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Kampala", "kampala"),
        ("São  TOMÉ", "sao  tome"),
        ("Łódź, Malmø, Đakovo", "lodz, malmo, dakovo"),
        ("İstanbul ısı", "istanbul isi"),
        ("STRASSE Straße", "strasse strasse"),
        ("Œuvre, Þórr, Ærø", "oeuvre, thorr, aero"),
        ("ＷＩＤＥ", "wide"),
        ("Act™ in 5㎒", "acttm in 5mhz"),
    ],
)
def test_case_accents_and_letter_variants_do_not_matter(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أوغندا", "اوغندا"),
        ("إسبانيا", "اسبانيا"),
        ("مدرسة", "مدرسه"),
        ("ليبيا", "ليبىا"),
        ("كَمْبَالا", "كمبالا"),
        ("كمبـــالا", "كمبالا"),
        ("ﻣﺪﺭﺳﺔ", "مدرسة"),
        ("ٱلمغرب", "المغرب"),
        ("کشور ایران", "كشور ايران"),
        ("٢٠٢٤", "2024"),
        ("۲۰۲۴", "2024"),
    ],
)
def test_arabic_letters_written_one_for_the_other_are_the_same(one, other):
    assert fold(one) == fold(other)


def test_words_are_what_stands_between_spaces_and_punctuation():
    assert words("Kampala for All!  (2016–2019), phase_2") == ["kampala", "for", "all", "2016", "2019", "phase", "2"]
    assert words("Côte d’Ivoire / Côte d'Ivoire") == ["cote", "d", "ivoire"] * 2
    assert words("%_\\ '\" – … 😀 ❤️ 1️⃣") == ["1"]


def test_a_soft_hyphen_does_not_cut_a_word():
    assert words("migra\u00adtion") == ["migration"]


@pytest.mark.parametrize("word", ["हिन्दी", "বাংলাদেশ", "አዲስ", "ไทย", "தமிழ்"])
def test_vowel_signs_do_not_cut_words(word):
    assert len(words(word)) == 1


def test_each_chinese_character_is_a_word_because_nothing_stands_between_words():
    assert words("移民融入2024") == ["移", "民", "融", "入", "2024"]
    assert words("外国人コミュニティ") == ["外", "国", "人", "コミュニティ"]


def test_two_spellings_of_a_name_have_one_key():
    assert key("  Ville de MÉRIDA ") == key("ville de-merida") == "ville de merida"


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert words(" ".join(words(text))) == words(text)
    assert key(key(text)) == key(text)


@given(st.text(st.characters(max_codepoint=127), max_size=30) | st.text(max_size=10))
def test_the_words_of_a_text_are_those_that_have_a_place_in_it(text):
    assert words(text) == [word for word, _start, _end in spans(text)]


def test_clean_text_keeps_words_lines_and_tabs():
    assert clean("Straße\r\nof\rall\n\tkinds – «çà» 😀") == "Straße\nof\nall\n\tkinds – «çà» 😀"


def test_clean_text_is_composed():
    assert clean("Cafe\u0301") == clean("Cafe\x00\u0301") == "Café"


@pytest.mark.parametrize("char", "\x00\x08\x0b\x1b\x7f\x85\u202e\ufffe\uffff\ud800")
def test_characters_that_are_not_text_are_taken_out(char):
    assert clean(f"a{char}b") == "ab"


@given(st.text(st.characters(codec=None)))
def test_clean_text_stays_clean_and_fits_into_xml(text):
    assert clean(clean(text)) == clean(text)
    assert XML_CHARACTERS.fullmatch(clean(text))
