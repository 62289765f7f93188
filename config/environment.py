"""Reads what only the environment can say, and names what is missing."""

import os
import secrets
from collections import UserDict
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


class _Literal(UserDict[str, str]):
    """The environment with every "$" escaped: a password that begins with one is not the name of another variable."""

    def __getitem__(self, name: str) -> str:
        return os.environ[name].replace("$", r"\$")

    def __contains__(self, name: object) -> bool:
        return name in os.environ


env = environ.Env()
env.ENVIRON = _Literal()
env.escape_proxy = True


_S3_OPTIONS = {
    "endpoint_url": "FILES_S3_ENDPOINT_URL",
    "region_name": "FILES_S3_REGION",
    "access_key": "FILES_S3_ACCESS_KEY_ID",
    "secret_key": "FILES_S3_SECRET_ACCESS_KEY",
    "location": "FILES_S3_PREFIX",
}


def require(*names: str) -> None:
    """Refuse to start while any of these environment variables is unset or empty.

    Raises:
        ImproperlyConfigured: names every missing variable at once, so that an
            administrator mends them in one go.
    """
    missing = [name for name in names if not env.str(name, default="").strip()]
    if missing:
        raise ImproperlyConfigured(
            f"Missing in the environment: {', '.join(missing)}. "
            "The README lists every setting; DEMO=true or DEBUG=true runs without them on your own machine."
        )


def some_of(name: str, known: Collection[str]) -> list[str]:
    """Return the values of a variable, with commas between them, each once; all that are known where it has none.

    Raises:
        ImproperlyConfigured: one of them is not `known`.
    """
    values = dict.fromkeys(value.strip() for value in env.str(name, default="").split(",") if value.strip())
    if unknown := [value for value in values if value not in known]:
        raise ImproperlyConfigured(
            f"{name} in the environment has {', '.join(unknown)}; it may have {', '.join(known)}, with commas between."
        )
    return list(values or known)


def files_storage(folder: Path) -> dict[str, Any]:
    """Return where files are kept: in the S3-compatible store that the environment names, else in `folder`.

    Nobody but the site reads them there: it asks first who wants to see them.

    Raises:
        ImproperlyConfigured: a store is named, and what speaks with it is not installed.
    """
    bucket = env.str("FILES_S3_BUCKET", default="")
    if not bucket:
        rights = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "base_url": None, **rights},
        }
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured(
            "FILES_S3_BUCKET is set, and django-storages is not installed: "
            "pip install --require-hashes -r requirements/s3.txt"
        )
    options = {option: env.str(name, default="") for option, name in _S3_OPTIONS.items()}
    # What is not set is left to what speaks with the store, which knows the machine's own credentials.
    given = {option: value for option, value in options.items() if value}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": bucket, **given}}


def kept_secret(path: Path) -> str:
    """Return the secret kept in `path`, making it at the first call.

    For the demo and for development only: sessions and links survive a restart
    without a secret that is known to everybody who has read this file.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()
