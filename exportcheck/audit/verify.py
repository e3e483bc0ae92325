"""Walks a chain from its first event and names the first link that does not hold."""

from __future__ import annotations

from dataclasses import dataclass

from exportcheck.audit.models import AuditChain, AuditEvent
from exportcheck.audit.services import canonical, digest, link

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Broken:
    """First link that does not hold: its chain, its place (1 = first event) and what is wrong with it."""

    chain: str
    seq: int
    problem: str

    def __str__(self) -> str:
        return f"{self.chain} breaks at event {self.seq}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A chain that holds: how many events, how many of them redacted, and its head."""

    chain: str
    length: int
    redacted: int
    head: str

    def __str__(self) -> str:
        return f"{self.chain}: {self.length} events hold, {self.redacted} redacted, head {self.head or 'none'}"


def verify(chain: str) -> Broken | None:
    """The first broken link of a chain, None when it holds from the first event to its head."""
    outcome = walk(chain)
    return outcome if isinstance(outcome, Broken) else None


def walk(chain: str) -> Broken | Whole:
    """Read a chain once, in constant memory."""
    # The head is read first: events recorded while we walk come after it and are not missed but left for the next walk.
    head = AuditChain.objects.filter(name=chain).first()
    length, last = (head.length, head.head) if head else (0, "")
    previous, seq, redacted = "", 0, 0
    for event in AuditEvent.objects.filter(chain=chain, seq__lte=length).order_by("seq").iterator(chunk_size=BATCH):
        seq += 1
        if event.seq != seq:
            return Broken(chain, seq, f"the event is missing (the next one there is {event.seq})")
        if problem := fault(event, previous):
            return Broken(chain, seq, problem)
        redacted += event.salt is None
        previous = event.hash
    if seq != length:
        return Broken(chain, seq + 1, f"the event is missing (the chain has {length})")
    if previous != last:
        return Broken(chain, seq, "the head of the chain is another hash than that of its last event")
    if (
        AuditEvent.objects.filter(chain=chain, seq__gt=length).exists()
        and not AuditChain.objects.filter(name=chain, length__gt=length).exists()
    ):
        return Broken(chain, length + 1, "an event stands behind the head of the chain")
    return Whole(chain, length, redacted, last)


def fault(event: AuditEvent, previous: str) -> str | None:
    """What is wrong with one event, given the hash before it; None when nothing is."""
    if event.previous != previous:
        return "it does not continue the event before it"
    if event.salt is not None and event.body_hash != digest(event.salt, canonical(event.body)):
        return "its body was changed"
    if event.salt is None and event.body is not None:
        return "its body has no salt"
    if event.hash != link(event):
        return "what stands around its body (who, when, what, where) was changed"
    return None


def chain_names() -> list[str]:
    """Every chain that has a head or an event, by name: an event of a chain without a head is a broken chain too."""
    names = set(AuditChain.objects.values_list("name", flat=True))
    names.update(AuditEvent.objects.order_by().values_list("chain", flat=True).distinct())
    return sorted(names)
