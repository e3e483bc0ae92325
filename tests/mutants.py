"""Mutation testing of licenses/rules: change one thing, and see whether tests/licenses/rules notices.

    make mutants                                  # a sample of 300 over all modules, the same for the same SEED
    make mutants SAMPLE=0                         # every mutant; some hours
    make mutants ARGS="--modules g_chart.py context.py" SEED=2

Not a test and not part of `make test`. The mutants are those that mutmut makes (in an environment of its own, see the Makefile):
changes inside functions, each one change. They are run by tests/mutants_plugin.py within one pytest: the tests are collected
once and each mutant lives in a fork, which runs the tests that reach the changed function until one of them fails. The checkout
is never touched.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RULES = Path("licenses/rules")
TESTS = ("tests/licenses/rules/test_cases.py", "tests/licenses/rules")
"""The cases come first: they notice most, and soonest."""
MUTMUT: Any = import_module("mutmut.mutation.file_mutation")
CST: Any = import_module("libcst")
"""Both in an environment of their own: the product and its tests do not depend on them."""


def main() -> int:
    """Print the change of every survivor, killed and survived for each module, and the rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=300, help="mutants drawn from all (default 300); 0 for every one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--modules", nargs="*", metavar="FILE", help="only these files of licenses/rules")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--python", default=str(ROOT / ".venv/bin/python"), help="interpreter that runs the tests")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        # mutmut reads its settings from the folder it runs in.
        (Path(folder) / "setup.cfg").write_text(f"[mutmut]\nsource_paths={RULES}\n", encoding="utf-8")
        os.chdir(folder)
        mutants = _drawn(options)
        plan, told = Path(folder) / "plan.json", Path(folder) / "told.jsonl"
        plan.write_text(json.dumps({"mutants": mutants, "jobs": options.jobs, "told": str(told)}), encoding="utf-8")
        code = _run(options.python, plan, Path(folder) / "var")
        lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    if code:
        print("The tests fail without any mutant, or the run ended early; what follows is of the mutants seen.", file=sys.stderr)
    _tell(mutants, [json.loads(line) for line in lines])
    return code


def _drawn(options: argparse.Namespace) -> list[dict[str, Any]]:
    found: list[tuple[str, Any, Any]] = []
    for path in sorted((ROOT / RULES).rglob("*.py")):
        if not options.modules or path.name in options.modules:
            tree = MUTMUT.create_mutations(path.name, path.read_text(encoding="utf-8"))
            names = dict(_functions(tree[0]))
            module = ".".join(path.relative_to(ROOT / RULES).with_suffix("").parts)
            found += [(module, names, made) for made in tree[1] if made.contained_by_top_level_function in names]
    print(f"{len(found)} mutants in licenses/rules", flush=True)
    random.Random(options.seed).shuffle(found)  # noqa: S311  # a sample
    return [_as_data(*each) for each in found[: options.sample or None]]


def _functions(tree: Any) -> Iterator[tuple[Any, str]]:
    """(node, qualified name) of functions and of methods, as mutmut groups them."""
    for node in tree.body:
        if isinstance(node, CST.FunctionDef):
            yield node, node.name.value
        elif isinstance(node, CST.ClassDef) and isinstance(node.body, CST.IndentedBlock):
            for inner in node.body.body:
                if isinstance(inner, CST.FunctionDef):
                    yield inner, f"{node.name.value}.{inner.name.value}"


def _as_data(module: str, names: dict[Any, str], made: Any) -> dict[str, Any]:
    function = made.contained_by_top_level_function
    empty = CST.Module([])
    changed = MUTMUT.deep_replace(function, made.original_node, made.mutated_node)
    before, after = (empty.code_for_node(node.with_changes(leading_lines=[])) for node in (function, changed))
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    change = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return {"module": module, "function": names[function], "source": after, "change": change}


def _run(python: str, plan: Path, var: Path) -> int:
    command = [python, "-m", "pytest", "-n", "0", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:randomly"]
    home = {**os.environ, "VAR_DIR": str(var), "PYTHONDONTWRITEBYTECODE": "1", "MUTANTS_PLAN": str(plan)}
    return subprocess.run([*command, "-p", "tests.mutants_plugin", *TESTS], cwd=ROOT, env=home, check=False).returncode


def _tell(mutants: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
    killed: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    for result in results:
        mutant = mutants[result["number"]]
        (survived if result["survived"] else killed)[mutant["module"]] += 1
        if result["survived"]:
            reached = "" if result["tests"] else "  (no test reaches it)"
            print(f"SURVIVED {mutant['module']}.{mutant['function']}{reached}")
            print("\n".join(f"    {line}" for line in mutant["change"]))
    for module in sorted({*killed, *survived}):
        print(f"{module:<28} {killed[module]:>5} killed {survived[module]:>5} survived")
    whole = killed.total() + survived.total()
    print(f"{whole} mutants, {killed.total() / whole:.1%} killed" if whole else "no mutants")


if __name__ == "__main__":
    sys.exit(main())
