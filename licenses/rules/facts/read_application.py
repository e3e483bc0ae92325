"""At the door of `precheck`: one application object of docs/contract.md becomes facts. Shapes are checked here only.

Ids that are absent are made (P1 …, P1.O1 …, I1 …) and never repeat a given one; a repeated id is an error, because two
parties under one id would hide each other. A party of a draft may lack name and address: it is read, and later not screened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from licenses.rules.facts.json_values import as_list, as_object, as_text, read_country
from licenses.rules.facts.made_ids import unused_stem
from licenses.rules.facts.read_case import FORM_ITEM_KEYS, MAX_OWNER_LAYERS, read_item, read_party
from licenses.rules.facts.read_facts import read_answers, read_facts
from licenses.rules.facts.read_form import read_fields, read_form
from licenses.rules.tables.loader import load
from licenses.rules.types import (
    MOVEMENTS,
    UNASKED_TYPES,
    ApplicationFacts,
    ItemFacts,
    PartyFacts,
    RuleInputError,
    TransactionType,
)

RETURNING_TYPES = ("replacement", "resubmission")
"""Types that name their movement in `transaction` (docs/contract.md)."""
TYPES = (*MOVEMENTS, *RETURNING_TYPES, *UNASKED_TYPES)
KEYS = frozenset(("id", "type", "transaction", "destination", "end_use", "answers", "parties", "items", "form"))
MAX_ROWS = 500
"""Most parties or items of one application; a longer one is split before it is checked."""
ADDRESS_PARTS = ("unit", "floor", "building", "street", "city", "state", "postal_code")
"""Fields of `form.parties.<id>` that make an address, in the order of a line."""
_NAMELESS = "nameless"


def read_application(line: Any, where: str = "application") -> ApplicationFacts:
    """One input line of `precheck`. Raises RuleInputError naming the key: unknown_key, wrong_type, bad_value, missing,
    conflict, duplicate_id, unknown_country, bad_eccn, too_many, too_deep."""
    raw = as_object(line, where)
    for key in raw:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            raise RuleInputError("unknown_key", f"{where}.{key}: no such key" + (f"; did you mean {near[0]}?" if near else ""))
    kind, movement = _type(raw, where)
    end_use, stated = _end_use(raw.get("end_use"), f"{where}.end_use")
    answers = _answers(raw.get("answers"), f"{where}.answers")
    for key, value in stated.items():
        if answers.setdefault(key, value) != value:
            raise RuleInputError("conflict", f"{where}.end_use.{key}: contradicts {where}.answers.{key}; say it once")
    parties = _parties(raw.get("parties"), f"{where}.parties")
    items, item_answers, item_form = _items(raw.get("items"), f"{where}.items")
    form = read_form({} if raw.get("form") is None else raw["form"], f"{where}.form")
    if item_form:
        form = {**form, "items": {**item_form, **form.get("items", {})}}
    parties = tuple(_placed(party, form.get("parties", {}).get(party.id, {})) for party in parties)
    destination = raw.get("destination")
    return ApplicationFacts(
        id=_id(raw, where),
        type=kind,
        transaction=movement,
        destination="" if destination in (None, "") else read_country(destination, f"{where}.destination"),
        end_use=end_use,
        parties=_with_answers(parties, answers, f"{where}.answers.parties"),
        items=items,
        answers=answers,
        item_answers=item_answers,
        form=form,
    )


def _type(raw: Mapping[str, Any], where: str) -> tuple[str, TransactionType | None]:
    """The application type and the movement behind it; an absent type is an export."""
    kind = as_text(raw.get("type") or "export", f"{where}.type")
    if kind not in TYPES:
        raise RuleInputError("bad_value", f"{where}.type: {kind[:40]!r} is none of {', '.join(TYPES)}")
    stated = as_text(raw.get("transaction") or "", f"{where}.transaction")
    if stated and stated not in MOVEMENTS:
        raise RuleInputError("bad_value", f"{where}.transaction: {stated[:40]!r} is none of {', '.join(MOVEMENTS)}")
    if kind in UNASKED_TYPES:
        if stated:
            raise RuleInputError("conflict", f"{where}.transaction: a {kind} has no transaction; leave it out")
        return kind, None
    if kind in RETURNING_TYPES:
        if not stated:
            raise RuleInputError("missing", f"{where}.transaction: a {kind} names its movement, one of {', '.join(MOVEMENTS)}")
        return kind, TransactionType(stated)
    if stated and stated != kind:
        raise RuleInputError("conflict", f"{where}.transaction: {stated!r} contradicts the type {kind!r}; leave it out")
    return kind, TransactionType(kind)


def _end_use(value: Any, where: str) -> tuple[str, dict[str, Any]]:
    """The end use as a text, or as the object of facts that `determine` takes, its text under `text`."""
    if value is None or isinstance(value, str):
        return as_text(value or "", where).strip(), {}
    facts = read_facts(value, where)
    return str(facts.pop("text", "")).strip(), facts


def _answers(value: Any, where: str) -> dict[str, Any]:
    answers = read_answers({} if value is None else value, where)
    known = load().questionnaire_codes
    own = [answers, *answers.get("parties", {}).values()]
    for code in (code for part in own for code in part.get("rf", {})):
        if code not in known:
            near = get_close_matches(code, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise RuleInputError("unknown_key", f"{where}.rf.{code}: no such item of the questionnaire{hint}")
    return answers


def _parties(value: Any, where: str) -> tuple[PartyFacts, ...]:
    rows = as_list([] if value is None else value, where)
    if len(rows) > MAX_ROWS:
        raise RuleInputError("too_many", f"{where}: {len(rows)} parties; {MAX_ROWS} at most")
    given = _given_ids(rows, where)
    stem = unused_stem("P", given)
    return tuple(_party(row, f"{where}[{index}]", f"{stem}{index + 1}", given) for index, row in enumerate(rows))


def _party(row: Any, where: str, made_id: str, given: frozenset[str], layer: int = 0) -> PartyFacts:
    """A party and its owners, each with its id. A ship without a role has the role `vessel`.

    `read_party` wants something to determine with; a draft may not have it yet, so a party without name and address
    is read under a placeholder and keeps its blank name.
    """
    raw = as_object(row, where)
    if layer > MAX_OWNER_LAYERS:
        raise RuleInputError("too_deep", f"{where}: owners are taken through {MAX_OWNER_LAYERS} layers at most")
    blank = not str(raw.get("name") or "").strip() and not raw.get("address") and not raw.get("addresses")
    flat = {**raw, "owners": [], **({"name": _NAMELESS} if blank else {})}
    if raw.get("kind") == "vessel" and not raw.get("role") and not layer:
        flat["role"] = "vessel"
    party = read_party(flat, where, default_id=made_id, layer=layer)
    owners = as_list(raw.get("owners") or [], f"{where}.owners")
    stem = unused_stem(f"{party.id}.O", given)
    return replace(
        party,
        name="" if blank else party.name,
        owners=tuple(
            _party(owner, f"{where}.owners[{index}]", f"{stem}{index + 1}", given, layer + 1)
            for index, owner in enumerate(owners)
        ),
    )


def _placed(party: PartyFacts, parts: Mapping[str, Any]) -> PartyFacts:
    """A party without an address has the one that its form fields make, so that no address is left out of the screening."""
    lines = [str(parts[key]).strip() for key in ADDRESS_PARTS if key in parts]
    return party if party.addresses or not lines else replace(party, addresses=(", ".join(lines),))


def _given_ids(rows: list[Any], where: str) -> frozenset[str]:
    """Every id given to a party or an owner. An owner of two parties may stand under both with one id and one name."""
    names: dict[str, str] = {}
    for index, row in enumerate(rows):
        for key, name, is_party in _ids_in(row, is_party=True):
            if key in names and (is_party or names[key] != name):
                raise RuleInputError("duplicate_id", f"{where}[{index}].id: {key!r} is given twice; ids tell parties apart")
            names[key] = name
    return frozenset(names)


def _ids_in(row: Any, *, is_party: bool) -> Iterator[tuple[str, str, bool]]:
    waiting: list[tuple[Any, int]] = [(row, 0)]
    while waiting:
        entry, layer = waiting.pop()
        if not isinstance(entry, Mapping) or layer > MAX_OWNER_LAYERS:
            continue
        if entry.get("id") not in (None, ""):
            yield str(entry["id"]), str(entry.get("name") or ""), is_party and layer == 0
        owners = entry.get("owners")
        if isinstance(owners, list | tuple):
            waiting.extend((owner, layer + 1) for owner in owners)


def _items(value: Any, where: str) -> tuple[tuple[ItemFacts, ...], dict[str, Mapping[str, Any]], dict[str, dict[str, Any]]]:
    """The items, their own answers, and the fields that only the form reads (unit price, model number …), by item id."""
    rows = as_list([] if value is None else value, where)
    if len(rows) > MAX_ROWS:
        raise RuleInputError("too_many", f"{where}: {len(rows)} items; {MAX_ROWS} at most")
    keys = [str(row["id"]) for row in rows if isinstance(row, Mapping) and row.get("id") not in (None, "")]
    repeated = next((key for index, key in enumerate(keys) if key in keys[:index]), None)
    if repeated is not None:
        raise RuleInputError("duplicate_id", f"{where}: the id {repeated!r} is given twice; ids tell items apart")
    stem = unused_stem("I", keys)
    items: list[ItemFacts] = []
    answers: dict[str, Mapping[str, Any]] = {}
    form: dict[str, dict[str, Any]] = {}
    for index, row in enumerate(rows):
        here = f"{where}[{index}]"
        item, own = read_item(row, here)
        item = replace(item, id=item.id or f"{stem}{index + 1}")
        entered = read_fields({key: row[key] for key in sorted(FORM_ITEM_KEYS) if key in row}, here)
        items.append(replace(item, value_usd=_worth(item, entered, here)))
        if own:
            answers[item.id] = own
        if entered:
            form[item.id] = entered
    return tuple(items), answers, form


def _worth(item: ItemFacts, entered: Mapping[str, Any], where: str) -> Decimal | None:
    """The value of a line: `value_usd`, or the total price of the form (Block 22(h)), which must not say otherwise."""
    stated = entered.get("total_price_usd")
    total = None if stated is None else Decimal(str(stated))
    if None not in (total, item.value_usd) and total != item.value_usd:
        raise RuleInputError("conflict", f"{where}.total_price_usd: {total} contradicts value_usd {item.value_usd}")
    return total if item.value_usd is None else item.value_usd


def _with_answers(parties: tuple[PartyFacts, ...], answers: Mapping[str, Any], where: str) -> tuple[PartyFacts, ...]:
    """Answers about one party stand with it; an id that no party has is an error, so that none is lost."""
    own: Mapping[str, Mapping[str, Any]] = answers.get("parties", {})
    used: set[str] = set()

    def answered(party: PartyFacts) -> PartyFacts:
        used.add(party.id)
        return replace(party, facts=own.get(party.id, {}), owners=tuple(answered(owner) for owner in party.owners))

    known = tuple(answered(party) for party in parties)
    for key in own:
        if key not in used:
            raise RuleInputError("unknown_key", f"{where}.{key}: no party has this id")
    return known


def _id(raw: Mapping[str, Any], where: str) -> str:
    value = raw.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return as_text(value or "", f"{where}.id")
