"""How the suite is run: CI_STRICT turns skips into failures, and the second round names its servers.

Named by conftest.py at the root, so that it holds for every way of calling pytest.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest

STRICT = os.environ.get("CI_STRICT") == "1"
NO_SKIPS = "CI_STRICT=1 allows no skip; install what is missing (.ci/run shows how). The reason was: "


def pytest_report_header() -> list[str]:
    """Which servers this round stands on."""
    database = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    broker = "Redis" if os.environ.get("CELERY_BROKER_URL", "").startswith("redis") else "folders"
    return [f"database: {database}; broker: {broker}; skips: {'failures' if STRICT else 'allowed'}"]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes make no test names: a gzip file holds the time, and then the two processes would not know the same tests."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """A skipped test fails under CI_STRICT; an expected failure stays one."""
    report = yield
    return failed(report) if report.skipped and not hasattr(report, "wasxfail") else report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    """A file that skips itself as a whole fails too."""
    report = yield
    return failed(report) if report.skipped else report


def failed(report: Any) -> Any:
    """The same report as a failure, under CI_STRICT."""
    if STRICT:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = NO_SKIPS + reason
    return report
