"""Who an entry is across versions and formats: folded names and uids. Frozen for ever.

Stored uids, clearances and version intervals rest on these functions: a change here would turn every entry of every
list into "removed" and "added". The matching normalizer may move with the engine version; this one may not.
"""

from __future__ import annotations

import hashlib
import re

from screening.matching.folding import letters_and_digits

UID_LENGTH = 16
# "83 FR 37423", "67 F.R. 56530", "Vol. 88, No. 151": the volume of the first citation, never page or date.
_VOLUME = re.compile(r"(?:\bvol\.?\s*(\d{1,3})\b|\b(\d{1,3})\s*F\.?\s?R\.?(?=\W|$))", re.IGNORECASE)
# Supplement No. 4 prints Hong Kong under China: one heading, one identity, whichever form the file has.
_HEADING = {"HK": "CN"}


def volume_of(citation: str) -> str:
    """Federal Register volume of the first citation as digits, "" when none is printed."""
    match = _VOLUME.search(citation)
    return "" if match is None else str(int(match[1] or match[2]))


def digest_uid(*parts: str) -> str:
    """First 16 hex digits of SHA-256 over the parts, joined by a newline (which no part can contain)."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:UID_LENGTH]


def citation_uid(name: str, country: str, citation: str) -> str:
    """uid of EL, UVL, MEU, ISN and DTC entries: folded name, country (heading or first address), first volume."""
    return digest_uid(letters_and_digits(name), _HEADING.get(country, country), volume_of(citation))


def party_key(name: str, citation: str) -> tuple[str, str]:
    """Links entries of one party that stand under several countries, or under another uid: folded name and volume."""
    return letters_and_digits(name), volume_of(citation)


def denial_uid(name: str, effective: str) -> str:
    """uid of a denial order: folded name and effective date (ISO, or the printed text where it is no date)."""
    return digest_uid(letters_and_digits(name), effective)


def address_entry_uid(country: str, name: str) -> str:
    """uid of an address-only entry, "HK Address 05": the number restarts in every country."""
    return f"{country} {' '.join(name.split())}"
