"""`precheck` for programs: one application object in, its answer out, nothing kept (docs/contract.md)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from licenses.services.evaluation.evaluate import EvaluationInput, evaluate, screen_line, searched_lists
from licenses.services.evaluation.read_application import read_line
from licenses.services.evaluation.rules_in_force import rules
from screening.services.parties.snapshot import Snapshot, at, current


def precheck(
    line: object, *, as_of: dt.date | None = None, snapshot: Snapshot | None = None, organization_id: int | None = None
) -> dict[str, Any]:
    """The output line of `precheck`. `snapshot` may be given by a caller that answers many lines with one set of lists.

    Raises RuleInputError or PartyError naming the key and the remedy; nothing is written.
    """
    application = read_line(line)
    lists = snapshot or snapshot_for(as_of, organization_id)
    day = as_of or timezone.now().date()
    in_force = rules(day)
    given = EvaluationInput(
        line=application,
        screened=screen_line(application, lists, in_force),
        snapshot=lists,
        rules=in_force,
        day=day,
        lists=searched_lists(lists, as_of),
    )
    return evaluate(given).result


def snapshot_for(as_of: dt.date | None, organization_id: int | None = None) -> Snapshot:
    """The lists that answer on a day; without one the active lists."""
    return current(organization_id) if as_of is None else at(as_of, organization_id)
