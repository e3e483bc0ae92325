"""Mutation testing of licenses/rules: change one thing, and see whether tests/licenses/rules notices.

    make mutants                      # one mutant a module and round, four rounds
    make mutants ROUNDS=20 SEED=2

Not a test and not part of `make test`: a mutant costs a run of the tests. Mutants are made by mutmut (in an environment of its
own, see the Makefile) in a copy of the checkout, so that the checkout is never touched. The sample is stratified: each round
takes one mutant of every module, in an order that SEED fixes, so that a run that is stopped has seen all modules alike.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import shutil
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
"""In an environment of its own: the product and its tests do not depend on it."""
LONGEST_RUN = 300
"""Seconds; a mutant that never ends counts as noticed."""


def main() -> int:
    """Print killed and survived for each module, and the change of every survivor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4, help="mutants of each module (default 4)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", default=str(ROOT / ".venv/bin/python"), help="interpreter that runs the tests")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "checkout"
        _copy(copy)
        # mutmut reads its settings from the folder it runs in.
        (copy / "setup.cfg").write_text(f"[mutmut]\nsource_paths={RULES}\n", encoding="utf-8")
        os.chdir(copy)
        if not _passes(copy, options.python):
            print("The tests fail without any mutant; nothing was measured.", file=sys.stderr)
            return 2
        killed: Counter[str] = Counter()
        survived: Counter[str] = Counter()
        try:
            for module, source, mutant in _sample(options.rounds, random.Random(options.seed)):  # noqa: S311  # a sample
                path = copy / RULES / module
                path.write_text(mutant, encoding="utf-8")
                noticed = not _passes(copy, options.python)
                path.write_text(source, encoding="utf-8")
                (killed if noticed else survived)[module] += 1
                print(f"{'killed  ' if noticed else 'SURVIVED'} {module}", flush=True)
                if not noticed:
                    print(_change(source, mutant), flush=True)
        except KeyboardInterrupt:
            print("stopped; what follows is of the mutants seen")
        _tell(killed, survived)
    return 0


def _copy(target: Path) -> None:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


def _sample(rounds: int, dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """(module, its text, the text of a mutant)."""
    made: dict[str, tuple[str, Any, list[Any]]] = {}
    for path in sorted((ROOT / RULES).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        tree, mutants, *_ = MUTMUT.create_mutations(path.name, source)
        dice.shuffle(mutants)
        made[path.name] = (source, tree, mutants)
    for _ in range(rounds):
        for module, (source, tree, mutants) in made.items():
            if mutants:
                mutant = mutants.pop()
                yield module, source, tree.deep_replace(mutant.original_node, mutant.mutated_node).code


def _passes(copy: Path, python: str) -> bool:
    command = [python, "-m", "pytest", "-n", "0", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", *TESTS]
    home = {**os.environ, "VAR_DIR": str(copy / "var"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(command, cwd=copy, env=home, capture_output=True, timeout=LONGEST_RUN, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _change(source: str, mutant: str) -> str:
    lines = difflib.unified_diff(source.splitlines(), mutant.splitlines(), lineterm="", n=0)
    return "\n".join(f"    {line}" for line in lines if not line.startswith(("---", "+++")))


def _tell(killed: Counter[str], survived: Counter[str]) -> None:
    for module in sorted({*killed, *survived}):
        print(f"{module:<28} {killed[module]:>4} killed {survived[module]:>4} survived")
    whole = killed.total() + survived.total()
    print(f"{whole} mutants, {killed.total() / whole:.1%} killed" if whole else "no mutants")


if __name__ == "__main__":
    sys.exit(main())
