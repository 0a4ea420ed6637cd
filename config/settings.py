"""Every setting, read from the environment once, failing loudly.

With nothing set Concord runs on one machine: SQLite, a folder for files, one worker beside the web
server. DATABASE_URL and REDIS_URL move the same code to PostgreSQL, Redis and Celery workers.
"""

import contextlib
import os
import secrets
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.headers import Headers

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    value = text(name, "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


# Where this installation keeps what is not code: database, files, secret.
DATA_DIR = Path(text("CONCORD_DATA", str(BASE_DIR / "var"))).expanduser().resolve()
FILES_DIR = Path(text("CONCORD_FILES", str(DATA_DIR / "files"))).expanduser().resolve()


def _secret() -> str:
    """SECRET_KEY from the environment, else one made on first use and kept readable by its owner only."""
    if value := text("SECRET_KEY"):
        return value
    path = DATA_DIR / "secret_key"
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            # Written whole beside its place, then put there: two processes starting at once agree on one.
            with tempfile.NamedTemporaryFile("w", dir=DATA_DIR, prefix=".secret-") as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Concord keeps its data in {DATA_DIR} and cannot write there ({error.strerror}). "
            "Set CONCORD_DATA to a folder it may use."
        ) from error
    return path.read_text().strip()


DEBUG = flag("DEBUG")
SECRET_KEY = _secret()

# The address people type. With https in it, cookies, redirects and HSTS follow.
PUBLIC_URL = text("CONCORD_URL", "http://127.0.0.1:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if _public.scheme not in {"http", "https"} or not _public.hostname:
    raise ImproperlyConfigured(
        f"CONCORD_URL must look like https://concord.example.org, not {PUBLIC_URL!r}"
    )
HTTPS = _public.scheme == "https"
ALLOWED_HOSTS = [
    *filter(None, map(str.strip, text("CONCORD_HOSTS").split(","))),
    _public.hostname,
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "config",
    "datasets",
    "reconciliation",
    "coding",
    "sources",
    "projects",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.errors.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "config.context.shell",
            ],
        },
    }
]

# --- database ---------------------------------------------------------------------------------

if text("DATABASE_URL"):
    try:
        _database = dj_database_url.parse(
            text("DATABASE_URL"), conn_max_age=60, conn_health_checks=True
        )
    except ValueError:
        # Not quoted: the address may hold a password.
        _database = {"ENGINE": "", "NAME": ""}
    if not _database["ENGINE"].endswith(("postgresql", "sqlite3")):
        raise ImproperlyConfigured("DATABASE_URL must name a postgresql:// or sqlite:/// database")
else:
    _database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "concord.sqlite3")}

if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # With recursive triggers a REPLACE counts as the deletion it is, and what never changes refuses it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- long work --------------------------------------------------------------------------------

REDIS_URL = text("REDIS_URL")
JOB_LEASE_SECONDS = number("CONCORD_JOB_LEASE", 60)
JOB_ATTEMPTS = number("CONCORD_JOB_ATTEMPTS", 3)
JOB_TIME_LIMIT = number("CONCORD_JOB_TIME_LIMIT", 3600)

# --- backups by schedule ----------------------------------------------------------------------

# No folder, no backups. It should lie on another disk than the data.
BACKUP_DIR = (
    Path(text("CONCORD_BACKUPS")).expanduser().resolve() if text("CONCORD_BACKUPS") else None
)
BACKUP_EVERY_HOURS = number("CONCORD_BACKUPS_HOURS", 24)
BACKUP_KEEP = number("CONCORD_BACKUPS_KEEP", 14)
if BACKUP_EVERY_HOURS < 1 or BACKUP_KEEP < 1:
    raise ImproperlyConfigured("CONCORD_BACKUPS_HOURS and CONCORD_BACKUPS_KEEP begin at 1")

# --- what comes in ----------------------------------------------------------------------------

UPLOAD_LIMIT_BYTES = number("CONCORD_UPLOAD_LIMIT_MB", 100) * 1024 * 1024
COLLECTION_LIMIT_BYTES = number("CONCORD_COLLECTION_LIMIT_MB", 4000) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

# --- people -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "projects.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- the browser ------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if flag("CONCORD_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.csrf_failed"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # First the one that can answer 401: an unsigned request then learns that it must sign in.
        "projects.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "EXCEPTION_HANDLER": "config.errors.api_answer",
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# Sources in the apps' static folders are bundled by build.mjs; only what it made is served.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS = [path for path in [BASE_DIR / "build" / "static"] if path.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or "pytest" in sys.modules
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


def _allow_scope(headers: Headers, path: str, url: str) -> None:
    """The service worker lies among the static files and keeps the workspace's pages."""
    if Path(path).name.startswith("offline."):
        headers["Service-Worker-Allowed"] = "/projects/"


WHITENOISE_ADD_HEADERS_FUNCTION = _allow_scope
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or "pytest" in sys.modules

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": text("CONCORD_LOG_LEVEL", "INFO")},
    "loggers": {
        # A refused request is an answer, not an incident.
        "django.request": {"level": "ERROR"},
        "pdfminer": {"level": "ERROR"},
        "trafilatura": {"level": "CRITICAL"},
    },
}

SOFTWARE_VERSION = "0.1.0"
