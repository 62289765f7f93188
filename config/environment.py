"""Reads what only the environment can say, and names what is missing."""

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


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
