"""The lists of words that come with the search are as their heads say."""

from collections import Counter, defaultdict

from initiatives.models import country_name
from initiatives.search.analysis import cut_words, is_stop_word, read_data, stem, synonyms
from initiatives.text import key


def test_a_form_stands_in_one_group_of_synonyms_only_and_says_something():
    groups = defaultdict(set)
    for group, languages in read_data("synonyms").items():
        for language, texts in languages.items():
            for text in texts:
                form = tuple(stem(word, language) for word in cut_words(text) if not is_stop_word(word))
                assert form, text
                groups[language, form].add(group)
    assert {form: found for form, found in groups.items() if len(found) > 1} == {}


def test_every_group_of_synonyms_is_found_by_each_of_its_forms():
    for group, languages in read_data("synonyms").items():
        for language, texts in languages.items():
            for text in texts:
                for spoken in (language, ""):
                    assert group in {found for found, _start, _end in synonyms(cut_words(text), spoken)}, text


def test_groups_and_countries_are_named_in_a_way_that_both_databases_keep():
    assert all(group.replace("-", "").isalpha() and group.isascii() for group in read_data("synonyms"))
    assert all(country_name(code) != code for code in read_data("countries"))


def test_no_name_of_a_country_is_there_already():
    known = {
        code: {key(country_name(code, each)) for each in ("en", "fr", "es", "ar")} for code in read_data("countries")
    }
    again = {
        code: name
        for code, others in read_data("countries").items()
        for name, times in Counter(key(name) for names in others.values() for name in names).items()
        if times > 1 or (name in known[code])
    }
    assert again == {}
