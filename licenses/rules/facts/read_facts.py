"""Facts and answers at the door: each key must be in the catalog, each value of the kind that the catalog gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from licenses.rules.facts.catalog import ANSWERS, CONDITION_PREFIX, FACTS, Fact, FactKind, question_for
from licenses.rules.facts.json_values import as_bool, as_list, as_number, as_object, as_text, read_country, read_date
from licenses.rules.types import FactValue, RuleInputError

REFUSED = {
    "ofac_authorization": "two reviewers record an OFAC authorization as a mitigated flag; it is no fact of the exporter",
}
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.()/-]{0,59}$")
_RULE_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$")


def read_facts(mapping: Any, where: str) -> dict[str, FactValue]:
    """Facts of an `end_use` object; null values are dropped (unknown).

    Raises RuleInputError (`unknown_key`, `wrong_type`, `bad_value`, `not_an_input`) naming the key under `where`.
    """
    facts: dict[str, FactValue] = {}
    for key, value in as_object(mapping, where).items():
        fact = FACTS.get(key) or _condition(key)
        if fact is None:
            raise _unknown(key, where, FACTS)
        if value is not None:
            facts[key] = read_value(fact, value, f"{where}.{key}")
    return facts


def read_answers(mapping: Any, where: str) -> dict[str, Any]:
    """The `answers` object of intake.md 1.3: facts and answers, `parties` as {party id: {key: value}}, `rf` as {code: bool}."""
    answers: dict[str, Any] = {}
    for key, value in as_object(mapping, where).items():
        fact = FACTS.get(key) or ANSWERS.get(key) or _condition(key)
        if fact is None:
            raise _unknown(key, where, {**FACTS, **ANSWERS})
        if value is None:
            continue
        here = f"{where}.{key}"
        if key == "parties":
            answers[key] = {pid: read_answers(own, f"{here}.{pid}") for pid, own in as_object(value, here).items()}
            if any("parties" in own for own in answers[key].values()):
                raise RuleInputError("unknown_key", f"{here}: an answer about one party holds no further `parties`")
        elif key == "rf":
            answers[key] = {
                code: as_bool(flag, f"{here}.{code}") for code, flag in as_object(value, here).items() if flag is not None
            }
        else:
            answers[key] = read_value(fact, value, here)
    return answers


def read_value(fact: Fact, value: Any, where: str) -> FactValue:
    """One value checked against its kind. A date comes back as its ISO text, money and percent as float."""
    match fact.kind:
        case FactKind.BOOL:
            return as_bool(value, where)
        case FactKind.NUMBER | FactKind.PERCENT:
            return as_number(value, where, 100.0 if fact.kind is FactKind.PERCENT else 1e15)
        case FactKind.ISO:
            return read_country(value, where)
        case FactKind.ISO_LIST:
            return tuple(read_country(entry, where) for entry in as_list(value, where))
        case FactKind.CODE:
            return _code(fact, value, where)
        case FactKind.CODE_LIST:
            return tuple(_code(fact, entry, where) for entry in as_list(value, where))
        case FactKind.DATE:
            return read_date(value, where).isoformat()
        case _:
            return as_text(value, where)


def _condition(key: str) -> Fact | None:
    rule_id = key.removeprefix(CONDITION_PREFIX)
    if rule_id == key or not _RULE_ID.match(rule_id):
        return None
    return Fact(key, FactKind.BOOL, question_for(key))


def _unknown(key: str, where: str, known: Mapping[str, Fact]) -> RuleInputError:
    if key in REFUSED:
        return RuleInputError("not_an_input", f"{where}.{key}: {REFUSED[key]}")
    near = get_close_matches(str(key), known, n=1)
    return RuleInputError("unknown_key", f"{where}.{key}: no such key" + (f"; did you mean {near[0]}?" if near else ""))


def _code(fact: Fact, value: Any, where: str) -> str:
    code = as_text(value, where).strip()
    if fact.choices:
        folded = {choice.lower(): choice for choice in fact.choices}
        if code.lower() not in folded:
            raise RuleInputError("bad_value", f"{where}: {value!r} is none of {', '.join(fact.choices)}")
        return folded[code.lower()]
    if not _CODE.match(code):
        raise RuleInputError("bad_value", f"{where}: {value!r} is no code")
    return code
