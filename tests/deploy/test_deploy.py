"""The files of a production installation: what a reader of docs/operations.md relies on, checked without building anything."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file as YAML."""
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_compose_runs_all_parts_and_migrates_first(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"migrate", "web", "worker", "beat", "postgres", "valkey"}
    for part in ("web", "worker", "beat"):
        assert services[part]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_compose_opens_no_port_to_the_world(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", ())]
    assert ports == ["127.0.0.1:8000:8000"]


def test_compose_holds_no_secret(compose: dict[str, Any]) -> None:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) == {"POSTGRES_PASSWORD"}
    assert "SECRET_KEY" not in text


def test_the_image_runs_as_somebody_without_rights_and_says_whether_it_lives() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line for line in lines if line.startswith("USER ")]
    assert users == ["USER 10001:10001"]
    assert lines.index(users[0]) < next(place for place, line in enumerate(lines) if line.startswith("CMD"))
    assert any(line.startswith("HEALTHCHECK") for line in lines)


@pytest.mark.parametrize("unit", UNITS, ids=[unit.name for unit in UNITS])
def test_each_unit_runs_a_part_without_rights(unit: Path) -> None:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's keys have capitals
    read.read(unit, encoding="utf-8")
    service = read["Service"]
    assert service["User"] == "exportcheck"
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert shlex.split(service["ExecStart"])[0].startswith("/opt/exportcheck/.venv/bin/")
    assert "DEBUG=0" in service["Environment"]


def test_the_target_starts_every_unit() -> None:
    wanted = re.search(r"^Wants=(.*)$", (DEPLOY / "systemd" / "exportcheck.target").read_text(encoding="utf-8"), re.MULTILINE)
    assert wanted is not None
    assert sorted(wanted[1].split()) == [unit.name for unit in UNITS]


PINNED = re.compile(r"^[a-z0-9.-]+(\[[a-z,]+\])?==[^ ;]+( ; .+)?( +#.*)?$")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_and_no_host_is_named(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert [line for line in packages if not PINNED.match(line)] == []
    assert "://" not in "\n".join(lines)


def test_what_is_asked_for_is_what_is_pinned() -> None:
    def names(file: str, mark: str) -> set[str]:
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        return {re.split(r"[\[~= ]", line)[0] for line in lines if line and not line.startswith(mark)}

    assert names("requirements.in", "#") <= names("requirements.txt", "#")


def test_the_front_end_lock_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"]["node_modules/@uswds/uswds"]["integrity"].startswith("sha512-")
    assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
