"""What the project itself does by the clock: keep the audit log provable."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.conf import settings

from exportcheck.audit import chain_heads
from exportcheck.audit.verify import Broken, chain_names, walk

log = structlog.get_logger(__name__)


@shared_task
def keep_audit_provable() -> None:
    """Walk every chain and log the first broken link as an error; then write the heads outside the database.

    A second run on the same day only adds a file.
    """
    for name in chain_names():
        outcome = walk(name)
        if isinstance(outcome, Broken):
            log.error("audit_chain_broken", chain=outcome.chain, event_number=outcome.seq, problem=outcome.problem)
    log.info("audit_heads_written", file=str(chain_heads.write(settings.VAR_DIR / "heads")))
