"""The part of an organization's audit chain that proves what an evidence pack says: the events of one application in full, those
between them as links that carry the hashes and no content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Min, Q

from exportcheck.accounts.models import Organization
from exportcheck.audit.models import AuditChain, AuditEvent
from exportcheck.audit.services import chain_of

BATCH = 2_000
EXPORTERS_ACTS = (
    "application.",
    "catalog.",
    "check.asked",
    "condition.",
    "contact.",
    "document.",
    "evidence.exported",
    "name.",
    "question.answered",
    "shipment.",
)
"""Beginnings of the actions of exporters. The rest is sealed for them even when one of their people did it: somebody may have
been a reviewer before."""


def chain_segment(
    organization: Organization, subjects: frozenset[str], *, actors: frozenset[int] | None = None
) -> Iterator[dict[str, Any]]:
    """Rows of the chain from the first event about one of the subjects to the head, oldest first; nothing when there is none.

    An event about a subject stands whole; of any other the body and its salt are left out ("withheld"), so that its hash can be
    computed again but nothing of another case is told. With `actors` (the exporter's own people) only what they did as exporters
    is there; all else is sealed: the hash alone, so that the chain can be followed but nothing of the desk is told.
    """
    name = chain_of(organization)
    events = AuditEvent.objects.filter(chain=name)
    first = events.filter(subject__in=subjects).aggregate(first=Min("seq"))["first"]
    if first is None:
        return
    # The head is read before the events, so that what is recorded meanwhile is left for the next pack.
    length = AuditChain.objects.filter(name=name).values_list("length", flat=True).first() or 0
    for event in events.filter(Q(seq__gte=first) & Q(seq__lte=length)).order_by("seq").iterator(chunk_size=BATCH):
        if actors is not None and not (event.actor_id in actors and event.action.startswith(EXPORTERS_ACTS)):
            yield {"chain": event.chain, "seq": event.seq, "previous": event.previous, "hash": event.hash, "sealed": True}
        else:
            yield row_of(event, whole=event.subject in subjects)


def row_of(event: AuditEvent, *, whole: bool) -> dict[str, Any]:
    """One event as a line of chain.jsonl; the envelope as it was hashed (exportcheck.audit.services.link)."""
    row: dict[str, Any] = {
        "chain": event.chain,
        "seq": event.seq,
        "envelope": {
            "at": event.at.isoformat(timespec="microseconds"),
            "actor": event.actor_id,
            "actor_label": event.actor_label,
            "action": event.action,
            "subject": event.subject,
            "origin": event.origin,
        },
        "body_hash": event.body_hash,
        "previous": event.previous,
        "hash": event.hash,
    }
    if not whole:
        return row | {"withheld": True}
    if event.salt is None:
        return row | {"redacted": True}
    return row | {"body": event.body, "salt": event.salt}
