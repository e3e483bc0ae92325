"""When a hit counts, stands and bites."""

from __future__ import annotations

import datetime as dt

import pytest

from licenses.rules.types import HitDecision
from tests.licenses.rules.builders import hit

DAY = dt.date(2026, 7, 31)
NEXT = DAY + dt.timedelta(days=1)
TRUE, FALSE = HitDecision.TRUE_MATCH, HitDecision.FALSE_POSITIVE


@pytest.mark.parametrize(
    ("band", "decision", "counts", "undecided"),
    [
        ("strong", None, True, False),
        ("possible", None, False, True),
        ("possible", TRUE, True, False),
        ("strong", FALSE, False, False),
        ("strong", HitDecision.NOT_IN_SCOPE, False, False),
    ],
)
def test_a_hit_stands_while_nobody_ruled_it_out(band: str, decision: HitDecision | None, counts: bool, undecided: bool) -> None:
    found = hit("EL", band=band, decision=decision)
    assert (found.counts, found.undecided, found.stands) == (counts, undecided, counts or undecided)


@pytest.mark.parametrize(
    ("begins", "ends", "bites"),
    [
        (None, None, True),
        (DAY, None, True),
        (NEXT, None, False),
        (None, DAY, True),
        (None, DAY - dt.timedelta(days=1), False),
    ],
)
def test_a_hit_bites_from_its_first_day_to_its_last(begins: dt.date | None, ends: dt.date | None, bites: bool) -> None:
    assert hit("DPL", effective_on=begins, expires_on=ends).bites(DAY) is bites
    assert not hit("DPL", effective_on=begins, expires_on=ends, decision=FALSE).bites(DAY)
