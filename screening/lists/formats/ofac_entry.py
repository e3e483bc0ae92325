"""Facts of one OFAC entry, whichever file they came from, as a ListedParty; and which list its programs mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from screening.lists.collector import Harvest
from screening.lists.fields.addresses import countries_of
from screening.lists.fields.names import squeeze, with_abbreviations
from screening.lists.formats.ofac_remarks import read_remarks
from screening.lists.schema import schema_of
from screening.lists.types import FileRefused, WarningCode
from screening.matching.countries import code_for
from screening.matching.types import Alias, Identifier, ListedParty

LINK = "https://sanctionslist.ofac.treas.gov/Home/SdnList"
_LISTS = (("PLC", "NS-PLC"), ("CMIC", "CMIC-EO13959"), ("CAP", "561"), ("SSI", "UKRAINE-EO13662"), ("FSE", "FSE-"))
"""Program that only one non-SDN list carries; the CSV and sdn.xml files name programs, not lists."""
MAX_UNTOLD = 0.2
"""Largest share of entries without such a program in a true non-SDN file (9 of 442 in December 2025)."""


@dataclass(slots=True)
class OfacFacts:
    """What a file says about one entry; `addresses` are (text, printed country) pairs."""

    number: str
    name: str
    kind: str = ""
    programs: list[str] = field(default_factory=list)
    remarks: str = ""
    aliases: list[Alias] = field(default_factory=list)
    addresses: list[tuple[str, str]] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)
    vessel: bool = False
    details: dict[str, str] = field(default_factory=dict)


def non_sdn_list(programs: Iterable[str]) -> str:
    """List code of a non-SDN entry from its programs; Menu-Based Sanctions for programs no other list carries."""
    printed = list(programs)
    for code, mark in _LISTS:
        if any(program.startswith(mark) for program in printed):
            return code
    return "MBS"


def add_all(found: Sequence[OfacFacts], harvest: Harvest) -> None:
    """Add the entries under the list asked for: SDN, or the non-SDN list that each entry's programs mean.

    Raises FileRefused("header_drift") when the file is plainly the other one.
    """
    told = [non_sdn_list(facts.programs) for facts in found]
    untold = told.count("MBS")
    mostly_sdn = untold > MAX_UNTOLD * len(told)
    if harvest.code == "SDN":
        if len(told) > 20 and not mostly_sdn:
            raise FileRefused("header_drift", "these are the non-SDN files; import them with the code OFAC_NON_SDN")
    elif len(told) > 20 and mostly_sdn:
        raise FileRefused("header_drift", f"{untold:,} of {len(told):,} entries have SDN programs; import them with the code SDN")
    elif untold:
        harvest.note(
            WarningCode.LIST_NOT_TOLD,
            "the file names programs, not lists; entries on several non-SDN lists stand under one of them",
        )
    for facts, code in zip(found, told, strict=True):
        harvest.add(entry_of("SDN" if harvest.code == "SDN" else code, facts))


def entry_of(code: str, facts: OfacFacts) -> ListedParty:
    """Entry of list `code`; identifiers, birth dates and weak aliases in the remarks are added to the given ones."""
    lifted = read_remarks(facts.remarks)
    addresses = [(squeeze(text), country) for text, country in facts.addresses]
    texts = tuple(dict.fromkeys(", ".join(filter(None, (text, country))) for text, country in addresses if text))
    countries = dict.fromkeys(
        code for text, country in addresses for code in countries_of((f"{text}, {country}",), code_for(country)) if code
    )
    identifiers = tuple(dict.fromkeys((*facts.identifiers, *lifted.identifiers)))
    return ListedParty(
        list=code,
        uid=facts.number,
        name=squeeze(facts.name),
        schema=schema_of(
            facts.name,
            ofac_type=facts.kind,
            vessel=facts.vessel or any(key.type in ("IMO", "MMSI") for key in identifiers),
            aircraft=any(key.type == "Aircraft Tail Number" for key in identifiers),
        ),
        aliases=with_abbreviations(facts.name, (*facts.aliases, *lifted.aliases)),
        addresses=texts,
        countries=tuple(countries),
        identifiers=identifiers,
        birth_dates=tuple(dict.fromkeys((*facts.birth_dates, *lifted.birth_dates))),
        citizenships=tuple(dict.fromkeys((*facts.citizenships, *lifted.citizenships))),
        programs=tuple(dict.fromkeys(facts.programs)),
        remarks=squeeze(facts.remarks),
        source_url=LINK,
        raw=dict(facts.details),
    )
