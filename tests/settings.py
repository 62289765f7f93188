"""The site's settings for the tests: a folder of their own, fast passwords, mail in memory."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("DEMO", "true")
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="passerelle-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from config.settings import *  # noqa: F403

# The tests type faster than people.
SUBMIT_MINIMUM_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# WhiteNoise warns of a folder that is not there, and a warning is an error here.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Most tests read from the database; those that hold the index against it say so (`with_index`).
PAGES_KEPT = 0
SEARCH_IN_MEMORY = os.environ.get("SEARCH_IN_MEMORY") == "true"
DATABASES = dict(DATABASES)  # noqa: F405
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # In a file, as in production: threads that write at once meet the same locks.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # noqa: F405
    # Nobody misses it when the machine stops, so nothing waits for a disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
