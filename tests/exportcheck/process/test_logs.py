"""Log lines: one stream, both kinds of logger, JSON where machines read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from exportcheck.process.logs import configure_logs

ROOT = Path(__file__).resolve().parents[3]
SPEAK = """
import logging.config, sys
import structlog
from exportcheck.process.logs import configure_logs
logging.config.dictConfig(configure_logs(level="INFO", as_json=sys.argv[1] == "json"))
structlog.get_logger("screening.tasks").info("rescreened", parties=3, name="Ärzte 中")
logging.getLogger("django.request").error("broke\\nhere: %s", "x")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("licenses").exception("defect")
structlog.get_logger("a").debug("too quiet")
"""


def spoken(kind: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SPEAK, kind],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "EXPORTCHECK_PROCESS": "worker", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )


def test_json_lines_name_time_level_logger_and_process() -> None:
    found = spoken("json")
    assert found.stdout == "", "standard output belongs to answers"
    lines = [json.loads(line) for line in found.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["rescreened", "broke\nhere: x", "defect"]
    assert lines[0]["parties"] == 3
    assert lines[0]["name"] == "Ärzte 中"
    assert {line["process"] for line in lines} == {"worker"}
    assert [line["logger"] for line in lines] == ["screening.tasks", "django.request", "licenses"]
    assert all(line["timestamp"].endswith("Z") for line in lines)
    assert "ZeroDivisionError" in lines[2]["exception"]


def test_a_developer_reads_text() -> None:
    found = spoken("text")
    assert found.stdout == ""
    assert "rescreened" in found.stderr
    assert "parties=3" in found.stderr
    assert "ZeroDivisionError" in found.stderr


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="LOG_LEVEL is 'LOUD'"):
        configure_logs(level="LOUD", as_json=True)
