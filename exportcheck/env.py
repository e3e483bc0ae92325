"""Settings from the environment (12-factor): each is read by a function that raises on nonsense, none is guessed.

A checkout with no configuration at all is a developer's: `development_file` gives it a `.env` of its own with a fresh
secret and DEBUG on, bound to this machine. As soon as the environment names DEBUG or SECRET_KEY nothing is invented.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT = """\
# Written for a developer's checkout that had no configuration. Production sets the environment instead (docs/operations.md).
DEBUG=1
SECRET_KEY={key}
"""


def read(base: Path) -> environ.Env:
    """Environment with the checkout's `.env` below it: what the environment names wins over the file."""
    file = base / ".env"
    if not file.exists() and "DEBUG" not in os.environ and "SECRET_KEY" not in os.environ:
        development_file(file)
    env = environ.Env()
    if file.exists():
        env.read_env(str(file))
    return env


def development_file(file: Path) -> None:
    """Write a developer's `.env`, readable by its owner only. A second process that was faster wins."""
    partial = file.with_name(f".env.{os.getpid()}")
    partial.touch(mode=0o600)
    partial.write_text(DEVELOPMENT.format(key=secrets.token_urlsafe(48)), encoding="utf-8")
    try:
        os.link(partial, file)
    except FileExistsError:
        return
    finally:
        partial.unlink()


def secret(env: environ.Env, name: str) -> str:
    """A secret of at least 32 characters; there is no default."""
    value: str = env.str(name, default="")
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} must be set to at least 32 random characters (docs/operations.md tells how).")
    return value


def positive(env: environ.Env, name: str, default: int) -> int:
    """A whole number above zero."""
    value: int = env.int(name, default=default)
    if value <= 0:
        raise ImproperlyConfigured(f"{name} is {value}; it must be a whole number above 0.")
    return value


def percent(env: environ.Env, name: str, default: int) -> int:
    """A whole number from 1 to 100."""
    value: int = env.int(name, default=default)
    if not 1 <= value <= 100:
        raise ImproperlyConfigured(f"{name} is {value}; it must be a whole number from 1 to 100.")
    return value


def mail(env: environ.Env, name: str, *, to_log: bool) -> dict[str, Any]:
    """Django's settings of the mail server. In service letters go to a server, because links that set a password must not stand
    in a log, unless `to_log`: a developer's checkout, or an operator who wants them there."""
    config: dict[str, Any] = env.email(name, default="consolemail://")
    in_log = config["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"
    if in_log and not to_log:
        raise ImproperlyConfigured(
            f"{name} names no mail server, so that links which set a password would stand in the log. Give one, such as"
            " smtp+tls://user:password@host:587, or set MAIL_TO_LOG=1 if the log is where they belong."
        )
    return config


def verification(env: environ.Env, name: str, *, debug: bool) -> str:
    """Whether an address must be confirmed before its owner comes in. In service it must: otherwise a stranger takes an address
    that is not theirs, and signing up tells who has an account."""
    wanted: str = env.str(name, default="optional" if debug else "mandatory")
    allowed = ("mandatory", "optional", "none") if debug else ("mandatory",)
    if wanted not in allowed:
        raise ImproperlyConfigured(f"{name} is {wanted!r}; with DEBUG={int(debug)} it must be {' or '.join(allowed)}.")
    return wanted


def weekdays(env: environ.Env, name: str, default: str) -> frozenset[int]:
    """ISO weekdays joined by commas, 1 = Monday to 7 = Sunday; at least one."""
    text: str = env.str(name, default=default)
    found = {part.strip() for part in text.split(",") if part.strip()}
    if not found or not found <= set("1234567"):
        raise ImproperlyConfigured(f"{name} is {text!r}; give weekdays from 1 (Monday) to 7 joined by commas, such as 1,2,3,4,5.")
    return frozenset(int(part) for part in found)


def day_hours(env: environ.Env, name: str, default: str) -> tuple[dt.time, dt.time]:
    """Opening and closing time of a day, "09:00-17:00"."""
    text: str = env.str(name, default=default)
    try:
        opens, closes = (dt.time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {text!r}; give two times, such as 09:00-17:00.") from error
    if opens >= closes:
        raise ImproperlyConfigured(f"{name} is {text!r}; the first time must be before the second.")
    return opens, closes


def days(env: environ.Env, name: str) -> frozenset[dt.date]:
    """Dates joined by commas; none by default."""
    text: str = env.str(name, default="")
    try:
        return frozenset(dt.date.fromisoformat(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} holds a date that is none; write 2026-12-25, joined by commas.") from error


def days_by_name(env: environ.Env, name: str) -> dict[str, int]:
    """Days by name, "EL=14,1260H=400"; a number alone stands for every name and is kept under "*". Empty by default."""
    text: str = env.str(name, default="")
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key, _, number = part.rpartition("=")
        if not number.strip().isdecimal() or int(number) < 1:
            raise ImproperlyConfigured(
                f"{name} holds {part!r}; write days, such as 30, or NAME=DAYS joined by commas, such as EL=14."
            )
        found[key.strip() or "*"] = int(number)
    return found


def time_zone(env: environ.Env, name: str, default: str) -> str:
    """Name of a time zone that this machine knows."""
    text: str = env.str(name, default=default)
    if text != "UTC" and text not in available_timezones():
        raise ImproperlyConfigured(f"{name} is {text!r}, which is no time zone known here; give a name such as America/New_York.")
    return text
