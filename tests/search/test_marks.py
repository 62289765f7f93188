"""Found words are marked in the list, and everything else in it is harmless."""

import re

import pytest

from initiatives.content import NamedOrganisation
from initiatives.models import Revision
from initiatives.search.marks import marked
from tests import factories
from tests.browse.pages import get


def revision(title="Title", summary="Summary.", **values):
    return Revision(title=title, summary=summary, **values).own_words


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("sao tome", "São Tomé’s people", "<mark>São Tomé</mark>’s people"),
        ("migrating", "Migrants, migration", "Migrants, <mark>migration</mark>"),
        ("migra", "Migrants emigrate", "<mark>Migrants</mark> emigrate"),
        ('"for all"', "All for all, for All!", "All <mark>for all</mark>, <mark>for All</mark>!"),
        ("the city", "The city", "The <mark>city</mark>"),
        ("remesas", "Cheap money transfers now", "Cheap <mark>money transfers</mark> now"),
        ("أوغندا", "في اوغندا اليوم", "في <mark>اوغندا</mark> اليوم"),
        ("移民", "坎帕拉移民", "坎帕拉<mark>移</mark><mark>民</mark>"),
        ('"b" mark', "<b>B", "&lt;<mark>b</mark>&gt;<mark>B</mark>"),
        ("mark", "<mark> & 'mark'", "&lt;<mark>mark</mark>&gt; &amp; &#x27;<mark>mark</mark>&#x27;"),
        ("-city people", "People of the city", "<mark>People</mark> of the city"),
        ("zebra", "A & B", "A &amp; B"),
    ],
)
def test_a_word_is_marked_as_it_was_found(query, text, shown):
    assert str(marked(revision(title=text), query).title) == shown


def test_stems_are_those_of_the_language_of_the_text():
    french = marked(revision(summary="Les villes accueillantes.", language="fr"), "ville accueillant")
    assert str(french.summary) == "Les <mark>villes</mark> <mark>accueillantes</mark>."


def test_a_snippet_shows_where_in_the_text_a_word_stands_that_title_and_summary_do_not_have():
    filler = "Nothing of note happens here. " * 20
    text = f"{filler}The **pastoralists** of [Haho](https://example.org/) meet <b>daily</b>.\n\n- One\n- Two\n{filler}"
    found = marked(revision(summary="About Togo.", what_it_does=text), "togo pastoralist")
    assert "<mark>pastoralists</mark> of Haho meet &lt;b&gt;daily&lt;/b&gt;. One Two" in found.snippet
    assert found.snippet.startswith("… ") and found.snippet.endswith(" …") and len(found.snippet) < 260
    assert marked(revision(summary="About pastoralists.", what_it_does=text), "pastoralist").snippet == ""
    assert marked(revision(what_it_does=text), "zebra").snippet == ""
    # What stands so late in a summary that a list does not show it is shown as well.
    assert "<mark>zebra</mark>" in marked(revision(summary=f"{filler}A zebra."), "zebra").snippet


@pytest.mark.django_db
def test_the_list_shows_the_marks_in_the_language_of_the_entry_and_no_other_list_does(client):
    factories.initiative(
        "مبادرة المهاجرين",
        summary="ملخص.",
        how_it_works="تعمل مع المدارس.",
        language="ar",
        organisations=[NamedOrganisation("Union", "diaspora", "lead")],
    )
    page = get(client, "/initiatives/?q=مهاجرون مدارس")
    assert re.search(r'lang="ar" dir="rtl"><a href="[^"]*">مبادرة <mark>المهاجرين</mark></a>', page)
    assert '<p class="teaser snippet" lang="ar" dir="rtl">تعمل مع <mark>المدارس</mark>.</p>' in page
    assert "<mark>" not in get(client, "/initiatives/") + get(client, "/")
