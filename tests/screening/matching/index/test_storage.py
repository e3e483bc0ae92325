"""A snapshot is made anew when code that leaves a trace in it changes, and only then."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import screening.matching
from screening.matching.index.storage import ASKS_ONLY

ROOM = Path(next(iter(screening.matching.__path__)))
STORES = ("index.index", "index.storage")
"""They call what makes a snapshot and write it; the layout has a number of its own."""


def imported(module: str) -> Iterator[str]:
    """Modules of the room that a module of the room imports."""
    path = ROOM.joinpath(*module.split(".")).with_suffix(".py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            folder = ["screening", "matching", *module.split(".")][: -node.level] if node.level else []
            name = ".".join((*folder, *filter(None, (node.module,))))
            for target in (name, *(f"{name}.{alias.name}" for alias in node.names)):
                inside = target.removeprefix("screening.matching.")
                if inside != target and ROOM.joinpath(*inside.split(".")).with_suffix(".py").exists():
                    yield inside


def reached(start: str) -> set[str]:
    """Everything a module rests on, itself included."""
    known: set[str] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module not in known:
            known.add(module)
            waiting += imported(module)
    return known


def test_what_a_snapshot_is_made_with_and_nothing_else_is_in_its_digest() -> None:
    makes = reached("index.builder")
    assert {"names.parse", "text.tokens", "lexicon.legal_forms", "compare.addresses", "index.keys", "folding"} <= makes
    modules = {".".join(path.relative_to(ROOM).with_suffix("").parts) for path in ROOM.rglob("*.py") if path.stem != "__init__"}
    asks = {module for module in modules if ASKS_ONLY.intersection(module.split("."))}
    assert asks == modules - makes - set(STORES)
