"""Wagtail as its project template sets it up, over SQLite in the folder PEERS, or over what PEERS_DATABASE says in JSON."""

import json
import os
import sys
from pathlib import Path

FOLDER = Path(os.environ["PEERS"])
SECRET_KEY = "it serves this machine for the time of a measurement"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "wagtail.urls"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "Initiatives"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"

INSTALLED_APPS = [
    "bench.speed.peers.wagtail_site",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Its search in PostgreSQL wants it.
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parents[2] / "usual" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
_SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(FOLDER / "wagtail.sqlite3")}
# As with ours: a worker does not open the database anew for each request.
DATABASES = {"default": json.loads(os.environ.get("PEERS_DATABASE", "null")) or _SQLITE | {"CONN_MAX_AGE": 60}}
# Made anew with each copy, beside it.
MIGRATION_MODULES = {"wagtail_site": "migrations_of_site"}
sys.path.append(str(FOLDER))
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
