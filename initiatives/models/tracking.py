"""What has a tracking link: whoever holds the link sees it, and may go on with it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language


def new_seed() -> str:
    """Return a fresh unguessable seed for a tracking link."""
    return secrets.token_hex(32)


def tracking_token(seed: str, key: str | None = None) -> str:
    """Return the token of the tracking link that grows from a seed and the site's secret.

    The token itself is nowhere stored: a stolen copy of the database opens no tracking
    page, and the site can still put the link into every mail to its holder.
    """
    secret = (settings.SECRET_KEY if key is None else key).encode()
    return hmac.new(secret, b"tracking:" + seed.encode(), hashlib.sha256).hexdigest()[:40]


def token_hash(token: str) -> str:
    """Return the form in which a token is stored and looked up."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def readers_language() -> str:
    """Return the language in which whoever makes a row reads the site."""
    return get_language() or settings.LANGUAGE_CODE


class Tracked(models.Model):
    """A row with a tracking link, which grows from its seed (docs/decisions/0004-tracking-links.md)."""

    #: Mails about it are in this language.
    reader_language = models.CharField(max_length=12, default=readers_language, db_default="", editable=False)
    seed = models.CharField(max_length=64, unique=True, default=new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the hash of the tracking token beside its seed."""
        if not self.token_hash:
            self.token_hash = token_hash(tracking_token(self.seed))
        super().save(*args, **kwargs)

    @property
    def token(self) -> str | None:
        """The token of the tracking link, or None when the secret it grew from is gone."""
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
            token = tracking_token(self.seed, key)
            if token_hash(token) == self.token_hash:
                return token
        return None

    @property
    def tracking_url(self) -> str:
        """The path of the tracking page for whoever holds the link."""
        return reverse("submit:tracking", args=[self.token]) if self.token else reverse("submit:mine")

    @property
    def edit_url(self) -> str:
        """The path of the form in which whoever holds the link goes on with it."""
        return reverse("submit:edit", args=[self.token]) if self.token else reverse("submit:mine")
