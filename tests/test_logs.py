"""No log line opens a private page or names somebody."""

from __future__ import annotations

import io
import logging
import runpy

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from initiatives import emails, moderation
from tests import factories
from tests.logbook import logbook

pytestmark = pytest.mark.django_db

SAM = moderation.Submitter(email="sam@example.org")


@pytest.fixture
def log():
    """What the handler of the site's settings writes."""
    with logbook() as written:
        yield written


def test_the_console_writes_with_the_formatter_that_is_tested_here():
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "line"
    assert settings.LOGGING["root"]["handlers"] == ["console"]


def test_a_wrong_method_does_not_write_the_link_down(log):
    waiting = factories.submission(submitter=SAM)
    assert Client().get(f"{waiting.tracking_url}confirmation/").status_code == 405
    assert "Method Not Allowed (GET): /submissions/…" in log.getvalue()
    assert waiting.token not in log.getvalue()


def test_a_form_without_its_proof_does_not_write_the_link_down(log):
    waiting = factories.submission(submitter=SAM)
    assert Client(enforce_csrf_checks=True).post(f"{waiting.tracking_url}withdraw/").status_code == 403
    assert "Forbidden (CSRF cookie not set.): /submissions/…" in log.getvalue()
    assert waiting.token not in log.getvalue()


def test_who_is_refused_a_page_takes_one_line_and_no_traceback(log, member_client):
    assert member_client.get("/moderation/").status_code == 403
    assert log.getvalue().count("\n") == 1
    assert "Forbidden (Permission denied): /moderation/" in log.getvalue()


def test_an_error_of_the_machine_writes_neither_link_nor_address_down(log, monkeypatch):
    waiting = factories.submission(submitter=SAM)

    def fail(submission):
        raise ValueError(f"{submission.email} at /submissions/{submission.token}/")

    monkeypatch.setattr("initiatives.moderation.timeline", fail)
    assert Client(raise_request_exception=False).get(waiting.tracking_url).status_code == 500
    assert "Internal Server Error: /submissions/…" in log.getvalue()
    assert "ValueError: …@… at /submissions/…" in log.getvalue()
    assert waiting.token not in log.getvalue()
    assert "sam" not in log.getvalue()


@pytest.mark.parametrize(
    "address",
    [
        "/submissions/confirm/{value}/",
        "/fr/submissions/confirm/{value}/more/",
        "/accounts/confirm-email/{value}/x/",
        "/accounts/password/reset/key/{value}/x/",
    ],
)
def test_an_address_that_is_not_found_does_not_write_its_secret_down(log, address):
    value = emails.confirmation_value(factories.submission(submitter=SAM))
    Client().get(address.format(value=value[:-1]))
    assert "Not Found: " in log.getvalue()
    assert value[:20] not in log.getvalue()


def test_a_mail_server_that_refuses_an_address_does_not_bring_it_into_the_log(
    log, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(self):
        raise OSError({"sam@example.org": (550, b"5.1.1 <sam@example.org>: no such user")})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        factories.submission(submitter=SAM)
    assert "no such user" in log.getvalue()
    assert "sam@" not in log.getvalue()


def test_what_is_public_is_written_down_as_it_is(log):
    Client().get("/initiatives/nothing/")
    assert "Not Found: /initiatives/nothing/" in log.getvalue()


@pytest.mark.parametrize(
    ("logger", "words", "argument"),
    [
        ("gunicorn.access", "%(m)s %(U)s %(s)s", {"m": "GET", "U": "/submissions/sesame/edit/", "s": "200"}),
        ("gunicorn.error", "Error handling request %s", "/submissions/sesame/?x=1"),
    ],
)
def test_the_servers_own_logs_do_not_write_the_link_down(logger, words, argument):
    runpy.run_path(str(settings.BASE_DIR / "config" / "gunicorn.py"))
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    log = logging.getLogger(logger)
    log.addHandler(handler)
    try:
        try:
            raise ValueError("/submissions/sesame/")
        except ValueError:
            log.error(words, argument, exc_info=True)
    finally:
        log.removeHandler(handler)
        log.filters.clear()
    assert "/submissions/…" in written.getvalue()
    assert "sesame" not in written.getvalue().replace('ValueError("/submissions/sesame/")', "")
