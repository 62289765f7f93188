"""The groups of the form that repeat: organisations, channels, links, and boxes for places."""

import pytest
from django.urls import reverse

from initiatives.content import read
from initiatives.models import Submission
from tests import factories
from tests.submit.answers import EVERYTHING, GROUPS, organisation, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

ADD = {
    "organisations": "Add another organisation",
    "listings": "Add another channel",
    "links": "Add another link",
}


def said():
    return read(Submission.objects.get().revision)


def test_rows_are_stored_in_their_order_and_empty_ones_say_nothing(anyone):
    answers = organisation(0, "City") | organisation(1, "") | organisation(2, "University", "academia", "partner")
    post(anyone, organisations__TOTAL_FORMS="3", **(answers | {"organisations__1__type": ""}))
    assert [(each.name, each.role) for each in said().organisations] == [("City", "lead"), ("University", "partner")]


def test_a_row_of_which_only_the_role_is_chosen_says_nothing(anyone):
    post(anyone, organisations__0__role="partner")
    assert said().organisations == []


def test_a_row_that_is_emptied_is_taken_out(anyone):
    waiting = factories.submission(
        "Kampala for All", links=[], countries=[factories.country()], themes=[factories.theme()]
    )
    edit = reverse("submit:edit", args=[waiting.token])
    page = anyone.open(edit).press("Submit for review", links__0__url="https://example.org/1")
    page = anyone.open(edit)
    assert page.form["links-0-url"] == "https://example.org/1"
    page.press("Submit for review", links__0__url="")
    waiting.refresh_from_db()
    assert read(waiting.revision).links == []


@pytest.mark.parametrize("group", GROUPS)
def test_add_another_gives_one_more_row_shows_no_error_and_keeps_everything(anyone, group):
    page = anyone.open(reverse("submit:new"))
    answers = EVERYTHING | {"title": "", "countries": ["Atlantis", "", "Uganda"], "end_year": "1066"}
    more = page.press(ADD[group], **answers)
    assert more.errors == []
    assert f"{group}-1-{'name' if group == 'organisations' else 'url'}" in more.form
    assert f"{group}-2-url" not in more.form
    skipped = ("csrfmiddlewaretoken", f"{group}-TOTAL_FORMS")
    before = sorted(pair for pair in page.form.values if pair[0] not in skipped and pair[1])
    after = sorted((n, v.replace("\r\n", "\n")) for n, v in more.form.values if n not in skipped and v)
    assert after == sorted(before + [("organisations-1-role", "lead")] * (group == "organisations"))
    assert not Submission.objects.exists()


@pytest.mark.parametrize("group", [*GROUPS, "countries", "cities"])
def test_add_another_comes_back_at_the_same_place(anyone, group):
    page = anyone.open(reverse("submit:new"))
    button = next(each for each in page.form.node.walk("button") if each.attrs.get("value") == group)
    assert button.attrs["formaction"] == f"#group-{group}"
    assert page.by_id(f"group-{group}")
    # The next button must not carry that place along: the summary of mistakes would not be seen.
    assert page.form.node.attrs["action"] == reverse("submit:new")


@pytest.mark.parametrize("field", ["countries", "cities"])
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (["", "", ""], ["", "", "", ""]),
        (["a", "", "b"], ["a", "", "b", ""]),
        (["a", "b", "c", "d"], ["a", "b", "c", "d", ""]),
    ],
)
def test_add_another_gives_one_more_box_and_leaves_the_others_in_their_place(anyone, field, typed, shown):
    page = post(anyone, **{field: typed}, add=field)
    assert page.form.all(field) == shown
    assert page.errors == []


def test_after_a_mistake_there_is_always_an_empty_box_left(anyone):
    page = post(anyone, title="", countries=["Uganda", "Morocco", "Costa Rica"])
    assert page.form.all("countries") == ["Uganda", "Morocco", "Costa Rica", ""]


@pytest.mark.parametrize("added", ["title", "themes", "csrfmiddlewaretoken", "nothing", "", "organisations-0-name"])
def test_adding_what_cannot_be_added_changes_nothing(anyone, added):
    page = post(anyone, add=added)
    assert page.status == 200
    assert page.form["title"] == "Kampala for All"
    assert page.form.all("themes") == ["diaspora"]


def test_as_many_organisations_as_anybody_needs(anyone):
    rows = {}
    for number in range(20):
        rows |= organisation(number, f"Organisation {number}")
    post(anyone, organisations__TOTAL_FORMS="30", **rows)
    assert len(said().organisations) == 20


def test_one_organisation_too_many_is_refused_with_all_of_them_kept(anyone):
    rows = {}
    for number in range(21):
        rows |= organisation(number, f"Organisation {number}")
    page = post(anyone, organisations__TOTAL_FORMS="21", **rows)
    assert page.errors == ["At most 20 lines can be filled in here."]
    assert page.form["organisations-20-name"] == "Organisation 20"
    page.press("Submit for review", organisations__20__name="", organisations__20__type="")
    assert len(said().organisations) == 20


def test_a_channel_cannot_be_named_twice_for_one_edition(anyone):
    row = {"listings__0__channel": "call", "listings__0__edition": "2021"}
    again = {"listings__1__channel": "call", "listings__1__edition": "2021", "listings__1__url": "https://e.org/"}
    page = post(anyone, listings__TOTAL_FORMS="2", **row, **again)
    assert page.error("listings-1-channel") == "Error: Line 1 names it already."
    assert page.form["listings-1-url"] == "https://e.org/"
    page.press("Submit for review", listings__1__edition="2022")
    assert [each.edition for each in said().listings] == ["2021", "2022"]


def test_an_organisation_cannot_be_named_twice_however_it_is_written(anyone):
    rows = organisation(0, "City of Kampala") | organisation(1, "CITY  of Kampala", role="partner")
    page = post(anyone, organisations__TOTAL_FORMS="2", **rows)
    assert page.error("organisations-1-name") == "Error: Line 1 names it already."


TAMPERED = {
    "missing": None,
    "empty": "",
    "words": "many",
    "negative": "-1",
    "huge": "1000000000",
    "endless": "9" * 5000,
    "NUL": "\x00",
}


@pytest.mark.parametrize("button", [{}, {"preview": "1"}, {"back": "1"}, {"add": "links"}], ids=str)
@pytest.mark.parametrize("value", TAMPERED.values(), ids=TAMPERED)
def test_whatever_a_page_says_of_the_number_of_its_lines_no_line_is_lost(anyone, value, button):
    lines = {f"links__{number}__url": f"https://example.org/{number}" for number in range(3)}
    page = post(anyone, links__TOTAL_FORMS=value, links__INITIAL_FORMS=value, **lines, **button)
    assert page.status == 200
    assert page.errors == []
    if button == {"add": "links"}:
        assert page.form["links-3-url"] == ""
    if button:
        page.press("Submit for review")
    assert [link.url for link in said().links] == [
        "https://example.org/0",
        "https://example.org/1",
        "https://example.org/2",
    ]


@pytest.mark.parametrize("number", ["99", "9999", "٣", "99999", "-1", "x"])
def test_a_line_with_a_number_that_no_page_gives_is_answered_with_the_page(anyone, number):
    page = post(anyone, **{f"links-{number}-url": "https://example.org/"}, title="")
    assert page.status == 200
    assert page.error("title")
    assert len([name for name, _ in page.form.values if name.startswith("links-")]) < 210
