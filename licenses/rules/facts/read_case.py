"""At the door: JSON objects of docs/contract.md become facts, and a determination becomes JSON. Shapes are checked here only.

Every error is a RuleInputError with a stable code and a text that names the key; an unknown key is always an error.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from licenses.rules.eccn import parse_eccn
from licenses.rules.facts.json_values import as_list, as_number, as_object, as_text, read_country, read_date
from licenses.rules.facts.made_ids import unused_stem
from licenses.rules.facts.read_facts import read_answers, read_facts
from licenses.rules.types import (
    MOVEMENTS,
    Case,
    HitDecision,
    ItemFacts,
    ListedAs,
    PartyFacts,
    RuleInputError,
    TransactionType,
)

ROLES = (
    "applicant", "other_party", "purchaser", "intermediate_consignee", "ultimate_consignee", "end_user",
    "original_ultimate_consignee", "freight_forwarder", "manufacturer", "bank", "notify_party", "owner", "foreign_person",
    "vessel", "other",
)  # fmt: skip
KINDS = ("organization", "person", "vessel", "aircraft", "unknown")
CASE_KEYS = frozenset(
    (
        "id",
        "eccn",
        "destination",
        "hs6",
        "value_usd",
        "quantity",
        "unit",
        "description",
        "transaction",
        "origin",
        "end_use",
        "parties",
    )
)
PARTY_KEYS = frozenset(
    (
        "id", "role", "name", "other_names", "kind", "address", "addresses", "country", "identifiers", "birth_date",
        "citizenships", "owners", "share_percent", "listed",
    )
)  # fmt: skip
ITEM_KEYS = frozenset(("id", "eccn", "description", "hs6", "quantity", "unit", "value_usd", "origin", "answers"))
FORM_ITEM_KEYS = frozenset(
    ("app_wt", "model_number", "ccats", "unit_price_usd", "total_price_usd", "manufacturer", "technical_description")
)
"""Fields of intake.md step 13 that the API's item also takes; the rules do not read them."""
HIT_KEYS = frozenset(
    (
        "list", "entry", "listed_name", "matched_name", "channel", "score", "band", "explanation", "license_requirement",
        "license_policy", "federal_register", "programs", "footnotes", "effective_on", "expires_on", "alias_quality", "decision",
        "requirement_code", "policy_code", "settled",
    )
)  # fmt: skip
MAX_OWNER_LAYERS = 6
_BETWEEN_TAGS = re.compile(r"\]\s*\[|;|,")
MAX_USD = Decimal(10) ** 15


def read_case(line: Any, where: str = "input") -> Case:
    """A `determine` line; a missing ECCN or destination is "" and becomes a question of the walk.

    Raises RuleInputError: unknown_key, wrong_type, bad_value, missing, bad_eccn, unknown_country …
    """
    raw = as_object(line, where)
    _known(raw, CASE_KEYS, where)
    item, _answers = read_item({key: raw[key] for key in raw.keys() & ITEM_KEYS}, where)
    parties = raw.get("parties")
    return Case(
        id=item.id,
        transaction=_transaction(raw.get("transaction"), where),
        destination="" if raw.get("destination") in (None, "") else read_country(raw["destination"], f"{where}.destination"),
        item=item,
        parties=read_parties([] if parties is None else parties, f"{where}.parties"),
        facts=read_facts({} if raw.get("end_use") is None else raw["end_use"], f"{where}.end_use"),
    )


def read_item(value: Any, where: str) -> tuple[ItemFacts, dict[str, Any]]:
    """An Item of docs/contract.md and its own answers. The ECCN must parse; a dot in hs6 is ignored."""
    raw = as_object(value, where)
    _known(raw, ITEM_KEYS | FORM_ITEM_KEYS, where)
    eccn = as_text(raw.get("eccn") or "", f"{where}.eccn").strip()
    if eccn:
        try:
            eccn = str(parse_eccn(eccn))
        except RuleInputError as error:
            raise RuleInputError(error.code, f"{where}.{error.detail}") from error
    origin = raw.get("origin")
    item = ItemFacts(
        id=_id(raw, where),
        eccn=eccn,
        description=as_text(raw.get("description") or "", f"{where}.description"),
        hs6=read_hs6(raw.get("hs6"), f"{where}.hs6"),
        quantity=_amount(raw.get("quantity"), f"{where}.quantity"),
        unit=as_text(raw.get("unit") or "", f"{where}.unit"),
        value_usd=_amount(raw.get("value_usd"), f"{where}.value_usd"),
        origin="US" if origin in (None, "") else read_country(origin, f"{where}.origin"),
    )
    answers = raw.get("answers")
    return item, read_answers({} if answers is None else answers, f"{where}.answers")


def read_hs6(value: Any, where: str) -> str:
    """Six digits, a dot ignored; "" when not stated. A longer code is an error, so that nothing is cut silently."""
    if value in (None, ""):
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        raise RuleInputError("wrong_type", f"{where}: write the code as a text, so that a leading zero is kept")
    code = as_text(value, where).replace(".", "").replace(" ", "")
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        raise RuleInputError("bad_value", f"{where}: {value!r} is not six digits")
    return code


def read_parties(value: Any, where: str) -> tuple[PartyFacts, ...]:
    """The parties with their hits; a missing id becomes P1, P2 … by position, an owner's <party id>.O1 …"""
    parties = as_list(value, where)
    given = {str(party.get("id")) for party in parties if isinstance(party, Mapping) and party.get("id") not in (None, "")}
    stem = unused_stem("P", given)
    return tuple(read_party(party, f"{where}[{index}]", default_id=f"{stem}{index + 1}") for index, party in enumerate(parties))


def read_party(value: Any, where: str, *, default_id: str = "P1", layer: int = 0) -> PartyFacts:
    """A Party of docs/contract.md, with `listed` hits and owners at most six layers deep."""
    raw = as_object(value, where)
    _known(raw, PARTY_KEYS, where)
    party_id = _id(raw, where) or default_id
    addresses = _texts(raw.get("addresses"), f"{where}.addresses")
    if raw.get("address"):
        addresses = (as_text(raw["address"], f"{where}.address"), *addresses)
    name = as_text(raw.get("name") or "", f"{where}.name")
    if not name.strip() and not addresses:
        raise RuleInputError("missing", f"{where}: a party needs a name or an address")
    _one_of(raw.get("kind"), KINDS, f"{where}.kind", "unknown")
    _texts(raw.get("other_names"), f"{where}.other_names")
    share = raw.get("share_percent")
    country = raw.get("country")
    return PartyFacts(
        id=party_id,
        role=_one_of(raw.get("role"), ROLES, f"{where}.role", "owner" if layer else "other"),
        name=name,
        country="" if country in (None, "") else read_country(country, f"{where}.country"),
        addresses=addresses,
        citizenships=tuple(
            read_country(entry, f"{where}.citizenships")
            for entry in as_list(raw.get("citizenships") or [], f"{where}.citizenships")
        ),
        hits=tuple(
            read_hit(hit, f"{where}.listed[{index}]")
            for index, hit in enumerate(as_list(raw.get("listed") or [], f"{where}.listed"))
        ),
        owners=_owners(raw.get("owners"), where, party_id, layer),
        share_percent=None if share is None else as_number(share, f"{where}.share_percent", 100.0),
    )


def _owners(value: Any, where: str, party_id: str, layer: int) -> tuple[PartyFacts, ...]:
    owners = as_list([] if value is None else value, f"{where}.owners")
    if owners and layer >= MAX_OWNER_LAYERS:
        raise RuleInputError("too_deep", f"{where}.owners: more than {MAX_OWNER_LAYERS} layers of owners")
    return tuple(
        read_party(owner, f"{where}.owners[{index}]", default_id=f"{party_id}.O{index + 1}", layer=layer + 1)
        for index, owner in enumerate(owners)
    )


def read_hit(value: Any, where: str) -> ListedAs:
    """A Hit of docs/contract.md; only `list` and `listed_name` are required. Without `band`, the hit is strong."""
    raw = as_object(value, where)
    _known(raw, HIT_KEYS, where)
    for key in ("list", "listed_name"):
        if raw.get(key) in (None, ""):
            raise RuleInputError("missing", f"{where}.{key}: required")
    decision = _one_of(raw.get("decision"), tuple(HitDecision), f"{where}.decision", "")
    score = raw.get("score")
    return ListedAs(
        list=as_text(raw["list"], f"{where}.list").strip().upper(),
        listed_name=as_text(raw["listed_name"], f"{where}.listed_name"),
        entry=as_text(raw.get("entry") or "", f"{where}.entry"),
        matched_name=as_text(raw.get("matched_name") or "", f"{where}.matched_name"),
        channel=_one_of(raw.get("channel"), ("name", "address", "identifier"), f"{where}.channel", "name"),
        band=_one_of(raw.get("band"), ("strong", "possible"), f"{where}.band", "strong"),
        score=100.0 if score is None else as_number(score, f"{where}.score", 100.0),
        alias_quality=as_text(raw.get("alias_quality") or "unknown", f"{where}.alias_quality"),
        license_requirement=as_text(raw.get("license_requirement") or "", f"{where}.license_requirement"),
        requirement_code=as_text(raw.get("requirement_code") or "", f"{where}.requirement_code"),
        license_policy=as_text(raw.get("license_policy") or "", f"{where}.license_policy"),
        policy_code=as_text(raw.get("policy_code") or "", f"{where}.policy_code"),
        federal_register=as_text(raw.get("federal_register") or "", f"{where}.federal_register"),
        programs=_programs(raw.get("programs"), f"{where}.programs"),
        footnotes=_texts(
            [str(note) for note in raw["footnotes"]] if isinstance(raw.get("footnotes"), list) else raw.get("footnotes"),
            f"{where}.footnotes",
        ),
        effective_on=_date(raw.get("effective_on"), f"{where}.effective_on"),
        expires_on=_date(raw.get("expires_on"), f"{where}.expires_on"),
        decision=HitDecision(decision) if decision else None,
        settled=_one_of(raw.get("settled"), ("mitigated",), f"{where}.settled", ""),
    )


def _known(raw: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    unknown = sorted(raw.keys() - keys)
    if unknown:
        raise RuleInputError("unknown_key", f"{where}.{unknown[0]}: no such key; known are {', '.join(sorted(keys))}")


def _id(raw: Mapping[str, Any], where: str) -> str:
    value = raw.get("id")
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return as_text(value, f"{where}.id")


def _transaction(value: Any, where: str) -> TransactionType:
    return TransactionType(_one_of(value, MOVEMENTS, f"{where}.transaction", TransactionType.EXPORT.value))


def _one_of(value: Any, allowed: tuple[str, ...], where: str, default: str) -> str:
    if value in (None, ""):
        return default
    text = as_text(value, where)
    if text not in allowed:
        raise RuleInputError("bad_value", f"{where}: {text!r} is none of {', '.join(allowed)}")
    return text


def _texts(value: Any, where: str) -> tuple[str, ...]:
    return tuple(as_text(entry, where) for entry in as_list([] if value is None else value, where))


def _programs(value: Any, where: str) -> tuple[str, ...]:
    """Program tags, one each: the publisher prints several as one text, `SDGT] [IFSR` or `SDGT; IFSR`."""
    tags = (tag.strip(" []") for text in _texts(value, where) for tag in _BETWEEN_TAGS.split(text))
    return tuple(tag for tag in tags if tag)


def _date(value: Any, where: str) -> dt.date | None:
    return None if value in (None, "") else read_date(value, where)


def _amount(value: Any, where: str) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise RuleInputError("wrong_type", f"{where}: expected a number, got {value!r}")
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise RuleInputError("bad_value", f"{where}: {value!r} is no number") from error
    if not amount.is_finite() or not 0 <= amount <= MAX_USD:
        raise RuleInputError("bad_value", f"{where}: {value!r} is outside 0 to {MAX_USD:g}")
    return amount
