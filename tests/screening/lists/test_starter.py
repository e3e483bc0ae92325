"""The starter list that ships: about 150 real entries in the publisher's own format, and every party of the stories."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from screening.lists.archive import gather
from screening.lists.read_files import read
from screening.lists.registry import BUNDLES, DATA
from screening.lists.types import Parsed, WarningCode
from screening.matching.types import ListedParty, Schema


@pytest.fixture(scope="module")
def starter() -> Parsed:
    """The starter list, read by the door every import takes."""
    return read(gather([DATA / "starter.csv"]), code="CSL")


def find(parsed: Parsed, code: str, name: str) -> ListedParty:
    """The first entry of a list with a name or alias."""
    entries = next(item.entries for item in parsed.lists if item.code == code)
    return next(entry for entry in entries if name in (entry.name, *(alias.name for alias in entry.aliases)))


def test_it_reads_without_a_warning_of_substance(starter: Parsed) -> None:
    assert (starter.format, starter.warnings, starter.rejected) == ("csl_csv", (), ())
    assert 140 <= sum(len(item.entries) for item in starter.lists) <= 160
    warnings = {warning.code for item in starter.lists for warning in item.warnings}
    assert warnings <= {WarningCode.NO_PUBLICATION_DATE, WarningCode.REPEATED_UID}


def test_all_thirteen_lists_are_there(starter: Parsed) -> None:
    assert {item.code for item in starter.lists} == set(BUNDLES["CSL"])


@pytest.mark.parametrize(
    ("code", "name", "why"),
    [
        ("EL", "SJ Semiconductor (Jiangyin) Corp.", "S01: the consignee is an alias"),
        ("SDN", "OSTEC-INTEGRA LTD", "S04"),
        ("SDN", "INTER-TRANS SP Z OO", "S04: by alias"),
        ("SDN", "BMA SPEDITION GMBH", "S04: by alias"),
        ("EL", "Joint Stock Company Research and Development Center ELVEES", "S07: another transliteration"),
        ("SDN", "ELVEES RESEARCH AND DEVELOPMENT CENTER JSC", "S07: blocked as well"),
        ("EL", "Address 07", "S12: an address"),
        ("EL", "Beijing Quantum Institute", "S17: by alias"),
        ("EL", "BAQIS", "S17: by abbreviation"),
        ("DPL", "JIANWEI DING", "S20: the near name that must not match"),
        ("UVL", "Blue Wing General Trading", "S26"),
    ],
)
def test_every_listed_party_of_the_stories_is_there(starter: Parsed, code: str, name: str, why: str) -> None:
    assert find(starter, code, name), why


def test_the_consignee_of_the_first_story_carries_requirement_policy_and_citation(starter: Parsed) -> None:
    entry = find(starter, "EL", "SJ Semiconductor")
    assert entry.uid == "63d7be474f4945ee"
    assert (entry.requirement_code, entry.policy_code) == ("ALL_SUBJECT_TO_EAR", "SEE_SECTION")
    assert entry.license_policy == "See §§744.11 and 744.23(d) of the EAR"
    assert entry.federal_register == "85 FR 83420; 89 FR 96837"


def test_addresses_and_the_quantum_entities(starter: Parsed) -> None:
    entries = next(item.entries for item in starter.lists if item.code == "EL")
    only = [entry for entry in entries if entry.schema is Schema.ADDRESS]
    assert Counter(entry.uid.split()[0] for entry in only) == {"HK": 18, "TR": 1}
    assert {entry.requirement_code for entry in only} == {"CCL_PLUS_SUPP7"}
    assert all(entry.addresses and entry.countries[-1] in ("CN", "TR") for entry in only)
    quantum = [entry for entry in entries if entry.effective_on == dt.date(2024, 5, 9)]
    assert len(quantum) == 37
    assert all("89 FR 41888" in entry.federal_register for entry in quantum)


def test_every_entity_list_entry_states_requirement_policy_and_citation(starter: Parsed) -> None:
    entries = next(item.entries for item in starter.lists if item.code == "EL")
    for entry in entries:
        assert entry.requirement_code not in ("", "OTHER"), entry.name
        assert entry.policy_code not in ("", "OTHER"), entry.name
        assert entry.federal_register, entry.name
    assert len({entry.requirement_code for entry in entries}) >= 4
    assert len({entry.policy_code for entry in entries}) >= 6
    assert {note for entry in entries for note in entry.footnotes} == {"1", "2", "3", "4", "5"}
