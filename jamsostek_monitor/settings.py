"""The settings; everything that differs between machines comes from the environment."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from jamsostek_monitor.api_settings import *  # noqa: F403
from jamsostek_monitor.backup_settings import BACKUP_BASES, BACKUP_DIR, BACKUP_KEEP, BASES_ELSEWHERE  # noqa: F401
from jamsostek_monitor.embedded.keys import found_ledger_key
from jamsostek_monitor.environment import env, required
from jamsostek_monitor.example_data import has_examples, is_small
from jamsostek_monitor.log_settings import *  # noqa: F403
from jamsostek_monitor.middleware_settings import MIDDLEWARE  # noqa: F401
from jamsostek_monitor.replica_settings import replica_of
from jamsostek_monitor.schedule import BACKUP_SCHEDULE, BEAT_SCHEDULE
from jamsostek_monitor.signin_settings import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("JAMSOSTEK_VAR", str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = required("SECRET_KEY")
NIK_KEYS = required("NIK_KEYS")
# Signs heads of the ledger of acts. Never in the database: who can write there cannot sign.
# `prepare` makes it where none is given; whatever else made one would do so on every machine.
LEDGER_KEY = env.str("LEDGER_KEY", "") or found_ledger_key(VAR_DIR)
LEDGER_ANCHORS = Path(env.str("LEDGER_ANCHORS", "") or VAR_DIR / "ledger" / "heads.txt")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
# Example people and figures exist only where this is on; the pages then say "data contoh".
EXAMPLE_DATA, EXAMPLE_DATA_IS_SMALL = has_examples(env), is_small(env)

INSTALLED_APPS = [
    "regions",
    "participants",
    "budgets",
    "reports",
    "jamsostek_monitor",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "pghistory",
    "csp",
]

ROOT_URLCONF = "jamsostek_monitor.urls"
WSGI_APPLICATION = "jamsostek_monitor.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "jamsostek_monitor.tight_templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.context.page_frame",
            ],
            "builtins": ["regions.templatetags.formats", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "jamsostek_monitor.form_renderer.FormRenderer"

# --- data ------------------------------------------------------------------------------------------
required("DATABASE_URL")
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True),
}
# How long a statement may run, wait for a lock, and hold a transaction open without doing anything. A page
# waits no longer than its reader would; workers have patience, but not without end. Commands, which somebody
# can interrupt, have no limit.
_TIMEOUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
_PATIENCE = {"web": ("30s", "10s", "60s"), "worker": ("2h", "30min", "1h")}
_limits = zip(_TIMEOUTS, _PATIENCE.get(env.str("DATABASE_CLIENT", ""), ()), strict=False)
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = " ".join(
    [_options.get("options", ""), *(f"-c {name}={value}" for name, value in _limits)]
)
# A streaming replica, from which boards, exports and packs are read while it is no more than so much behind.
REPLICA_LAG_SECONDS = env.int("REPLICA_LAG_SECONDS", 30)
DATABASES |= replica_of(env, DATABASES["default"])
DATABASE_ROUTERS = ["regions.reading.ReadingRouter"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL")
# How long the parts of a board are kept that rest on the same figures; 0: not at all.
BOARDS_KEPT_SECONDS = env.int("BOARDS_KEPT_SECONDS", 3600)
# A database of its own: emptying the cache must not empty the queue.
CACHE_URL = env.str("CACHE_URL", urlsplit(REDIS_URL)._replace(path="/1").geturl())
CACHES = {
    "default": {
        "BACKEND": "jamsostek_monitor.cache.ForgivingCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "jamsostek",
        "KEY_FUNCTION": "jamsostek_monitor.cache.key_of_world",
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": 0.5,
            "SOCKET_TIMEOUT": 0.5,
            # The cache is a convenience: pages must come up while Redis is away.
            "IGNORE_EXCEPTIONS": True,
        },
    }
}

# --- background work -------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
# A message only says "look now": the work waits in PostgreSQL, and whoever is at it holds a lock there. So a
# message is acknowledged at once and may be lost or come twice; no visibility timeout repeats long work.
CELERY_TASK_ACKS_LATE = False
# One queue for each class of work: a rebuild of the nation, a large file or a pack never stands before a
# correction. A worker started without naming queues takes from all of them.
CELERY_TASK_QUEUES = [Queue(name) for name in ("corrections", "rebuilds", "files", "packs")]
CELERY_TASK_DEFAULT_QUEUE = "files"
CELERY_TASK_ROUTES = {
    "reports.corrections.recompute_stale": {"queue": "corrections"},
    "reports.tasks.rebuild": {"queue": "rebuilds"},
    "reports.tasks.extend_examples": {"queue": "rebuilds"},
    "reports.tasks.thin": {"queue": "rebuilds"},
    "reports.tasks.recount": {"queue": "rebuilds"},
    "reports.tasks.check_ledger": {"queue": "rebuilds"},
    "jamsostek_monitor.tasks.*": {"queue": "rebuilds"},
    "participants.tasks.*": {"queue": "files"},
    "budgets.tasks.*": {"queue": "files"},
    "reports.tasks.*": {"queue": "packs"},
    "regions.tasks.*": {"queue": "packs"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_keepalive": True,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "health_check_interval": 5,
    "visibility_timeout": 3600,
    # Messages of two installations on one Redis never mix.
    "global_keyprefix": env.str("CELERY_KEY_PREFIX", "jamsostek:"),
}
CELERY_TIMEZONE = "Asia/Jakarta"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE | (BACKUP_SCHEDULE if BACKUP_DIR else {})

# --- packs ------------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", False)
# Printed as QR on what leaves the application: where anybody checks that it is genuine.
PUBLIC_URL = env.str("PUBLIC_URL", "").rstrip("/") or f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0]}"
# Where nobody said, papers that are asked for in a browser bear the address that the browser knows.
PUBLIC_URL_IS_SET = bool(env.str("PUBLIC_URL", ""))
# Whether everybody may see closed months at /publik/, and below how many people a cell is hidden there.
PUBLIC_PAGE, PUBLIC_LEAST = env.bool("PUBLIC_PAGE", False), env.int("PUBLIC_LEAST", 10)
# After so many days without an answer a question about a figure goes one step up.
QUESTION_DAYS = env.int("QUESTION_DAYS", 3)
# The regency for which the installation was set up: where "persiapan" begins to look.
HOME_REGION = env.str("HOME_REGION", "")
if not HTTPS and not env.str("PUBLIC_URL", "") and env.str("PORT", ""):
    PUBLIC_URL += f":{env.str('PORT')}"

# --- practice rooms: how many at once, and after how many days one ends by itself ----------------------
PRACTICE_ROOMS, PRACTICE_DAYS = env.int("PRACTICE_ROOMS", 30), env.int("PRACTICE_DAYS", 14)

# --- e-mail: without a host nothing is sent, and pages say so ----------------------------------------
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "jamsostek-monitor@localhost")

# --- people and how they sign in: `signin_settings` -------------------------------------------------
AUTH_USER_MODEL = "regions.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

# --- language and numbers --------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- static files ----------------------------------------------------------------------------------
# Absolute: pages of practice rooms, which stand below a prefix, use the same files.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "jamsostek_monitor.fonts.FontFinder",
]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- notices to other programs ------------------------------------------------------------------------
# Hosts and networks that may be called though they are private, without TLS or at another port; and whether
# nothing else may be called at all.
WEBHOOK_ALLOW: list[str] = env.list("WEBHOOK_ALLOW", [])
WEBHOOK_ONLY_LISTED = env.bool("WEBHOOK_ONLY_LISTED", False)
# An address that has failed for so long is switched off.
WEBHOOK_FAILING_DAYS = env.int("WEBHOOK_FAILING_DAYS", 5)

# --- looking persons up by NIK: what one person may ask -----------------------------------------------
LOOK_UPS_AN_HOUR = env.int("LOOK_UPS_AN_HOUR", 60)
# Not found within ten minutes; and numbers of one district and day of birth within an hour.
MISSED_LOOK_UPS = env.int("MISSED_LOOK_UPS", 10)
LIKE_LOOK_UPS = env.int("LIKE_LOOK_UPS", 3)

# --- how long personal data are kept; the archive schedule (JRA) of the office decides, docs/privacy.md ---
KEEP_FILES_DAYS = env.int("KEEP_FILES_DAYS", 730)
KEEP_ROWS_DAYS = env.int("KEEP_ROWS_DAYS", 730)
KEEP_DEAD_DAYS = env.int("KEEP_DEAD_DAYS", 3650)

# --- files -----------------------------------------------------------------------------------------
FILE_UPLOAD_HANDLERS = ["participants.uploads.CappedUploadHandler"]

# What a watching program sends to see /healthz/deep and /metrics: Authorization: Bearer TOKEN.
MONITOR_TOKEN = env.str("MONITOR_TOKEN", "")

# --- security --------------------------------------------------------------------------------------
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
