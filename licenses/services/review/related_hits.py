"""Hits of one party that speak of one real-world entity, on several lists or in several roles of an application: shown and
settled together, recorded one by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from licenses.models import Flag, LicenseApplication
from licenses.services.checks.flags import OPEN_STATES
from licenses.services.drafting.edits import subject_of
from licenses.services.review.decisions import role_of
from screening.matching.types import ListedParty
from screening.models import Match, ScreenedParty
from screening.services.versions.control_lists import OFAC_LISTS
from screening.services.versions.version_entries import listed_party

MAX_IN_GROUP = 50
"""As many flags as are ever settled by one act."""
OFAC_NUMBER = re.compile(r"^\d+$")
_BETWEEN_WORDS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Linked:
    """Another match of the same party that is the same entity, and the sentence that says why."""

    match: Match
    why: str


def folded(name: str) -> str:
    """A name as it is compared here: no accents, no case, no punctuation, words in their order."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return " ".join(_BETWEEN_WORDS.sub(" ", plain.casefold()).split())


def names_of(entry: ListedParty) -> frozenset[str]:
    """Every name of an entry, folded."""
    return frozenset(filter(None, (folded(entry.name), *(folded(alias.name) for alias in entry.aliases))))


def link_between(one: ListedParty, other: ListedParty) -> str:
    """Why two entries are one entity, "" when nothing says so: the same OFAC number, or the primary name of one among the
    names of the other. Never by a shared alias alone: aliases such as initials are common to strangers."""
    if one.list in OFAC_LISTS and other.list in OFAC_LISTS and one.uid == other.uid and OFAC_NUMBER.match(one.uid):
        return f"the same OFAC number {one.uid}"
    if one.schema is not other.schema and "unknown" not in (one.schema, other.schema):
        return ""
    if folded(one.name) and folded(one.name) == folded(other.name):
        return f"the same name, {other.name}"
    if folded(one.name) in names_of(other):
        return f"{one.name} is a name of this entry too"
    if folded(other.name) in names_of(one):
        return f"{other.name} is a name of the entry shown"
    return ""


def same_entity(match: Match, application: LicenseApplication) -> list[Linked]:
    """Other standing matches of the party of `match` in the application whose entries are the same real-world entity, best score
    first. A party that the application names in several roles is one party when its fingerprint is the same in all."""
    entry = listed_party(match.entry)
    parties = ScreenedParty.objects.filter(
        organization=match.party.organization_id,
        subject__startswith=f"{subject_of(application)}:",
        fingerprint=match.party.fingerprint,
    )
    others = Match.objects.filter(party__in=parties, gone_at=None).exclude(pk=match.pk)
    found = []
    for other in others.select_related("control_list", "entry", "party").order_by("-score", "pk"):
        why = "the same entry" if other.entry_id == match.entry_id else link_between(entry, listed_party(other.entry))
        if why:
            found.append(Linked(other, why if other.party_id == match.party_id else f"the same party in another role, {why}"))
    return found


def group_of(flag: Flag) -> list[tuple[Flag, str]]:
    """Open flags of the same application about the same entity as this one, each with why they belong together."""
    if flag.match is None:
        return []
    reasons = {linked.match.pk: linked.why for linked in same_entity(flag.match, flag.application)}
    # Two flags may speak of one match (a list hit and "applicant denied"): they belong together too.
    reasons[flag.match.pk] = "about the same entry"
    rows = Flag.objects.filter(application=flag.application_id, match__in=reasons, state__in=OPEN_STATES, gone_at=None).exclude(
        pk=flag.pk
    )
    rows = rows.select_related("match__control_list", "match__entry", "application", "report").order_by("-critical", "pk")
    return [(row, _with_role(row, flag, reasons[row.match_id or 0])) for row in rows[:MAX_IN_GROUP]]


def _with_role(row: Flag, flag: Flag, why: str) -> str:
    """Why a flag belongs to the group, and in which role its party stands when that is another one."""
    role = role_of(row).replace("_", " ") if row.party_key != flag.party_key else ""
    return f"as {role}: {why}" if role else why


def belong_together(first: Flag, others: Iterable[Flag]) -> bool:
    """Whether every one of the others is in the group of the first."""
    group = {row.pk for row, _ in group_of(first)}
    return all(row.pk in group for row in others)
