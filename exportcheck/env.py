"""Settings from the environment (12-factor): each is read by a function that raises on nonsense, none is guessed.

A checkout with no configuration at all is a developer's: `development_file` gives it a `.env` of its own with a fresh
secret and DEBUG on, bound to this machine. As soon as the environment names DEBUG or SECRET_KEY nothing is invented.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

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
