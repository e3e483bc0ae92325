"""What import-linter cannot say of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PREFIX_JOIN = re.compile(
    r"\b(?:\w+__)?(?:subject|case|part)__i?(?:startswith|endswith|regex)\b"
    r"|\b(?:subject|case)\.(?:startswith|removeprefix|r?partition|r?split)\("
)


def source() -> Iterator[Path]:
    """Every module of the product but migrations, which are history."""
    for package in ("exportcheck", "screening", "licenses"):
        yield from (path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts)


def test_no_case_is_found_by_how_a_name_begins() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in source()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PREFIX_JOIN.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ('rows.filter(party__subject__startswith=f"{subject}:")', True),
        ('Match.objects.filter(party__case__startswith="application:")', True),
        ('reference = subject.removeprefix("application:")', True),
        ("rows.filter(organization=organization, case=case)", False),
        ('done.exclude(action__startswith="hold.")', False),
    ],
)
def test_the_pattern_knows_a_join_by_prefix(line: str, is_one: bool) -> None:
    assert bool(PREFIX_JOIN.search(line)) is is_one
