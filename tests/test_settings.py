"""The site refuses to run in a way that would not be safe, and says what to do about it."""

from __future__ import annotations

import json
import os
import runpy
import stat
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from unittest.mock import patch

import pytest
from django.conf import global_settings, settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from accounts.models import User
from config.environment import files_storage, kept_secret
from tests import factories

SECRET = "v7#kQ9!mZx2$Lp4@tRw8&nYb5*cFd1(eHg3)jUs6-aXo0=iNq_EkBvTyCrGu"
PRODUCTION = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "catalogue.example.org,www.catalogue.example.org"}


def bare(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Return the environment of a machine on which nothing is set but `environment`."""
    # Compiling the translations takes longer than most of what is asked here.
    copytree(settings.VAR_DIR / "locale", folder / "locale", dirs_exist_ok=True)
    clean = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
    clean |= {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return clean | environment


def python(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python there."""
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=settings.BASE_DIR,
        env=bare(folder, environment),
        capture_output=True,
        text=True,
        check=False,
    )


def values(folder: Path, *names: str, **environment: str) -> dict[str, object]:
    """Return settings as a site there has them."""
    with patch.dict(os.environ, bare(folder, environment), clear=True):
        said = runpy.run_path(str(settings.BASE_DIR / "config" / "settings.py"))
    return {
        name: json.loads(json.dumps(said.get(name, getattr(global_settings, name, None)), default=str))
        for name in names
    }


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "SECRET_KEY, ALLOWED_HOSTS"),
        ({"SECRET_KEY": SECRET}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "example.org"}, "SECRET_KEY"),
        ({"SECRET_KEY": "", "ALLOWED_HOSTS": "  "}, "SECRET_KEY, ALLOWED_HOSTS"),
        ({"SECRET_KEY": SECRET, "DEMO": "false", "DEBUG": "0"}, "ALLOWED_HOSTS"),
    ],
)
def test_production_does_not_start_without_what_it_needs_and_names_exactly_that(given, missing, tmp_path):
    answer = python("-c", "import django; django.setup()", folder=tmp_path, **given)
    assert answer.returncode != 0
    last_line = answer.stderr.strip().splitlines()[-1]
    assert last_line.startswith(
        f"django.core.exceptions.ImproperlyConfigured: Missing in the environment: {missing}. "
    )
    # It has made nothing; the translations were there before.
    assert [each.name for each in tmp_path.iterdir()] == ["locale"]


def test_production_is_the_default_and_speaks_https_only(tmp_path):
    found = values(
        tmp_path,
        *("DEBUG", "DEMO", "LOCAL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "SECURE_SSL_REDIRECT"),
        *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"),
        **PRODUCTION,
    )
    assert found == {
        "DEBUG": False,
        "DEMO": False,
        "LOCAL": False,
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": ["catalogue.example.org", "www.catalogue.example.org"],
        "SITE_URL": "https://catalogue.example.org",
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
    }


@pytest.mark.parametrize("secret", ["$" + SECRET, "$HOME", "a\\$b", "with 'quotes' and #"])
def test_a_secret_is_taken_as_it_is_even_when_it_begins_with_a_dollar(secret, tmp_path):
    assert values(tmp_path, "SECRET_KEY", **PRODUCTION | {"SECRET_KEY": secret}) == {"SECRET_KEY": secret}


def test_django_has_nothing_to_say_against_a_production_site(tmp_path):
    answer = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", folder=tmp_path, **PRODUCTION)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_production_has_no_style_guide_and_a_demo_has_one(tmp_path):
    reverse = "import django; django.setup(); from django.urls import reverse; print(reverse('styleguide:index'))"
    production = python("-c", reverse, folder=tmp_path, **PRODUCTION)
    assert production.returncode != 0 and "'styleguide' is not a registered namespace" in production.stderr
    demo = python("-c", reverse, folder=tmp_path, DEMO="true")
    assert demo.stdout.strip() == "/styleguide/"


def test_a_demo_needs_nothing_and_listens_to_this_machine_only(tmp_path):
    found = values(tmp_path, "DEBUG", "ALLOWED_HOSTS", "SITE_URL", "MAILERS", DEMO="true", PORT="8123")
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["SITE_URL"] == "http://127.0.0.1:8123"
    assert str(tmp_path) in json.dumps(found["MAILERS"]) and "smtp" not in json.dumps(found["MAILERS"])


def test_a_demo_keeps_its_own_secret_which_nobody_else_can_read(tmp_path):
    first = values(tmp_path, "SECRET_KEY", DEMO="true")["SECRET_KEY"]
    assert len(str(first)) > 60
    assert values(tmp_path, "SECRET_KEY", DEMO="true")["SECRET_KEY"] == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert values(tmp_path / "other", "SECRET_KEY", DEMO="true")["SECRET_KEY"] != first


def test_a_kept_secret_is_private_whatever_the_usual_rights_of_new_files(tmp_path):
    usual = os.umask(0)
    try:
        secret = kept_secret(tmp_path / "new" / "secret")
    finally:
        os.umask(usual)
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600
    assert kept_secret(tmp_path / "new" / "secret") == secret


@pytest.mark.django_db
def test_people_with_a_known_password_are_made_in_a_demo_only(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=true"):
        call_command("demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_people_of_the_demo_are_made_once_and_kept():
    from initiatives.management.commands.demo import PASSWORD, make_people

    factories.moderators()
    make_people()
    User.objects.filter(email="member@example.org").update(name="Changed")
    make_people()
    people = {person.email: person for person in User.objects.all()}
    assert sorted(people) == ["admin@example.org", "member@example.org", "moderator@example.org"]
    assert people["member@example.org"].name == "Changed"
    assert people["admin@example.org"].is_superuser
    assert people["moderator@example.org"].has_perm("initiatives.moderate_submission")
    assert not people["member@example.org"].has_perm("initiatives.moderate_submission")
    assert all(person.check_password(PASSWORD) for person in people.values())


@pytest.mark.parametrize("url", ["postgres://user:pass@127.0.0.1:5432/name", "sqlite:////tmp/x.sqlite3"])
def test_the_database_is_the_one_that_the_environment_names(url, tmp_path):
    found = values(tmp_path, "DATABASES", DATABASE_URL=url, **PRODUCTION)["DATABASES"]
    assert isinstance(found, dict)
    named = {"name": "django.db.backends.postgresql", "/tmp/x.sqlite3": "config.sqlite3"}
    assert found["default"]["ENGINE"] == named[found["default"]["NAME"]]


def test_files_are_kept_in_a_folder_that_only_the_site_can_read(tmp_path):
    storage = values(tmp_path, "STORAGES", **PRODUCTION)["STORAGES"]["default"]
    assert storage["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    save = (
        "import django; django.setup(); from django.core.files.storage import default_storage as d; "
        "from django.core.files.base import ContentFile; print(d.path(d.save('ab/x-1.jpg', ContentFile(b'x'))))"
    )
    answer = python("-c", save, folder=tmp_path, **PRODUCTION)
    path = Path(answer.stdout.strip())
    assert path == tmp_path / "uploads" / "ab" / "x-1.jpg"
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_files_are_kept_in_the_store_that_the_environment_names(tmp_path):
    store = {
        "FILES_S3_BUCKET": "passerelle",
        "FILES_S3_ENDPOINT_URL": "https://store.example.org",
        "FILES_S3_ACCESS_KEY_ID": "key",
        "FILES_S3_SECRET_ACCESS_KEY": "$secret",
        "FILES_S3_PREFIX": "files",
    }
    ask = (
        "import django; django.setup(); from django.core.files.storage import default_storage as d; "
        "print(d.bucket_name, d.endpoint_url, d.access_key, d.secret_key, d.location, d.default_acl, "
        "d.querystring_auth, d.bucket.name)"
    )
    answer = python("-c", ask, folder=tmp_path, **PRODUCTION, **store)
    assert answer.stdout.split() == [
        *("passerelle", "https://store.example.org", "key", "$secret", "files", "None", "True", "passerelle")
    ], answer.stderr


def test_a_store_without_what_speaks_with_it_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setenv("FILES_S3_BUCKET", "passerelle")
    monkeypatch.setattr("config.environment.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install --require-hashes -r requirements/s3\.txt"):
        files_storage(Path("unused"))
