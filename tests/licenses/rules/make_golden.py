"""Every word the rules say about many cases, kept in two files, so that none of them changes unseen.

    python -m tests.licenses.rules.make_golden             # after a change that is meant: write the files anew, read the diff
    python -m tests.licenses.rules.make_golden --show NAME # all that is said about one case

golden_sentences.txt has each distinct line once, for a person to read; golden.csv has a digest of all lines of each case, in
order, so that a sentence which moves to another case is noticed too. The cases: those of cases/*.yaml, the tables of red flags
and of completeness, the stories, every ECCN decoded, and drawn cases, which reach what no person thought of.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from licenses.rules.completeness.messages import conditions as paper_conditions
from licenses.rules.completeness.messages import messages
from licenses.rules.determination.classification_help import decode, hs_hints, search
from licenses.rules.determination.determine import determine
from licenses.rules.determination.what_if import what_if
from licenses.rules.facts.write_determination import determination_as_dict
from licenses.rules.outcome.conclude import SearchedLists, conclude
from licenses.rules.outcome.next_steps import next_steps
from licenses.rules.red_flags.raise_flags import red_flags
from licenses.rules.tables.loader import load
from licenses.rules.types import ApplicationFacts, Determination, RedFlag
from tests.licenses.rules import test_cases
from tests.licenses.rules.builders import DAY, rules
from tests.licenses.rules.completeness import cases as completeness_cases
from tests.licenses.rules.drawn_cases import BLOCKS, drawn
from tests.licenses.rules.red_flags import cases as flag_cases
from tests.licenses.rules.stories import STORIES
from tests.licenses.rules.test_any_application import trials

Spoken = Iterator[tuple[str, list[str]]]
DIGESTS = Path(__file__).with_name("golden.csv")
SENTENCES = Path(__file__).with_name("golden_sentences.txt")
FLAG_TABLES = ("answers", "items", "lists", "parties")
FORM_TABLES = {"test_completeness": "test_messages", "test_completeness_form": "test_form"}
"""Name of a group in golden.csv -> the module that holds its table."""
WHOLE_BLOCKS = (20, 21, 22)
OPAQUE = ("drawn", "any", "whole", "decoded", "searched")
"""Cases of these groups are kept as digests only: what they say is too long to be read."""
QUERIES = ("", "3a", "3A001", "laser", "integrated circuits", "8542", "854231", "9a61", "no such thing", "8471.30")


def main() -> None:
    """Write the two files, or show one case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", metavar="NAME", help="a case as golden.csv names it")
    wanted = parser.parse_args().show
    every = [(group, *each) for group, make in groups().items() for each in make()]
    if wanted:
        print("\n".join(line for _, name, lines in every if name == wanted for line in lines))
        return
    with DIGESTS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((group, name, digest(lines)) for group, name, lines in every)
    sentences = {line for _, name, lines in every if not name.startswith(OPAQUE) for line in lines}
    SENTENCES.write_text("\n".join(sorted(sentences)) + "\n", encoding="utf-8")


def groups() -> dict[str, Callable[[], Spoken]]:
    """Name of a group -> what is said about each of its cases."""
    stems = sorted(path.stem for path in test_cases.CASES.glob("*.yaml"))
    return {
        **{f"case {stem}": partial(_case_file, stem) for stem in stems},
        **{f"flags {name}": partial(_flag_table, name) for name in FLAG_TABLES},
        **{f"form {name}": partial(_form_table, name) for name in FORM_TABLES},
        "stories": _stories,
        "any application": _any_application,
        **{f"whole {number}": partial(_whole_block, number) for number in WHOLE_BLOCKS},
        "eccn help": _eccn_help,
        **{f"drawn {number}": partial(_drawn_block, number) for number in range(BLOCKS)},
    }


def digest(lines: list[str]) -> str:
    """Short hash of the lines in order."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def said(found: Determination) -> list[str]:
    """An answer as lines: outcome, then each requirement, exception, question, duty and step, as JSON."""
    answer = determination_as_dict(found)
    lines = [f"{answer['outcome']}, {answer['review_policy']}, {answer['unverified_rules']} unverified"]
    for part in ("requirement", "exception", "question", "condition"):
        lines += [_line(part, row) for row in answer[part + "s"]]
    for row in answer["steps"]:
        row.pop("hits", None)
        lines += [f"step {row['step']} asks: {row.pop('question')}", _line("step", row)]
    return lines


def said_of(application: ApplicationFacts, found: dict[str, Determination], **more: Any) -> list[str]:
    """Flags, conclusion, next steps and form messages of an application as lines."""
    day = more.get("as_of", DAY)
    flags = red_flags(application, found, rules(day), as_of=day)
    missing = messages(application, rules(day), found, as_of=day, whole_form=more.get("whole_form", False))
    state = SearchedLists(loaded=("EL", "SDN"))
    end = conclude(type=application.type, determinations=found, parties=application.parties, flags=flags, lists=state)
    sections: dict[str, list[str]] = {}
    for message in missing:
        sections.setdefault(message.section, []).append(message.text)
    steps = next_steps(end, determinations=found, flags=flags, completeness=sections, parties=application.parties)
    return [
        *map(_flag, flags),
        *(_line("form", asdict(one)) for one in missing),
        _line("end", asdict(end)),
        *(f"next {step}" for step in steps),
    ]


def _flag(flag: RedFlag) -> str:
    """What a flag says; which hit it is about is said by its facts."""
    return _line("flag", {key: value for key, value in asdict(flag).items() if key not in ("hit", "settled_with_hit")})


def _line(kind: str, row: dict[str, Any]) -> str:
    """`kind: value | value …`, in the order of the fields; what is nested as JSON."""
    plain = (list(value.values()) if isinstance(value, dict) else value for value in row.values())
    values = (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str) for value in plain)
    return f"{kind}: {' | '.join(values)}"


def _case_file(stem: str) -> Spoken:
    for each in test_cases.cases_of(stem):
        (case,), name = each.values, str(each.id)
        found = test_cases.run(case)
        yield name, said(found)


def _flag_table(name: str) -> Spoken:
    for sentence, case in _parametrized(f"red_flags.test_{name}", flag_cases.FlagCase):
        yield f"test_red_flag_{name}: {sentence}", [_flag(flag) for flag in flag_cases.run(case)]


def _form_table(name: str) -> Spoken:
    for sentence, case in _parametrized(f"completeness.{FORM_TABLES[name]}", completeness_cases.Case):
        yield f"{name}: {sentence}", [_line("form", asdict(one)) for one in completeness_cases.messages_of(case)]


def _parametrized(module: str, kind: Any) -> Iterator[tuple[str, Any]]:
    """(sentence, case) of every table of this kind in a test module."""
    for test in vars(import_module(f"tests.licenses.rules.{module}")).values():
        for mark in getattr(test, "pytestmark", ()):
            for case in mark.args[1] if mark.name == "parametrize" else ():
                if isinstance(case, kind):
                    yield case.sentence, case


def _stories() -> Spoken:
    for story in STORIES:
        found = {item.id: story.found for item in story.application.items}
        yield f"story {story.id}", said_of(story.application, found, as_of=story.as_of, whole_form=True)


def _any_application() -> Spoken:
    for number, (application, found) in enumerate(trials(120)):
        yield f"any {number}", said_of(application, found)


def _whole_block(number: int) -> Spoken:
    """The drawn cases as applications of one item, concluded from what the walk answers."""
    for name, case, day in drawn(number):
        whole = ApplicationFacts(
            id="A",
            type=case.transaction.value,
            transaction=case.transaction,
            destination=case.destination,
            end_use="production test of automotive chips at the plant of the buyer",
            parties=case.parties,
            items=(case.item,),
            answers=dict(case.facts),
        )
        found = {case.item.id: determine(case, rules(day), as_of=day)}
        papers = paper_conditions(whole, rules(day), found, as_of=day)
        yield f"whole {name}", [*said_of(whole, found, as_of=day), *(_line("paper", asdict(one)) for one in papers)]


def _eccn_help() -> Spoken:
    table = rules()
    for base in (*sorted(entry.eccn for entry in table.items.entries())[::8], "3A001", "3A099", "3A9", "ABC"):
        decoded = decode(table, base)
        yield f"decoded {base}", [_line("eccn", asdict(decoded))] if decoded else ["not the form of an ECCN"]
    for query in QUERIES:
        rows: tuple[Any, ...] = (*search(table, query), *hs_hints(table, query))
        yield f"searched {query!r}", [_line("found", asdict(one)) for one in rows]


def _drawn_block(number: int) -> Spoken:
    for name, case, day in drawn(number):
        table = load().in_force(day)
        found = determine(case, table, as_of=day)
        tried = what_if(case, table, as_of=day, found=found) if name.endswith("0") else ()
        yield f"drawn {name}", [*said(found), *(f"if {one.question.fact}: {dict(one.outcomes)}" for one in tried)]


if __name__ == "__main__":
    main()
