"""Submitting: what is enough, what is refused, and that nothing typed is ever lost."""

import re

import pytest
from django.urls import reverse

from initiatives.choices import Status
from initiatives.content import read
from initiatives.models import Initiative, Submission, Theme
from tests import factories
from tests.submit.answers import EVERYTHING, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LEAST = {"title": "Kampala for All", "summary": "It opens services.", "countries": "Uganda", "themes": ["diaspora"]}


def submit(visitor, **answers):
    """Fill in the form as it stands on the page and send it."""
    return visitor.open(reverse("submit:new")).press("Submit for review", **LEAST | answers)


def test_a_title_a_summary_a_country_and_a_theme_are_enough(anyone):
    page = submit(anyone)
    submission = Submission.objects.get()
    assert submission.status == Status.SUBMITTED
    assert page.url == submission.tracking_url
    assert page.h1 == "Kampala for All"
    assert "Thank you. Your submission is in the queue" in page.main
    assert not Initiative.objects.published().exists()


def test_a_browser_can_fill_in_who_somebody_is(client):
    entry = factories.initiative("Kampala for All").get_absolute_url()
    asked = {reverse("submit:new"): {"name", "email", "organization"}, f"{entry}report/": {"email"}}
    for address, details in (asked | {f"{entry}correct/": {"name", "email", "organization"}}).items():
        told = set(re.findall(r'autocomplete="(\w+)"', client.get(address).content.decode()))
        assert told - {"off"} == details, address


def test_what_is_too_long_is_told_and_kept_and_never_cut_off_without_a_word(anyone):
    page = submit(anyone, summary="x" * 601)
    assert "at most 600 characters; it has 601" in page.main
    assert "x" * 601 in page.html
    assert "maxlength" not in page.html.partition('name="summary"')[2].partition(">")[0]


def test_a_global_initiative_needs_no_country(anyone):
    submit(anyone, countries="", is_global=True)
    revision = Submission.objects.get().revision
    assert revision.is_global
    assert not revision.countries.exists()


def test_everything_that_is_asked_is_stored(anyone):
    city = factories.city("Kampala")
    submit(anyone, **EVERYTHING)
    submission = Submission.objects.get()
    said = read(submission.revision)
    assert (said.title, said.language, said.stage) == (EVERYTHING["title"], "fr", "completed")
    assert said.summary == EVERYTHING["summary"]
    assert (said.what_it_does, said.how_it_works) == (EVERYTHING["what_it_does"], "With people.")
    assert (said.results, said.reusable) == ("12 % more (2023).", "The form.")
    assert (said.start_year, said.end_year, said.is_global) == (2019, 2024, True)
    assert {country.code for country in said.countries} == {"UG", "MA"}
    assert said.cities == [city]
    assert {theme.slug for theme in said.themes} == {"diaspora", "cities"}
    assert {objective.code for objective in said.objectives} == {"gcm-16", "sdg-11"}
    assert sorted(said.keywords) == ["food", "remittances"]
    assert [(each.name, each.type, each.role) for each in said.organisations] == [
        ("Kampala Capital City Authority", "local_government", "lead")
    ]
    assert [declaration.slug for declaration in said.declarations] == ["marrakech"]
    assert [(each.channel.slug, each.edition, each.url, str(each.date)) for each in said.listings] == [
        ("call", "2023", "https://example.org/call", "2023-05-04")
    ]
    assert [(each.url, each.label) for each in said.links] == [("https://example.org/kampala", "Its own page")]
    assert (submission.name, submission.show_name) == ("Sam Submitter", True)
    assert (submission.email, submission.organisation) == ("sam@example.org", "Sam’s association")


REFUSED = [
    ({"title": ""}, "title", "Write the title."),
    ({"title": "   \n"}, "title", "Write the title."),
    ({"title": "?! \u200b"}, "title", "Write the title."),
    ({"title": "x" * 201}, "title", "at most 200 characters"),
    ({"title": "\u200b \u2060\u00ad"}, "title", "Write the title."),
    ({"title": "!?"}, "title", "Write the title."),
    ({"summary": "\u200b\u200b"}, "summary", "Write two or three sentences on what it is."),
    ({"summary": ""}, "summary", "Write two or three sentences on what it is."),
    ({"summary": "x" * 601}, "summary", "at most 600 characters"),
    ({"what_it_does": "x" * 10_001}, "what_it_does", "at most 10000 characters"),
    ({"themes": []}, "themes", "Choose at least one theme."),
    ({"countries": ""}, "countries", "Name at least one country or city, or say that it is global."),
    ({"countries": "Atlantis"}, "countries", "“Atlantis” is not a country that the catalogue knows."),
    ({"cities": "Nowhereville"}, "cities", "“Nowhereville” is not in the gazetteer."),
    ({"start_year": "19"}, "start_year", "greater than or equal to 1900"),
    ({"start_year": "2200"}, "start_year", "less than or equal to 2100"),
    ({"start_year": "two thousand"}, "start_year", "Enter a whole number."),
    ({"end_year": "2020"}, "start_year", "Give the first year as well."),
    ({"start_year": "2021", "end_year": "2020"}, "end_year", "The last year is before the first."),
    ({"keywords": ",".join(f"k{n}" for n in range(13))}, "keywords", "These are 13 keywords"),
    ({"keywords": "k" * 61}, "keywords", "is too long for a keyword: at most 60 characters"),
    ({"email": "sam at example"}, "email", "Enter a valid email address."),
    ({"name": "n" * 121}, "name", "at most 120 characters"),
    ({"organisation": "o" * 201}, "organisation", "at most 200 characters"),
    ({"declarations": ["marrakech"]}, "declarations", "Name the leading organisation that signed"),
    ({"links__0__url": "ftp://example.org"}, "links-0-url", "Enter a valid URL."),
    ({"links__0__url": "javascript:alert(1)"}, "links-0-url", "Enter a valid URL."),
    ({"links__0__label": "A page"}, "links-0-url", "This field is required."),
    ({"organisations__0__name": "The city"}, "organisations-0-type", "Choose what kind of organisation this is."),
    ({"organisations__0__type": "academia"}, "organisations-0-name", "This field is required."),
    ({**organisation(0, "!?")}, "organisations-0-name", "A name has at least one letter or digit."),
    ({**organisation(0, "ﷺ" * 100)}, "organisations-0-name", "too long"),
    ({"listings__0__edition": "2021"}, "listings-0-channel", "This field is required."),
    ({"listings__0__channel": "call", "listings__0__date": "May"}, "listings-0-date", "Enter a valid date."),
]


@pytest.mark.parametrize(("answers", "field", "message"), REFUSED, ids=[f"{f}: {m}" for _, f, m in REFUSED])
def test_what_is_wrong_is_said_at_the_field_and_at_the_top_and_nothing_is_stored(anyone, answers, field, message):
    page = submit(anyone, **answers)
    assert message in page.error(field)
    assert len(page.errors) == 1
    assert message in page.errors[0]
    assert page.title.startswith("Error: ")
    assert not Submission.objects.exists()
    assert page.form["title"] == (LEAST | answers)["title"].replace("\n", "\r\n")


def test_everything_typed_is_still_there_after_a_mistake(anyone):
    everything = EVERYTHING | {"end_year": "1999", "countries": ["Uganda", "", "Atlantis"], "cities": "Kampalla"}
    before = anyone.open(reverse("submit:new"))
    page = before.press("Submit for review", **everything)
    assert len(page.errors) == 3
    sent = [pair for pair in before.form.values if pair[0] != "csrfmiddlewaretoken" and pair[1]]
    kept = [pair for pair in page.form.values if pair[0] != "csrfmiddlewaretoken" and pair[1]]
    assert sorted(kept) == sorted((name, value.replace("\n", "\r\n")) for name, value in sent)


def test_mistakes_are_listed_in_the_order_of_the_page(anyone):
    wrong = {
        "links__0__label": "l",
        "countries": "Atlantis",
        "end_year": "2020",
        "email": "x",
        "title": "",
        "themes": [],
    }
    page = submit(anyone, **wrong, organisations__0__name="City", declarations=["marrakech"], listings__0__edition="e")
    ids = [node.attrs["id"] for node in page.root.walk() if node.attrs.get("id", "").endswith("_error")]
    box = next(node for node in page.root.walk("div") if "error-summary" in node.attrs.get("class", ""))
    led_to = [link.attrs["href"].removeprefix("#").removesuffix("_error") for link in box.walk("a")]
    assert led_to == [id_.removesuffix("_error") for id_ in ids]
    assert len(led_to) == 8


def test_a_mistake_in_a_line_says_which_line(anyone):
    page = submit(anyone, organisations__0__name="The city")
    assert page.errors == ["Organisation 1, Type: Choose what kind of organisation this is."]


def test_a_signed_declaration_asks_for_its_organisation_only_if_there_is_none(anyone):
    page = submit(anyone, declarations=["marrakech"], organisations__0__name="The city")
    assert page.error("declarations") == ""
    assert "Choose what kind of organisation this is." in page.error("organisations-0-type")


def test_a_signed_declaration_needs_an_organisation_that_leads(anyone):
    partner = {
        "organisations__0__name": "City",
        "organisations__0__type": "academia",
        "organisations__0__role": "partner",
    }
    page = submit(anyone, declarations=["marrakech"], **partner)
    assert "Name the leading organisation" in page.error("declarations")


def test_keywords_are_folded_and_kept_once(anyone):
    submit(anyone, keywords="Food; food ,  Remittances,,FOOD, –, ?!")
    assert sorted(read(Submission.objects.get().revision).keywords) == ["food", "remittances"]


def test_an_address_without_scheme_is_taken_as_https(anyone):
    submit(anyone, links__0__url="example.org/a")
    assert read(Submission.objects.get().revision).links[0].url == "https://example.org/a"


def test_characters_that_are_not_text_are_taken_out(anyone):
    page = anyone.open(reverse("submit:new"))
    dirty = {"title": "Kam\x00pala\x0b for\u202e All\ufffe", "summary": "e\u0301te\x07", "keywords": "fo\x00od"}
    page.press("Submit for review", countries="Ugan\x00da", themes=["diaspora"], name="S\x1fam", **dirty)
    submission = Submission.objects.get()
    assert submission.revision.title == "Kampala for All"
    assert submission.revision.summary == "éte"
    assert submission.name == "Sam"
    assert read(submission.revision).keywords == ["food"]


def test_a_member_is_not_asked_for_an_address_and_cannot_give_another_ones(member_client, member):
    page = member_client.get(reverse("submit:new"))
    assert "mona@example.org" in page.content.decode()
    assert 'name="email"' not in page.content.decode()


def test_the_form_is_kept_by_no_cache_but_that_of_a_strangers_browser_for_going_back(client, member_client):
    for answer in (client.get(reverse("submit:new")), client.post(reverse("submit:new"), {"preview": "1"})):
        assert answer["Cache-Control"] == "private, no-cache"
    assert "no-store" in member_client.get(reverse("submit:new"))["Cache-Control"]


def test_six_themes_may_be_chosen_and_not_more(anyone):
    slugs = [factories.theme(f"theme-{number}").slug for number in range(7)]
    page = submit(anyone, themes=slugs)
    assert "One to six that fit best." in page.main
    assert "These are 7 themes; choose the 6 that fit best." in page.error("themes")
    assert not Submission.objects.exists()
    submit(anyone, themes=slugs[:6])
    assert Submission.objects.get().revision.themes.count() == 6


def test_in_french_a_mistake_stands_behind_a_colon_with_its_space(client):
    page = client.post("/fr/submit/", {"title": ""}).content.decode()
    assert ">Titre\u202f: " in page


def test_a_long_list_of_choices_has_a_box_to_narrow_it_and_a_short_one_none(client):
    assert "data-narrow" not in client.get("/submit/").content.decode()
    Theme.objects.bulk_create(Theme(slug=f"theme-{number}", name=f"Theme {number}") for number in range(20))
    assert 'data-narrow="id_themes"' in client.get("/submit/").content.decode()


def test_of_several_places_only_those_that_nobody_knows_are_shown_as_wrong(anyone):
    factories.city("Kampala")
    page = submit(anyone, countries=["Uganda", "Atlantis"], cities=["Kampala", "Nowhere at all"])
    wrong = re.findall(r'name="(?:countries|cities)" value="([^"]*)"[^>]*aria-invalid', page.html)
    assert wrong == ["Atlantis", "Nowhere at all"]


def test_what_is_needed_or_not_depending_on_others_is_not_called_optional(client):
    page = client.get("/submit/").content.decode()
    legends = re.findall(r"<legend>(.*?)</legend>", page, re.DOTALL)
    assert any(legend.strip() == "Countries" for legend in legends)
    assert any(legend.startswith("Cities") and "(optional)" in legend for legend in legends)
