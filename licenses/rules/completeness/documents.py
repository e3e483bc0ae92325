"""Support documents (748.9 to 748.13, 744.15(b), Supp. 2 to part 748): which are needed, why, and before what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from licenses.rules.red_flags.context import BUYER_ROLES, RedFlagContext, commodity
from licenses.rules.red_flags.items import prc_statement_reasons
from licenses.rules.tables.form_definitions import CompletenessMessage, FormRules
from licenses.rules.tables.list_facts import UNVERIFIED_LIST
from licenses.rules.types import Duty, ItemFacts, Outcome, PartyFacts

_FIREARM = re.compile(r"^0[A-E]5\d\d", re.IGNORECASE)
_SERIES_600 = re.compile(r"^\d[A-E]6\d\d", re.IGNORECASE)
HONG_KONG_REASONS = frozenset(("NS", "MT", "CB"))
"""Reasons of 748.13, beside column NP1."""


@dataclass(frozen=True, slots=True)
class NeededDocument:
    """A document that this application needs: kinds that serve, why, before `filing` or `export`, and whether one is attached."""

    rule_id: str
    kinds: tuple[str, ...]
    why: str
    before: str
    condition: str
    text: str
    citation: str
    blocking: bool
    verified: str
    attached: bool


def needed_documents(scene: RedFlagContext, rules: FormRules) -> tuple[NeededDocument, ...]:
    """The support documents this application needs, in the order of the table, attached or not."""
    needed = []
    for row in rules.support:
        rule_id = row.meta.ref.rule_id
        why = "; ".join(TRIGGERS[rule_id](scene))
        if why:
            needed.append(
                NeededDocument(
                    rule_id=rule_id,
                    kinds=row.kinds,
                    why=why,
                    before=row.before,
                    condition=row.condition,
                    text=row.text.format(why=why),
                    citation=row.meta.citation,
                    blocking=row.blocking,
                    verified=row.meta.ref.verified,
                    attached=_attached(scene, rule_id, row.kinds),
                )
            )
    return tuple(needed)


def _attached(scene: RedFlagContext, rule_id: str, kinds: tuple[str, ...]) -> bool:
    """Is the paper there? A statement of the Unverified List is given by each party of it."""
    if rule_id == UNVERIFIED_LIST:
        return all(scene.attached(party) & set(kinds) for party in _unverified(scene))
    return bool(scene.attached() & set(kinds))


def document_messages(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """What is still to be attached. A paper that may follow the filing (748.9(e)) is a warning here and a condition below."""
    numbers = {"PRC_EUS": "V12", "HK_PERMIT": "V13"}
    for need in needed_documents(scene, rules):
        if not need.attached:
            yield CompletenessMessage(
                "supporting_documents", need.text, need.blocking, numbers.get(need.rule_id, ""), need.citation, need.verified
            )


def document_conditions(scene: RedFlagContext, rules: FormRules) -> tuple[Duty, ...]:
    """Papers that are missing, as conditions that block filing or shipping."""
    return tuple(
        Duty(code=need.condition, why=need.text, citation=need.citation, before=need.before)
        for need in needed_documents(scene, rules)
        if not need.attached
    )


def _prc(scene: RedFlagContext) -> Iterator[str]:
    yield from prc_statement_reasons(scene)


def _hong_kong(scene: RedFlagContext) -> Iterator[str]:
    for item in scene.application.items if scene.place_in(("HK",)) and not scene.deemed else ():
        determination = scene.determinations.get(item.id)
        rows = determination.requirements if determination and commodity(item.eccn) else ()
        if any(row.reason in HONG_KONG_REASONS or row.column.replace(" ", "") == "NP1" for row in rows):
            yield f"item {item.id}, {item.eccn}"


def _unverified_list(scene: RedFlagContext) -> Iterator[str]:
    yield from (f"{party.name or party.id} is on the Unverified List" for party in _unverified(scene))


def _unverified(scene: RedFlagContext) -> tuple[PartyFacts, ...]:
    """The buyers, consignees and users that are on the Unverified List."""
    return tuple(party for party, hit in scene.hits(UNVERIFIED_LIST) if party.role in BUYER_ROLES and hit.counts)


def _major_equipment(scene: RedFlagContext) -> Iterator[str]:
    if scene.destination not in ("CN", "US"):
        yield from (f"item {item.id}, {item.eccn}" for item in _licensed(scene) if _SERIES_600.match(item.eccn))


def _firearms(scene: RedFlagContext) -> Iterator[str]:
    yield from (f"item {item.id}, {item.eccn}" for item in _licensed(scene) if _FIREARM.match(item.eccn))


def _nuclear(scene: RedFlagContext) -> Iterator[str]:
    if scene.answered_yes("nuclear"):
        yield "a nuclear end use is stated"
    for item in _licensed(scene):
        if any(row.reason == "NP" for row in scene.determinations[item.id].requirements):
            yield f"item {item.id}, {item.eccn}, is controlled for nuclear nonproliferation"


def _technology(scene: RedFlagContext) -> Iterator[str]:
    """Technology under a license; a release to a foreign person is explained as soon as it may need one."""
    named = [f"item {item.id} is technology" for item in _licensed(scene, commodities=False) if item.eccn[1:2].upper() == "E"]
    yield from named or _deemed(scene)


def _deemed(scene: RedFlagContext) -> Iterator[str]:
    open_or_required = [
        determination
        for determination in scene.determinations.values()
        if determination.outcome.rank >= Outcome.NEEDS_INFORMATION.rank
    ]
    if scene.deemed and open_or_required:
        yield "deemed export"


def _licensed(scene: RedFlagContext, *, commodities: bool = True) -> tuple[ItemFacts, ...]:
    """Items with a definite requirement that no exception overcame; software and technology only where asked (748.9(c))."""
    return tuple(
        item
        for item in scene.application.items
        if (determination := scene.determinations.get(item.id)) is not None
        and determination.requirements
        and determination.outcome.rank >= Outcome.NEEDS_INFORMATION.rank
        and (commodity(item.eccn) or not commodities)
    )


TRIGGERS: dict[str, Callable[[RedFlagContext], Iterator[str]]] = {
    "PRC_EUS": _prc,
    "HK_PERMIT": _hong_kong,
    UNVERIFIED_LIST: _unverified_list,
    "BIS_711": _major_equipment,
    "FIREARMS": _firearms,
    "NUCLEAR": _nuclear,
    "TECHNOLOGY": _technology,
    "DEEMED_VISA": _deemed,
    "DEEMED_RESUME": _deemed,
    "DEEMED_PLAN": _deemed,
}
"""What calls for each row of support_documents.csv; a row without a trigger fails loudly at the first application."""
