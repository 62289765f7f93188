"""What no page of ours sends: answered in words, never with an error of the machine."""

import pytest
from django.urls import reverse

from initiatives.models import Submission
from tests import factories
from tests.submit.answers import answers, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

ODD = {"NUL": "\x00", "unknown": "nothing-of-ours", "long": "x" * 70_000}
CHOICES = ["language", "stage", "themes", "declarations", "objectives_gcm"]
ROWS = ["organisations__0__type", "organisations__0__role", "listings__0__channel"]


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("field", [*CHOICES, *ROWS])
def test_a_choice_that_was_not_offered_is_refused_at_its_field(anyone, field, value):
    name = {"organisations__0__name": "City"} if field.startswith("organisations") else {}
    page = post(anyone, **name, **{field: value})
    assert page.status == 200
    assert page.error(field.replace("__", "-"))
    assert not Submission.objects.exists()


ANYWHERE = ["key", "revision", "seen_alike", "email", "show_name", "listings__0__date", "add"]


def is_answered_with_a_page(page):
    return page.status == 200 and page.main


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("field", ANYWHERE)
def test_odd_answers_anywhere_are_answered_with_a_page(anyone, field, value):
    assert is_answered_with_a_page(post(anyone, **{field: value}))


@pytest.mark.parametrize("button", [{"preview": "1"}, {"back": "1"}, {"add": "countries"}], ids=str)
@pytest.mark.parametrize("field", ANYWHERE)
def test_whatever_button_was_pressed(anyone, field, button):
    assert is_answered_with_a_page(post(anyone, **button | {field: "\x00"}))


@pytest.mark.parametrize("revision", ["0", "-1", str(2**63), "9" * 400, "9" * 5000, "1.5", "x", "\x00"])
def test_a_version_that_is_not_there_is_never_changed(anyone, revision):
    waiting = factories.submission("As it was", countries=[factories.country()], themes=[factories.theme()])
    edit = reverse("submit:edit", args=[waiting.token])
    page = anyone.send(edit, answers(csrfmiddlewaretoken=token(anyone), title="Changed", revision=revision))
    assert page.status == 200
    assert page.errors
    waiting.refresh_from_db()
    assert waiting.revision.title == "As it was"


def token(visitor):
    visitor.client.cookies["csrftoken"] = "s" * 32
    return "s" * 32


def test_a_form_without_its_proof_is_not_accepted(anyone):
    page = anyone.send(reverse("submit:new"), answers())
    assert page.status == 403
    assert page.title == "The form was not accepted – Passerelle"
    assert not Submission.objects.exists()


def test_more_fields_than_any_page_has_are_not_read(anyone):
    page = post(anyone, **{f"f{number}": "" for number in range(1100)})
    assert page.status == 400
    assert page.h1 == "The request could not be read"


@pytest.mark.parametrize("key", ["", "zz", "a" * 31, "A" * 32, "\x00" * 32, None])
def test_a_key_that_no_page_has_does_not_keep_anybody_from_submitting(anyone, key):
    for title in ("One", "Two"):
        assert "Thank you" in post(anyone, key=key, title=title).main
    assert Submission.objects.count() == 2
