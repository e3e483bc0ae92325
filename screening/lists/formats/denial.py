"""One denial order of the Denied Persons List as a ListedParty; shared by its text, CSV and JSON forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.lists.collector import Harvest
from screening.lists.fields.addresses import countries_of, is_bare_country
from screening.lists.fields.dates import date_of
from screening.lists.fields.identity import denial_uid
from screening.lists.fields.names import aliases_of, squeeze, take_apart, with_abbreviations
from screening.lists.schema import schema_of
from screening.lists.types import WarningCode
from screening.matching.countries import code_for
from screening.matching.types import ListedParty

LINK = "https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl"


@dataclass(frozen=True, slots=True)
class Order:
    """A denial order in the publisher's words; dates as printed, `country` as printed ("" is common)."""

    name: str
    addresses: tuple[str, ...] = ()
    country: str = ""
    aliases: tuple[str, ...] = ()
    effective: str = ""
    expires: str = ""
    citation: str = ""
    remarks: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)


def denial_entry(order: Order, harvest: Harvest) -> ListedParty:
    """Entry of an order. Expired orders stay: they bind from `effective_on` to `expires_on`, both inclusive."""
    named = take_apart(order.name)
    effective, expires = date_of(order.effective), date_of(order.expires)
    harvest.row_date(effective)
    for label, printed, date in (("effective date", order.effective, effective), ("expiration date", order.expires, expires)):
        if printed and date is None:
            harvest.note(WarningCode.UNREAD_DATE, f"an {label} is no date ({printed!r}); its text is kept", "DPL")
    addresses = tuple(dict.fromkeys(text for text in map(squeeze, order.addresses) if text and not is_bare_country(text)))
    raw = {key: text for key, text in order.raw.items() if text}
    if named.name != order.name.strip():
        raw["name"] = order.name.strip()
    if order.effective and effective is None:
        raw["effective_date"] = order.effective
    if order.expires and expires is None:
        raw["expiration_date"] = order.expires
    return ListedParty(
        list="DPL",
        uid=denial_uid(named.name, effective.isoformat() if effective else order.effective),
        name=named.name,
        schema=schema_of(named.name, surname_first=False),
        aliases=with_abbreviations(named.name, (*named.aliases, *aliases_of(order.aliases))),
        addresses=addresses,
        countries=countries_of(addresses, code_for(order.country)),
        federal_register=squeeze(order.citation),
        effective_on=effective,
        expires_on=expires,
        remarks="; ".join(filter(None, (squeeze(order.remarks), *named.notes))),
        source_url=LINK,
        raw=raw,
    )
