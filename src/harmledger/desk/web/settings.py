"""What Django is told: made from the case folder and the environment; no file of settings, no secret in one."""

import json
import logging
import os
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from harmledger.desk.web.wording import name_languages
from harmledger.store.case import INBOX

SECRET_FILE: Final = "desk.secret"  # noqa: S105 - the name of a file
DATABASE_FILE: Final = "desk.sqlite"
SESSION_HOURS: Final = 8
GUESSES: Final = 5
"""Wrong passwords in a row, for one name from one address, before both wait."""

WAIT_MINUTES: Final = 15
FETCHING: Final = ("no", "public", "private")
"""Whether addresses that people list are asked for: not at all, on public hosts, or on those of one's own network too."""

LARGEST_FORM: Final = 2 * 1024 * 1024
"""Bytes of a form without its files; a view that takes files sets a limit of its own."""

_LARGEST_FIELD_COUNT: Final = 500
_LEAST_PASSWORD: Final = 12
_PRIVATE: Final = 0o600
_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;PRAGMA foreign_keys=ON"
)
_KEPT_SECONDS: Final = 60
"""So long a thread keeps its connection to the desk's own database: whoever closes the last one empties its journal into the file,
and would do so with nearly every request."""
_APPS: Final = "harmledger.desk.web."


class SettingsError(Exception):
    """The environment or the case's secret cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Secret:
    """The key that signs sessions and forms, and what tells this case from others in one database."""

    key: str
    case: str


def load_secret(folder: Path, environment: Mapping[str, str]) -> Secret:
    """Give the secret of the case, made on first use and kept readable for its owner alone.

    HARMLEDGER_SECRET_KEY in the environment comes before the key in the file. Raises SettingsError.
    """
    path = folder / SECRET_FILE
    if not path.exists():
        _write_secret(path)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        key, case = environment.get("HARMLEDGER_SECRET_KEY") or told["key"], told["case"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"{path} cannot be read ({error}); remove it, and everybody signs in again"
        ) from error
    if len(key) < 32:
        raise SettingsError("HARMLEDGER_SECRET_KEY is too short: give 32 random characters or more")
    return Secret(key, case)


def _write_secret(path: Path) -> None:
    told = json.dumps({"key": secrets.token_urlsafe(48), "case": uuid.uuid4().hex})
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE), "w") as handle:
            handle.write(told + "\n")
        os.link(aside, path)  # whoever comes second keeps the first one's
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        aside.unlink(missing_ok=True)


def configure_web(folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """Set Django up for the desk of a case, once in a process and before anything opens the case.

    Environment: DATABASE_URL (PostgreSQL in place of desk.sqlite), HARMLEDGER_SECRET_KEY, HARMLEDGER_HOSTS (names it
    is reached by, with commas), HARMLEDGER_HTTPS (1 where everybody comes by HTTPS), HARMLEDGER_PROXIES (how many
    reverse proxies stand before it), HARMLEDGER_FETCH (`FETCHING`), HARMLEDGER_IDLE_MINUTES (how
    long a session may lie idle). Raises SettingsError.
    """
    import django
    from django.conf import settings

    given = os.environ if environment is None else environment
    if settings.configured:
        if getattr(settings, "HARMLEDGER_CASE_FOLDER", None) != folder:
            raise SettingsError("this process serves another case already")
        return
    settings.configure(**compose_settings(folder, given))
    django.setup()


def compose_settings(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Give Django's settings for the desk of a case."""
    secret = load_secret(folder, environment)
    is_https = environment.get("HARMLEDGER_HTTPS") == "1"
    hosts = [name for name in environment.get("HARMLEDGER_HOSTS", "").split(",") if name]
    proxies = _read_count(environment.get("HARMLEDGER_PROXIES", "0"))
    return {
        "HARMLEDGER_CASE_FOLDER": folder,
        "HARMLEDGER_CASE_KEY": secret.case,
        "HARMLEDGER_PROXIES": proxies,
        "HARMLEDGER_IDLE_MINUTES": _read_minutes(environment.get("HARMLEDGER_IDLE_MINUTES", "30")),
        "HARMLEDGER_FETCH": _choose_fetching(environment.get("HARMLEDGER_FETCH", "no")),
        "SECRET_KEY": secret.key,
        "DEBUG": False,
        "ALLOWED_HOSTS": [*hosts, "localhost", "127.0.0.1", "[::1]"],
        "ROOT_URLCONF": "harmledger.desk.web.urls",
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "axes",
            "django_otp",
            "django_otp.plugins.otp_totp",
            "django_otp.plugins.otp_static",
            "harmledger.store",
            _APPS + "accounts",
            _APPS + "journal",
            _APPS + "building",
            _APPS + "review",
            _APPS + "intake",
        ],
        "MIDDLEWARE": [
            _APPS + "headers.HeadersMiddleware",
            "django.middleware.security.SecurityMiddleware",
            _APPS + "limits.LimitMiddleware",
            "django.middleware.gzip.GZipMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django_otp.middleware.OTPMiddleware",
            _APPS + "accounts.sessions.IdleMiddleware",
            _APPS + "gate.AccessMiddleware",
            "axes.middleware.AxesMiddleware",
        ],
        "DATABASES": {"default": _describe_database(folder, environment)},
        "DATABASE_ROUTERS": [_APPS + "databases.Router"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "AUTH_USER_MODEL": "accounts.Account",
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": _list_validators(),
        "LOGIN_URL": "accounts:sign-in",
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [(language, language) for language, _ in name_languages()],
        "USE_I18N": True,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "SESSION_COOKIE_AGE": SESSION_HOURS * 3600,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "CSRF_COOKIE_SECURE": is_https,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_USE_SESSIONS": False,
        "CSRF_FAILURE_VIEW": "harmledger.desk.web.faults.show_forged",
        "CSRF_TRUSTED_ORIGINS": [f"https://{name}" for name in hosts if is_https],
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SECURE_HSTS_SECONDS": 31_536_000 if is_https else 0,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if is_https and proxies else None,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST_FORM,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": _LARGEST_FIELD_COUNT,
        "FILE_UPLOAD_HANDLERS": [_APPS + "intake.limits.BoundedUpload"],
        "FILE_UPLOAD_TEMP_DIR": folder / INBOX,
        "FILE_UPLOAD_PERMISSIONS": _PRIVATE,
        "AXES_FAILURE_LIMIT": GUESSES,
        "AXES_COOLOFF_TIME": timedelta(minutes=WAIT_MINUTES),
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_LOCKOUT_CALLABLE": "harmledger.desk.web.accounts.views.show_waiting",
        "AXES_CLIENT_IP_CALLABLE": "harmledger.desk.web.clients.find_address",
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_SENSITIVE_PARAMETERS": ["username", "ip_address", "name", "csrfmiddlewaretoken"],
        "AXES_USERNAME_FORM_FIELD": "username",
        "AXES_VERBOSE": False,
        "AXES_DISABLE_ACCESS_LOG": True,
        "OTP_TOTP_ISSUER": "Harmledger",
        "LOGGING": _describe_logging(),
        "SILENCED_SYSTEM_CHECKS": ["security.W004", "security.W008"],
    }


def _choose_fetching(told: str) -> str:
    if told not in FETCHING:
        raise SettingsError(f"HARMLEDGER_FETCH is {told!r}; give one of {', '.join(FETCHING)}")
    return told


def _read_minutes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= SESSION_HOURS * 60:
        raise SettingsError(
            f"HARMLEDGER_IDLE_MINUTES is {text!r}; give a number from 1 to {SESSION_HOURS * 60}"
        )
    return int(text)


def _read_count(text: str) -> int:
    if not text.isdecimal():
        raise SettingsError(f"HARMLEDGER_PROXIES is {text!r}; give a number")
    return int(text)


def _describe_database(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    url = environment.get("DATABASE_URL")
    if not url:
        options = {"init_command": _PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 20}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / DATABASE_FILE),
            "OPTIONS": options,
            "CONN_MAX_AGE": _KEPT_SECONDS,
        }
    import dj_database_url

    if not url.startswith(("postgres://", "postgresql://")):
        raise SettingsError(
            "DATABASE_URL must begin with postgresql://; without it the desk keeps desk.sqlite"
        )
    return dict(dj_database_url.parse(url, conn_max_age=_KEPT_SECONDS, conn_health_checks=True))


def _list_validators() -> list[dict[str, Any]]:
    home = "django.contrib.auth.password_validation."
    return [
        {"NAME": home + "MinimumLengthValidator", "OPTIONS": {"min_length": _LEAST_PASSWORD}},
        {"NAME": home + "UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("name",)}},
        {"NAME": home + "CommonPasswordValidator"},
        {"NAME": home + "NumericPasswordValidator"},
    ]


class FaultFilter(logging.Filter):
    """Lets through what went wrong in the program, and no answer that merely says no."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record tells of an exception."""
        return record.exc_info is not None


def _describe_logging() -> dict[str, Any]:
    """Faults go to standard error; addresses that were asked for, and who asked, are not written down."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"faults": {"()": FaultFilter}},
        "handlers": {"error": {"class": "logging.StreamHandler", "filters": ["faults"]}},
        "loggers": {
            "django": {"handlers": ["error"], "level": "ERROR", "propagate": False},
            "django.security": {"handlers": ["error"], "level": "CRITICAL", "propagate": False},
            "axes": {"handlers": ["error"], "level": "CRITICAL", "propagate": False},
        },
    }
