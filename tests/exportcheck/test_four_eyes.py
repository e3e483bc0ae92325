"""Two people are two: in every row of the policy that knows who proposed, in every table that keeps a proposal, in the claim."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.four_eyes import CountersignedProposal, Proposal, countersign
from licenses.models import Stop
from tests import people
from tests.licenses.factories import draft

pytestmark = pytest.mark.django_db
SECONDS = [
    row for name, row in inspect.getmembers(policy, inspect.isfunction) if "proposed_by" in inspect.signature(row).parameters
]
"""Every question of the policy about a second person."""
TABLES = [model for model in apps.get_models() if issubclass(model, Proposal)]


def test_the_acts_of_two_people_are_found() -> None:
    assert {row.__name__ for row in SECONDS} >= {
        "can_countersign",
        "can_countersign_critical",
        "can_activate",
        "can_release_hold",
    }
    assert {model.__name__ for model in TABLES} == {"FlagDecision", "Resolution", "Stop", "Switch"}


@pytest.mark.parametrize("row", SECONDS, ids=lambda row: row.__name__)
def test_nobody_countersigns_what_they_proposed(row: Callable[..., bool]) -> None:
    others = {name: None for name in inspect.signature(row).parameters if name not in ("user", "proposed_by")}
    for person in people.EVERYBODY:
        user = person()
        assert not row(user, proposed_by=user.pk, **others), user


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_each_table_of_proposals_has_the_constraint(model: type[Proposal]) -> None:
    guards = [guard for guard in model._meta.constraints if "proposed_by" in str(getattr(guard, "condition", ""))]
    assert len(guards) == 1
    assert {field.name for field in model._meta.get_fields()} >= {"proposed_by", "proposed_at", "decided_by", "decided_at"}


def proposed_stop(by: User) -> Stop:
    application = draft(people.alice())
    return Stop.objects.create(application=application, reason="The buyer was named.", citation="736.2(b)(10)", proposed_by=by)


@pytest.mark.database
def test_the_database_keeps_one_person_from_signing_twice(rita: User) -> None:
    stop = proposed_stop(rita)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.filter(pk=stop.pk).update(decided_by=rita, decided_at=timezone.now())


def test_a_proposal_is_countersigned_once_and_the_instance_follows(rita: User, sam: User) -> None:
    stop = proposed_stop(rita)
    later: CountersignedProposal = Stop.objects.get(pk=stop.pk)
    assert countersign(stop, actor=sam, agree=False, note="  Named by whom?  ")
    assert (stop.decided_by, stop.decision_note, stop.sent_back) == (sam, "Named by whom?", True)
    assert not countersign(later, actor=people.person("sue"), agree=True, note="")
    stop.refresh_from_db()
    assert (stop.decided_by, stop.sent_back) == (sam, True)
