"""The threshold simulator: what a higher one would have lost, what a lower one would add in a sample, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.services.thresholds.simulation import interval, simulate, spread
from screening.models import Match, ScreenedParty
from screening.services.screening.screen import POSSIBLE_FROM, STRONG_FROM
from tests.licenses.factories import checked, clean_line, listed_line, open_flag, settle

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def history(alice: User, rita: User, sam: User, lists: None) -> None:
    """One confirmed match with a score of 80, one false positive with 75, and parties that nobody is."""
    confirmed, freed = (
        open_flag(checked(alice, listed_line())),
        open_flag(checked(alice, listed_line("Plimsar Navigation", "AE")), "LIST_SDN"),
    )
    settle(confirmed, by=rita, second=sam, disposition="true_match", reason_code="SAME_ADDRESS")
    settle(freed, by=rita, second=sam)
    Match.objects.filter(pk=confirmed.match_id).update(score=80.0)
    Match.objects.filter(pk=freed.match_id).update(score=75.0)
    checked(alice, clean_line())


HIGHER = [(76.0, 0, 1), (80.0, 0, 1), (80.1, 1, 1), (STRONG_FROM, 1, 1), (POSSIBLE_FROM, 0, 0)]


@pytest.mark.parametrize(("threshold", "lost", "spared"), HIGHER)
def test_a_higher_threshold_is_judged_by_the_decisions_made(
    threshold: float, lost: int, spared: int, history: None, sam: User
) -> None:
    found = simulate(actor=sam, threshold=threshold)
    assert (found.confirmed, found.freed) == (1, 1)
    assert (found.lost_count, found.spared, len(found.lost)) == (lost, spared, lost)
    assert (found.sampled, found.per_day) == (0, None), "nothing is screened for a threshold that adds nothing"


def test_a_lower_threshold_is_tried_on_a_sample_and_says_how_large_it_was(history: None, sam: User) -> None:
    before = Match.objects.count(), AuditEvent.objects.count(), ScreenedParty.objects.count()
    found = simulate(actor=sam, threshold=50.0, parties=2)
    assert (found.sampled, found.lowers) == (2, True)
    assert found.population > 2
    assert all(50.0 <= hit.score < found.present for hit in found.added)
    assert found.per_day is not None
    least, middle, most = found.per_day
    assert least <= middle <= most
    assert (Match.objects.count(), AuditEvent.objects.count(), ScreenedParty.objects.count()) == before, "it changes nothing"


def test_only_the_history_asked_for_is_counted(history: None, mallory: User, sam: User) -> None:
    found = simulate(actor=sam, threshold=80.1, organization_id=mallory.membership.organization_id)
    assert (found.confirmed, found.freed, found.population) == (0, 0, 0)


SAMPLES = [([1, 2, 3], 5, [1, 2, 3]), (list(range(10)), 2, [2, 7]), (list(range(100)), 4, [12, 37, 62, 87]), ([], 3, [])]


@pytest.mark.parametrize(("ids", "count", "chosen"), SAMPLES)
def test_the_sample_is_spread_evenly_and_the_same_each_time(ids: list[int], count: int, chosen: list[int]) -> None:
    assert spread(ids, count) == chosen


INTERVALS = [((0, 100, 10.0), (0.0, 0.0, 0.3)), ((4, 100, 10.0), (0.01, 0.4, 0.79)), ((100, 100, 1.0), (0.8, 1.0, 1.2))]


@pytest.mark.parametrize(("given", "expected"), INTERVALS)
def test_nothing_found_is_not_nothing_to_expect(given: tuple[int, int, float], expected: tuple[float, float, float]) -> None:
    assert interval(*given) == expected


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"threshold": 49.0}, "invalid"),
        ({"threshold": 99.0}, "invalid"),
        ({"threshold": float("nan")}, "invalid"),
        ({"threshold": 60.0, "parties": 0}, "invalid"),
        ({"threshold": 60.0, "parties": 10_000}, "invalid"),
    ],
)
def test_questions_without_sense_are_refused(fields: dict[str, float], code: str, sam: User) -> None:
    with pytest.raises(Refused) as refusal:
        simulate(actor=sam, **fields)  # type: ignore[arg-type]  # wrong on purpose
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["rita", "otto", "ada", "root", "alice"])
def test_it_is_the_seniors(name: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    user = request.getfixturevalue(name)
    with pytest.raises(Refused):
        simulate(actor=user, threshold=80.0)
    assert sign_in(user).get(reverse("desk:licenses_flag_simulator")).status_code in (302, 403)


def test_the_page_tells_both_sides(history: None, sam: User, sign_in: SignIn) -> None:
    client = sign_in(sam)
    assert client.get(reverse("desk:licenses_flag_simulator")).status_code == 200
    page = client.get(reverse("desk:licenses_flag_simulator"), {"threshold": "82", "parties": "10"}).content.decode()
    assert "1 of 1" in page
    assert "SJ Semiconductor (Jiangyin) Corp." in page
    page = client.get(reverse("desk:licenses_flag_simulator"), {"threshold": "55", "parties": "2"}).content.decode()
    assert "In a sample of" in page
    assert "95 of 100" in page
