"""Settings: wiring only. Values come from the environment (docs/operations.md lists every one)."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from exportcheck.env import (
    day_hours,
    days,
    days_by_name,
    mail,
    percent,
    positive,
    read,
    secret,
    time_zone,
    verification,
    weekdays,
)
from exportcheck.process.logs import configure_logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = read(BASE_DIR)

DEBUG: bool = env.bool("DEBUG", default=False)
SECRET_KEY = secret(env, "SECRET_KEY")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL: str = env.str("SITE_URL", default="http://127.0.0.1:8000")
"""Address that links in messages begin with."""
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
"""Everything this installation writes: database, documents, list files, search snapshots, queue folders."""
for folder in ("media", "snapshots", "queue/messages", "queue/control", "static"):
    (VAR_DIR / folder).mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "exportcheck.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_results",
    "django_htmx",
    "django_structlog",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "exportcheck.apps.ExportCheckConfig",
    "exportcheck.accounts.apps.AccountsConfig",
    "exportcheck.audit.apps.AuditConfig",
    "exportcheck.api.apps.ApiConfig",
    "screening.apps.ScreeningConfig",
    "licenses.apps.LicensesConfig",
]

MIDDLEWARE = [
    "exportcheck.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "exportcheck.process.permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "exportcheck.accounts.middleware.LoginRequiredMiddleware",
    "exportcheck.audit.middleware.AuditContextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "exportcheck.urls"
WSGI_APPLICATION = "exportcheck.wsgi.application"
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
                "exportcheck.footer.standing",
            ],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'exportcheck.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Measured: 0 of 800 contended transactions fail with IMMEDIATE, 678 without.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # A file, as in service: in a database in memory the connections of two threads lock each other's tables out.
    # Named by process, so that two runs of the suite at once do not share it.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FORM_CLASS = "exportcheck.accounts.forms.OrganizationSignupForm"
ACCOUNT_FORMS = {
    "login": "exportcheck.accounts.login_forms.LoginForm",
    "signup": "exportcheck.accounts.login_forms.SignupForm",
}
ACCOUNT_ADAPTER = "exportcheck.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = verification(env, "ACCOUNT_EMAIL_VERIFICATION", debug=DEBUG)
ACCOUNT_EMAIL_SUBJECT_PREFIX = "ExportCheck: "
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
AXES_FAILURE_LIMIT = positive(env, "LOGIN_FAILURE_LIMIT", 10)
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_TEMPLATE = "account/locked.html"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [BASE_DIR / "static"]
USWDS_DIST = BASE_DIR / "node_modules" / "@uswds" / "uswds" / "dist"
if USWDS_DIST.is_dir():
    STATICFILES_DIRS.append(("uswds", USWDS_DIST))
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "exportcheck.process.storage.ManifestStorage",
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_485_760
LIST_MAX_AGE_DAYS = days_by_name(env, "LIST_MAX_AGE_DAYS")
LIST_FILE_MAX_BYTES = positive(env, "LIST_FILE_MAX_BYTES", 250_000_000)
LIST_MIRROR_DIR: str = env.str("LIST_MIRROR_DIR", default="")
"""Folder with one folder a source that `fetch_lists` reads instead of the publishers' sites (no outside access)."""
LIST_FETCH_HOSTS: list[str] = env.list("LIST_FETCH_HOSTS", default=[])
"""Further hosts that list files may come from, besides those of screening/lists/fetch_sources.py."""
DOCUMENT_MAX_BYTES = positive(env, "DOCUMENT_MAX_BYTES", 25_000_000)

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://exportcheck")}

CELERY_BROKER_URL: str = env.str("CELERY_BROKER_URL", default="filesystem://")
CELERY_RESULT_BACKEND = "django-db"
CELERY_RESULT_EXTENDED = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = positive(env, "TASK_TIME_LIMIT_SECONDS", 1800)
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
# Shown in `up`; the schedule itself lives in exportcheck/celery.py.
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "queue" / "beat-schedule")
if urlsplit(CELERY_BROKER_URL).scheme == "filesystem":
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "queue" / "messages"),
        "data_folder_out": str(VAR_DIR / "queue" / "messages"),
        "control_folder": str(VAR_DIR / "queue" / "control"),
        "store_processed": False,
    }
elif urlsplit(CELERY_BROKER_URL).scheme.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 3, "socket_timeout": 10, "visibility_timeout": 3600}
CLAIM_EXPIRES_SECONDS = positive(env, "CLAIM_EXPIRES_SECONDS", 120)
"""A leased row whose worker has not reported for so long is free again (exportcheck/leases.py)."""
SCREEN_MAX_AGE_HOURS = positive(env, "SCREEN_MAX_AGE_HOURS", 24)
"""Oldest screening that READY and a shipment accept (intake.md, V25)."""
REVIEW_SLA_HOURS = positive(env, "REVIEW_SLA_HOURS", 16)
"""Time a reviewer has for a flag, in working hours; blocking flags have half of it (intake.md 3.1)."""
QUALITY_REVIEW_PERCENT = percent(env, "QUALITY_REVIEW_PERCENT", 5)
"""Share of clearances that another reviewer looks at again, drawn at random (intake.md 4)."""
REVIEW_WORK_DAYS = weekdays(env, "REVIEW_WORK_DAYS", "1,2,3,4,5")
REVIEW_WORK_HOURS = day_hours(env, "REVIEW_WORK_HOURS", "09:00-17:00")
REVIEW_TIME_ZONE = time_zone(env, "REVIEW_TIME_ZONE", "UTC")
REVIEW_HOLIDAYS = days(env, "REVIEW_HOLIDAYS")
"""When the desk works: the clock of a flag stands still at other times."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "exportcheck.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["exportcheck.api.permissions.DenyByDefault"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["exportcheck.api.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "exportcheck.api.problem.problem_handler",
    "DEFAULT_PAGINATION_CLASS": "exportcheck.api.paging.CappedCursorPagination",
    "DEFAULT_THROTTLE_CLASSES": ["exportcheck.api.throttle.TokenRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": env.str("API_RATE", default="600/min")},
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ExportCheck API",
    "DESCRIPTION": "Screen parties, determine license requirements and pre-check applications. Information, no legal advice.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["exportcheck.api.permissions.SignedIn"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "exportcheck.api.schema.add_errors"],
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 10
CSRF_COOKIE_HTTPONLY = False
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    if env.bool("BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        MIDDLEWARE.insert(0, "exportcheck.process.proxy.ClientAddressMiddleware")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

EMAIL_CONFIG = mail(env, "EMAIL_URL", to_log=env.bool("MAIL_TO_LOG", default=DEBUG))
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="ExportCheck <noreply@localhost>")

LOG_LEVEL: str = env.str("LOG_LEVEL", default="INFO")
LOG_JSON: bool = env.bool("LOG_JSON", default=not DEBUG)
LOGGING = configure_logs(level=LOG_LEVEL, as_json=LOG_JSON)
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")
"""Key of a Prometheus server; without one only people of the desk read /metrics."""
DJANGO_STRUCTLOG_CELERY_ENABLED = True
