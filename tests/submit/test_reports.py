"""Reports: anybody tells moderators what is wrong with an entry, and follows what becomes of it."""

import pytest
from django.urls import reverse

from initiatives import moderation
from initiatives.models import Submission
from tests import factories
from tests.submit.answers import leave_one_of_the_hour
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
LINK = {"problem": "link", "text": "The second link leads nowhere."}


@pytest.fixture
def entry():
    return factories.initiative("Kampala for All")


@pytest.fixture
def form(entry):
    return Visitor().open(entry.get_absolute_url()).follow("Report a problem with this entry")


def sent():
    return Submission.objects.get(kind="report")


def test_anybody_reports_a_problem_and_follows_what_becomes_of_it(form, entry, moderator, mailoutbox):
    page = form.press("Send the report", email="sam@example.org", **LINK)
    report = sent()
    assert page.url == report.tracking_url
    assert (report.member, report.email, report.revision) == (None, "sam@example.org", entry.current)
    assert [message.text for message in report.messages.all()] == [
        "A link that does not work\n\nThe second link leads nowhere."
    ]
    moderation.accept(report, by=moderator, note="Mended.")
    assert "dealt with it" in Visitor().open(page.url).main


def test_a_member_reports_without_being_asked_for_an_address(entry, member, member_client):
    form = Visitor(member_client).open(reverse("submit:report", args=[entry.slug]))
    assert "email" not in form.form
    form.press("Send the report", **LINK)
    assert (sent().member, sent().email, sent().is_verified) == (member, member.email, True)


def test_a_report_says_what_is_wrong(form):
    page = form.press("Send the report", email="nonsense")
    assert [error.partition(":")[0] for error in page.errors] == [
        "What is wrong",
        "What exactly",
        "Your e-mail address",
    ]
    assert page.form["email"] == "nonsense"
    assert Submission.objects.filter(kind="report").count() == 0


def test_a_report_is_sent_once_by_two_clicks_and_one_about_another_entry_is_another(form, entry):
    pages = [form.press("Send the report", **LINK) for _ in range(2)]
    assert pages[0].url == pages[1].url == sent().tracking_url
    other = factories.initiative("Marrakesh for All")
    page = Visitor().open(reverse("submit:report", args=[other.slug]))
    page.press("Send the report", key=form.form["key"], shown_at=form.form["shown_at"], **LINK)
    assert Submission.objects.filter(kind="report").count() == 2


def test_reports_of_machines_are_refused_and_counted_like_submissions(form, entry):
    assert form.press("Send the report", homepage="spam", **LINK).errors == [
        "Please wait a moment and press the button again."
    ]
    visitor = Visitor()
    leave_one_of_the_hour()
    for number in range(2):
        page = visitor.open(reverse("submit:report", args=[entry.slug]))
        page = page.press("Send the report", problem="other", text=f"Problem {number}")
    assert page.status == 429
    assert page.form["text"] == "Problem 1"
    assert Submission.objects.filter(kind="report").count() == 1


def test_a_report_cannot_be_changed_like_an_entry(form):
    page = form.press("Send the report", **LINK)
    assert Visitor().open(f"{page.url}edit/").url == page.url


def test_nobody_reports_an_entry_that_is_not_public():
    factories.submission("Kampala for All")
    assert Visitor().open("/initiatives/kampala-for-all/report/").status == 404
