"""Numbers that can match by themselves, lifted out of the publisher's id and remark texts; the rest stays remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from screening.matching.countries import ISO2, code_for
from screening.matching.types import Identifier

_KEY_TYPES = """
Passport | Diplomatic Passport | Stateless Person Passport | Travel Document Number | Refugee ID Card
National ID No. | National ID Number | Identification Number | Personal ID Card | Cedula No. | Cedula de Ciudadania
Cedula de Residencia | C.U.R.P. | CURP | C.U.I. | C.U.I.P. | C.U.I.T. | D.N.I. | DNI | Citizen's Card Number
Kenyan ID No. | Iraqi National ID | Turkish Identification Number | Bosnian Personal ID No.
National Foreign ID Number | Numero de Identidad | LE Number | SSN | Kuwait Civil ID No. | Bahamian ID No. | N.I.E.
Residency Number | Afghan Identification Number | Tazkira | Pakistani National Identity Card
U.S. Social Security Number | UAE Identification | Tax ID No. | Tax ID Number | NIT # | R.F.C. | RFC | RUC # | RIF #
V.A.T. Number | Italian Fiscal Code | Fiscal Code | RTN | RNC | TIN | C.R. No. | V.A.T. | Registration Number
Registration ID | Company Number | Commercial Registry Number | Business Registration Number
Public Registration Number | Business Registration Document # | Business Number | Trade License No.
Matricula Mercantil No | Folio Mercantil No. | License | Chamber of Commerce Number
Unified Social Credit Code (USCC) | USCC | UK Company Number | Company ID | Certificate of Incorporation Number
Enterprise Number | Economic Register Number (CBLS) | Romanian C.R. | Central Registration Number | Branch Unit Number
Serial No. | Legal Entity Number | LEI | Vessel Registration Identification | IMO | IMO Number | MMSI
Maritime Mobile Service Identity | Call Sign | Vessel Call Sign | Aircraft Tail Number | Tail Number | SWIFT/BIC
SWIFT | BIC | D-U-N-S Number | DUNS
"""
KEY_TYPES = {name.strip().casefold(): name.strip() for name in re.split(r"[|\n]", _KEY_TYPES) if name.strip()}
"""Printed types that are match keys, by their case-folded form. Every other type is a remark."""
_WALLET = re.compile(r"^Digital Currency Address(?: - ([A-Z0-9]+))?$", re.IGNORECASE)
_IMO = re.compile(r"\bIMO\s*(?:No\.?|Number)?\s*:?\s*(\d{7})\b", re.IGNORECASE)
_ISSUED = re.compile(r", \d{4}-\d{2}-\d{2},|\b(?:expires|issued)\b", re.IGNORECASE)
_IMO_LEADS = ("vessel registration", "imo", "identification number imo", "registration number imo")
_LEI = re.compile(r"^[A-Z0-9]{18}\d{2}$")
_VALUE = re.compile(r"[0-9]|^[A-Z]{6,}|^[A-Z]{1,2}-[A-Z]{3,4}$")  # a bank code or a tail number may hold no digit
# "Tax ID No. 7736536770 (Russia)", "Registration ID 1067746400622 (Russia)." as remarks and as replayed files print it.
_PLAIN_TYPES = sorted((name for name in KEY_TYPES.values()), key=len, reverse=True)
_PLAIN = re.compile(
    r"^(?:alt\.\s+)?(Digital Currency Address(?: - [A-Z0-9]+)?|" + "|".join(map(re.escape, _PLAIN_TYPES)) + r")[\s:]+(\S.*)$",
    re.IGNORECASE,
)
_COUNTRY_BEHIND = re.compile(r"\s*\(([^()]+)\)\s*$")
_EXTRAS = re.compile(r"\s+(?:expires|issued|Date of Issue|valid|Doc\.)\b.*$|;$", re.IGNORECASE)


@dataclass(slots=True)
class Ids:
    """Identifiers found and the texts that are no identifier, in printed order; `lossy` when a key's dates were left out."""

    keys: list[Identifier] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    lossy: bool = False


def read_ids(printed: str) -> Ids:
    """The `ids` field of a consolidated row: "Type, Value, CC" today, "CC, Value, Type" or "Value, Type" in 2019 to
    2022, "Type Value (Country)" in remarks style; parts joined by "; "."""
    found = Ids()
    for part in filter(None, (text.strip() for text in printed.split("; "))):
        key = _commas(part) or plain_identifier(part)
        if key is None:
            found.remarks.append(part)
        elif key not in found.keys:
            found.keys.append(key)
        found.lossy = found.lossy or (key is not None and bool(_ISSUED.search(part)))
    return found


def plain_identifier(text: str) -> Identifier | None:
    """Identifier of one remark, "Passport A123 (Iran) expires 2020", None when the remark is none."""
    text = text.strip().rstrip(".").strip()
    if (imo := _IMO.search(text)) and text.casefold().startswith(_IMO_LEADS):
        return Identifier("IMO", imo[1])
    match = _PLAIN.match(text)
    if match is None:
        return None
    value = _EXTRAS.sub("", match[2]).strip()
    country = ""
    if behind := _COUNTRY_BEHIND.search(value):
        country = code_for(behind[1])
        value = value[: behind.start()].strip()
    return identifier(match[1], value, country)


def identifier(kind: str, value: str, country: str = "") -> Identifier | None:
    """Identifier of a printed type and value, None when the type is no match key or the value holds no number."""
    value = value.strip().rstrip(".,;")
    if wallet := _WALLET.match(kind.strip()):
        return (
            Identifier(f"Digital Currency Address - {wallet[1]}" if wallet[1] else "Digital Currency Address", value)
            if value
            else None
        )
    known = KEY_TYPES.get(kind.strip().casefold())
    if known is None or not _VALUE.search(value):
        return None
    if known in ("Vessel Registration Identification", "IMO Number", "IMO"):
        match = _IMO.search(value) or re.fullmatch(r"(\d{7})", value)
        return Identifier("IMO", match[1]) if match else None
    if known == "Legal Entity Number" and _LEI.match(value):
        known = "LEI"
    return Identifier(known, value, country)


def _commas(part: str) -> Identifier | None:
    cells = [cell.strip() for cell in part.split(", ")]
    if len(cells) < 2:
        return None
    if _is_key(cells[0]):
        country = cells[-1] if len(cells) > 2 and cells[-1] in ISO2 else ""
        return identifier(cells[0], _value(cells[1 : -1 if country else None]), country)
    if _is_key(cells[-1]):
        country = cells[0] if len(cells) > 2 and cells[0] in ISO2 else ""
        return identifier(cells[-1], _value(cells[1 if country else 0 : -1]), country)
    return None


def _is_key(kind: str) -> bool:
    return kind.casefold() in KEY_TYPES or _WALLET.match(kind) is not None


def _value(cells: Sequence[str]) -> str:
    """The number of an id: dates of issue and expiry stand beside it in some years."""
    numbers = [cell for cell in cells if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell)]
    return ", ".join(numbers or cells)


def vessel_keys(call_sign: str, remarks: Iterable[str] = ()) -> list[Identifier]:
    """Call sign column, and IMO numbers that stand in remarks only."""
    keys = [Identifier("Call Sign", call_sign.strip())] if call_sign.strip() else []
    for text in remarks:
        keys.extend(Identifier("IMO", number) for number in _IMO.findall(text))
    return keys
