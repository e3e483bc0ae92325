"""What a control list means stands in its row of list_effects.csv and nowhere else (docs/decisions/0004-what-a-list-means.md)."""

from __future__ import annotations

import ast
import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.list_facts import all_facts
from licenses.models import Flag
from licenses.rules.tables import loader
from licenses.services.application.dispositions import is_critical, never_in_bulk
from licenses.services.evaluation import rules_in_force
from licenses.services.review.concerns_and_notes import bulk_false_positive
from licenses.words import hit_sentence, list_in_a_sentence
from screening.lists.registry import CONTROL_LISTS
from screening.models import Match
from tests.licenses.factories import REASON, checked, clean_line, listed_line, load_lists, starter_rows
from tests.screening.factories import row
from tests.screening.fixtures import own_folders

__all__ = ("own_folders",)
SignIn = Callable[[User], Client]
ROOT = Path(__file__).resolve().parent.parent
TABLE = "list_effects.csv"

DERIVED = [
    ("stops", {"DPL", "SDN"}),
    ("reaches", {"EL", "MEU", "DPL", "SDN", "ISN", "FSE"}),
    ("decides", {"EL", "DPL", "UVL", "MEU", "SDN", "ISN", "FSE"}),
    ("bars_exceptions", {"EL", "MEU", "UVL"}),
    ("critical", {"EL", "DPL", "SDN", "MEU", "ISN", "FSE"}),
    ("never_in_bulk", {"EL", "DPL", "SDN", "MEU"}),
]


@pytest.mark.parametrize(("fact", "codes"), DERIVED, ids=[case[0] for case in DERIVED])
def test_what_follows_from_the_effect_is_what_the_design_names(fact: str, codes: set[str]) -> None:
    assert {facts.list for facts in all_facts() if getattr(facts, fact)} == codes


def test_who_publishes_a_list_and_what_it_means_are_told_of_the_same_lists() -> None:
    assert {facts.list for facts in all_facts()} == set(CONTROL_LISTS), "registry.py and list_effects.csv name other lists"


MAY_NAME_LISTS = (
    "screening/lists/registry.py",
    "screening/lists/fetch_sources.py",
    "screening/lists/formats/",
    "licenses/rules/tables/",
    "licenses/rules/determination/steps/",
)
"""The registry, where its files are fetched and how they are read; the rule tables, and the steps of the law about one list."""
OTHER_MEANINGS = {
    ("screening/lists/fields/addresses.py", "UK"),  # the country, as addresses write it
    ("licenses/words.py", "UVL"),  # an acronym that keeps its capitals
}


def test_no_code_of_a_list_is_written_elsewhere() -> None:
    found = {(place, code) for place, code in literals() if not place.startswith(MAY_NAME_LISTS)}
    assert found <= OTHER_MEANINGS, "say what the list does (licenses.rules.tables.list_facts), not which one it is"
    assert found == OTHER_MEANINGS, "an exception nobody needs any more"


def literals() -> Iterator[tuple[str, str]]:
    """(file, code) for every string in the product that is the code of a built-in list."""
    for path in sorted(path for app in ("exportcheck", "screening", "licenses") for path in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in CONTROL_LISTS:
                yield path.relative_to(ROOT).as_posix(), node.value


NEW = "NEWL"
NAME = "Wistramel Propulsion"
MEANINGS = [
    ("a stop", "stop", "PROHIBITED", "blocking", True, True),
    ("a license requirement that no step knows", "requirement", "NEEDS_INFORMATION", "blocking", True, True),
    ("conditions that no step knows", "conditions", "NEEDS_INFORMATION", "warning", False, False),
    ("a hit that holds the answer", "blocking", "NEEDS_INFORMATION", "blocking", True, False),
    ("a warning", "warning", "NO_LICENSE_REQUIRED", "warning", False, False),
]


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The rule tables in a folder of the test."""
    folder = tmp_path / "data"
    shutil.copytree(loader.DATA, folder)
    monkeypatch.setattr(loader, "DATA", folder)
    yield folder
    monkeypatch.undo()
    forget()


def forget() -> None:
    loader.load.cache_clear()
    rules_in_force._with_switches.cache_clear()


def add_list(folder: Path, effect: str) -> None:
    """One row, in one place."""
    with (folder / TABLE).open("a", encoding="utf-8", newline="") as file:
        facts = (f"LIST-{NEW}", NEW, effect, "mind the new rule", "New Control List", "Mind the new rule first.")
        csv.writer(file, lineterminator="\n").writerow((*facts, "", "", "active", "744.99", "seen", "2026-09-24"))
    forget()


@pytest.mark.parametrize(
    ("sentence", "effect", "outcome", "severity", "critical", "single"), MEANINGS, ids=[m[0] for m in MEANINGS]
)
def test_a_list_is_added_by_its_row(
    tables: Path,
    own_folders: None,
    alice: User,
    rita: User,
    sign_in: SignIn,
    sentence: str,
    effect: str,
    outcome: str,
    severity: str,
    critical: bool,
    single: bool,
) -> None:
    add_list(tables, effect)
    load_lists([*starter_rows(), row(NAME, "EL", source=f"New Control List ({NEW}) - Some Agency")])
    application = checked(alice, listed_line(NAME, "DE"))
    result = application.reports.get().result
    flag = application.flags.get(code=f"LIST_{NEW}")

    assert [hit["list"] for party in result["parties"] for hit in party["hits"]] == [NEW], "screening"
    assert (result["outcome"], result["items"][0]["outcome"]) == (outcome, outcome), "determination"
    steps = [step for step in result["items"][0]["steps"] if {"list": NEW, "entry": flag.match.entry.uid} in step.get("hits", ())]
    assert any("mind the new rule" in step["answer"] for step in steps), "determination"
    assert (flag.severity, flag.critical) == (severity, critical), "flags"
    assert "the New Control List" in result["sentence"], "words"
    page = sign_in(rita).get(reverse("desk:licenses_flag_change", args=(flag.pk,))).content.decode()
    assert "Mind the new rule first." in page, "desk"
    assert "New Control List, entry" in page, "desk"
    assert never_in_bulk(NEW) is single
    assert is_critical(code=flag.code, severity="warning", list_code=NEW) is critical
    Match.objects.update(band="possible")
    Flag.objects.update(severity="warning", critical=False)
    decision = {"actor": rita, "flag_ids": [flag.pk], "reason_code": "DIFFERENT_NAME", "reason": REASON}
    if single:
        with pytest.raises(Refused, match=f"flags of {NEW} .* one by one"):
            bulk_false_positive(**decision)
    else:
        assert len(bulk_false_positive(**decision)) == 1


def test_an_answer_says_that_a_new_list_that_decides_was_not_searched(tables: Path, own_folders: None, alice: User) -> None:
    add_list(tables, "requirement")
    load_lists()
    assert NEW in checked(alice, clean_line()).reports.get().result["sentence"].partition("not searched: ")[2]


def test_a_list_without_a_row_is_one_of_somebodys_own() -> None:
    assert not never_in_bulk("HOUSE")
    assert not is_critical(code="LIST_HOUSE", severity="warning", list_code="HOUSE")
    assert (list_in_a_sentence("HOUSE"), hit_sentence("HOUSE")) == ("list HOUSE", "See the list.")
