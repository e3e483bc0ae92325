"""From penalties to points: weights fitted on the tuning half of the development data, frozen with the engine version.

The weights were found by a search over the tuning half (entities by hash): most leave-one-alias-out recall at 0.6 % alerts on
innocent companies and 0.45 % on innocent persons, with bounds on mechanical variations and on names that contradict each
other. The scale is fixed so that equal names have 95 and the `possible` band begins at 71.
"""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

import numpy.typing as npt

CEILING = 95.0
"""Points of two equal names: 100 needs something that corroborates."""
ENOUGH_INFORMATION = 1.61
"""Information at which nothing more is asked for: two rare words, or three common ones."""
THINNESS_OF_WHOLE_NAME = 0.65
"""Of the thinness that counts when the listed name stands whole in the query beside general words."""

Measure = TypeVar("Measure", float, npt.NDArray[Any])
"""One comparison, or many at once."""


class Features(NamedTuple, Generic[Measure]):
    """What keeps two names apart, each 0 for two equal names; shares (0-1) of a name's weight where nothing else is said.

    None has a default: whoever weighs, measures or estimates names every feature, so that one more cannot be forgotten
    in any of the three. Of many comparisons at once a float is the same for all.
    """

    query_left: Measure | float
    query_left_more: Measure | float
    query_left_general: Measure | float
    listed_left: Measure | float
    listed_left_more: Measure | float
    listed_left_general: Measure | float
    contradiction: Measure | float
    spelling: Measure | float
    far_spelling: Measure | float
    indirect: Measure | float
    digits: Measure | float
    legal: Measure | float
    thin: Measure | float
    thin_left: Measure | float
    nothing_rare: Measure | float
    general_conflict: Measure | float


COST: Features[float] = Features(
    query_left=16.0,  # "Zelmabank Leasing" for Zelmabank
    query_left_more=1.0,  # the square, so that a large share weighs more
    query_left_general=7.0,  # "Unicum Trade International" for Unicum Trade
    listed_left=24.0,  # one Antonio Zapata for a listed Jesus Antonio Londono Zapata
    listed_left_more=33.0,
    listed_left_general=28.0,
    contradiction=150.0,  # Zelmark Transit Ufa is not Zelmark Transit Kazan
    spelling=124.0,  # one letter of eight costs 16 before the information it leaves
    far_spelling=0.0,  # spelling says it already
    indirect=3.0,  # initials, acronyms, abbreviations
    digits=60.0,  # Institute 13 is not Institute 14
    legal=6.0,  # LLC against GmbH
    thin=56.0,  # little that is rare agrees
    thin_left=80.0,  # and something is left over as well
    nothing_rare=8.0,  # general words only
    general_conflict=46.0,  # a University of Technology is not the University of Posts of the same town
)
"""Points lost for each unit of a feature."""
EQUAL: Features[float] = Features(*(0.0 for _ in Features._fields))
"""Of two equal names."""


def points(values: Features[Measure]) -> Measure:
    """At most 95 for the features of one comparison or of many; under 0 where they cost more than there is."""
    lost: Any = 0.0  # a float or an array, which have no type in common that can be added to
    for cost, value in zip(COST, values, strict=True):
        if isinstance(value, float) and not value:
            continue  # most features of most comparisons; of many at once it would cost a pass over all of them
        lost += cost * value
    left: Measure = CEILING - lost
    return left
