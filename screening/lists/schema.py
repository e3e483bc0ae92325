"""What kind of thing an entry is, from what is printed. The publisher's own type counts only where OFAC gives one."""

from __future__ import annotations

import re

from screening.matching.lexicon.word_classes import INSTITUTION, LEGAL_FORMS, PARTICLES, TITLES
from screening.matching.types import Schema

OFAC_TYPES = {
    "individual": Schema.PERSON,
    "entity": Schema.ORGANIZATION,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRCRAFT,
}
_ADDRESS_ONLY = re.compile(r"^Address\s+\d+\b", re.IGNORECASE)
_AIRCRAFT = re.compile(
    r"\b(?:aircraft|airplane|helicopter|boeing|airbus|gulfstream|tail (?:number|no)|msn)\b.*\d|\bserial no\. ?\d", re.IGNORECASE
)
_VESSEL = re.compile(r"^(?:m/?[vt]|vessel)\b[ :]", re.IGNORECASE)
_TAIL = re.compile(r"^(?:EP|YK|RA|P4|VP|VQ|HS|UR|EK|UN|N)-?[A-Z0-9]{3,5}$")
_WORDS = re.compile(r"[^\W_]+(?:['.’&-][^\W_]+)*\.?")
_SURNAME_GIVEN = re.compile(r"^[^\W\d][^,;()/\d]{0,40},\s+[^\W\d][^,;()/\d]{0,40}$")
_HIGHEST_PERSON_WORDS = 4
"""Names of more words are organizations' (lists.md 4): "Beijing Computing Science Research Center" has five."""
_NO_TITLES = frozenset(("general", "gen", "major", "eng", "engineer", "father", "commander"))
"""Titles that open an organization's name as often ("General Electronic")."""
_LONGEST_LEGAL = 3
_SHORT_FORM = 3
_OPENING_FORMS = frozenset(("ooo", "oao", "zao", "pao", "ao", "jsc", "too", "llc"))
_LEGAL = frozenset(LEGAL_FORMS)


def is_address_only(name: str) -> bool:
    """True for an Entity List entry that is an address: "Address 05". It is never matched by its name."""
    return bool(_ADDRESS_ONLY.match(name))


def schema_of(
    name: str, *, ofac_type: str = "", vessel: bool = False, aircraft: bool = False, surname_first: bool = True
) -> Schema:
    """Kind of an entry. `vessel`: an IMO number, call sign or vessel column is filled; `aircraft`: a tail number is;
    `surname_first`: the list prints persons as "SURNAME, Given" (Commerce does not: a comma there parts a place).

    UNKNOWN is an answer: such an entry is screened against every kind.
    """
    if given := OFAC_TYPES.get(ofac_type.strip().lower()):
        return given
    if is_address_only(name):
        return Schema.ADDRESS
    if vessel or _VESSEL.match(name):
        return Schema.VESSEL
    if aircraft or _TAIL.match(name):
        return Schema.AIRCRAFT
    words = [word for word in (found.replace(".", "").casefold() for found in _WORDS.findall(name)) if word]
    instituted = any(word in INSTITUTION for word in words) or _has_legal_form(words)
    if _AIRCRAFT.search(name) and not instituted:  # an "Aircraft Repair Plant 711" repairs them
        return Schema.AIRCRAFT
    if instituted or any(char.isdigit() for char in name):
        return Schema.ORGANIZATION
    weighty = [word for word in words if word not in PARTICLES]
    if surname_first and _SURNAME_GIVEN.match(name) and len(weighty) <= _HIGHEST_PERSON_WORDS + 2:
        return Schema.PERSON
    if words and ((words[0] in TITLES and words[0] not in _NO_TITLES) or words[-1] in ("jr", "sr")):
        return Schema.PERSON
    return Schema.ORGANIZATION if len(weighty) > _HIGHEST_PERSON_WORDS else Schema.UNKNOWN


def _has_legal_form(words: list[str]) -> bool:
    """A legal form beside other words: a long one anywhere, a short one ("AG", "CO", "INC") only at the end, because
    short forms are also words and initials; Russian forms ("OOO", "JSC") open a name as often."""
    for size in range(min(_LONGEST_LEGAL, len(words) - 1), 0, -1):
        for start in range(len(words) - size + 1):
            phrase = tuple(words[start : start + size])
            if phrase not in _LEGAL:
                continue
            if start + size == len(words) or (start == 0 and phrase[0] in _OPENING_FORMS):
                return True
            if len("".join(phrase)) > _SHORT_FORM:
                return True
    return False
