"""Whoever reads the site in French gets its mails in French, whichever language the moderator reads."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from initiatives import emails, moderation
from initiatives.models import Draft, Submission
from initiatives.submit.old_drafts import warn_of_deletion
from tests import factories
from tests.submit.answers import post, vocabulary
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def spoken(monkeypatch):
    """The languages in which mails were written."""
    languages = []

    def render(name, context):
        languages.append(translation.get_language())
        return f"{context['tracking_url']}\n{context.get('confirm_url', '')}"

    monkeypatch.setattr(emails, "render_to_string", render)
    return languages


def french(**fields):
    with translation.override("fr"):
        return factories.submission(submitter=moderation.Submitter(email="sam@example.org", **fields))


def test_what_is_sent_on_a_french_page_is_answered_in_french(commit, spoken, mailoutbox):
    vocabulary()
    with translation.override("fr"), commit():
        # `post` asks for the address of the form in the language that is spoken.
        post(Visitor(Client()), email="sam@example.org")
    assert Submission.objects.get().reader_language == "fr"
    assert set(spoken) == {"fr"}
    links = re.findall(r"https?://[^/]*(\S+)", mailoutbox[0].body)
    assert len(links) == 2 and all(link.startswith("/fr/submissions/") for link in links)


def test_a_decision_taken_in_arabic_reaches_a_french_reader_in_french(moderator, commit, spoken, mailoutbox):
    submission = french(is_verified=True)
    with translation.override("ar"), commit():
        moderation.request_changes(submission, by=moderator, note="Since when?")
    assert spoken == ["fr", "fr"]
    assert "/fr/submissions/" in mailoutbox[0].body


def test_who_reads_a_language_that_the_site_speaks_no_more_gets_the_main_one(moderator, commit, spoken, settings):
    submission = french(is_verified=True)
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    with commit():
        moderation.reject(submission, by=moderator, note="No.")
    Submission.objects.update(reader_language="")
    submission.refresh_from_db()
    with translation.override("es"), commit():
        moderation.reopen(submission, by=moderator)
    assert set(spoken) == {"en"}


def test_who_wrote_a_draft_is_warned_in_the_language_in_which_it_was_saved_last(client, spoken, mailoutbox):
    with translation.override("ar"):
        draft = Draft.objects.create(answers={"email": ["sam@example.org"]})
    with time_machine.travel(timezone.now() + datetime.timedelta(days=85), tick=False):
        assert warn_of_deletion() == 1
    assert draft.reader_language == "ar" and set(spoken) == {"ar"}
    assert "/ar/submissions/" in mailoutbox[0].body
