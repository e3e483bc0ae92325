"""Runs the mutants that tests/mutants.py drew, within one pytest session: collect once, fork for each mutant.

Loaded by name only (`-p tests.mutants_plugin`); MUTANTS_PLAN names the file with the mutants. A fork gives the changed function
its new code in place, so that every name that was imported from its module follows, and runs the tests that reach it.
"""

from __future__ import annotations

import datetime as dt
import functools
import gc
import importlib
import json
import os
import pickle
import signal
import sys
import textwrap
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

PACKAGE = "licenses.rules"
LONGEST_RUN = 180
"""Seconds of a mutant, which then counts as noticed: it never ends."""


class Reach:
    """Which tests reach which function, and how long each takes; learned in one fork, where the caches can be filled."""

    def __init__(self, items: list[pytest.Item]) -> None:
        self.tests: dict[str, set[int]] = defaultdict(set)
        self.seconds: list[float] = []
        self.loads: set[str] = set()
        """Functions that run while tables are loaded and the rules of a day made of them, which is done once and kept: every test
        stands on them."""
        self.failed = False
        folder = str(Path(importlib.import_module(PACKAGE).__file__ or "").parent) + os.sep

        def see(frame: Any, _event: str, _arg: Any) -> None:
            # A trace that returns None is told of calls of Python functions alone: several times faster than a profile.
            code = frame.f_code
            if code.co_filename.startswith(folder):
                module = code.co_filename.removeprefix(folder).removesuffix(".py").replace(os.sep, ".")
                seen.add(f"{module}.{_outer(code.co_qualname)}")

        seen: set[str] = set()
        forget()
        sys.settrace(see)
        for load in filter(_is_kept, caches()):
            made = load()
            if hasattr(made, "in_force"):
                made.in_force(dt.date(2026, 7, 31))
        sys.settrace(None)
        self.loads = set(seen)
        small = [each for each in caches() if not _is_kept(each)]
        for number, item in enumerate(items):
            for each in small:
                each.cache_clear()
            seen.clear()
            began = time.perf_counter()
            sys.settrace(see)
            self.failed |= not passes(item)
            sys.settrace(None)
            self.seconds.append(time.perf_counter() - began)
            for name in seen:
                self.tests[name].add(number)


@functools.lru_cache(maxsize=1)
def caches() -> tuple[Any, ...]:
    """Every cached function of the rules; looked for once, among everything there is."""
    found = (each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper))
    return tuple(each for each in found if getattr(each, "__module__", "").startswith(PACKAGE))


def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of running the tests: run them for every mutant."""
    plan = json.loads(Path(os.environ["MUTANTS_PLAN"]).read_text(encoding="utf-8"))
    items = session.items
    caches()  # before the forks, each of which would look for them again
    reach: Reach = _in_fork(lambda: Reach(items))
    if reach.failed:
        session.testsfailed = 1
        return True
    running: dict[int, tuple[int, int]] = {}
    good: dict[str, list[int]] = defaultdict(list)
    for number, mutant in enumerate(plan["mutants"]):
        if len(running) >= plan["jobs"]:
            _wait(running, plan, good)
        name = f"{mutant['module']}.{mutant['function']}"
        tests = range(len(items)) if name in reach.loads else sorted(reach.tests[name], key=lambda test: reach.seconds[test])
        order = [*dict.fromkeys([*good[name], *tests])]
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            _live(mutant, [(test, items[test]) for test in order], write)
        os.close(write)
        running[child] = (number, read)
    while running:
        _wait(running, plan, good)
    return True


def _live(mutant: dict[str, Any], tests: list[tuple[int, pytest.Item]], write: int) -> None:
    """In the fork: never returns. Writes the number of the test that noticed, or "survived"."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    signal.alarm(LONGEST_RUN)
    forget()
    answer = "survived"
    try:
        put(mutant)
    except Exception:  # a mutant whose definition fails is noticed at import
        answer = "-1"
        tests = []
    for number, item in tests:
        if not passes(item):
            answer = str(number)
            break
    os.write(write, f"{answer} {len(tests)}".encode())
    os._exit(0)


def _wait(running: dict[int, tuple[int, int]], plan: dict[str, Any], good: dict[str, list[int]]) -> None:
    child, _ = os.wait()
    number, read = running.pop(child)
    with os.fdopen(read) as pipe:
        answer, tests = (pipe.read() or "-1 -1").split()
    mutant = plan["mutants"][number]
    if answer not in ("survived", "-1"):
        # The test that noticed one change of a function most often notices the next.
        known = good[f"{mutant['module']}.{mutant['function']}"]
        good[f"{mutant['module']}.{mutant['function']}"] = [int(answer), *[test for test in known if test != int(answer)]][:12]
    with Path(plan["told"]).open("a", encoding="utf-8") as told:
        told.write(json.dumps({"number": number, "survived": answer == "survived", "tests": int(tests)}) + "\n")


def put(mutant: dict[str, Any]) -> None:
    """Give the function of this mutant its changed code and defaults, in place."""
    module = importlib.import_module(f"{PACKAGE}.{mutant['module']}")
    holder, _, name = mutant["function"].rpartition(".")
    source = textwrap.dedent(mutant["source"])
    space = dict(vars(module))
    if holder:
        source = f"from __future__ import annotations\nclass {holder}:\n" + textwrap.indent(source, "    ")
        exec(compile(source, module.__file__ or "", "exec"), space)  # noqa: S102  # the point of it
        made, old = vars(space[holder])[name], vars(vars(module)[holder])[name]
    else:
        exec(compile("from __future__ import annotations\n" + source, module.__file__ or "", "exec"), space)  # noqa: S102
        made, old = space[name], vars(module)[name]
    made, old = (getattr(each, "__func__", each) for each in (made, old))
    old.__code__, old.__defaults__, old.__kwdefaults__ = made.__code__, made.__defaults__, made.__kwdefaults__


def passes(item: pytest.Item) -> bool:
    """Whether this test passes now; a skip passes."""
    item.config.option.verbose = -3
    return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))


def forget() -> None:
    """Empty the caches of the rules: what they hold was made before the change."""
    for each in caches():
        each.cache_clear()


def _is_kept(cached: Any) -> bool:
    """Whether it holds one thing for good, as the tables; such a function takes no arguments."""
    return bool(cached.cache_parameters()["maxsize"] == 1)


def _outer(qualname: str) -> str:
    """`Class.method` or `function` that holds this code; inner functions and comprehensions belong to it."""
    return qualname.split(".<locals>")[0]


def _in_fork(make: Any) -> Any:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        with os.fdopen(write, "wb") as pipe:
            pickle.dump(make(), pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        made = pickle.load(pipe)  # noqa: S301  # of this process's own fork
    os.waitpid(child, 0)
    return made
