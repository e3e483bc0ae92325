"""From penalties to points: weights fitted on the tuning half of the development data, frozen with the engine version.

Features, in the order of namescore.FEATURES, are 0 for two equal names. The weights were found by a search over the
tuning half (entities by hash): most leave-one-alias-out recall at 0.6 % alerts on innocent companies and 0.45 % on
innocent persons, with bounds on mechanical variations and on names that contradict each other. The scale is fixed so
that equal names have 95 and the `possible` band begins at 71.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

CEILING = 95.0
"""Points of two equal names: 100 needs something that corroborates."""
ENOUGH_INFORMATION = 1.61
"""Information at which nothing more is asked for: two rare words, or three common ones."""
THINNESS_OF_WHOLE_NAME = 0.65
"""Of the thinness that counts when the listed name stands whole in the query beside general words."""
COST = (
    16.0,  # query_left: "Zelmabank Leasing" for Zelmabank
    1.0,  # query_left_more: the square, so that a large share weighs more
    7.0,  # query_left_general: "Unicum Trade International" for Unicum Trade
    24.0,  # listed_left: one Antonio Zapata for a listed Jesus Antonio Londono Zapata
    33.0,  # listed_left_more
    28.0,  # listed_left_general
    150.0,  # contradiction: Zelmark Transit Ufa is not Zelmark Transit Kazan
    124.0,  # spelling: one letter of eight costs 16 before the information it leaves
    0.0,  # far_spelling: spelling says it already
    3.0,  # indirect: initials, acronyms, abbreviations
    60.0,  # digits: Institute 13 is not Institute 14
    6.0,  # legal: LLC against GmbH
    56.0,  # thin: little that is rare agrees
    80.0,  # thin_left: and something is left over as well
    8.0,  # nothing_rare: general words only
    46.0,  # general_conflict: a University of Technology is not the University of Posts of the same town
)
"""Points lost for each unit of a feature."""
NOTHING_LEFT = 0.1
"""Share of the listed name's weight under which an estimate takes it to be all there: particles and initials."""
_QUERY, _LISTED, _THIN, _THIN_LEFT = COST[2], COST[5], COST[12], COST[13]


def points(values: tuple[float, ...]) -> float:
    """0-95 for the penalty features of one comparison."""
    return max(0.0, CEILING - lost(values))


def lost(values: tuple[float, ...]) -> float:
    """Points lost, which may be more than there are: it ranks comparisons that have none left."""
    total = 0.0
    for cost, value in zip(COST, values, strict=True):
        if value:
            total += cost * value
    return total


def most_points_of(query_left: float, information: float) -> float:
    """most_points of one comparison in which nothing of the listed name is left over."""
    thin = THINNESS_OF_WHOLE_NAME * max(0.0, 1.0 - information / ENOUGH_INFORMATION)
    return CEILING - _QUERY * query_left - _THIN * thin - _THIN_LEFT * thin * query_left


def most_points(query_left: npt.NDArray[Any], listed_left: npt.NDArray[Any], information: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Points a comparison can reach at best, from what is left over (shares 0-1) and the information shared."""
    thin = np.maximum(0.0, 1.0 - information / ENOUGH_INFORMATION) * np.where(
        listed_left < NOTHING_LEFT, THINNESS_OF_WHOLE_NAME, 1.0
    )
    either = 1.0 - (1.0 - query_left) * (1.0 - listed_left)
    most: npt.NDArray[Any] = CEILING - _QUERY * query_left - _LISTED * listed_left - _THIN * thin - _THIN_LEFT * thin * either
    return most
