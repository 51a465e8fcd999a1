"""Every setting, read from the environment with a default that runs embedded on one machine.

GUANJIAN_HOME      folder of the office database, keys and the lake (default ./var)
GUANJIAN_DATABASE  postgres://user:password@host:port/name, or a socket folder as host; empty: SQLite in GUANJIAN_HOME
GUANJIAN_LAKE      folder of the lake (default GUANJIAN_HOME/lake)
GUANJIAN_TARGET_SOCKET  where `guanjian target serve` answers (default GUANJIAN_HOME/target.socket)
GUANJIAN_ALARMS_A_YEAR  false alarms of risk a year that are put up with over the whole service (default 1)
GUANJIAN_HOSTS     comma-separated host names that the console answers to (default 127.0.0.1,localhost)
GUANJIAN_DEMO      1: choose a role without signing in; accepted from the loopback address only
GUANJIAN_CIPHER    cipher of the compartments: aes256gcm or sm4gcm (default aes256gcm; what is closed already stays readable)
GUANJIAN_FILES     folder of the attachments (default GUANJIAN_HOME/files); never under the web's static files
GUANJIAN_MAIL      smtp://user:password@host:port (smtps: with TLS from the start); empty: nobody is told by mail
GUANJIAN_MAIL_FROM  sender of these mails (default guanjian@localhost)
GUANJIAN_WEBHOOK_NETWORKS  comma-separated internal networks that webhooks may reach (default none: public addresses only)
GUANJIAN_INSECURE  1: allow plain HTTP cookies (development behind no TLS); the demo sets it
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.csp import CSP

PACKAGE = Path(__file__).resolve().parent
GUANJIAN_HOME = Path(os.environ.get("GUANJIAN_HOME", "var")).resolve()
GUANJIAN_LAKE = Path(os.environ.get("GUANJIAN_LAKE", GUANJIAN_HOME / "lake")).resolve()
GUANJIAN_TARGET_SOCKET = Path(os.environ.get("GUANJIAN_TARGET_SOCKET", GUANJIAN_HOME / "target.socket")).resolve()
GUANJIAN_DEMO = os.environ.get("GUANJIAN_DEMO") == "1"
GUANJIAN_ALARMS_A_YEAR = float(os.environ.get("GUANJIAN_ALARMS_A_YEAR", "1"))
DEBUG = False
GUANJIAN_WEBHOOK_NETWORKS = os.environ.get("GUANJIAN_WEBHOOK_NETWORKS", "").split(",")
ALLOWED_HOSTS = os.environ.get("GUANJIAN_HOSTS", "127.0.0.1,localhost").split(",")


def _secret(name: str) -> str:
    """A secret of this installation, made at first use and readable by its owner only."""
    GUANJIAN_HOME.mkdir(parents=True, exist_ok=True)
    path = GUANJIAN_HOME / name
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _database(url: str) -> dict:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": GUANJIAN_HOME / "office.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
                "PRAGMA mmap_size=1073741824;",  # a question that reads a whole table does not copy it page by page
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parse_qs(parts.query).get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True},
    }


def _mailer(url: str) -> dict:
    """Through which server mail goes; none where none is named."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    named = {"username": unquote(parts.username or ""), "password": unquote(parts.password or "")}
    where = {"host": parts.hostname or "localhost", "port": parts.port or (465 if parts.scheme == "smtps" else 25)}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {**where, **named, "use_ssl": parts.scheme == "smtps", "timeout": 20},
    }


GUANJIAN_CIPHER = os.environ.get("GUANJIAN_CIPHER", "aes256gcm")
GUANJIAN_SCRYPT = 15  # each guess at a password, or at whom a lead is about, costs 2**15 blocks: 32 MiB
SECRET_KEY = os.environ.get("GUANJIAN_SECRET") or _secret("secret.key")
DATABASES = {"default": _database(os.environ.get("GUANJIAN_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {  # on disk, so that every worker process counts the same failed sign-ins and spent codes
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": GUANJIAN_HOME / "cache"}
}
GUANJIAN_FILES = Path(os.environ.get("GUANJIAN_FILES", GUANJIAN_HOME / "files")).resolve()
GUANJIAN_MAIL = os.environ.get("GUANJIAN_MAIL", "")
GUANJIAN_MAIL_FROM = os.environ.get("GUANJIAN_MAIL_FROM", "guanjian@localhost")
MAILERS = {"default": _mailer(GUANJIAN_MAIL)}
TASKS = {"default": {"BACKEND": "guanjian.jobs.backend.Backend"}}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guanjian.org",
    "guanjian.ledger",
    "guanjian.jobs",
    "guanjian.moving",
    "guanjian.teamwork",
    "guanjian.pages",
    "guanjian.loops.alert",
    "guanjian.loops.lead",
    "guanjian.loops.clue",
    "guanjian.loops.case",
    "guanjian.loops.rectify",
    "guanjian.loops.oversight",
    "guanjian.loops.inquiry",
    "guanjian.loops.discipline",
    "guanjian.loops.instruction",
    "guanjian.loops.intelligence",
    "guanjian.loops.prompt",
    "guanjian.loops.answer",
    "guanjian.loops.convert",
    "guanjian.loops.operation",
    "guanjian.loops.fieldwork",
    "guanjian.loops.urge",
    "guanjian.loops.indicator",
    "guanjian.loops.preview",
    "guanjian.loops.filing",
    "guanjian.loops.rulebook",
    "guanjian.loops.register",
    "guanjian.loops.course",
    "guanjian.loops.training",
    "guanjian.loops.posting",
    "guanjian.loops.classing",
    "guanjian.loops.roster",
    "guanjian.loops.task",
    "guanjian.loops.meeting",
    "guanjian.outside",
    "guanjian.loops.duty",
    "guanjian.loops.appraisal",
    "guanjian.api",
    "guanjian.crossing",
    "guanjian.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "guanjian.web.middleware.Speaking",
    "guanjian.api.bearer.Bearer",
    "guanjian.web.middleware.Acting",
    "guanjian.web.unlocking.Unlocking",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guanjian.web.middleware.Errors",
]

ROOT_URLCONF = "guanjian.urls"
WSGI_APPLICATION = "guanjian.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],  # before the sign-in library's own pages of the same names
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "guanjian.web.shell.shell",
            ],
            "builtins": ["guanjian.pages.templatetags.say"],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = GUANJIAN_HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # what the finders find is served even when nothing was collected
WHITENOISE_USE_FINDERS = True

AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "guanjian.web.signin.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,20/15m/ip"}
ACCOUNT_SESSION_REMEMBER = False
CSRF_FAILURE_VIEW = "guanjian.web.errors.expired"
MFA_ADAPTER = "guanjian.web.signin.Factors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "关鉴"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

INSECURE = GUANJIAN_DEMO or os.environ.get("GUANJIAN_INSECURE") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE
SESSION_COOKIE_AGE = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 0 if INSECURE else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
