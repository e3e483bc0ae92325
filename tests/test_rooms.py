"""The rooms stay as they were laid out (docs/design/house.md): narrow folders, no circle of modules, one name for one class,
tests where their sources are. What may import what is in pyproject.toml (import-linter); here is what it cannot say."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("exportcheck", "screening", "licenses")
MAX_MODULES = 20
WIDE = frozenset(("screening/lists/formats",))
"""Folders that grow with the world and not with us: one module a publisher's format."""
OWN_IN_EACH = frozenset(("Command", "Migration"))
"""Class names that a framework asks for."""


@lru_cache(maxsize=1)
def modules() -> Mapping[str, ast.Module]:
    """Dotted name -> syntax tree of every module of the product, migrations left out."""
    found = {}
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "migrations" not in parts:
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def is_package(name: str) -> bool:
    return (ROOT / name.replace(".", "/")).is_dir()


def imported(name: str, tree: ast.Module) -> Iterator[str]:
    """Modules of the product that a module imports, those for type checkers and inside functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules())
        elif isinstance(node, ast.ImportFrom):
            package = name if is_package(name) else name.rpartition(".")[0]
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield from (each for each in (f"{source}.{alias.name}", source) if each in modules())


def circles(edges: Mapping[str, set[str]]) -> list[str]:
    """One line for each module that reaches itself over others."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(edges[start])
        while waiting:
            module = waiting.pop()
            if module not in seen:
                seen.add(module)
                waiting.extend(edges[module])
        return seen

    return sorted(module for module in edges if module in reached(module))


def test_no_modules_import_each_other_in_a_circle() -> None:
    edges = {name: {each for each in imported(name, tree) if each != name} for name, tree in modules().items()}
    assert circles(edges) == []


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == ["b", "c"]


def test_no_folder_is_wider_than_a_person_can_look_over() -> None:
    counted: dict[str, int] = defaultdict(int)
    for name in modules():
        if not is_package(name):
            counted[name.rpartition(".")[0].replace(".", "/")] += 1
    assert {folder: count for folder, count in counted.items() if count > MAX_MODULES and folder not in WIDE} == {}


@pytest.mark.parametrize("app", APPS)
def test_no_two_classes_of_an_app_have_one_name(app: str) -> None:
    named: dict[str, list[str]] = defaultdict(list)
    for name, tree in modules().items():
        if name.split(".")[0] == app:
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and node.name not in OWN_IN_EACH:
                    named[node.name].append(name)
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


def test_the_tests_stand_where_their_sources_are() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for app in APPS for path in (ROOT / "tests" / app).rglob("*.py")}
    assert sorted(str(folder) for folder in folders if not (ROOT / folder).is_dir()) == []
