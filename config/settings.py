"""Settings of the site, all of them from the environment; the README lists them.

Production is the default: without DEMO or DEBUG the site wants a SECRET_KEY and
ALLOWED_HOSTS, and speaks HTTPS only.
"""

from email.utils import formataddr
from importlib.util import find_spec
from pathlib import Path

from django.utils.csp import CSP

from config.environment import env, files_storage, kept_secret, require, some_of
from config.translations import compiled

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# ---- What kind of installation this is -------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
LOCAL = DEBUG or DEMO
PORT = env.int("PORT", default=8000)

if not LOCAL:
    require("SECRET_KEY", "ALLOWED_HOSTS")
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(VAR_DIR / "secret-key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

SITE_NAME = env.str("SITE_NAME", default="Passerelle")
SITE_URL = env.str(
    "SITE_URL", default=f"http://127.0.0.1:{PORT}" if LOCAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
).rstrip("/")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

# ---- Application -----------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "initiatives",
    "allauth",
    "allauth.account",
    "taggit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.RefuseUnreadableRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # With bytes at random in it, so that the length of a page tells nobody what is secret in it (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "initiatives.caching.PublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before what reads the form.
    "initiatives.uploads.receiving.FilesMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    }
]
# The same language in Rust is asked first, where it can be had; the admin wants to see Django's own beside it.
if env.bool("RUST_TEMPLATES", default=True) and find_spec("django_rust_templates"):
    TEMPLATES.insert(0, TEMPLATES[0] | {"BACKEND": "django_rust_templates.RustTemplates"})
# Forms are drawn with the project's own templates/django/forms/field.html.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ---- Database and cache ----------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'passerelle.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    # A writer takes the lock when its transaction begins and readers never wait for it;
    # without this, concurrent writers fail with "database is locked". Ours lets writers take turns.
    DATABASES["default"]["ENGINE"] = "config.sqlite3"
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    from config.postgresql import still_open

    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=20),
        "check": still_open,
    }

# In the database, so that rate limits are shared by every process.
# Room for as many, too: a cache that is full forgets a third of what it holds.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://cache?max_entries=100000")}

# The list is answered from memory; without this, and until the index is ready, from the database.
SEARCH_IN_MEMORY = env.bool("SEARCH_IN_MEMORY", default=True)
# Of the public pages that were drawn last, each process keeps so many megabytes, for as long as they are true.
PAGES_KEPT = env.int("PAGES_KEPT", default=16)

# ---- People ----------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "submit:mine"
LOGOUT_REDIRECT_URL = "browse:home"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupDetails"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Owners hear of a changed password or address.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
# How many proxies stand before the site: from which address limits are counted.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=0)

# ---- Submissions -----------------------------------------------------------

# Between showing the form and sending it; only a machine is quicker. 0 asks for no time at all.
SUBMIT_MINIMUM_SECONDS = env.int("SUBMIT_MINIMUM_SECONDS", default=3)

# ---- Words -----------------------------------------------------------------

# Each by its own name: who looks for a language may read no other.
KNOWN_LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
LANGUAGES = [(code, KNOWN_LANGUAGES[code]) for code in some_of("LANGUAGES", KNOWN_LANGUAGES)]
# The first is that of the addresses without a language in them.
LANGUAGE_CODE = LANGUAGES[0][0]
# The first is where `make messages` writes.
LOCALE_PATHS = [BASE_DIR / "locale", compiled(BASE_DIR / "locale", VAR_DIR / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
FORMAT_MODULE_PATH = "config.formats"
# Numbers on pages are counts; years are strings, and attributes are written with |unlocalize.
USE_THOUSAND_SEPARATOR = True

TAGGIT_CASE_INSENSITIVE = True

# ---- Files -----------------------------------------------------------------

# Whatever sends a file is refused; FilesMiddleware lets the views that take some have them.
FILE_UPLOAD_HANDLERS = ["initiatives.uploads.receiving.RefuseFiles"]
# Empty inputs count as well: more than the submission form can have of them.
DATA_UPLOAD_MAX_NUMBER_FILES = 40
# How much of what no moderator has approved yet is kept at most.
FILES_WAITING_MEGABYTES = env.int("FILES_WAITING_MEGABYTES", default=5000)

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": files_storage(VAR_DIR / "uploads"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ---- Mail ------------------------------------------------------------------

_MAIL_DOMAIN = "example.org" if LOCAL else ALLOWED_HOSTS[0].lstrip(".")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=formataddr((SITE_NAME, f"no-reply@{_MAIL_DOMAIN}")))
if LOCAL:
    MAILERS = {
        "default": {
            "BACKEND": "config.mail.EmlFilesBackend",
            "OPTIONS": {"file_path": str(VAR_DIR / "mail")},
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env.str("EMAIL_HOST", default="localhost"),
                "port": env.int("EMAIL_PORT", default=25),
                "username": env.str("EMAIL_HOST_USER", default=""),
                "password": env.str("EMAIL_HOST_PASSWORD", default=""),
                "use_tls": env.bool("EMAIL_USE_TLS", default=False),
                "use_ssl": env.bool("EMAIL_USE_SSL", default=False),
                "timeout": 10,
            },
        }
    }

# ---- Security --------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# Not "no-referrer": browsers then send "Origin: null" with a form, and the CSRF check refuses it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if not LOCAL:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
    # "HSTS without subdomains" and "without preload": both bind a whole domain, for years, and only who runs the
    # other sites of that domain can say whether all of them speak HTTPS.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if PROXY_TELLS_HTTPS := env.bool("PROXY_TELLS_HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING").upper()},
}
