"""What a reviewer may decide about a flag, with the reason codes of each decision (docs/design/intake.md#4), checked on the
server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exportcheck.errors import Refused
from licenses.list_facts import facts_of
from licenses.models import Flag
from screening.models import Resolution

Disposition = Resolution.Disposition


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a disposition says and the reason codes it takes (code -> words)."""

    meaning: str
    reasons: Mapping[str, str]


MEANINGS: Mapping[Disposition, Meaning] = {
    Disposition.FALSE_POSITIVE: Meaning(
        "not the listed party",
        {
            "DIFFERENT_NAME": "different name",
            "DIFFERENT_COUNTRY": "different country",
            "DIFFERENT_ADDRESS": "different address",
            "DIFFERENT_ID": "different identification number",
            "DIFFERENT_BIRTH_DATE": "different date of birth",
            "COMMON_NAME_WITH_EVIDENCE": "common name, with evidence",
            "OTHER_PERSON_KIND": "person against organization, or the reverse",
        },
    ),
    Disposition.TRUE_MATCH: Meaning(
        "is the listed party",
        {
            "SAME_ID": "same identification number",
            "SAME_ADDRESS": "same address",
            "CONFIRMED_BY_EXPORTER": "confirmed by the exporter",
            "CONFIRMED_BY_DOCUMENT": "confirmed by a document",
        },
    ),
    Disposition.NOT_IN_SCOPE: Meaning(
        "listed, but the entry does not reach this item or role",
        {
            "ITEM_OUTSIDE_SCOPE": "item outside the entry's scope",
            "ROLE_NOT_REACHED": "role not reached",
            "PROGRAM_NOT_EXPORT": "program does not concern exports",
        },
    ),
    Disposition.MITIGATED: Meaning(
        "the concern is answered",
        {
            "STATEMENT_ON_FILE": "statement on file",
            "ROUTE_EXPLAINED": "route explained",
            "END_USE_EVIDENCE": "evidence of the end use",
            "OWNERSHIP_SHOWN": "ownership shown",
            "AUTHORIZATION_ON_FILE": "authorization on file",
        },
    ),
    Disposition.ESCALATED: Meaning(
        "handed to a senior reviewer or counsel",
        {"NEEDS_SENIOR": "needs a senior reviewer", "NEEDS_COUNSEL": "needs counsel"},
    ),
    Disposition.UNRESOLVED: Meaning("cannot be settled; stays blocking", {}),
}
MIN_REASON_CHARS = 20
CRITICAL_CODES = frozenset(("VESSEL_MATCH", "EMBARGO_DEST", "MANUAL_DETERMINATION"))
MAX_IN_BULK = 50


def is_critical(*, code: str, severity: str, list_code: str = "") -> bool:
    """Whether freeing the flag takes two people (intake.md 4): the gravest lists, vessels, embargoes, anything blocking."""
    facts = facts_of(list_code)
    return severity == "blocking" or (facts is not None and facts.critical) or code in CRITICAL_CODES


def never_in_bulk(list_code: str) -> bool:
    """Whether hits on the list are settled one by one, however alike they are (intake.md 4)."""
    facts = facts_of(list_code)
    return facts is not None and facts.never_in_bulk


def check_decision(flag: Flag, disposition: str, reason_code: str, reason: str) -> Disposition:
    """The disposition, when it fits the flag and carries a reason. Raises Refused("invalid") in plain words."""
    if disposition not in Disposition.values:
        raise Refused("invalid", f"{disposition[:30]!r} is no disposition; choose {', '.join(Disposition)}.")
    chosen = Disposition(disposition)
    codes = MEANINGS[chosen].reasons
    if codes and reason_code not in codes:
        raise Refused("invalid", f"Choose a reason for {chosen.label.lower()}: {', '.join(codes)}.")
    if not codes and reason_code:
        raise Refused("invalid", f"{chosen.label} takes no reason code, only a text.")
    if len(reason.strip()) < MIN_REASON_CHARS:
        raise Refused("invalid", f"Give the reason in at least {MIN_REASON_CHARS} characters: what was compared, and with what.")
    if flag.match_id is None and chosen in (Disposition.TRUE_MATCH, Disposition.NOT_IN_SCOPE):
        raise Refused("invalid", f"{chosen.label} speaks of a list entry; this flag has none.")
    return chosen
