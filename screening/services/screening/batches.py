"""Going through parties in batches, under a lease: what rescreening, a new engine and the impact preview have in common.

A batch is screened outside any transaction and saved in one, which renews the lease first. So a worker killed anywhere costs one
batch, and one that was overtaken saves nothing.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

import structlog
from django.db import transaction

from exportcheck.leases import Lease, LeaseLost, Row
from screening.models import ScreenedParty

log = structlog.get_logger(__name__)
Answers = TypeVar("Answers")


class Overtaken(Exception):
    """What the work rests on changed meanwhile (a list was activated or retired); nothing was written."""


class PartyWork(Protocol[Answers]):
    """Work on many parties. A step raises LeaseLost when another worker has it, Overtaken when it is not to be gone on with."""

    def next_batch(self) -> list[ScreenedParty]:
        """The parties that come next; empty: none is left."""

    def screen(self, parties: list[ScreenedParty]) -> Answers:
        """Answers about a batch; writes nothing, and may take a second or two."""

    def save(self, parties: list[ScreenedParty], answers: Answers) -> None:
        """Store what a batch gave and move on, in the caller's transaction; the lease is renewed before anything is written.
        A batch that fits no longer is left unsaved, and asked for again."""

    def finish(self) -> bool:
        """Say that it is done, in the caller's transaction; False when a party waits after all."""


def go_through(held: Lease[Row], work: PartyWork[Answers]) -> None:
    """Batch after batch, to the end or until another worker has the row; what was overtaken is let go of."""
    try:
        try:
            _batches(work)
        except Overtaken:
            log.info("work_overtaken", row=str(held.row))
            held.release()
    except LeaseLost:
        log.info("work_taken_over", row=str(held.row))


def _batches(work: PartyWork[Answers]) -> None:
    done = False
    while not done:
        if parties := work.next_batch():
            answers = work.screen(parties)
            with transaction.atomic():
                work.save(parties, answers)
        else:
            with transaction.atomic():
                done = work.finish()
