"""The site's settings for the tests: a folder of their own, fast passwords, mail in memory."""

import os
import tempfile

os.environ.setdefault("DEMO", "true")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="passerelle-tests-"))

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES = dict(DATABASES)  # noqa: F405
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # In a file, as in production: threads that write at once meet the same locks.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # noqa: F405
