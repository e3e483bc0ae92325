"""License requirement and review policy of an entry: the publisher's text made into the codes of docs/lists.md.

Every spelling printed since 2022 was read (97 of requirements, 88 of policies). A text that fits none of the patterns
whole is OTHER, with a warning by the caller: never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ALL_SUBJECT_TO_EAR = "ALL_SUBJECT_TO_EAR"
CCL_PLUS_SUPP7 = "CCL_PLUS_SUPP7"
SUPP2_PART744 = "SUPP2_PART744"
OIL_GAS_PROJECTS = "OIL_GAS_PROJECTS"
ALL_EXCEPT_LISTED = "ALL_EXCEPT_LISTED"
OTHER = "OTHER"
REQUIREMENT_CODES = (ALL_SUBJECT_TO_EAR, CCL_PLUS_SUPP7, SUPP2_PART744, OIL_GAS_PROJECTS, ALL_EXCEPT_LISTED, OTHER)

PRESUMPTION_OF_DENIAL = "PRESUMPTION_OF_DENIAL"
PRESUMPTION_OF_DENIAL_CARVEOUT = "PRESUMPTION_OF_DENIAL_CARVEOUT"
POLICY_OF_DENIAL = "POLICY_OF_DENIAL"
POLICY_OF_DENIAL_CARVEOUT = "POLICY_OF_DENIAL_CARVEOUT"
CASE_BY_CASE = "CASE_BY_CASE"
CASE_BY_CASE_EAR99_APPROVAL = "CASE_BY_CASE_EAR99_APPROVAL"
SEE_SECTION = "SEE_SECTION"
POLICY_CODES = (
    PRESUMPTION_OF_DENIAL,
    PRESUMPTION_OF_DENIAL_CARVEOUT,
    POLICY_OF_DENIAL,
    POLICY_OF_DENIAL_CARVEOUT,
    CASE_BY_CASE,
    CASE_BY_CASE_EAR99_APPROVAL,
    SEE_SECTION,
    OTHER,
)

# Plain text: "see 744.11 of the ear" in brackets or behind a comma, with glued footnote digits, "se", "part744.11".
_SECTIONS = r"(?:part)? ?\d{3}\.\d+[\w().]*(?:[ ,]*(?:and )?(?:part)?\d{3}\.\d+[\w().]*|[ ,]*\d\b)*"
_SEE = re.compile(rf"[,.(]* ?\bsee? {_SECTIONS}[ ).]*(?:of (?:the ear|this part))?[ ).]*\d?[ ).]*")
_OIL_GAS_SECTIONS = re.compile(r"\bsee (?:746\.8\(a\)\(4\)|746\.5) ?(?:of the ear)?[ ).]*$")
_PREFIX = re.compile(r"^(?:for )?(?:all|any) items? subjects? to the ear\b[ .,]*")
_WORLDWIDE = re.compile(r"^the license requirements? under this entry also extends? to any export, reexport ")
_EXCEPTION = re.compile(r"^(?:except\b|apart from\b|this license requirement may be overcome by\b)")
_PROJECTS = re.compile(r"^when used in projects specified in \d{3}\.\d")
_CCL_PLUS = re.compile(
    r"^(?:for )?items on the ccl and (?:ear ?99 items )?listed in supplement no\. ?7 to part 746(?: of the ear)?[ .]*$"
)
_SUPP2 = re.compile(
    r"^(?:for )?(?:all|any) items? subject to the ear listed in supplement no\. ?2 to part 744[ .]*(?:of the ear)?[ .]*$"
)

_PRESUMPTION = re.compile(r"^presumption (?:of|for) denial\b")
_POLICY = re.compile(r"^policy of denial\b(?: for all items subject to the ear)?[ .;,]*")
_APPROVAL = re.compile(r"\bpresumption of approval for ear ?99\b(?: items)?")
_CASE = re.compile(r"\bcas[ea][- ]by[- ]case\b")
_CASE_ONLY = re.compile(r"^case[- ]by[- ]case(?: basis| review)?(?: for licenses? for .+)?[ .]*$")
_DENIAL_ELSE = re.compile(r"\bpresumption of denial for all other items subject to the ear[ .]*$")
_ONLY_SECTIONS = re.compile(rf"^see {_SECTIONS}(?:[ ,]*(?:of (?:the ear|this part))?[ ,]*(?:and )?(?:{_SECTIONS})?)*[ .]*$")
_SPECIFIED_IN = re.compile(
    r"^the license application procedure and license review policy for entities specified in supplement no\. ?\d to part 744"
    r" is specified in \d{3}\.\d+"
)


def _plain(text: str) -> str:
    """Comparable form: NFKC, lower case, no section sign, one space, plain quotes, digit one for the letter l."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    text = re.sub(r"§ *\??|(?<=see)\?", " ", text)
    text = re.sub(r"(?<=\d)l(?=[\d(])", "1", text)  # "744.2l(b)": a letter l printed for a digit
    text = re.sub(r"(?<=\d)of the ear", " of the ear", text)
    text = re.sub(r"\)\. (?=of the ear)", ") ", text)
    text = re.sub(r"(?<=\d\.\d) \(", "(", text)  # "744.2 (d)"
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def requirement_code(text: str) -> str:
    """Code of a printed license requirement: one of REQUIREMENT_CODES, "" for no text."""
    plain = _plain(text)
    if not plain:
        return ""
    if _CCL_PLUS.match(plain):
        return CCL_PLUS_SUPP7
    if _SUPP2.match(plain):
        return SUPP2_PART744
    if not _PREFIX.match(plain):
        return OTHER
    rest = _SEE.sub(" ", " " + _PREFIX.sub("", plain)).strip(" .,)(")
    if _PROJECTS.match(rest) or (not rest and _OIL_GAS_SECTIONS.search(plain)):
        return OIL_GAS_PROJECTS
    if not rest or _WORLDWIDE.match(rest) or rest == "with case-by-case basis for items listed on the ccl":
        return ALL_SUBJECT_TO_EAR
    return ALL_EXCEPT_LISTED if _EXCEPTION.match(rest) else OTHER


@lru_cache(maxsize=1024)
def policy_code(text: str) -> str:
    """Code of a printed license review policy: one of POLICY_CODES, "" for no text."""
    plain = _plain(text)
    if not plain:
        return ""
    if _PRESUMPTION.match(plain):
        return _presumption(_PRESUMPTION.sub("", plain).strip(" ."))
    if _POLICY.match(plain):
        return _policy_of_denial(_SEE.sub(" ", " " + _POLICY.sub("", plain)).strip(" ."))
    if _APPROVAL.search(plain):
        return CASE_BY_CASE_EAR99_APPROVAL
    if _ONLY_SECTIONS.match(plain) or _SPECIFIED_IN.match(plain):
        return SEE_SECTION
    if _CASE_ONLY.match(plain):
        return CASE_BY_CASE
    return PRESUMPTION_OF_DENIAL_CARVEOUT if _CASE.search(plain) and _DENIAL_ELSE.search(plain) else OTHER


def _presumption(rest: str) -> str:
    if not rest:
        return PRESUMPTION_OF_DENIAL
    return PRESUMPTION_OF_DENIAL_CARVEOUT if _CASE.search(rest.replace("case by case", "case-by-case")) else OTHER


def _policy_of_denial(rest: str) -> str:
    if not rest:
        return POLICY_OF_DENIAL
    return POLICY_OF_DENIAL_CARVEOUT if _CASE.search(rest) else OTHER


# A footnote digit is glued to a closing bracket or a comma of a citation ("(g),3", "(g), 3 §", "(e)1") or to "EAR".
_GLUED = re.compile(r"\) ?([1-5])(?!\d|\.\d)|\), ?([1-5]) ?(?=§|\d{3}\b)|\bEAR ?([1-5])(?!\d|\.\d)")
# Entries whose digit was lost in print still cite the foreign-direct-product rule that the footnote stands for.
_RULES = (("1", "734.9(e)(1)"), ("3", "734.9(g)"), ("4", "734.9(e)(2)"), ("5", "734.9(e)(3)"))


def footnotes_of(text: str) -> tuple[str, ...]:
    """Footnotes of an entry, lifted from its requirement text ("734.9(g),3", "… of the EAR)4"), in order, once each.

    Where no digit is printed, the rule of 15 CFR 734.9 the text cites tells the footnote it belongs to.
    """
    found = [next(filter(None, match.groups())) for match in _GLUED.finditer(text)]
    return tuple(dict.fromkeys(found)) or tuple(note for note, rule in _RULES if rule in text)
