"""Short ways to say an application in a test: parties, items, hits and answers of `determine`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from licenses.rules.tables.loader import load
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import (
    ApplicationFacts,
    Determination,
    ExceptionFinding,
    Finding,
    ItemFacts,
    ListedAs,
    MissingFact,
    Outcome,
    PartyFacts,
    Requirement,
    TransactionType,
)

DAY = dt.date(2026, 7, 31)


@lru_cache(maxsize=8)
def rules(as_of: dt.date = DAY) -> RulesInForce:
    """The product's own tables in force on a date."""
    return load().in_force(as_of)


def hit(code: str, listed: str = "Listed Ltd", **more: Any) -> ListedAs:
    """A strong, undecided hit by name."""
    return ListedAs(list=code, listed_name=listed, **more)


def party(role: str, name: str = "Fictional GmbH", country: str = "DE", *, id: str = "", **more: Any) -> PartyFacts:
    """A party with an id made of its role, and an address, unless given."""
    return PartyFacts(id=id or role, role=role, name=name, country=country, **{"addresses": ("1 Example Street, Town",), **more})


def item(eccn: str = "EAR99", hs6: str = "", value: int | None = 1_000, *, id: str = "I1", **more: Any) -> ItemFacts:
    """One line item."""
    worth = None if value is None else Decimal(value)
    fields = {"description": "widgets", "quantity": Decimal(10), "unit": "each", **more}
    return ItemFacts(id=id, eccn=eccn, hs6=hs6, value_usd=worth, **fields)


def application(
    destination: str = "DE",
    *parties: PartyFacts,
    items: tuple[ItemFacts, ...] = (),
    end_use: str = "production test of automotive chips at the plant of the buyer",
    type: str = "export",
    answers: Mapping[str, Any] | None = None,
    form: Mapping[str, Any] | None = None,
    **more: Any,
) -> ApplicationFacts:
    """An application; without items one EAR99 line, without parties an applicant and an ultimate consignee there."""
    known = {kind.value for kind in TransactionType}
    return ApplicationFacts(
        id="A",
        type=type,
        transaction=TransactionType(type) if type in known else None,
        destination=destination,
        end_use=end_use,
        parties=parties or (party("applicant", "Exporter Inc.", "US"), party("ultimate_consignee", country=destination)),
        items=items or (item(),),
        answers=answers or {},
        form=form or {},
        **more,
    )


def determination(
    outcome: Outcome = Outcome.NO_LICENSE_REQUIRED,
    *requirements: Requirement,
    id: str = "I1",
    policy: str | None = None,
    questions: tuple[MissingFact, ...] = (),
    exceptions: tuple[ExceptionFinding, ...] = (),
    steps: tuple[Finding, ...] = (),
    **more: Any,
) -> Determination:
    """An answer of `determine`."""
    return Determination(
        id=id,
        outcome=outcome,
        requirements=requirements,
        exceptions=exceptions,
        review_policy=policy,
        questions=questions,
        conditions=more.get("conditions", ()),
        steps=steps,
        rules="digest",
        unverified_rules=0,
    )


def requirement(reason: str, column: str = "", rule: str = "chart", citation: str = "738.4") -> Requirement:
    """A definite requirement."""
    return Requirement(reason=reason, column=column, rule=rule, citation=citation)


def question(fact: str, *, hold: bool = True) -> MissingFact:
    """A missing fact."""
    return MissingFact(fact=fact, text=f"What about {fact}?", why="it decides", rule_id="R", hold=hold)


US = party("applicant", "Exporter Inc.", "US")
USE = "control units of washing machines made in the plant of the buyer"


def sold(destination: str = "MY", *parties: PartyFacts, **more: Any) -> ApplicationFacts:
    """An export that lacks nothing: purchaser and consignee abroad, one item with HS code."""
    given = {"items": (item("EAR99", "480256"),), "end_use": USE, **more}
    named = parties or (party("purchaser", "Firma", destination), party("ultimate_consignee", "Firma", destination))
    return application(destination, *(() if any(one.role == "applicant" for one in named) else (US,)), *named, **given)


def needs(*columns: str) -> dict[str, Determination]:
    """Item I1 needs a license for these chart columns."""
    return {"I1": determination(Outcome.LICENSE_REQUIRED, *(requirement(column[:2], column) for column in columns))}
