"""An item whose ECCN nobody has stated: a stop or a requirement on every item is found, and nothing better than a question."""

from __future__ import annotations

import pytest

from licenses.rules.determination.determine import determine_unclassified
from licenses.rules.types import Case, Outcome, TransactionType
from tests.licenses.rules.builders import DAY, hit, item, party, rules

ALL = "For all items subject to the EAR. (See §744.11 of the EAR)"
CASES = [
    ("DE", (), Outcome.NEEDS_INFORMATION),
    ("KP", (), Outcome.LICENSE_REQUIRED),
    ("DE", (hit("EL", license_requirement=ALL),), Outcome.LICENSE_REQUIRED),
    ("DE", (hit("DPL"),), Outcome.PROHIBITED),
]


@pytest.mark.parametrize(("destination", "hits", "outcome"), CASES)
def test_the_least_any_item_can_need_is_found_and_never_less_than_a_question(
    destination: str, hits: tuple[object, ...], outcome: Outcome
) -> None:
    buyer = party("ultimate_consignee", country=destination, hits=hits)
    case = Case("C", TransactionType.EXPORT, destination, item(""), (buyer,))
    found = determine_unclassified(case, rules(), as_of=DAY)
    assert found.outcome is outcome
    assert "no ECCN is stated" in found.steps[0].answer
