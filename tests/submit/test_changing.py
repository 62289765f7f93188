"""Changing a submission before it is decided, and sending the same thing twice."""

import pytest
from django.urls import reverse

from initiatives import moderation
from initiatives.choices import Status, Step
from initiatives.content import read
from initiatives.models import Initiative, Submission
from tests import factories
from tests.submit.answers import EVERYTHING, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

LATE = "This submission was changed or decided since you opened this page. What you typed is still below"


@pytest.fixture
def submission():
    values = {"countries": [factories.country()], "themes": [factories.theme()]}
    return factories.submission("Kampala for All", submitter=moderation.Submitter(name="Sam"), **values)


@pytest.fixture
def edit(submission):
    return reverse("submit:edit", args=[submission.token])


def test_the_form_of_a_change_says_what_was_asked_for(anyone, moderator):
    waiting = factories.submission("Kampala for All")
    assert "What the moderator asked for" not in anyone.open(waiting.edit_url).main
    moderation.request_changes(waiting, by=moderator, note="In which city?")
    assert "What the moderator asked for In which city?" in " ".join(anyone.open(waiting.edit_url).main.split())


def test_a_change_is_a_new_version_in_the_queue(anyone, submission, edit, moderator):
    moderation.request_changes(submission, by=moderator, note="Which city?")
    first = submission.revision_id
    page = anyone.open(edit).press("Submit for review", title="Kampala for Everyone")
    submission.refresh_from_db()
    assert page.url == submission.tracking_url
    assert "The new version is in the queue." in page.main
    assert submission.status == Status.SUBMITTED
    assert submission.revision_id != first
    assert submission.revision.title == page.h1 == "Kampala for Everyone"
    assert submission.name == "Sam"


def test_a_form_that_is_opened_and_sent_unchanged_says_the_same_as_before(anyone):
    factories.city("Kampala")
    factories.city("Kampala", "US")
    form = anyone.open(reverse("submit:new"))
    form.press("Submit for review", **EVERYTHING | {"cities": ["Kampala, Uganda", "Kampala, United States"]})
    submission = Submission.objects.get()
    before = read(submission.revision)
    anyone.open(reverse("submit:edit", args=[submission.token])).press("Submit for review")
    submission.refresh_from_db()
    assert submission.decisions.count() == 2
    assert vars(read(submission.revision)) == vars(before)


def test_the_form_of_a_change_does_not_ask_again_who_sends_it(anyone, edit):
    form = anyone.open(edit).form
    assert not {"name", "email", "show_name", "organisation"} & {name for name, _ in form.values}


def test_a_mistake_in_a_change_keeps_everything_and_changes_nothing(anyone, submission, edit):
    page = anyone.open(edit).press("Submit for review", title="Kampala for Everyone", countries="Atlantis")
    assert "“Atlantis” is not a country" in page.error("countries")
    assert page.form["title"] == "Kampala for Everyone"
    submission.refresh_from_db()
    assert submission.revision.title == "Kampala for All"


DECISIONS = {
    "approved": lambda s, by: moderation.approve(s, by=by),
    "rejected": lambda s, by: moderation.reject(s, by=by, note="No."),
    "withdrawn": lambda s, by: moderation.withdraw(s),
}


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_a_change_that_comes_after_the_decision_is_refused_with_everything_kept(
    anyone, submission, edit, moderator, decide
):
    form = anyone.open(edit)
    decide(submission, moderator)
    page = form.press("Submit for review", title="Kampala for Everyone", summary="Much longer.")
    assert page.status == 200
    assert len(page.errors) == 1
    assert page.errors[0].startswith(LATE)
    assert (page.form["title"], page.form["summary"]) == ("Kampala for Everyone", "Much longer.")
    assert page.link("Leave it as it is") == submission.tracking_url
    submission.refresh_from_db()
    assert submission.revision.title == "Kampala for All"


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_a_submission_that_is_decided_cannot_be_opened_for_a_change(anyone, submission, edit, moderator, decide):
    decide(submission, moderator)
    page = anyone.open(edit)
    assert page.url == submission.tracking_url
    assert "This submission can no longer be changed." in page.main


def test_of_two_tabs_the_second_is_told_of_the_first_and_keeps_what_was_typed(anyone, submission, edit):
    one, two = anyone.open(edit), anyone.open(edit)
    one.press("Submit for review", title="From the first tab")
    page = two.press("Submit for review", title="From the second tab")
    assert page.errors[0].startswith(LATE)
    assert page.form["title"] == "From the second tab"
    submission.refresh_from_db()
    assert submission.revision.title == "From the first tab"
    # Looking again at what was typed does not make it less late.
    again = page.press("Preview").press("Submit for review")
    assert again.errors[0].startswith(LATE)


def test_a_change_sent_by_two_clicks_is_one_change(anyone, submission, edit):
    form = anyone.open(edit)
    pages = [form.press("Submit for review", title="Kampala for Everyone") for _ in range(2)]
    assert [page.url for page in pages] == [submission.tracking_url] * 2
    assert submission.decisions.filter(step=Step.RESUBMIT).count() == 1


def test_a_submission_sent_by_two_clicks_is_one_submission(anyone):
    form = anyone.open(reverse("submit:new"))
    answers = {"title": "Kampala", "summary": "s", "countries": "Uganda", "themes": ["diaspora"]}
    pages = [form.press("Submit for review", **answers) for _ in range(2)]
    assert pages[0].url == pages[1].url == Submission.objects.get().tracking_url
    assert Initiative.objects.count() == 1


def test_the_second_click_sends_no_second_mail(anyone, mailoutbox, django_capture_on_commit_callbacks):
    form = anyone.open(reverse("submit:new"))
    answers = {"title": "Kampala", "summary": "s", "countries": "Uganda", "themes": ["diaspora"]}
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            form.press("Submit for review", email="sam@example.org", **answers)
    assert len(mailoutbox) == 1


def test_whoever_goes_back_and_tells_of_another_initiative_loses_nothing(anyone):
    key = "b" * 32
    first = post(anyone, key=key, title="The first")
    second = post(anyone, key=key, title="The second")
    assert first.url != second.url
    assert {submission.revision.title for submission in Submission.objects.all()} == {"The first", "The second"}


def test_two_people_who_say_the_same_word_for_word_send_two_submissions(anyone):
    assert post(anyone).url != post(anyone).url
