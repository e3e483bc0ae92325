"""Whatever is entered: nothing crashes, every flag stands on a row, and nothing added makes an outcome better."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from licenses.rules.completeness.messages import messages
from licenses.rules.facts.read_application import read_application
from licenses.rules.outcome.conclude import SearchedLists, conclude
from licenses.rules.outcome.next_steps import next_steps
from licenses.rules.red_flags.raise_flags import red_flags
from licenses.rules.tables.form_definitions import SECTIONS
from licenses.rules.types import ApplicationFacts, Determination, Outcome, Severity
from tests.licenses.rules.builders import DAY, application, determination, hit, item, party, requirement, rules

COUNTRIES = ("", "US", "DE", "CN", "HK", "RU", "IR", "AE", "UA", "KR", "XK")
ROLES = (
    "",
    "applicant",
    "purchaser",
    "ultimate_consignee",
    "end_user",
    "freight_forwarder",
    "bank",
    "vessel",
    "other",
    "foreign_person",
)
LISTS = ("EL", "DPL", "UVL", "MEU", "SDN", "ISN", "CAP", "UN", "HOUSE")
TEXTS = ("", "resale", "military radios", "quantum computing", "assembly and test", "量子计算", "bakery", "x" * 3000)
NAMES = ("", "Firma", "Fast Freight Ltd", "Blue Trading", "Commerzbank", "中国银行", "!!!")
KINDS = ("export", "reexport", "in_country_transfer", "deemed_export", "classification", "advisory_opinion", "resubmission")


def anything(dice: random.Random) -> ApplicationFacts:
    def hits() -> tuple[Any, ...]:
        return tuple(hit(dice.choice(LISTS), band=dice.choice(("strong", "possible"))) for _ in range(dice.randint(0, 2)))

    def somebody(layer: int = 0) -> Any:
        owners = tuple(somebody(layer + 1) for _ in range(dice.randint(0, 1))) if layer < 2 else ()
        role = "owner" if layer else dice.choice(ROLES)
        share = dice.choice((None, 0.0, 30.0, 80.0))
        return party(
            role,
            dice.choice(NAMES),
            dice.choice(COUNTRIES),
            id=str(dice.random()),
            hits=hits(),
            owners=owners,
            share_percent=share,
        )

    lines = tuple(
        item(
            dice.choice(("", "EAR99", "3A001.a.2", "3E001", "5A992.c", "4A003")),
            dice.choice(("", "854231", "831130")),
            dice.choice((None, 0, 70_000)),
            id=f"I{n}",
        )
        for n in range(dice.randint(1, 3))
    )
    answers = {
        "military": dice.choice((True, False)),
        "payer_country": dice.choice(COUNTRIES),
        "prior_orders": 0.0,
        "website": "none",
    }
    kept = {key: value for key, value in answers.items() if dice.random() < 0.5}
    form = dice.choice(
        ({}, {"contact_name": "A"}, {"additional_information": "Also Foo Ltd.", "filer_capacity": "AGENT_OF_FPPI"})
    )
    people = tuple(somebody() for _ in range(dice.randint(1, 4)))
    return application(
        dice.choice(COUNTRIES), *people, items=lines, end_use=dice.choice(TEXTS), type=dice.choice(KINDS), answers=kept, form=form
    )


def found_for(facts: ApplicationFacts, dice: random.Random) -> dict[str, Determination]:
    return {
        line.id: determination(
            dice.choice(list(Outcome)), *([requirement("NS", "NS1")] if dice.random() < 0.5 else []), id=line.id
        )
        for line in facts.items
    }


def trials(count: int) -> Iterator[tuple[ApplicationFacts, dict[str, Determination]]]:
    dice = random.Random(20260731)  # noqa: S311 - a fixed seed, so that a failure can be repeated
    for _ in range(count):
        facts = anything(dice)
        yield facts, found_for(facts, dice)


def test_nothing_crashes_and_every_flag_stands_on_a_row() -> None:
    table = rules().red_flags
    for facts, found in trials(150):
        flags = red_flags(facts, found, rules(), as_of=DAY)
        assert all(table.row(flag.code) and flag.why and flag.facts and flag.citation for flag in flags)
        said = messages(facts, rules(), found, as_of=DAY)
        assert all(message.section in SECTIONS and "{" not in message.text for message in said)
        state = SearchedLists(loaded=("EL",))
        result = conclude(type=facts.type, determinations=found, parties=facts.parties, flags=flags, lists=state)
        steps = next_steps(result, determinations=found, flags=flags, completeness={}, parties=facts.parties)
        assert len(set(steps)) == len(steps)


def test_a_floor_never_makes_an_outcome_better() -> None:
    for facts, found in trials(60):
        flags = red_flags(facts, found, rules(), as_of=DAY)
        before = conclude(type=facts.type, determinations=found, parties=facts.parties, flags=(), lists=SearchedLists(("EL",)))
        after = conclude(type=facts.type, determinations=found, parties=facts.parties, flags=flags, lists=SearchedLists(("EL",)))
        blind = conclude(type=facts.type, determinations=found, parties=facts.parties, flags=flags, lists=SearchedLists(()))
        if before.outcome is None:
            continue
        assert after.outcome is not None
        assert blind.outcome is not None
        assert before.outcome.rank <= after.outcome.rank <= blind.outcome.rank
        assert blind.outcome.rank >= Outcome.NEEDS_INFORMATION.rank


def test_another_hit_never_takes_a_blocking_flag_away() -> None:
    for facts, found in trials(60):
        before = {
            (flag.code, flag.party) for flag in red_flags(facts, found, rules(), as_of=DAY) if flag.severity is Severity.BLOCKING
        }
        worse = replace(facts, parties=(*facts.parties, party("other", "Another", "RU", id="extra", hits=(hit("SDN"),))))
        after = {
            (flag.code, flag.party) for flag in red_flags(worse, found, rules(), as_of=DAY) if flag.severity is Severity.BLOCKING
        }
        assert before <= after


def test_the_shared_stories_can_be_read_and_the_clean_ones_stay_silent(shared: Path) -> None:
    for line in (shared / "dev" / "scenarios_dev.jsonl").read_text(encoding="utf-8").splitlines():
        story = json.loads(line)
        facts = read_application(story["input"])
        found = {one.id: determination(id=one.id) for one in facts.items}
        codes = {flag.code for flag in red_flags(facts, found, rules(), as_of=DAY)}
        if story["id"].startswith("C"):
            assert codes == set(), story["id"]


@pytest.mark.parametrize("kind", ["classification", "advisory_opinion"])
def test_what_states_no_transaction_raises_no_flag_about_one(kind: str) -> None:
    facts = application("", party("applicant", "Exporter Inc.", "US"), type=kind, end_use="")
    assert red_flags(facts, {}, rules(), as_of=DAY) == ()
