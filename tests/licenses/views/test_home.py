"""The home page: whose turn it is reads the same in the table, in its filter and over the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from licenses.models import LicenseApplication
from licenses.output.payloads import application_payload, row_payload
from licenses.services.application.workflow import MOVES, make_move
from tests.licenses.factories import draft

pytestmark = pytest.mark.django_db
State = LicenseApplication.State
TURNS = {
    State.DRAFT: ("you", "you"),
    State.CHECKING: ("the check", "us"),
    State.CHECK_INCOMPLETE: ("you", "you"),
    State.CLEARED: ("you", "you"),
    State.IN_REVIEW: ("the reviewer", "us"),
    State.RETURNED: ("you", "you"),
    State.STOPPED: ("–", None),
    State.READY: ("you", "you"),
    State.FILED: ("the government", "government"),
    State.DECIDED: ("–", None),
    State.REOPENED: ("the reviewer", "us"),
    State.WITHDRAWN: ("–", None),
    State.CLOSED: ("–", None),
}
"""State -> the words on the pages, and what API and filter say."""


def brought_to(state: str, application: LicenseApplication) -> LicenseApplication:
    """The application after a move that leads to the state; a new one is a draft."""
    if state != State.DRAFT:
        move = next(move for move in MOVES if move.target == state)
        LicenseApplication.objects.filter(pk=application.pk).update(state=min(move.sources), outcome="LICENSE_REQUIRED")
        make_move(application, move.event)
        application.refresh_from_db()
    return application


def test_the_table_names_every_state() -> None:
    assert set(TURNS) == set(State)


@pytest.mark.parametrize("state", list(State))
def test_page_filter_and_api_agree_whose_turn_it_is(state: State, alice: User, sign_in: Callable[[User], Client]) -> None:
    application = brought_to(state, draft(alice))
    tag, turn = TURNS[state]
    client = sign_in(alice)
    assert f"<td>{tag}</td>" in client.get(reverse("home")).content.decode()
    for waits in ("you", "us", "government"):
        page = client.get(f"{reverse('home')}?waits={waits}").content.decode()
        assert (application.reference in page) is (waits == turn), waits
    assert row_payload(application)["waits_for"] == turn
    assert application_payload(application)["waits_for"] == turn
    result = client.get(reverse("result", args=(application.reference,)), follow=True).content.decode()
    assert (f"waits for {tag}" in result) is (tag != "–")
