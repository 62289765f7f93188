"""What an administrator writes into the environment is understood, or refused with the name of the variable."""

from __future__ import annotations

from email import message_from_string, policy

import pytest
from django.core.mail import EmailMessage

from tests.test_settings import PRODUCTION, python, values


@pytest.mark.parametrize(("given", "unknown"), [("en,de", "de"), ("de", "de"), ("fr, xx ,EN", "xx, EN")])
def test_a_language_that_the_site_does_not_speak_is_named_with_those_it_does(given, unknown, tmp_path):
    answer = python("-c", "import django; django.setup()", folder=tmp_path, **PRODUCTION, LANGUAGES=given)
    assert answer.returncode != 0
    assert answer.stderr.strip().splitlines()[-1] == (
        f"django.core.exceptions.ImproperlyConfigured: LANGUAGES in the environment has {unknown}; "
        "it may have en, fr, es, ar, with commas between."
    )


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("fr", ["fr"]),
        ("ar,en", ["ar", "en"]),
        (" es , fr ,es,", ["es", "fr"]),
        ("", ["en", "fr", "es", "ar"]),
        (" , ", ["en", "fr", "es", "ar"]),
    ],
)
def test_the_first_of_the_languages_is_the_main_one(given, codes, tmp_path):
    found = values(tmp_path, "LANGUAGES", "LANGUAGE_CODE", **PRODUCTION, LANGUAGES=given)
    assert [code for code, _name in found["LANGUAGES"]] == codes
    assert found["LANGUAGE_CODE"] == codes[0]


@pytest.mark.parametrize("given", ["ar,en", " , "])
def test_a_site_runs_with_other_languages_than_ours(given, tmp_path):
    check = python("manage.py", "check", folder=tmp_path, **PRODUCTION, LANGUAGES=given)
    assert check.returncode == 0, check.stderr


@pytest.mark.parametrize("name", ["Passerelle", "Kampala, Uganda", 'The "Bridge"', "Pont · جسر", "A <b@example.com>"])
def test_mails_come_from_the_site_by_its_name_whatever_is_in_it(name, tmp_path):
    given = PRODUCTION | {"SITE_NAME": name, "LANG": "C.UTF-8"}
    sender = values(tmp_path, "DEFAULT_FROM_EMAIL", **given)["DEFAULT_FROM_EMAIL"]
    mail = EmailMessage("Subject", "Body", str(sender), ["sam@example.org"]).message().as_string()
    (address,) = message_from_string(mail, policy=policy.default)["From"].addresses
    assert address.display_name == name
    assert address.addr_spec == "no-reply@catalogue.example.org"


def test_the_sender_can_be_said(tmp_path):
    given = PRODUCTION | {"DEFAULT_FROM_EMAIL": "Desk <desk@example.org>"}
    assert values(tmp_path, "DEFAULT_FROM_EMAIL", **given) == {"DEFAULT_FROM_EMAIL": "Desk <desk@example.org>"}


def test_other_sites_of_the_domain_are_bound_to_https_only_when_that_is_said(tmp_path):
    names = ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    assert values(tmp_path, *names, **PRODUCTION) == dict.fromkeys(names, False)
    assert values(tmp_path, *names, **PRODUCTION, **dict.fromkeys(names, "true")) == dict.fromkeys(names, True)
    check = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", folder=tmp_path, **PRODUCTION)
    assert check.returncode == 0, check.stderr


def test_the_cache_has_room_for_all_limits_and_the_form_wants_three_seconds(tmp_path):
    found = values(tmp_path, "CACHES", "SUBMIT_MINIMUM_SECONDS", **PRODUCTION)
    assert found["CACHES"]["default"]["OPTIONS"] == {"MAX_ENTRIES": 100_000}
    assert found["SUBMIT_MINIMUM_SECONDS"] == 3
