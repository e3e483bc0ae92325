"""A lease: one of many takers wins, who falls silent loses it, who lost it writes nothing, and nobody leases by hand."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from exportcheck import leases
from exportcheck.leases import Leasable, Lease, LeaseLost, lease, revoke
from screening.models import EngineRescreen, ListSource
from tests.screening.services.test_races import at_once

ROOT = Path(leases.__file__).resolve().parent.parent
COLUMNS = {"lease_token", "leased_at"}


def sources(*codes: str) -> list[ListSource]:
    return [ListSource.objects.create(code=code) for code in codes]


def fall_silent() -> None:
    """Whoever holds a row has said nothing for an hour."""
    ListSource.objects.filter(leased_at__isnull=False).update(leased_at=timezone.now() - dt.timedelta(hours=1))


def taken(code: str = "CSL") -> Lease[ListSource]:
    held = lease(ListSource.objects.filter(code=code))
    assert held is not None
    return held


@pytest.mark.django_db
def test_a_taken_row_is_nobody_elses_until_it_is_let_go() -> None:
    sources("CSL")
    held = taken()
    assert lease(ListSource.objects.all()) is None
    held.release(error="the publisher does not answer")
    assert taken().row.error == "the publisher does not answer"


@pytest.mark.django_db
def test_the_first_free_row_in_the_callers_order_is_taken_and_written() -> None:
    sources("A", "B", "C")
    rows = ListSource.objects.order_by("-code")
    first, second = lease(rows, error="one"), lease(rows, error="two")
    assert first is not None
    assert second is not None
    assert [(held.row.code, held.row.error) for held in (first, second)] == [("C", "one"), ("B", "two")]
    assert first.token != second.token


@pytest.mark.django_db
def test_a_lease_that_was_not_renewed_is_taken_again_and_one_that_was_is_not(settings: Any) -> None:
    sources("CSL")
    held = taken()
    fall_silent()
    held.renew()
    assert lease(ListSource.objects.all()) is None
    fall_silent()
    assert taken().token != held.token


@pytest.mark.django_db
@pytest.mark.parametrize("write", ["renew", "release"])
def test_a_lost_lease_writes_nothing(write: str) -> None:
    sources("CSL")
    lost = taken()
    fall_silent()
    kept = taken()
    with pytest.raises(LeaseLost):
        getattr(lost, write)(error="of the slow one")
    with pytest.raises(LeaseLost):
        lost.fresh()
    assert kept.fresh().error == ""


@pytest.mark.django_db
def test_what_a_transaction_wrote_before_it_found_the_lease_lost_is_undone() -> None:
    sources("CSL", "OTHER")
    lost = taken()
    fall_silent()
    taken()

    @transaction.atomic
    def end() -> None:
        ListSource.objects.filter(code="OTHER").update(error="half done")
        lost.release()

    with pytest.raises(LeaseLost):
        end()
    assert ListSource.objects.get(code="OTHER").error == ""


@pytest.mark.django_db
def test_a_row_that_is_not_as_its_worker_took_it_to_be_is_not_written() -> None:
    sources("CSL")
    held = taken()
    with pytest.raises(LeaseLost):
        held.renew(Q(sha256="1"), error="no")
    held.renew(Q(sha256=""), error="yes")
    assert held.fresh().error == "yes"


@pytest.mark.django_db
def test_a_revoked_row_is_free_and_its_worker_writes_no_more() -> None:
    sources("CSL")
    held = taken()
    assert revoke(ListSource.objects.all(), error="given up") == 1
    with pytest.raises(LeaseLost):
        held.renew(error="late")
    assert taken().row.error == "given up"


@pytest.mark.django_db
def test_a_pulse_renews_now_and_then_however_often_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    sources("CSL")
    held = taken()
    tell = held.pulse()
    tell(error="too early")
    assert held.fresh().error == ""
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.0)
    tell(error="in time")
    assert held.fresh().error == "in time"


@pytest.mark.django_db
def test_a_column_may_count_up() -> None:
    EngineRescreen.objects.create(major=90, engine="90.0")
    held = lease(EngineRescreen.objects.all(), major=F("major") + 1)
    assert held is not None
    assert held.row.major == 91


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """On real connections."""

    def test_of_many_takers_of_one_row_exactly_one_wins(self) -> None:
        sources("CSL")
        held = at_once(*[lambda: lease(ListSource.objects.all())] * 8)
        assert sum(one is not None for one in held) == 1

    def test_of_many_takers_of_a_silent_row_exactly_one_wins(self) -> None:
        sources("CSL")
        taken()
        fall_silent()
        held = at_once(*[lambda: lease(ListSource.objects.all())] * 8)
        assert sum(one is not None for one in held) == 1

    def test_as_many_takers_as_rows_get_one_each(self) -> None:
        sources("A", "B", "C", "D")
        held = at_once(*[lambda: lease(ListSource.objects.order_by("code"))] * 4)
        assert sorted(one.row.code for one in held if one is not None) == ["A", "B", "C", "D"]

    def test_a_slow_worker_and_its_successor_end_a_row_once(self) -> None:
        sources("CSL")
        slow = taken()
        fall_silent()
        successor = taken()

        def end(held: Lease[ListSource]) -> str:
            try:
                held.release(error=held.token)
            except LeaseLost:
                return "lost"
            return "done"

        assert sorted(at_once(lambda: end(slow), lambda: end(successor))) == ["done", "lost"]
        assert ListSource.objects.get().error == successor.token


def modules() -> Iterator[Path]:
    """Code of the product, but migrations and the one module that may."""
    for room in ("exportcheck", "screening", "licenses"):
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" not in path.parts and path != Path(leases.__file__):
                yield path


def test_no_other_module_touches_the_columns_of_a_lease() -> None:
    """Neither as an argument (`update(leased_at=…)`, `filter(lease_token=…)`) nor as an attribute."""
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.arg if isinstance(node, ast.keyword) else node.attr if isinstance(node, ast.Attribute) else ""
            if (name or "").split("__")[0] in COLUMNS:
                found.append(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
    assert found == []


def test_every_row_that_a_worker_takes_is_leased_in_one_way() -> None:
    """`claim` means that a reviewer works on a flag; no row has a claim of its own kind."""
    fields = {f"{model.__name__}.{field.name}": model for model in apps.get_models() for field in model._meta.get_fields()}
    assert [name for name in fields if "claim" in name.partition(".")[2]] == ["Flag.claimed_until"]
    leased = {model for name, model in fields.items() if name.partition(".")[2] in COLUMNS}
    assert leased == {model for model in apps.get_models() if issubclass(model, Leasable)}
    assert {model.__name__ for model in leased} == {
        *("CheckReport", "BulkJob", "Notice", "RescreenPart", "EngineRescreen", "ListVersion", "ListSource"),
    }
