"""Every setting, read from the environment once, failing loudly.

With nothing set Concord runs on one machine: SQLite, a folder for files, one worker beside the web
server. DATABASE_URL and REDIS_URL move the same code to PostgreSQL, Redis and Celery workers.
"""

import contextlib
import os
import secrets
import sys
import tempfile
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit
from wsgiref.headers import Headers

import dj_database_url
import drf_spectacular_sidecar
from django.core.exceptions import ImproperlyConfigured

from config.watching import logs

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


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(one.strip()) for one in text(name).split(",") if one.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must hold addresses or networks such as 127.0.0.1, 10.0.0.0/8: {error}"
        ) from error


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
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "config.watching.requests.Watched",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "projects.accounts.seen.LastSeen",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.errors.Refusals",
    # Last: it turns what was locked into an answer before anybody else looks at it.
    "axes.middleware.AxesMiddleware",
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
# How long a worker that is told to stop lets a step go on before it breaks the job off and gives it back.
STOP_GRACE_SECONDS = number("CONCORD_STOP_GRACE", 10)

# Webhooks may go to addresses of private networks: only where every manager may reach them anyhow.
WEBHOOKS_PRIVATE = flag("CONCORD_WEBHOOKS_PRIVATE")

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

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out is not asked for a password
    "allauth.account.auth_backends.AuthenticationBackend",
]

ACCOUNT_ADAPTER = "projects.accounts.adapters.Accounts"
ACCOUNT_FORMS = {
    "login": "projects.accounts.forms.SignInForm",
    "reset_password": "projects.accounts.forms.AskForResetForm",
    "reset_password_from_key": "projects.accounts.forms.MailedPasswordForm",
    "change_password": "projects.accounts.forms.ChangePasswordForm",
    "set_password": "projects.accounts.forms.SetPasswordForm",
    "reauthenticate": "projects.accounts.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "projects.accounts.adapters.shown_name"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _public.scheme
# Passwords are guessed against axes below; a laboratory shares one address, so none of these counts by address.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "10/5m/key",  # codes of the second factor, by person
    "reset_password": "5/10m/key",
    "reset_password_from_key": None,
    "signup": None,
    "reauthenticate": "10/5m/user",
    "change_password": "10/5m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Concord"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "projects.accounts.forms.CodeForm",
    "reauthenticate": "projects.accounts.forms.ConfirmCodeForm",
    "activate_totp": "projects.accounts.forms.ActivateForm",
}

# Five wrong passwords for one name from one address; the right one starts the count anew.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "projects.accounts.lockout.answer"
AXES_CLIENT_IP_CALLABLE = "projects.accounts.lockout.address_of"
AXES_USERNAME_FORM_FIELD = "username"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

# --- single sign-on ---------------------------------------------------------------------------

_oidc = {name: text(f"CONCORD_OIDC_{name}") for name in ("URL", "ID", "SECRET")}
if any(_oidc.values()) and not all(_oidc.values()):
    missing = ", ".join(f"CONCORD_OIDC_{name}" for name, value in _oidc.items() if not value)
    raise ImproperlyConfigured(f"Single sign-on is set by halves: {missing} is missing too")
_issuer = urlsplit(_oidc["URL"])
if _oidc["URL"] and not (
    _issuer.scheme == "https" or _issuer.hostname in {"localhost", "127.0.0.1"}
):
    # What it says of a person is believed because the connection is trusted.
    raise ImproperlyConfigured(
        f"CONCORD_OIDC_URL must look like https://login.example.org, not {_oidc['URL']!r}"
    )
SINGLE_SIGN_ON = text("CONCORD_OIDC_NAME", "your institution") if _oidc["URL"] else ""
SOCIALACCOUNT_ADAPTER = "projects.accounts.adapters.SingleSignOn"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "institution",
                "name": SINGLE_SIGN_ON,
                "client_id": _oidc["ID"],
                "secret": _oidc["SECRET"],
                "settings": {"server_url": _oidc["URL"]},
            }
        ]
        if SINGLE_SIGN_ON
        else [],
    }
}

# --- mail -------------------------------------------------------------------------------------

_smtp, DEFAULT_FROM_EMAIL = text("CONCORD_SMTP"), text("CONCORD_MAIL_FROM")
if bool(_smtp) != bool(DEFAULT_FROM_EMAIL):
    raise ImproperlyConfigured(
        "Mail is set by halves: CONCORD_SMTP names the server, CONCORD_MAIL_FROM the sender; both or none"
    )
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SENDS_MAIL = bool(_smtp)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_MAIL else 'dummy'}.EmailBackend"
if SENDS_MAIL:
    _server = urlsplit(_smtp)
    if _server.scheme not in {"smtp", "smtps", "smtp+plain"} or not _server.hostname:
        # Not quoted: the address may hold a password.
        raise ImproperlyConfigured(
            "CONCORD_SMTP must look like smtps://user:password@mail.example.org:465; smtp:// speaks STARTTLS, "
            "smtp+plain:// nothing"
        )
    if "@" not in DEFAULT_FROM_EMAIL:
        raise ImproperlyConfigured(
            f"CONCORD_MAIL_FROM must be a mail address, not {DEFAULT_FROM_EMAIL!r}"
        )
    EMAIL_HOST = _server.hostname
    EMAIL_PORT = _server.port or {"smtps": 465, "smtp": 587}.get(_server.scheme, 25)
    EMAIL_HOST_USER = unquote(_server.username or "")
    EMAIL_HOST_PASSWORD = unquote(_server.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _server.scheme == "smtps", _server.scheme == "smtp"
    EMAIL_TIMEOUT = 20

# --- the browser ------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = flag("CONCORD_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.csrf_failed"

API_PER_MINUTE = number("CONCORD_API_PER_MINUTE", 0)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # First the one that can answer 401: an unsigned request then learns that it must sign in.
        "projects.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "projects.rest.parsing.PlainJSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "EXCEPTION_HANDLER": "config.errors.api_answer",
    "DEFAULT_SCHEMA_CLASS": "projects.rest.description.OperationSchema",
    # Requests of one person or address in a minute; 0 sets no limit.
    "DEFAULT_THROTTLE_CLASSES": ["projects.rest.throttling.PerMinute"] if API_PER_MINUTE else [],
    "DEFAULT_THROTTLE_RATES": {"api": f"{API_PER_MINUTE}/min"},
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Concord",
    "VERSION": "1",
    "DESCRIPTION": "Everything a person can do on a page of Concord, for programs. Errors are problem details (RFC 9457); "
    "lists come in pieces and name the next one; offsets are Unicode code points, end-exclusive.",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    # The suite looks at the description; `check --deploy` at the settings.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["projects.rest.description.close_requests"],
    "SORT_OPERATION_PARAMETERS": False,
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# Sources in the apps' static folders are bundled by build.mjs; only what it made is served.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [
    path for path in [BASE_DIR / "build" / "static"] if path.is_dir()
]
# The reader of the API's description comes with its package, and only its own page loads it.
_reader = Path(drf_spectacular_sidecar.__file__).parent / "static" / "drf_spectacular_sidecar"
STATICFILES_DIRS.append(("swagger", _reader / "swagger-ui-dist"))
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

# --- watching it ------------------------------------------------------------------------------

LOG_FORMAT = text("CONCORD_LOG_FORMAT", logs.PLAIN)
LOG_LEVEL = text("CONCORD_LOG_LEVEL", "INFO").upper()
if LOG_FORMAT not in {logs.PLAIN, logs.JSON}:
    raise ImproperlyConfigured(f"CONCORD_LOG_FORMAT must be plain or json, not {LOG_FORMAT!r}")
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise ImproperlyConfigured(
        f"CONCORD_LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not {LOG_LEVEL!r}"
    )
LOGGING = logs.configuration(
    form=LOG_FORMAT,
    level=LOG_LEVEL,
    # Lines for whoever keeps them; in a terminal they would hide what matters.
    ordinary=flag("CONCORD_LOG_ORDINARY") or LOG_FORMAT == logs.JSON,
    quoting=DEBUG,
)

QUEUE_LAG_SECONDS = number("CONCORD_QUEUE_LAG", 600)
DISK_FREE_BYTES = number("CONCORD_DISK_FREE_MB", 500) * 1_000_000
METRICS_TOKEN = text("CONCORD_METRICS_TOKEN")
METRICS_ADDRESSES = networks("CONCORD_METRICS_ADDRESSES")
# Probes come by plain http from beside the server.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]

SOFTWARE_VERSION = "0.1.0"
