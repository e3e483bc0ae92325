"""Settings from the environment: what is refused, what a fresh checkout gets, and that the manual tells all of them."""

from __future__ import annotations

import datetime as dt
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from exportcheck import env

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that configures nothing."""
    for name in ("DEBUG", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("bare")
def test_a_fresh_checkout_gets_a_developers_file_that_only_its_owner_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", {})
    first = env.read(tmp_path)
    assert first.bool("DEBUG")
    assert len(env.secret(first, "SECRET_KEY")) >= 32
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [".env"]
    written = (tmp_path / ".env").read_text()
    env.development_file(tmp_path / ".env")
    assert (tmp_path / ".env").read_text() == written, "the one who was first stays"


@pytest.mark.parametrize("named", ["DEBUG", "SECRET_KEY"])
@pytest.mark.usefixtures("bare")
def test_an_environment_that_says_something_gets_nothing_invented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv(named, "0")
    env.read(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", ["", "short"])
def test_a_key_that_is_missing_or_short_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", {"SECRET_KEY": value})
    with pytest.raises(ImproperlyConfigured, match="at least 32"):
        env.secret(environ.Env(), "SECRET_KEY")


@pytest.mark.parametrize("value", ["0", "101", "-5"])
def test_a_share_is_a_percentage(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", {"SHARE": value})
    with pytest.raises(ImproperlyConfigured, match="from 1 to 100"):
        env.percent(environ.Env(), "SHARE", 5)
    assert env.percent(environ.Env(), "OTHER", 5) == 5


@pytest.mark.parametrize("value", ["0", "-3"])
def test_a_number_that_must_be_positive(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", {"HOURS": value})
    with pytest.raises(ImproperlyConfigured, match="HOURS is"):
        env.positive(environ.Env(), "HOURS", 24)
    assert env.positive(environ.Env(), "OTHER", 24) == 24


@pytest.mark.parametrize(
    ("read", "value", "words"),
    [
        (lambda: env.weekdays(environ.Env(), "IT", "1"), "1,8", "1 \\(Monday\\) to 7"),
        (lambda: env.weekdays(environ.Env(), "IT", "1"), ",", "1 \\(Monday\\) to 7"),
        (lambda: env.day_hours(environ.Env(), "IT", "09:00-17:00"), "nine to five", "09:00-17:00"),
        (lambda: env.day_hours(environ.Env(), "IT", "09:00-17:00"), "17:00-09:00", "before the second"),
        (lambda: env.days(environ.Env(), "IT"), "2026-13-01", "2026-12-25"),
        (lambda: env.time_zone(environ.Env(), "IT", "UTC"), "Atlantis/Capital", "America/New_York"),
    ],
)
def test_a_calendar_that_is_none_says_what_to_write(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], value: str, words: str
) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", {"IT": value})
    with pytest.raises(ImproperlyConfigured, match=words):
        read()


@pytest.mark.parametrize(
    ("given", "to_log", "allowed"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"MAIL": "consolemail://"}, False, False),
        ({"MAIL": "smtp://localhost"}, False, True),
        ({"MAIL": "smtp+tls://user:password@host:587"}, True, True),
    ],
)
def test_links_that_set_a_password_stand_in_a_log_only_where_somebody_wants_them(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], to_log: bool, allowed: bool
) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", given)
    if allowed:
        assert env.mail(environ.Env(), "MAIL", to_log=to_log)["EMAIL_BACKEND"]
    else:
        with pytest.raises(ImproperlyConfigured, match="MAIL names no mail server"):
            env.mail(environ.Env(), "MAIL", to_log=to_log)


@pytest.mark.parametrize(
    ("given", "debug", "found"),
    [("", True, "optional"), ("", False, "mandatory"), ("none", True, "none"), ("mandatory", False, "mandatory")],
)
def test_an_address_is_confirmed_in_service(monkeypatch: pytest.MonkeyPatch, given: str, debug: bool, found: str) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", {"VERIFY": given} if given else {})
    assert env.verification(environ.Env(), "VERIFY", debug=debug) == found


@pytest.mark.parametrize(("given", "debug"), [("optional", False), ("none", False), ("sometimes", True)])
def test_service_never_goes_without(monkeypatch: pytest.MonkeyPatch, given: str, debug: bool) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", {"VERIFY": given})
    with pytest.raises(ImproperlyConfigured, match="mandatory"):
        env.verification(environ.Env(), "VERIFY", debug=debug)


def test_the_calendar_of_the_desk_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"D": "1, 2", "H": "08:30-16:00", "C": "2026-12-25,2026-07-04", "Z": "America/New_York"}
    monkeypatch.setattr(environ.Env, "ENVIRON", told)
    assert env.weekdays(environ.Env(), "D", "1") == {1, 2}
    assert env.day_hours(environ.Env(), "H", "09:00-17:00") == (dt.time(8, 30), dt.time(16))
    assert env.days(environ.Env(), "C") == {dt.date(2026, 12, 25), dt.date(2026, 7, 4)}
    assert env.time_zone(environ.Env(), "Z", "UTC") == "America/New_York"


READERS = "secret positive percent mail verification weekdays day_hours days days_by_name time_zone".split()
"""Functions of env.py that read one setting each."""


def settings_read() -> set[str]:
    """Names that the settings ask the environment for."""
    text = (ROOT / "exportcheck" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(rf'(?:env\.\w+\(|(?:{"|".join(READERS)})\(env, )"([A-Z_]+)"', text))


def test_the_manual_tells_every_setting_and_no_other() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = manual.split("## Settings")[1].split("## ")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == settings_read()


def test_the_example_environment_names_only_real_settings() -> None:
    example = (ROOT / "deploy" / "exportcheck.env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) <= settings_read()


def test_production_without_a_key_says_what_to_do(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "DEBUG": "0", "SECRET_KEY": "", "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode != 0
    assert "SECRET_KEY must be set to at least 32 random characters" in found.stderr
