"""Two at once, on real connections: exactly one wins."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from exportcheck.accounts.models import Organization
from exportcheck.errors import Refused
from screening.models import ListEntry, ListVersion, Match, Resolution
from screening.services.activation.activate import activate_version
from screening.services.matches.resolve import resolve_match
from screening.services.screening import rescreen as module
from screening.services.screening.rescreen import rescreen
from tests import people
from tests.screening.factories import DAY, LATER, REASON, check, load, party, row, rows, stage

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts in threads that start together; a Refused is returned as its code."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_reviewers_decide_one_match() -> None:
    load(rows(10))
    organization = Organization.objects.create(name="Buyer of machines")
    match = check(party(), organization=organization)[1][0]
    both = [people.rita(), people.sam()]
    answers = at_once(
        *(
            lambda person=person: resolve_match(
                actor=person,
                match_id=match.pk,
                disposition="false_positive",
                reason_code="DIFFERENT_ADDRESS",
                reason="another address and another number",
                two_people=False,
            )
            for person in both
        )
    )
    assert sorted(str(type(answer).__name__) for answer in answers) == ["Resolution", "str"]
    assert "taken" in answers
    assert Resolution.objects.count() == 1


def test_two_list_admins_activate_one_version() -> None:
    version_id = stage(rows(10)).lists[0].version_id
    both = [people.ada(), people.abe()]
    answers = at_once(
        *(lambda person=person: activate_version(actor=person, version_id=version_id, reason=REASON) for person in both)
    )
    assert sum(isinstance(answer, ListVersion) for answer in answers) == 1
    assert "state" in answers
    assert ListEntry.objects.count() == 10


def test_two_versions_of_one_list_are_activated() -> None:
    load(rows(10))
    first = stage([*rows(10), row("Umbrasol Sensors")], day=LATER).lists[0].version_id
    second = stage([*rows(10), row("Tarquesol Sensors")], day=LATER).lists[0].version_id
    answers = at_once(
        *(
            lambda version_id=version_id: activate_version(actor=None, version_id=version_id, reason=REASON)
            for version_id in (first, second)
        )
    )
    assert sum(isinstance(answer, ListVersion) for answer in answers) == 1
    assert "stale" in answers
    assert ListVersion.objects.filter(state="ACTIVE").count() == 1


def test_one_file_is_imported_twice_at_once() -> None:
    answers = at_once(lambda: stage(rows(10), day=DAY), lambda: stage(rows(10), day=DAY))
    assert {answer.lists[0].version for answer in answers} == {1}
    assert ListVersion.objects.count() == 1


def test_two_workers_rescreen_one_version(monkeypatch: pytest.MonkeyPatch) -> None:
    load(rows(10)[1:])
    organization = Organization.objects.create(name="Buyer of machines")
    for number in range(12):
        check(party(), organization=organization, part=f"P{number}")
    monkeypatch.setattr(module, "BATCH", 2)
    version = load(rows(10), day=LATER)[0]
    at_once(lambda: rescreen(version_id=version.pk), lambda: rescreen(version_id=version.pk))
    assert Match.objects.count() == 12
    version.refresh_from_db()
    assert version.rescreened_at is not None
