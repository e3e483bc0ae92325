"""One case of a red-flag table: a sentence, an application, the flags that must appear and the codes that must not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from licenses.rules.red_flags.raise_flags import red_flags
from licenses.rules.types import ApplicationFacts, Determination, RedFlag, Severity
from tests.licenses.rules.builders import DAY, determination, rules

INFO, WARNING, BLOCKING = Severity.INFO, Severity.WARNING, Severity.BLOCKING


@dataclass(frozen=True, slots=True)
class FlagCase:
    """`raised`: "CODE:severity …", the gravest flag of each code; `absent`: codes that must not appear, "*" for any at all."""

    sentence: str
    application: ApplicationFacts
    raised: str = ""
    absent: str = ""
    found: Mapping[str, Determination] | None = None
    as_of: dt.date = DAY


def run(case: FlagCase) -> tuple[RedFlag, ...]:
    found = {one.id: determination(id=one.id) for one in case.application.items} if case.found is None else case.found
    return red_flags(case.application, found, rules(case.as_of), as_of=case.as_of)


def check(case: FlagCase) -> None:
    flags = run(case)
    gravest: dict[str, Severity] = {}
    for flag in flags:
        gravest.setdefault(flag.code, flag.severity)
        assert flag.why, flag.code
        assert flag.facts, flag.code
        assert flag.settle, flag.code
    for code, severity in (pair.split(":") for pair in case.raised.split()):
        assert gravest.get(code) == severity, f"{case.sentence}: {code} {gravest}"
    for code in case.absent.split():
        assert not gravest if code == "*" else code not in gravest, f"{case.sentence}: {gravest}"


def table(cases: tuple[FlagCase, ...]) -> pytest.MarkDecorator:
    """Parametrize a test over the cases, each named by its sentence."""
    return pytest.mark.parametrize("case", cases, ids=[case.sentence for case in cases])
