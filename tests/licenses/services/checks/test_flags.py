"""Flags of a check: a flag finds its match by the hit that raised it, whatever its facts say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from exportcheck.accounts.models import User
from licenses.rules.types import HitRef, RedFlag, Severity
from licenses.services.checks.flags import StoredHits, concerns_of
from screening.models import Match
from tests.licenses.factories import checked, listed_line

pytestmark = pytest.mark.usefixtures("lists")


@pytest.fixture
def match(alice: User) -> Match:
    """What a check found about a listed party."""
    checked(alice, listed_line())
    return Match.objects.select_related("entry", "control_list").get()


def raised(match: Match, **more: Any) -> RedFlag:
    flag = RedFlag("LIST_EL", Severity.BLOCKING, "Somebody is listed.", ("told in other words",), "744.11", party="P2")
    return replace(flag, **{"hit": HitRef("EL", match.entry.uid), "settled_with_hit": True, **more})


def test_a_flag_finds_its_match_whatever_its_facts_say(match: Match) -> None:
    hits = StoredHits({("P2", "EL", match.entry.uid): match}, {}, {})
    assert hits.match_of(raised(match)) == match
    assert hits.match_of(raised(match, party="P3")) is None
    assert hits.match_of(raised(match, hit=None, facts=(f"list EL, entry {match.entry.uid}",))) is None


def test_a_concern_follows_its_match_where_deciding_the_hit_settles_it(match: Match) -> None:
    hits = StoredHits({("P2", "EL", match.entry.uid): match}, {}, {})
    for settled_with_hit, followed in ((True, match.pk), (False, None)):
        (concern,) = concerns_of([raised(match, code="ANY", settled_with_hit=settled_with_hit)], hits)
        assert concern.match_id == followed


def test_a_concern_about_a_hit_is_the_same_when_its_words_change(match: Match) -> None:
    hits = StoredHits({("P2", "EL", match.entry.uid): match}, {}, {})
    (before,) = concerns_of([raised(match)], hits)
    (after,) = concerns_of([raised(match, why="Somebody may be listed.", facts=("score 88",))], hits)
    assert before.fingerprint == after.fingerprint
