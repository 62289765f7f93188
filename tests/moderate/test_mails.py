"""What submitters read in the mail when their submission was decided."""

import pytest

from initiatives import moderation
from tests import factories

pytestmark = pytest.mark.django_db

SAM = moderation.Submitter(name="Sam", email="sam@example.org", is_verified=True)
DECISIONS = {
    "approve": (moderation.approve, "Published: {title}", "is now public at Passerelle", "/initiatives/"),
    "request_changes": (
        moderation.request_changes,
        "Please have another look: {title}",
        "asks you for changes before it is published",
        "Change it and send it again here:",
    ),
    "reject": (
        moderation.reject,
        "Not published: {title}",
        "decided not to publish it",
        "Your submission and its history:",
    ),
}


@pytest.mark.parametrize("title", ["Kampala for All", 'Food & “work” <b>for all</b> {{ x }} {% y %} Zoë’s "A"'])
@pytest.mark.parametrize("decision", DECISIONS)
def test_the_mail_says_what_was_decided_why_and_where_to_go(
    settings, mailoutbox, django_capture_on_commit_callbacks, decision, title
):
    settings.SITE_URL = "https://catalogue.example"
    take, subject, sentence, more = DECISIONS[decision]
    submission, ada = factories.submission(title, submitter=SAM), factories.moderator("ada@example.org", name="Ada")
    with django_capture_on_commit_callbacks(execute=True):
        take(submission, by=ada, note="First line & <second>\n\nThird line")
    (mail,) = mailoutbox
    assert mail.to == ["sam@example.org"]
    assert mail.subject == subject.format(title=title)
    assert f"“{title}”" in mail.body
    assert sentence in mail.body
    assert more in mail.body
    assert "The moderator’s note:\n\nFirst line & <second>\n\nThird line" in mail.body
    assert f"\nhttps://catalogue.example{submission.tracking_url}\n" in mail.body
    assert "Ada" not in mail.body
    assert "ada@example.org" not in mail.message().as_string()


def test_the_mail_of_a_publication_leads_to_the_public_page(moderator, mailoutbox, django_capture_on_commit_callbacks):
    submission = factories.submission("Kampala for All", submitter=SAM)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(submission, by=moderator)
    assert "http://127.0.0.1:8000/initiatives/kampala-for-all/\n" in mailoutbox[0].body
    assert "note" not in mailoutbox[0].body


@pytest.mark.parametrize("decision", DECISIONS)
def test_nobody_is_written_to_without_an_address(moderator, mailoutbox, django_capture_on_commit_callbacks, decision):
    with django_capture_on_commit_callbacks(execute=True):
        DECISIONS[decision][0](
            factories.submission(submitter=moderation.Submitter(name="Sam")), by=moderator, note="n"
        )
    assert mailoutbox == []


def test_a_mail_that_cannot_be_sent_does_not_undo_the_decision(
    moderator, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def fail(*args, **kwargs):
        raise OSError("the mail server is away")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    submission = factories.submission(submitter=SAM)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(submission, by=moderator)
    submission.refresh_from_db()
    assert submission.status == "published"
    assert "the mail server is away" in caplog.text
