"""Telling a worker that a row waits: on commit, by name or task, and never at the caller's expense."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from exportcheck import queueing as module
from exportcheck.queueing import enqueue_on_commit
from screening.tasks import rescreen_due


class Broker:
    """Stands for the Celery application: keeps what was sent, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.sent: list[tuple[str, tuple[Any, ...]]] = []
        self.error = error

    def signature(self, name: str, args: tuple[Any, ...]) -> Broker:
        """The next `delay` sends this."""
        self.waiting = (name, args)
        return self

    def delay(self) -> None:
        """Send it."""
        if self.error is not None:
            raise self.error
        self.sent.append(self.waiting)


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    found = Broker()
    monkeypatch.setattr(module, "current_app", found)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_when_the_transaction_commits(broker: Broker) -> None:
    with transaction.atomic():
        enqueue_on_commit("screening.tasks.rescreen_version", 7)
        assert broker.sent == []
    assert broker.sent == [("screening.tasks.rescreen_version", (7,))]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_tells_nobody(broker: Broker) -> None:
    with transaction.atomic():
        enqueue_on_commit("screening.tasks.rescreen_version", 7)
        transaction.set_rollback(True)
    assert broker.sent == []


@pytest.mark.django_db(transaction=True)
def test_a_task_is_told_by_its_name(broker: Broker) -> None:
    enqueue_on_commit(rescreen_due)
    assert broker.sent == [("screening.tasks.rescreen_due", ())]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("no broker"), ConnectionRefusedError(), PermissionError("queue folder")])
def test_without_a_broker_the_caller_goes_on(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(module, "current_app", Broker(error))
    enqueue_on_commit("screening.tasks.rescreen_version", 7)


@pytest.mark.django_db(transaction=True)
def test_a_defect_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "current_app", Broker(TypeError("not JSON")))
    with pytest.raises(TypeError):
        enqueue_on_commit("screening.tasks.rescreen_version", 7)
