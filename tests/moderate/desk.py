"""What the tests of the desk share: people at it, and submissions of every kind in the queue."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from initiatives import moderation
from initiatives.content import read
from initiatives.models import Initiative, Submission
from tests import factories
from tests.visitor import Visitor

SAM = moderation.Submitter(email="sam@example.org", is_verified=True)


def at_desk(person: User) -> Visitor:
    """Return a browser in which this person is signed in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return Visitor(client)


def moderator(name: str) -> User:
    """Make a moderator of this name."""
    return factories.moderator(f"{name.lower()}@example.org", name=name)


def address(submission: Submission) -> str:
    """Return where a submission is reviewed."""
    return reverse("moderate:review", args=[submission.pk])


def correction(entry: Initiative, *, submitter: moderation.Submitter = SAM, **values: Any) -> Submission:
    """Put a correction of the public version into the queue."""
    entry.refresh_from_db()
    content = read(entry.public)
    for name, value in values.items():
        setattr(content, name, value)
    return moderation.submit(content, submitter=submitter, base=entry.public)


def claim(entry: Initiative, text: str = "We run it.", *, member: User | None = None) -> Submission:
    """Put a claim to an entry into the queue."""
    by = member or factories.person(name="Mona")
    submitter = moderation.Submitter(member=by, email=by.email, is_verified=True)
    return moderation.claim(entry, text, submitter=submitter)


def report(entry: Initiative, text: str = "The link is dead.") -> Submission:
    """Put a report on an entry into the queue."""
    return moderation.report(entry, text, submitter=SAM)


def now(submission: Submission) -> Submission:
    """Return a submission as it stands."""
    return Submission.objects.get(pk=submission.pk)
