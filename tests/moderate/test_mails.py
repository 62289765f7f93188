"""What submitters read in the mail when their submission was decided."""

import re

import pytest

from initiatives import moderation
from initiatives.models import Initiative
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
    assert not re.search(r"\bAda\b", mail.body)
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


def test_an_owner_is_told_what_becomes_of_their_entry_and_nothing_of_anybody_else(
    moderator, member, mailoutbox, django_capture_on_commit_callbacks
):
    entry, heir = factories.initiative("Kampala for All", submitter=SAM), factories.initiative("Heir")

    def mails_of(step):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step()
        return {mail.to[0]: f"{mail.subject}\n{mail.body}" for mail in mailoutbox}

    def asked_by(person):
        submitter = moderation.Submitter(member=person, email=person.email, is_verified=True)
        return moderation.claim(entry, "We run it.", submitter=submitter)

    nina = factories.person("nina@example.org", name="Nina")
    moderation.accept(asked_by(member), by=moderator)
    mails = mails_of(lambda: moderation.unpublish(entry, by=moderator, reason="The city asked us to."))
    assert mails.keys() == {"sam@example.org", "mona@example.org"}
    told = mails["mona@example.org"]
    assert told.startswith(
        "No longer public: Kampala for All\nThe entry that you own at Passerelle is no longer public."
    )
    assert "The city asked us to." in told and entry.get_absolute_url() in told
    assert "/submissions/" not in told and not re.search(r"\bAda\b", told)
    told = mails_of(lambda: moderation.republish(entry, by=moderator))["mona@example.org"]
    assert told.startswith("Public again: Kampala for All")
    claim = asked_by(nina)
    mails = mails_of(lambda: moderation.accept(claim, by=moderator, note="Welcome, Nina."))
    assert mails.keys() == {"nina@example.org", "mona@example.org"}
    told = mails["mona@example.org"]
    assert told.startswith("You do not own it any more: Kampala for All")
    assert "Nina" not in told and f"{entry.get_absolute_url()}claim/" in told
    mails = mails_of(
        lambda: moderation.merge(entry, heir, factories.content("Heir"), by=moderator, public_id=heir.current_id)
    )
    assert mails.keys() == {"sam@example.org", "nina@example.org"}
    assert heir.get_absolute_url() in mails["nina@example.org"]


def test_an_owner_who_submitted_the_entry_hears_it_once(
    moderator, member, mailoutbox, django_capture_on_commit_callbacks
):
    mona = moderation.Submitter(member=member, email="Mona@example.org", is_verified=True)
    entry = factories.initiative("Kampala for All", submitter=mona)
    Initiative.objects.update(owner=member)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.unpublish(entry, by=moderator, reason="r")
    assert len(mailoutbox) == 1


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
