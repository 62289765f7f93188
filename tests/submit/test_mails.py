"""The mails to whoever sent something: one at each step that concerns them, in the words of what it was."""

import re

import pytest

from initiatives import moderation
from initiatives.choices import Kind
from initiatives.content import read
from initiatives.models import Initiative
from tests import factories

pytestmark = pytest.mark.django_db

SPAM = "CHEAP PILLS"


def sent(kind, *, verified, member=None):
    """Put something of a kind into the queue, with words that no mail to an unconfirmed address may hold."""
    by = moderation.Submitter(
        member=member, name=SPAM, organisation=SPAM, email="sam@example.org", is_verified=verified
    )
    title = "Kampala for All" if verified else SPAM
    if kind == Kind.NEW:
        return factories.submission(title, submitter=by)
    entry = factories.initiative("Kampala for All")
    if kind == Kind.CORRECTION:
        content = read(entry.public)
        content.title, content.summary = title, SPAM
        return moderation.submit(content, submitter=by, base=entry.public)
    return (moderation.claim if kind == Kind.CLAIM else moderation.report)(entry, SPAM, submitter=by)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Sends the mails of what is done inside at its end, as when a transaction is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def unlimited(monkeypatch):
    """Nobody is kept from a mail."""
    monkeypatch.setattr("initiatives.limits.Limit.take", lambda self, whom: "a place")


def entry_of(submission):
    return Initiative.objects.get(pk=submission.initiative_id)


NEW, CORRECTION, CLAIM, REPORT = Kind.NEW, Kind.CORRECTION, Kind.CLAIM, Kind.REPORT
STEPS = {
    "received": lambda s, ada: None,
    "asked": lambda s, ada: moderation.request_changes(s, by=ada, note="Since when?"),
    "message": lambda s, ada: moderation.say(s, "Since when?", by=ada, as_moderator=True),
    "yes": lambda s, ada: (moderation.approve if s.proposes else moderation.accept)(s, by=ada),
    "no": lambda s, ada: moderation.reject(s, by=ada, note="Since when?"),
    "reopened": lambda s, ada: moderation.reopen(s, by=ada),
    "back": lambda s, ada: moderation.withdraw(s),
    "taken off": lambda s, ada: moderation.unpublish(entry_of(s), by=ada, reason="Since when?"),
    "republished": lambda s, ada: moderation.republish(entry_of(s), by=ada),
}
#: Of what; what was done; the subject to a confirmed address, and to another; what the mail says.
MAILS = [
    (NEW, "received", "Received: {}", "Please confirm your submission", "about an initiative"),
    (CORRECTION, "received", "Your correction is received: {}", "Please confirm", "for correcting an"),
    (CLAIM, "received", "Your claim is received: {}", "Please confirm", "that an entry is yours"),
    (REPORT, "received", "Your report is received: {}", "Please confirm", "of a problem with an entry"),
    (NEW, "asked", "Please have another look: {}", "Please have another", "your submission and asks you"),
    (CORRECTION, "asked", "Please have another look: {}", "Please have another", "your correction and asks"),
    (CLAIM, "asked", "A question about: {}", "A question about what", "has a question before deciding"),
    (REPORT, "asked", "A question about: {}", "A question about what", "has a question before deciding"),
    (NEW, "message", "A moderator writes about: {}", "A moderator writes", "to you about your submission"),
    (CORRECTION, "message", "A moderator writes about: {}", "A moderator writes", "about your correction"),
    (CLAIM, "message", "A moderator writes about: {}", "A moderator writes", "about your claim to an entry"),
    (REPORT, "message", "A moderator writes about: {}", "A moderator writes", "about your report on an entry"),
    (NEW, "yes", "Published: {}", "Your submission to Passerelle is published", "is now public"),
    (CORRECTION, "yes", "Your correction is published: {}", "Your correction at", "is now public"),
    (REPORT, "yes", "Your report is decided: {}", "What you sent to", "The decision: Dealt with."),
    (NEW, "no", "Not published: {}", "Your submission to Passerelle is not", "your submission and decided"),
    (CORRECTION, "no", "Your correction is not published: {}", "Your correction at", "your correction and"),
    (CLAIM, "no", "Your claim is decided: {}", "What you sent to", "The decision: Refused."),
    (REPORT, "no", "Your report is decided: {}", "What you sent to", "The decision: No problem found."),
    (NEW, "no, reopened", "Looked at again: {}", "What you sent to", "looks at your submission again"),
    (CORRECTION, "no, reopened", "Looked at again: {}", "What you sent", "looks at your correction again"),
    (CLAIM, "no, reopened", "Looked at again: {}", "What you sent", "looks at your claim to an entry"),
    (REPORT, "no, reopened", "Looked at again: {}", "What you sent", "looks at your report on an entry"),
    (NEW, "back", "Taken back: {}", "What you sent to", "nothing of it will be public"),
    (CORRECTION, "back", "Taken back: {}", "What you sent to", "the entry stays as it is"),
    (CLAIM, "back", "Taken back: {}", "What you sent to", "Nobody will decide it."),
    (REPORT, "back", "Taken back: {}", "What you sent to", "Nobody will look into it."),
    (NEW, "yes, taken off", "No longer public: {}", "Your entry at Passerelle", "is no longer public at"),
    (NEW, "yes, taken off, republished", "Public again: {}", "Your submission to", "is public again at"),
]


@pytest.mark.parametrize("verified", [True, False], ids=["confirmed", "not confirmed"])
@pytest.mark.usefixtures("unlimited")
def test_each_step_is_told_in_the_words_of_its_kind_and_strangers_words_only_where_the_address_is_confirmed(
    moderator, mailoutbox, commit, subtests, verified
):
    for kind, steps, titled, plain, sentence in MAILS:
        with subtests.test(f"{kind}: {steps}"):
            mailoutbox.clear()
            with commit():
                submission = sent(kind, verified=verified)
            for step in steps.split(", "):
                with commit():
                    STEPS[step](submission, moderator)
            mail = mailoutbox[-1]
            assert mail.to == ["sam@example.org"]
            assert mail.subject.startswith(titled.format("Kampala for All") if verified else plain)
            assert sentence in mail.body
            assert ("\n“Kampala for All”\n" in mail.body) == verified
            assert f"\nhttp://127.0.0.1:8000{submission.tracking_url}\n" in mail.body
            assert "\n\n\n" not in mail.body and mail.body == mail.body.strip() + "\n"
            for text in (each.message().as_string() for each in mailoutbox):
                assert SPAM not in text
                # As a word: the key in a link has any letters.
                assert not re.search(r"\bAda\b", text) and "ada@" not in text
            if steps in ("asked", "no", "message", "yes, taken off"):
                assert "Since when?" in mail.body


def test_whoever_is_made_the_owner_is_told_where_and_when_that_is_undone(moderator, member, mailoutbox, commit):
    claim = sent(Kind.CLAIM, verified=True, member=member)
    with commit():
        moderation.accept(claim, by=moderator)
    with commit():
        moderation.reopen(claim, by=moderator)
    granted, undone = mailoutbox
    assert "The decision: Granted." in granted.body
    assert "You are the owner of the entry now" in granted.body
    assert f"\nhttp://127.0.0.1:8000{entry_of(claim).get_absolute_url()}\n" in granted.body
    assert "Until it is decided anew you are not the owner of the entry." in undone.body


def test_whoever_is_refused_is_told_of_the_one_answer_and_not_told_twice(moderator, mailoutbox, commit):
    submission = sent(Kind.NEW, verified=True)
    with commit():
        moderation.reject(submission, by=moderator, note="No.")
    moderation.say(submission, "But yes.")
    with commit():
        moderation.reject(submission, by=moderator, note="Still no.")
    with commit():
        moderation.say(submission, "Nothing more can be done.", by=moderator, as_moderator=True)
    first, second, message = mailoutbox
    assert "you can answer once" in first.body
    assert "you can answer once" not in second.body
    assert "Answer here:" not in message.body


def test_the_mail_of_a_merger_leads_to_the_entry_that_stays(moderator, mailoutbox, commit):
    stays, submission = factories.initiative("Stays"), sent(Kind.NEW, verified=True)
    moderation.approve(submission, by=moderator)
    with commit():
        moderation.merge(entry_of(submission), stays, read(stays.public), by=moderator, public_id=stays.current_id)
    assert "It was merged into another entry" in mailoutbox[-1].body
    assert f"\nhttp://127.0.0.1:8000{stays.get_absolute_url()}\n" in mailoutbox[-1].body


def test_a_correction_taken_over_in_part_is_not_said_to_be_public_as_a_whole(moderator, mailoutbox, commit):
    correction = sent(Kind.CORRECTION, verified=True)
    content = read(correction.revision)
    content.title = "Kampala for Everyone"
    moderation.resubmit(correction, content)
    with commit():
        moderation.approve(correction, by=moderator, take=["summary"])
    assert "as far as a moderator took it over" in mailoutbox[-1].body
