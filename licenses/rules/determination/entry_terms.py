"""What an Entity List entry says, read from the publisher's own words where the caller gives no codes (lists.md 6).

The requirement text becomes a scope code, the policy text a policy code. Unknown requirement wording counts as all items
subject to the EAR, unknown policy wording as OTHER (see the section): never a guess in the exporter's favor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from licenses.rules.types import ListedAs

ALL = "ALL_SUBJECT_TO_EAR"
CCL_PLUS_SUPP7 = "CCL_PLUS_SUPP7"
SUPP2_PART744 = "SUPP2_PART744"
OIL_GAS = "OIL_GAS_PROJECTS"
ALL_EXCEPT = "ALL_EXCEPT_LISTED"
KNOWN_SCOPES = frozenset((ALL, CCL_PLUS_SUPP7, SUPP2_PART744, OIL_GAS, ALL_EXCEPT))

_SUPP7 = re.compile(r"suppl?\w*\.?\s*(?:no\.?\s*)?7\s*to\s*part\s*746")
_SUPP2 = re.compile(r"suppl?\w*\.?\s*(?:no\.?\s*)?2\s*to\s*part\s*744")
_OIL = re.compile(r"when used in projects specified in|746\.5\b")
_EXCEPT = re.compile(
    r"\bexcept(?:ing)?\b|\bexclud(?:es?|ing)\b|\bexception of\b|\bapart from\b|\bother than\b|\bsave for\b|\bbut not\b"
)
_ALL = re.compile(r"\ball items subject to the ear\b")
_GOV = re.compile(r"overcome by license exception gov under\s*§*\s*740\.11((?:(?:\s*,|\s*and)?\s*(?:\([a-z0-9]+\)|\b[a-z]\b))*)")
_GOV_PARAGRAPH = re.compile(r"(?:\([a-z0-9]+\))+|\b[a-z]\b")
_FOOTNOTES = (
    (re.compile(r"734\.9\(g\)"), "3"),
    (re.compile(r"734\.9\(e\)\(1\)|734\.9\(e\)\s*1\b"), "1"),
    (re.compile(r"734\.9\(e\)\(2\)|734\.9\(e\)(?!\s*[(\d])"), "4"),  # entries that cite 734.9(e) bare are of footnote 4
    (re.compile(r"734\.9\(e\)\(3\)"), "5"),
)
_CASE = r"cas[ea][- ]by[- ]case"
_PRESUMED = r"presumption (?:of|for) denial"
_APPROVED = r"presumption of approval"
_POLICIES = (
    (re.compile(r"polic(?:y|ies) of denial.*(?:apart from|except)"), "POLICY_OF_DENIAL_CARVEOUT"),
    (re.compile(r"polic(?:y|ies) of denial"), "POLICY_OF_DENIAL"),
    (re.compile(f"{_CASE}.*{_PRESUMED}|{_PRESUMED}.*{_CASE}"), "PRESUMPTION_OF_DENIAL_CARVEOUT"),
    (re.compile(_PRESUMED), "PRESUMPTION_OF_DENIAL"),
    (re.compile(f"{_CASE}.*{_APPROVED}|{_APPROVED}.*{_CASE}|{_APPROVED} for ear99"), "CASE_BY_CASE_EAR99_APPROVAL"),
    (re.compile(_CASE), "CASE_BY_CASE"),
    (re.compile(r"^(?:the license application procedure.*|see )§*\s*\d|is specified in\s*§"), "SEE_SECTION"),
)


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """The terms of an entry as codes. `exceptions`: license exception code -> paragraphs that the entry itself grants."""

    requirement: str
    policy: str
    footnotes: frozenset[str]
    exceptions: dict[str, tuple[str, ...]]


def entry_terms(hit: ListedAs) -> EntryTerms:
    """The terms of the entry a party hit: the caller's codes first, else the texts."""
    read = _read(hit.license_requirement, hit.license_policy)
    requirement = hit.requirement_code if hit.requirement_code in KNOWN_SCOPES else read.requirement
    if requirement == ALL_EXCEPT and read.exceptions and read.requirement == ALL:
        requirement = ALL  # all that the entry leaves out is the license exception that it grants, which is coded
    policy = hit.policy_code or read.policy
    return EntryTerms(requirement, policy, read.footnotes | frozenset(hit.footnotes), read.exceptions)


@lru_cache(maxsize=4096)
def _read(requirement: str, policy: str) -> EntryTerms:
    return EntryTerms(requirement_code(requirement), policy_code(policy), footnotes_in(requirement), _granted(requirement))


def requirement_code(text: str) -> str:
    """Scope code of a requirement text; blank and unknown wording is ALL_SUBJECT_TO_EAR."""
    plain = _plain(text)
    if _SUPP7.search(plain):
        return CCL_PLUS_SUPP7
    if _SUPP2.search(plain):
        return SUPP2_PART744
    if _OIL.search(plain):
        return OIL_GAS
    if _ALL.search(plain) and _EXCEPT.search(plain):
        return ALL_EXCEPT
    return ALL


def policy_code(text: str) -> str:
    """Policy code of a policy text; "" for a blank text (not stated), OTHER for unknown wording."""
    plain = _plain(text)
    if not plain:
        return ""
    return next((code for pattern, code in _POLICIES if pattern.search(plain)), "OTHER")


def footnotes_in(text: str) -> frozenset[str]:
    """Footnotes that a requirement text carries in its citations (734.9(g): 3, 734.9(e)(1): 1, (e)(2): 4, (e)(3): 5)."""
    plain = _plain(text)
    return frozenset(number for pattern, number in _FOOTNOTES if pattern.search(plain))


def _granted(text: str) -> dict[str, tuple[str, ...]]:
    grant = _GOV.search(_plain(text))
    if not grant:
        return {}
    paragraphs = (paragraph if paragraph.startswith("(") else f"({paragraph})" for paragraph in _GOV_PARAGRAPH.findall(grant[1]))
    return {"GOV": tuple(f"740.11{paragraph}" for paragraph in paragraphs) or ("740.11",)}


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("744.2l", "744.21").split())
