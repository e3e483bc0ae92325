"""`determine` for programs: one item with its transaction and parties in, its determination out, nothing kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from licenses.rules.determination.determine import determine, determine_unclassified
from licenses.rules.facts.read_case import read_case
from licenses.rules.facts.write_determination import determination_as_dict
from licenses.services.evaluation.rules_in_force import rules


def determine_line(line: object, *, as_of: dt.date | None = None) -> dict[str, Any]:
    """The output line of `determine` (docs/contract.md). Raises RuleInputError naming the key and the remedy."""
    case = read_case(line)
    day = as_of or timezone.now().date()
    given = line.get("id") if isinstance(line, Mapping) else None
    answer = determine if case.item.eccn else determine_unclassified
    determination = answer(case, rules(day), as_of=day)
    return determination_as_dict(determination) | {"id": given if given is not None else determination.id}
