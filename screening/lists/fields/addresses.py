"""Printed addresses: one field into single addresses, and the countries they stand in. Nothing is parsed further here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from screening.lists.fields.names import squeeze
from screening.matching.countries import ISO2, code_for

_SPLIT = re.compile(r";\s*(?:and\s+)?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[;,.] ))\((\d{1,2})\)\s+(?=[A-Z0-9#])")
# ", and " or ". and " starts another address only where a country name stands before it.
_AND = re.compile(r",?\s+and\s+(?=[A-Z0-9#(])|,and\s+(?=[A-Z0-9#(])")
_LEADING_AND = re.compile(r"^(?:and\s+)*(?:and)?(?=[A-Z0-9#(])|^(?:and\s*)+$")
# "(See alternate addresses under Iran and U.A.E.)" points to another entry; it is no part of an address.
_POINTER = re.compile(
    r"\s*\(\s*(?:for alternat\w* address\w*,?\s+)?see\s[^()]*(?:\([^()]*\)[^()]*)?\)[.\s]*(?=;|,|$)|"
    r"\s*\(\s*(?:for alternat\w* address\w*,?\s+)?see\s[^()]*(?:\)|$)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^(?:the following address(?:es)?|address(?:es)? for)\b[^:]{0,160}:\s*", re.IGNORECASE)
_INLINE_ALIASES = re.compile(r"^\(\s*a\.k\.a\.,?\s*([^()]*)\)\s*,?\s*", re.IGNORECASE)
_CODE_TAIL = re.compile(r",\s*([A-Z]{2})$")
_CODE_BEFORE_ZIP = re.compile(r",\s*([A-Z]{2}),\s*[\d\-]+$")
_US_TAIL = re.compile(r",\s*([A-Z]{2}),?\s*\d{5}(?:-\d{4})?$")
_US_STATES = frozenset(
    re.findall(
        "..",
        "ALAKAZARCACOCTDEDCFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPAPRRISCSDTNTXUTVTVAWAWVWIWY",
    )
)
_HONG_KONG = re.compile(
    r"(?:^|\W)(?:hong ?kong|h\.?k\.?(?:sar)?|kowloon|kln|new territories|n\.t)(?: s\.?a\.?r\.?)?[\s.]*$", re.IGNORECASE
)
_TRAILING_NUMBER = re.compile(r"[\s\-–]*(?:[A-Z]{1,2}-?)?\d[\d\-]*\.?$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.){2,}$")
_STOP_BEFORE_CODE = re.compile(r"\.(?=,\s*[A-Z]{2}$)")
_MAX_COUNTRY_WORDS = 5


@dataclass(frozen=True, slots=True)
class Split:
    """Addresses of one field, pointers to other entries taken out of it, names printed in front of it."""

    addresses: tuple[str, ...]
    pointers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def split_coded(printed: str) -> tuple[str, ...]:
    """Addresses of a consolidated (CSL) field of a list that prints single addresses: split at "; ", nothing else."""
    return tuple(part for part in (squeeze(text).strip(" ;") for text in printed.split("; ")) if part)


def split_prose(printed: str) -> Split:
    """Addresses of a Commerce entry: "A, China; and B, Hong Kong. (See alternate address under Iran)".

    Separators: "; ", "; and ", ", and " after a country name, "(1) … (2) …". Leading "and" and the final full stop go;
    in the consolidated form one trailing ", City, CC" is given to every part that has no country of its own.
    """
    text = squeeze(printed)
    pointers = tuple(match.strip(" .;,") for match in _POINTER.findall(text))
    text = _POINTER.sub("", text)
    text = _HEADER.sub("", text)
    aliases: tuple[str, ...] = ()
    if match := _INLINE_ALIASES.match(text):
        aliases = tuple(part for part in re.split(r",\s+|\s+and\s+", match[1]) if part)
        text = text[match.end() :]
    numbered = [part for part in _NUMBERED.split(text)[::2] if part.strip()] if len(_NUMBERED.findall(text)) > 1 else [text]
    parts = [_clean(piece) for block in numbered for part in _SPLIT.split(block) for piece in _split_at_and(part)]
    return Split(tuple(_share_tail([part for part in parts if part])), pointers, aliases)


def countries_of(addresses: Iterable[str], *heading: str) -> tuple[str, ...]:
    """ISO codes of the headings and addresses in printed order, once each. Hong Kong gives HK and CN both: it is
    printed under China, the Country Chart of China applies, and a search for either must find it."""
    codes: list[str] = [code for code in heading if code]
    for address in addresses:
        code = country_of(address)
        if code in ("CN", "HK", "") and in_hong_kong(address):
            codes.append("HK")
            code = "CN"
        if code:
            codes.append(code)
    if "HK" in codes and "CN" not in codes:
        codes.append("CN")
    return tuple(dict.fromkeys(codes))


@lru_cache(maxsize=65536)
def country_of(address: str) -> str:
    """ISO code of the country an address ends with, "" when none can be told.

    A trailing ", CC" counts first (also before a ZIP code), then a country name in the last segment ("Singapore
    650170", "Istanbul Turkey 34134"), then a US state with its ZIP code.
    """
    text = address.strip().rstrip(".;, ")
    for tail in (_CODE_TAIL, _CODE_BEFORE_ZIP):
        if (match := tail.search(text)) and match[1] in ISO2 and not (tail is _CODE_BEFORE_ZIP and match[1] in _US_STATES):
            return match[1]
    if len(text) == 2 and text in ISO2:
        return text
    if (match := _US_TAIL.search(text)) and match[1] in _US_STATES:
        return "US"
    return named_country(text)


def named_country(text: str) -> str:
    """ISO code of a country name at the end of a text, postal codes behind it ignored."""
    segments = [part.strip() for part in text.replace("—", ", ").split(",")]
    while segments and not (segments[-1] and re.search(r"[^\W\d]{3}|\b[A-Z]\.", segments[-1])):
        segments.pop()
    if not segments:
        return ""
    last = _TRAILING_NUMBER.sub("", segments[-1]).strip(" .()")
    if len(segments) > 1 and (code := _name_code(f"{segments[-2]}, {last}")):
        return code
    words = last.split()
    for size in range(min(_MAX_COUNTRY_WORDS, len(words)), 0, -1):
        if code := _name_code(" ".join(words[-size:])):
            return code
    return ""


def in_hong_kong(address: str) -> bool:
    """True when one of the last segments ends with Hong Kong, HK, Kowloon or New Territories ("Hong Kong Road" does not)."""
    segments = [_TRAILING_NUMBER.sub("", part.strip()) for part in re.split(r"[,(]", address.rstrip(" ."))]
    return any(_HONG_KONG.search(part) for part in segments[-4:] if part)


def is_bare_country(address: str) -> bool:
    """True for a field that says only the country: "TR", "Region: Gaza", "Russia"."""
    text = address.strip().rstrip(".")
    return (text in ISO2 and len(text) == 2) or (len(text) > 2 and bool(code_for(text)))


def _name_code(name: str) -> str:
    # Two letters at the end of prose are a state or a province at least as often as a country.
    return code_for(name) if len(name.replace(".", "")) > 2 or name.upper() in ("UK", "U.K.", "HK") else ""


def _split_at_and(part: str) -> list[str]:
    pieces, start = [], 0
    for match in _AND.finditer(part):
        left, right = part[start : match.start()], part[match.end() :]
        if named_country(_closed(left)) and not is_bare_country(right) and _ends_with_country(left):
            pieces.append(left)
            start = match.end()
    pieces.append(part[start:])
    return pieces


def _closed(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)\s*$", "", text)


def _ends_with_country(left: str) -> bool:
    """The last comma segment is a country name and nothing else: "Rooms 2402, China and 2404" must not come apart."""
    segment = _TRAILING_NUMBER.sub("", _closed(left).rsplit(",", 1)[-1].strip(" .")).strip()
    return bool(_name_code(segment)) or bool(_ABBREVIATED.search(_closed(left).strip()) and named_country(_closed(left)))


def _clean(part: str) -> str:
    text = _LEADING_AND.sub("", part.strip(" ;,")).strip()
    if (tail := _STOP_BEFORE_CODE.search(text)) and not _ABBREVIATED.search(text[: tail.start() + 1]):
        text = text[: tail.start()] + text[tail.start() + 1 :]
    if text.endswith(".") and not _ABBREVIATED.search(text):
        text = text[:-1]
    return text.strip(" ;,")


def _share_tail(parts: list[str]) -> list[str]:
    """Give the trailing ", City, CC" of the field to every part that names no country of its own."""
    if len(parts) < 2:
        return parts
    shared: list[str] = []
    tail = ""
    for part in reversed(parts):
        if match := _CODE_TAIL.search(part):
            if match[1] in ISO2:
                city = part[: match.start()].rsplit(",", 1)[-1].strip()
                tail = f", {city}, {match[1]}" if city and not re.search(r"\d", city) else f", {match[1]}"
        elif tail and not named_country(part):
            ends_with_place = "," in part and not re.search(r"\d", part.rsplit(",", 1)[-1])
            part = part + (tail[tail.rindex(",") :] if ends_with_place else tail)
        shared.append(part)
    return shared[::-1]
