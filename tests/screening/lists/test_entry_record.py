"""An entry as JSON and back: exact, compact, fast."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from screening.lists.entry_record import from_record, to_record
from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

FULL = ListedParty(
    list="EL",
    uid="63d7be474f4945ee",
    name="SJ Semiconductor",
    schema=Schema.ORGANIZATION,
    aliases=(Alias("A"), Alias("B", Quality.WEAK), Alias("C", kind="abbreviation"), Alias("Д", Quality.STRONG, "script")),
    addresses=("1 Road, CN",),
    countries=("CN",),
    identifiers=(Identifier("IMO", "7406784"), Identifier("Passport", "A1", "IR")),
    birth_dates=("circa 1962",),
    citizenships=("CN",),
    programs=("SDGT",),
    license_requirement="all",
    requirement_code="ALL_SUBJECT_TO_EAR",
    license_policy="see",
    policy_code="SEE_SECTION",
    federal_register="85 FR 83420",
    footnotes=("4",),
    effective_on=dt.date(2020, 12, 22),
    expires_on=dt.date(2030, 1, 1),
    remarks="r",
    source_url="https://x.example",
    raw={"addresses": "1 Road."},
)
PLAIN = ListedParty(list="DTC", uid="1", name="A")


@pytest.mark.parametrize("entry", [FULL, PLAIN])
def test_round_trip_through_json(entry: ListedParty) -> None:
    assert from_record(json.loads(json.dumps(to_record(entry)))) == entry


def test_defaults_are_left_out() -> None:
    assert to_record(PLAIN) == {"list": "DTC", "uid": "1", "name": "A"}
    assert to_record(FULL)["aliases"] == [["A"], ["B", "weak"], ["C", "unknown", "abbreviation"], ["Д", "strong", "script"]]


@pytest.mark.parametrize("broken", [{"list": "EL", "uid": "1"}, {"list": "EL", "uid": "1", "name": "A", "adress": "x"}])
def test_a_record_that_is_none_is_an_error(broken: dict[str, str]) -> None:
    with pytest.raises(TypeError):
        from_record(broken)
