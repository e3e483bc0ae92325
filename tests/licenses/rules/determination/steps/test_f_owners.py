"""Adding up what listed owners hold: directly, through layers, with unknown shares."""

from __future__ import annotations

import datetime as dt

import pytest

from licenses.rules.determination.steps.f_owners import Holding, bis_listed, holding, ofac_listed
from licenses.rules.tables.loader import load
from licenses.rules.types import HitDecision, ListedAs, PartyFacts

D = dt.date(2026, 11, 24)
EL = ListedAs("EL", "Listed")


def _p(share: float | None, *owners: PartyFacts, hits: tuple[ListedAs, ...] = ()) -> PartyFacts:
    return PartyFacts("p", "owner", f"owner {share}", hits=hits, owners=owners, share_percent=share)


def _held(*owners: PartyFacts) -> Holding:
    return holding(_p(None, *owners), bis_listed(load().in_force(D), D))


LISTED_30, LISTED_50 = _p(30, hits=(EL,)), _p(50, hits=(EL,))


@pytest.mark.parametrize(
    ("owners", "percent", "unknown"),
    [
        ((), 0, False),
        ((LISTED_50,), 50, False),
        ((LISTED_30, _p(20, hits=(EL,))), 50, False),
        ((LISTED_30, _p(70)), 30, False),
        # a holding held by half counts whole, one held by less with the product of the shares
        ((_p(60, LISTED_50),), 60, False),
        ((_p(60, LISTED_30),), 18, False),
        ((_p(30, _p(45, hits=(EL,))), _p(30, hits=(EL,))), 43.5, False),
        ((_p(50, _p(40, hits=(EL,))), _p(30, hits=(EL,))), 50, False),
        # three layers
        ((_p(100, _p(100, LISTED_50)),), 100, False),
        # unknown shares matter only where a listed owner stands above
        ((_p(None, hits=(EL,)),), 0, True),
        ((_p(None),), 0, False),
        ((_p(None, LISTED_50),), 0, True),
        ((_p(60, _p(None, hits=(EL,))),), 0, True),
        ((LISTED_50, _p(None, hits=(EL,))), 50, True),
        # shares that add up to more than a whole are a whole
        ((_p(80, hits=(EL,)), _p(80, hits=(EL,))), 100, False),
    ],
)
def test_shares_of_listed_owners(owners: tuple[PartyFacts, ...], percent: float, unknown: bool) -> None:
    held = _held(*owners)
    assert held.percent == pytest.approx(percent)
    assert held.unknown is unknown
    assert held.majority is (percent >= 50)


@pytest.mark.parametrize(
    ("hit", "counts"),
    [
        (EL, True),
        (ListedAs("EL", "Address 01", channel="address"), False),
        (ListedAs("MEU", "M"), True),
        (ListedAs("SDN", "S", programs=("SDGT",)), True),
        (ListedAs("SDN", "S", programs=("OTHER",)), False),
        (ListedAs("SDN", "S", programs=("SDGT",), settled="mitigated"), False),
        (ListedAs("UVL", "U"), False),
        (ListedAs("EL", "X", band="possible"), False),
        (ListedAs("EL", "X", decision=HitDecision.FALSE_POSITIVE), False),
        (ListedAs("EL", "X", effective_on=dt.date(2027, 1, 1)), False),
    ],
)
def test_which_listings_make_an_owner_count(hit: ListedAs, counts: bool) -> None:
    assert bool(bis_listed(load().in_force(D), D)(_p(50, hits=(hit,)))) is counts


def test_ofac_counts_every_blocked_person() -> None:
    assert ofac_listed(D)(_p(50, hits=(ListedAs("SDN", "S"),)))
    assert not ofac_listed(D)(_p(50, hits=(ListedAs("SDN", "S", settled="mitigated"),)))
    assert not ofac_listed(D)(_p(50, hits=(EL,)))
