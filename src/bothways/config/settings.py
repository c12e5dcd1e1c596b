"""Django's settings, driven by the environment alone (`core.environment` lists what may be set)."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from bothways.config import addresses, safety
from bothways.core import environment

MODE = environment.read("BOTHWAYS_MODE")
DATA = Path(environment.read("BOTHWAYS_DATA")).expanduser().resolve()
BASE_URL = environment.read("BOTHWAYS_URL").rstrip("/")
SECRET_KEY = environment.secret_key(DATA)
safety.refuse_unsafe(MODE, BASE_URL, SECRET_KEY)

_address = urlsplit(BASE_URL)
_https = _address.scheme == "https"
DEBUG = False
ALLOWED_HOSTS = [_address.hostname or "localhost", *environment.listed("BOTHWAYS_HOSTS")]
if MODE == "demo":
    ALLOWED_HOSTS += ["localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "bothways.config.urls"
WSGI_APPLICATION = "bothways.config.wsgi.application"
TRUSTED_PROXIES = environment.listed("BOTHWAYS_PROXIES")

INSTALLED_APPS = [
    "bothways.core",
    "bothways.ui",
    "bothways.people",
    "bothways.connections",
    "bothways.ask",
    "bothways.programs",
    "bothways.inbox",
    "bothways.web",
    "bothways.cli",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "csp",
    "lucide",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "bothways.core.middleware.private_by_default",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "bothways.ui.middleware.bounded",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bothways.people.middleware.WhoIsHere",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "bothways.ui.templatetags.components",
                "bothways.core.templatetags.slots",
                "bothways.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bothways.people.context.here",
            ],
        },
    }
]
FORM_RENDERER = "bothways.ui.forms.Renderer"

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "bothways.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA secure_delete=ON; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
        ),
    },
    "TEST": {"NAME": DATA / "test.sqlite3"},
}


def _database() -> dict[str, object]:
    url = environment.read("DATABASE_URL")
    if not url:
        return dict(_SQLITE)
    pool = {"min_size": 1, "max_size": 8, "timeout": 10}
    return addresses.postgresql(url, {"pool": pool} if MODE != "test" else {})


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "bothways.core.counts.Counts"},
    "common": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "kept": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache_kept",
        # Above so many, what is over is forgotten; of the rest, one in so many, which is none.
        "OPTIONS": {"MAX_ENTRIES": 2_000, "CULL_FREQUENCY": 10**9},
    },
}
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "passing"]},
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["bothways.people.sessions.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "bothways.people.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_FORMS = {
    "login": "bothways.people.forms.sign_in.Password",
    "request_login_code": "bothways.people.forms.sign_in.Address",
    "confirm_login_code": "bothways.people.forms.sign_in.Code",
    "reset_password": "bothways.people.forms.sign_in.Forgotten",
    "reset_password_from_key": "bothways.people.forms.sign_in.AnotherPassword",
    "change_password": "bothways.people.forms.sign_in.ChangePassword",
    "set_password": "bothways.people.forms.sign_in.SetPassword",
}
ACCOUNT_RATE_LIMITS = {  # a key is an address seen from one place: nobody shuts somebody else's door
    "login_failed": "10/m/ip,5/300s/key",
    "login_failed_anywhere": "100/h/key",  # guessing from many places; a code by mail still opens
    "request_login_code": "20/m/ip",
    "code_from_here": "3/m/key,10/h/key",
    "reset_password": "20/m/ip",
    "reset_from_here": "3/m/key,10/h/key",
    # Codes to one address from wherever, and links to a new password likewise. Nobody needs thirty, and an
    # inbox can bear them. A stranger needs three places to use up either; it opens again within the hour, as
    # the oldest grow an hour old, and the other one, a password and whoever is signed in are not touched.
    "letters_to_one": "30/h/key",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody signs up; a code or an invitation proves the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = environment.read("BOTHWAYS_LANGUAGE")
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bothways.ui.views.stale"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "bothways.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
LARGEST_REQUEST = 52 * 1024 * 1024  # a list of people of the largest size, and what is around it
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024  # of a form without its files: reading 12 MB takes seconds
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

_mail = addresses.mail_server(environment.read("BOTHWAYS_MAIL_URL"))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _mail.host
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.from_the_start, bool(_mail.host) and _mail.starttls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.sender()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "tokens": {"()": "bothways.core.redaction.HideTokens"},
        "brief": {"()": "bothways.core.redaction.NoTraceback"},
    },
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    "root": {"handlers": ["err"], "level": environment.read("BOTHWAYS_LOG_LEVEL")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"filters": ["brief"]},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"] if _https else []
