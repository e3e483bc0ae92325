"""Lists that are no export bar by themselves (1260H, 1286, UFLPA, the CMIC extract): name, aliases, country, citation."""

from __future__ import annotations

import re

from screening.lists.collector import Harvest
from screening.lists.fields.addresses import countries_of, is_bare_country, split_prose
from screening.lists.fields.dates import date_of
from screening.lists.fields.identifiers import plain_identifier
from screening.lists.fields.identity import citation_uid
from screening.lists.fields.names import aliases_of, squeeze, take_apart, with_abbreviations
from screening.lists.formats.ofac_remarks import pieces
from screening.lists.formats.state import State
from screening.lists.schema import schema_of
from screening.matching.countries import code_for
from screening.matching.types import ListedParty, Schema

_PROGRAM = re.compile(r"^Program: (.+)$")


def warning_entry(code: str, printed: State, harvest: Harvest) -> ListedParty:
    """Entry of list `code`; company numbers and programs are lifted out of the notes, which stay whole in the remarks."""
    named = take_apart(printed.name)
    effective = date_of(printed.effective)
    harvest.row_date(effective)
    split = split_prose(printed.address)
    addresses = tuple(part for part in split.addresses if not is_bare_country(part))
    country = code_for(printed.country)
    notes = pieces(printed.notes)
    schema = schema_of(named.name, surname_first=False)
    return ListedParty(
        list=code,
        uid=citation_uid(named.name, country, printed.citation),
        name=named.name,
        schema=Schema.ORGANIZATION if schema in (Schema.UNKNOWN, Schema.PERSON) else schema,
        aliases=with_abbreviations(named.name, (*named.aliases, *aliases_of(printed.aliases))),
        addresses=addresses,
        countries=countries_of(addresses, country),
        identifiers=tuple(dict.fromkeys(key for key in map(plain_identifier, notes) if key is not None)),
        programs=tuple(match[1] for part in notes if (match := _PROGRAM.match(part))),
        federal_register=squeeze(printed.citation),
        effective_on=effective,
        remarks="; ".join(filter(None, (squeeze(printed.notes), *named.notes))),
        raw={"name": printed.name.strip()} if named.name != printed.name.strip() else {},
    )
