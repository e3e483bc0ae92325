"""What `bench_determine` measures: every entry of the Commerce Control List determined for every country."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ProcessPoolExecutor

from licenses.rules.determination.sweep import Sweep, denied, sweep
from licenses.rules.tables.loader import load
from licenses.rules.tables.rules_in_force import RulesInForce

CHUNK = 16
"""Entries that a process takes at a time."""
FACTS = ("denied", "none")
"""What is stated: every end use denied, or nothing."""

_Task = tuple[dt.date, str, int, int]
_RULES: dict[dt.date, RulesInForce] = {}


def whole_sweep(day: dt.date, *, facts: str, jobs: int, every: int) -> Sweep:
    """Each `every`th entry for every country by the rules of a day, in `jobs` processes. The tables as they ship: switches that
    list admins changed at run time are left out."""
    count = len(load().in_force(day).items.entries()[::every])
    tasks: list[_Task] = [(day, facts, every, start) for start in range(0, count, CHUNK)]
    whole = Sweep()
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            for part in pool.map(_part, tasks):
                whole.add(part)
    else:
        for part in map(_part, tasks):
            whole.add(part)
    return whole


def _part(task: _Task) -> Sweep:
    """One chunk of the entries, in a process of its own that loads the tables once."""
    day, facts, every, start = task
    rules = _RULES.get(day) or _RULES.setdefault(day, load().in_force(day))
    entries = rules.items.entries()[::every][start : start + CHUNK]
    return sweep(rules, entries, denied() if facts == "denied" else {}, as_of=day, clock=time.process_time_ns)
