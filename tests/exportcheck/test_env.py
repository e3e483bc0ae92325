"""Settings from the environment: what is refused, what a fresh checkout gets, and that the manual tells all of them."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
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


@pytest.mark.parametrize("value", ["0", "-3"])
def test_a_number_that_must_be_positive(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setattr(environ.Env, "ENVIRON", {"HOURS": value})
    with pytest.raises(ImproperlyConfigured, match="HOURS is"):
        env.positive(environ.Env(), "HOURS", 24)
    assert env.positive(environ.Env(), "OTHER", 24) == 24


def settings_read() -> set[str]:
    """Names that the settings ask the environment for."""
    text = (ROOT / "exportcheck" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'(?:env\.\w+\(|secret\(env, |positive\(env, )"([A-Z_]+)"', text))


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
