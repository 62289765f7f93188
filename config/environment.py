"""Reads what only the environment can say, and names what is missing."""

import os
import secrets
from collections import UserDict
from collections.abc import Collection
from pathlib import Path

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


def some_of(name: str, known: Collection[str], *, default: str) -> list[str]:
    """Return the values of a variable, with commas between them, each once.

    Raises:
        ImproperlyConfigured: one of them is not `known`.
    """
    values = dict.fromkeys(value.strip() for value in env.str(name, default="").split(",") if value.strip())
    if unknown := [value for value in values if value not in known]:
        raise ImproperlyConfigured(
            f"{name} in the environment has {', '.join(unknown)}; it may have {', '.join(known)}, with commas between."
        )
    return list(values) or [default]


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
