"""One tuple of features for the scorer and both estimates: a feature or a weight cannot be added in one place alone."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable

import numpy as np
import pytest

from screening.matching.blocking import upper_bound
from screening.matching.blocking.word_lookup import look_up
from screening.matching.index.index import build
from screening.matching.names import penalties
from screening.matching.names.parse import read
from screening.matching.names.score import compare_names
from screening.matching.names.weights import CEILING, COST, EQUAL, Features, points
from screening.matching.types import ListedParty

QUERY, LISTED = "Zelmrk Avionics", "Zelmark Avionics Plant"


def compare() -> object:
    return compare_names(read(QUERY).main, read(LISTED).main)


def estimate_finely() -> object:
    segment, name = build([ListedParty("X", "1", LISTED)]).segments[0], read(QUERY).main
    return upper_bound.bound(segment, name, np.array([0]), look_up(segment, name), 71.0)


def estimate_roughly() -> object:
    return upper_bound.most_points_of(0.2, 1.0)


@pytest.mark.parametrize(
    ("module", "use"),
    [(penalties, compare), (upper_bound, estimate_finely), (upper_bound, estimate_roughly)],
    ids=["the scorer", "the finer estimate", "the rough estimate"],
)
def test_each_of_them_must_name_a_new_feature(monkeypatch: pytest.MonkeyPatch, module: object, use: Callable[[], object]) -> None:
    use()
    monkeypatch.setattr(module, "Features", namedtuple("Features", (*Features._fields, "one_more")))
    with pytest.raises(TypeError, match="one_more"):
        use()


def test_each_feature_has_a_weight_of_its_name_and_no_weight_stands_alone() -> None:
    assert not Features._field_defaults
    weights = COST._asdict()
    with pytest.raises(TypeError, match="spelling"):
        Features(**{name: weight for name, weight in weights.items() if name != "spelling"})
    with pytest.raises(TypeError, match="one_more"):
        Features(**weights, one_more=1.0)


@pytest.mark.parametrize("feature", Features._fields)
def test_a_unit_of_a_feature_costs_the_weight_of_its_name(feature: str) -> None:
    assert points(EQUAL) == CEILING
    assert points(EQUAL._replace(**{feature: 1.0})) == CEILING - getattr(COST, feature)


def test_many_comparisons_at_once_lose_what_each_loses_by_itself() -> None:
    spelling, thin = np.array([0.0, 0.1, 0.5]), np.array([0.3, 0.0, 1.0])
    alone = [points(EQUAL._replace(spelling=float(a), thin=float(b))) for a, b in zip(spelling, thin, strict=True)]
    assert points(EQUAL._replace(spelling=spelling, thin=thin)).tolist() == alone
