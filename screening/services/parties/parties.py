"""Parties as rows: what is kept of a party, and which parties are screened again when lists change."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from exportcheck.accounts.models import Organization
from screening.matching.engine import fingerprint
from screening.matching.types import Party, Schema
from screening.models import ScreenedParty
from screening.services.parties.engine_info import engine_major


def facts_of(party: Party) -> dict[str, Any]:
    """The Party object of docs/contract.md without blanks, owners and hits: what a stored party is screened by again."""
    identifiers = [
        {key: value for key, value in (("type", row.type), ("value", row.value), ("country", row.country)) if value}
        for row in party.identifiers
    ]
    facts: dict[str, Any] = {
        "id": party.id,
        "role": str(party.role),
        "name": party.name,
        "other_names": list(party.other_names),
        "kind": "" if party.kind is Schema.UNKNOWN else str(party.kind),
        "addresses": list(party.addresses),
        "country": party.country,
        "identifiers": identifiers,
        "birth_date": party.birth_date,
        "citizenships": list(party.citizenships),
    }
    return {key: value for key, value in facts.items() if value}


def keep_party(*, organization: Organization, case: str, part: str, party: Party, today: bool) -> ScreenedParty:
    """The row of a party as it is now; what the part of the case was before is no longer screened. Joins the caller's
    transaction. `today`: it was screened against the lists that answer now, not those of a day in the past."""
    row, _ = ScreenedParty.objects.get_or_create(
        organization=organization,
        case=case,
        part=part,
        fingerprint=fingerprint(party),
        defaults={"facts": facts_of(party), "live": True},
    )
    facts = facts_of(party)
    row.last_screened_at = timezone.now()
    if today:
        row.engine_major = engine_major()
    if row.facts != facts or not row.live:
        row.facts, row.live = facts, True
    row.save(update_fields=("facts", "live", "last_screened_at", "engine_major"))
    earlier = ScreenedParty.objects.filter(organization=organization, case=case, part=part, live=True).exclude(pk=row.pk)
    earlier.update(live=False)
    return row


@transaction.atomic
def retire_case(case: str, *, organization: Organization, keep: Collection[str] = ()) -> int:
    """Parties of a case ("application:EX-2026-00017") are no longer screened when lists change, but for the parts in `keep`;
    returns how many. The caller's event tells why."""
    rows = ScreenedParty.objects.filter(organization=organization, case=case, live=True)
    return rows.exclude(part__in=keep).update(live=False)


def lock_lists_shared() -> None:
    """Keep activations out until the running transaction ends, without keeping other checks out.

    SQLite has one writer at a time anyway. Django's query sets know FOR UPDATE only, which would let one check in at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM screening_controllist FOR SHARE")
