"""Settings of the server; whatever a district changes comes from the environment (docs/reference/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hexi.site.secret import secret_key

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("HEXI_VAR", ROOT / "var"))
WEB = Path(os.environ.get("HEXI_WEB", ROOT / "web" / "dist"))
DISTRICT = Path(os.environ.get("HEXI_DISTRICT", ROOT / "districts" / "hexi"))


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0") in {"1", "true", "yes"}


def _database(url: str) -> dict[str, object]:
    """Read `sqlite:///path` or `postgresql://user:password@host:port/name`; raise ValueError for anything else."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        options = {"timeout": 20, "init_command": SQLITE_START}
        return {"ENGINE": "hexi.site.sqlite", "NAME": url.removeprefix("sqlite:///"), "OPTIONS": options, "CONN_MAX_AGE": None}
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "hexi.site.postgresql", "NAME": parts.path.lstrip("/"), "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""), "HOST": parts.hostname or "", "PORT": str(parts.port or ""), "CONN_MAX_AGE": None,
        }  # fmt: skip
    raise ValueError(f"HEXI_DATABASE_URL must begin with sqlite:/// or postgresql://, got {url!r}.")


SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
)
DATABASES = {"default": _database(os.environ.get("HEXI_DATABASE_URL", f"sqlite:///{VAR / 'hexi.sqlite3'}"))}

DEMO = _flag("HEXI_DEMO")
DEBUG = False
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = os.environ.get("HEXI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
TRUSTED = os.environ.get("HEXI_ORIGINS", "")
CSRF_TRUSTED_ORIGINS = TRUSTED.split(",") if TRUSTED else []
HTTPS = _flag("HEXI_HTTPS")
PROXIES = int(os.environ.get("HEXI_PROXIES", "0"))  # reverse proxies of ours in front: whose word on the reader's address counts

SCENARIOS = sorted(path.parent.name for path in (ROOT / "hexi" / "scenarios").glob("*/apps.py"))
INSTALLED_APPS = [
    "hexi.core.trust",
    "hexi.core.space",
    "hexi.core.data",
    "hexi.core.sensing",
    "hexi.core.notices",
    "hexi.modules.indicators",
    "hexi.modules.cases",
    "hexi.modules.alarms",
    "hexi.modules.tours",
    "hexi.modules.projects",
    *(f"hexi.scenarios.{name}" for name in SCENARIOS),
    "hexi.site",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "hexi.site.middleware.SecurityHeaders",
    "hexi.core.data.limits.BodyLimits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "hexi.site.urls"
WSGI_APPLICATION = "hexi.site.wsgi.application"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]  # fmt: skip

AUTH_USER_MODEL = "trust.Account"
AUTHENTICATION_BACKENDS = ["hexi.core.trust.backends.PostBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "hexi.core.trust.sessions"
SESSION_COOKIE_NAME = "hexi_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGIN_URL = "/work/"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
FILES = Path(os.environ.get("HEXI_FILES", VAR / "files"))
MAPS = Path(os.environ.get("HEXI_MAPS", VAR / "maps"))  # base maps, one archive per import
MESHES = Path(os.environ.get("HEXI_MESHES", VAR / "meshes"))  # sets of 3D Tiles, one folder each
LEDGER = VAR / "ledger"  # signing keys, what is published of the log, and who cosigns it
JOURNAL = Path(os.environ.get("HEXI_JOURNAL", VAR / "journal"))  # readings as they came in, until engine and history have them
INTAKE = VAR / "intake.sock"  # where web processes hand readings to the intake
WALKS = VAR / "walks.sock"  # where questions about walks are answered
HISTORY = Path(os.environ.get("HEXI_HISTORY", VAR / "readings"))  # Parquet files by kind and day
DETECTORS = os.environ.get("HEXI_DETECTORS", "")  # a folder with models of the district's own, as ONNX
SENSING_SHARDS = int(os.environ.get("HEXI_SENSING_SHARDS", "1"))
BROKER = VAR / "broker"
BROKER_ON = os.environ.get("HEXI_BROKER", "on") != "off"
BROKER_PORT = int(os.environ.get("HEXI_NATS_PORT", "4222"))
NATS_NODES = os.environ.get("HEXI_NATS_NODES", "").replace(",", " ").split()  # the broker's nodes, where it has several
NATS_NODE = os.environ.get("HEXI_NATS_NODE", "")
NATS_ROUTES_PORT = int(os.environ.get("HEXI_NATS_ROUTES_PORT", "6222"))
NATS_CERTIFICATE = os.environ.get("HEXI_NATS_CERTIFICATE", "")
NATS_KEY = os.environ.get("HEXI_NATS_KEY", "")
NATS_AUTHORITY = os.environ.get("HEXI_NATS_AUTHORITY", "")
BROKER_STRICT = _flag("HEXI_BROKER_STRICT")  # each message is on the disk before its device is answered
BROKER_STORE = os.environ.get("HEXI_BROKER_STORE", "4GB")
MQTT_BIND = os.environ.get("HEXI_MQTT_BIND", "127.0.0.1")
MQTT_PORT = int(os.environ.get("HEXI_MQTT_PORT", "1883"))
MQTT_CERTIFICATE = os.environ.get("HEXI_MQTT_CERTIFICATE", "")
MQTT_KEY = os.environ.get("HEXI_MQTT_KEY", "")
LEDGER_ALARM_M = int(os.environ.get("HEXI_LEDGER_ALARM_MINUTES", "10"))  # so long without the quorum of witnesses is an alarm
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = WEB if WEB.is_dir() else None  # the built web: its service worker and manifest must lie at the root
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[\w-]{8,}\.\w+$"
STREAM_URL = os.environ.get("HEXI_STREAM_URL", "")
STREAM_PORT = int(os.environ.get("HEXI_STREAM_PORT", "8001"))
WEB_PORT = int(os.environ.get("HEXI_PORT", "8000"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = int(os.environ.get("HEXI_UPLOAD_LIMIT", str(100 * 1024 * 1024)))
REPORTS_PER_ADDRESS = int(os.environ.get("HEXI_REPORTS_PER_ADDRESS", "300"))  # in ten minutes; an office shares one address
NEARBY_PER_ADDRESS = int(os.environ.get("HEXI_NEARBY_PER_ADDRESS", "600"))  # in ten minutes, by strangers at one address
REPORTS_PER_PERSON = int(os.environ.get("HEXI_REPORTS_PER_PERSON", "10"))  # in ten minutes, by one telephone at one address
CHROMIUM = os.environ.get("HEXI_CHROMIUM", "")
SELF_URL = os.environ.get("HEXI_SELF_URL", f"http://127.0.0.1:{os.environ.get('HEXI_PORT', '8000')}")

CHANGES_DAYS = int(os.environ.get("HEXI_CHANGES_DAYS", "30"))  # what a receiver has not got yet is kept longer
WEBHOOK_PRIVATE = _flag("HEXI_WEBHOOK_PRIVATE")  # receivers in the intranet, and http
WEBHOOK_ATTEMPTS = int(os.environ.get("HEXI_WEBHOOK_ATTEMPTS", "20"))

PUBLIC_URL = os.environ.get("HEXI_PUBLIC_URL", SELF_URL).rstrip("/")  # how people outside reach us: what their links begin with
MAIL_URL = os.environ.get("HEXI_MAIL_URL", "")  # smtp://, smtps:// or smtp+tls://name:password@host:port
MAIL_FROM = os.environ.get("HEXI_MAIL_FROM", "")
SMS_URL = os.environ.get("HEXI_SMS_URL", "")
SMS_KEY = os.environ.get("HEXI_SMS_KEY", "")
SMS_SECRET = os.environ.get("HEXI_SMS_SECRET", "")
SMS_SIGN = os.environ.get("HEXI_SMS_SIGN", "")
SMS_TEMPLATE = os.environ.get("HEXI_SMS_TEMPLATE", "")
SMS_RECEIPTS = os.environ.get("HEXI_SMS_RECEIPTS", "")  # the provider sends receipts to /api/notices/receipts/THIS
PUSH_CONTACT = os.environ.get("HEXI_PUSH_CONTACT", "")  # mailto: or https:, for the operators of push services
NOTICE_ATTEMPTS = int(os.environ.get("HEXI_NOTICE_ATTEMPTS", "8"))

OIDC_RP_CLIENT_ID = os.environ.get("HEXI_OIDC_CLIENT_ID", "")
OIDC_RP_CLIENT_SECRET = os.environ.get("HEXI_OIDC_CLIENT_SECRET", "")
OIDC_OP_AUTHORIZATION_ENDPOINT = os.environ.get("HEXI_OIDC_AUTHORIZATION_ENDPOINT", "")
OIDC_OP_TOKEN_ENDPOINT = os.environ.get("HEXI_OIDC_TOKEN_ENDPOINT", "")
OIDC_OP_USER_ENDPOINT = os.environ.get("HEXI_OIDC_USER_ENDPOINT", "")
OIDC_OP_JWKS_ENDPOINT = os.environ.get("HEXI_OIDC_JWKS_ENDPOINT", "")
OIDC_OP_ISSUER = os.environ.get("HEXI_OIDC_ISSUER", "")
OIDC_RP_SIGN_ALGO = "RS256"
LOGIN_REDIRECT_URL = "/work/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": os.environ.get("HEXI_LOG", "WARNING")},
}
