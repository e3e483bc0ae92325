"""One name screened without an application: answered at once, kept in the organization's record, not watched later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from screening import queries
from screening.matching.read_party import party_from_dict
from screening.matching.types import PartyError
from screening.models import ScreeningRun
from screening.services.parties.snapshot import current
from screening.services.screening.screen import answer, screen_party, start_run, without_private_reasons


@transaction.atomic
def screen_name(*, actor: User, data: Mapping[str, Any]) -> dict[str, Any]:
    """Output of `screen` with the time `at`; run and event are kept. Raises Refused: "not_allowed", "invalid"."""
    if not policy.can_screen_name(actor):
        raise Refused("not_allowed", "Exporters and reviewers screen names.")
    try:
        party = party_from_dict(data)
    except PartyError as error:
        raise Refused("invalid", error.detail) from error
    snapshot = current(actor.organization_id)
    screening = screen_party(party, snapshot)
    result = answer(party, snapshot, screening=screening)
    run = start_run(kind=ScreeningRun.Kind.NAME, organization=actor.organization, snapshot=snapshot)
    record(
        actor=actor,
        action="name.screened",
        subject=f"screening:{run.pk}",
        organization=actor.organization,
        body={
            "party": dict(data),
            "verdict": result["verdict"],
            "hits": [f"{hit['list']} {hit['entry']} {hit['score']}" for hit in result["hits"]],
            "lists": snapshot.numbers,
            "engine": result["engine"],
        },
    )
    hidden = frozenset() if policy.can_see_private_reasons(actor) else queries.private_lists()
    return {
        **without_private_reasons(result, hidden),
        "name": party.name,
        "run": run.pk,
        "at": timezone.now().isoformat(timespec="seconds"),
    }
