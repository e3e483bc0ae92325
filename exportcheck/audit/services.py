"""The one way into the audit log."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from exportcheck.accounts.models import Organization, User
from exportcheck.audit.context import current
from exportcheck.audit.models import AuditChain, AuditEvent

SYSTEM = "system"
"""Chain of what belongs to no organization, and label of what no person did."""
OPERATOR = "operator (command line)"
"""Label of whoever may run a management command on the host (docs/contract.md)."""


def canonical(value: object) -> str:
    """JSON text that is the same for the same value: sorted keys, no spaces, UTF-8 characters kept."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)


def as_stored(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body as the database gives it back, because that is what will be hashed again: JSON has no dates or decimals, so
    they become text; PostgreSQL keeps numbers as decimals, so a float that prints with an exponent comes back whole."""
    facts: dict[str, Any] = json.loads(canonical(body), parse_float=plain_number)
    return facts


def plain_number(text: str) -> float | int:
    """Float that reads the same after a round through a decimal; whole numbers too large for that become integers."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) >= 1e15 else value + 0.0


def digest(*parts: str) -> str:
    """SHA-256 over length-prefixed parts, so that no two lists of parts share a text."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode()
        state.update(f"{len(data)}:".encode())
        state.update(data)
    return state.hexdigest()


def chain_of(organization: Organization | None) -> str:
    """Name of the chain an event of this organization goes to."""
    return SYSTEM if organization is None else f"org:{organization.pk}"


def record(
    *,
    actor: User | None,
    action: str,
    subject: str,
    organization: Organization | None = None,
    body: Mapping[str, Any] | None = None,
    actor_label: str = "",
) -> AuditEvent:
    """Append one event inside the caller's transaction.

    actor: the person, None for the system (then `actor_label` may say which part of it).
    action: verb in dotted words, such as "check.finished". subject: "model:reference", such as "application:EX-2026-00017".
    body: JSON-ready facts of the act. Raises TransactionManagementError outside a transaction: an act and its event
    are one.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() needs the transaction of the act it records.")
    name = chain_of(organization)
    AuditChain.objects.get_or_create(name=name)
    chain = AuditChain.objects.select_for_update().get(name=name)
    facts = as_stored(body or {})
    salt = secrets.token_hex(16)
    event = AuditEvent(
        chain=name,
        seq=chain.length + 1,
        at=timezone.now(),
        actor=actor,
        actor_label=actor_label or (actor.email if actor else SYSTEM),
        action=action,
        subject=subject,
        origin=current().as_dict(),
        body=facts,
        salt=salt,
        body_hash=digest(salt, canonical(facts)),
        previous=chain.head,
    )
    event.hash = link(event)
    event.save()
    chain.length, chain.head = event.seq, event.hash
    chain.save(update_fields=("length", "head"))
    return event


@transaction.atomic
def redact(*, event: AuditEvent, reason: str, actor: User | None = None, actor_label: str = "") -> None:
    """Take the body out of an event for good (personal data that had no place there); the chain still verifies.

    Who did what and when stays. The act is an event of its own in the same chain and names the reason, never the content.
    A body that is gone already changes nothing.
    """
    # The model's own update() raises; the database lets exactly this one through (migration 0002).
    rows: models.QuerySet[AuditEvent] = models.QuerySet(AuditEvent).filter(pk=event.pk, salt__isnull=False)
    if rows.update(body=None, salt=None) != 1:
        return
    event.body = event.salt = None
    record(
        actor=actor,
        action="audit.redacted",
        subject=f"audit:{event.chain}#{event.seq}",
        organization=organization_of(event.chain),
        body={"reason": reason, "action": event.action, "subject": event.subject},
        actor_label=actor_label,
    )


def redaction_code(event: AuditEvent, reason: str) -> str:
    """What names an event as it stands and the reason to redact it: shown first, repeated by whoever approves."""
    return digest("redact", event.hash, reason)[:16]


def organization_of(chain: str) -> Organization | None:
    """Organization a chain belongs to, None for the system's."""
    return None if chain == SYSTEM else Organization.objects.get(pk=int(chain.removeprefix("org:")))


def link(event: AuditEvent) -> str:
    """Hash that binds an event to its predecessor, its place and its body."""
    envelope = {
        "at": event.at.isoformat(timespec="microseconds"),
        "actor": event.actor_id,
        "actor_label": event.actor_label,
        "action": event.action,
        "subject": event.subject,
        "origin": event.origin,
    }
    return digest(event.previous, event.chain, str(event.seq), canonical(envelope), event.body_hash)
