"""A check asks the database as often for 200 hits as for 20, whatever became of them since the check before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import CheckReport, Flag, FlagDecision, LicenseApplication
from licenses.services.checks.requests import check_again
from screening.models import Match, Resolution
from screening.services.matches.clearances import remember
from tests.licenses.factories import REASON, asked, checked, done, listed_line, load_lists
from tests.screening.factories import row

pytestmark = pytest.mark.django_db
NAMESAKES = {"Wistramel Propulsion": 20, "Ganthorpe Turbines": 200}
"""Name -> entries of that name, each listed by a rule of its own."""
MAX_MORE = 5
"""Queries that the larger check may ask more: rows are written in batches."""
Prepare = Callable[[User, User, str], LicenseApplication]


@pytest.fixture(autouse=True)
def parameters(monkeypatch: pytest.MonkeyPatch, own_folders: None) -> None:
    """SQLite takes 32,766 parameters since 3.32; Django splits statements at 999, which would be counted here as queries."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(connection.features, "max_query_params", 32_766)


@pytest.fixture(autouse=True)
def lists(parameters: None) -> None:
    """The namesakes, on a list whose hits one person settles."""
    load_lists(
        row(name, "UVL", federal_register_notice=f"{volume} FR 1000")
        for name, count in NAMESAKES.items()
        for volume in range(100, 100 + count)
    )


def first_time(alice: User, rita: User, name: str) -> LicenseApplication:
    return asked(alice, listed_line(name))[0]


def unchanged(alice: User, rita: User, name: str) -> LicenseApplication:
    return once_more(checked(alice, listed_line(name)))


def decided(alice: User, rita: User, name: str) -> LicenseApplication:
    """Every hit was settled by a person, and remembered."""
    application = checked(alice, listed_line(name))
    settle_all(application, rita)
    return once_more(application)


def decided_before(alice: User, rita: User, name: str) -> LicenseApplication:
    """Another application about the same party carries what was decided over."""
    settle_all(checked(alice, listed_line(name)), rita)
    return asked(alice, listed_line(name))[0]


def reopened(alice: User, rita: User, name: str) -> LicenseApplication:
    """Every decision was taken back."""
    application = checked(alice, listed_line(name))
    settle_all(application, rita)
    done(once_more(application))
    Match.objects.filter(flags__application=application).update(
        state=Match.State.REOPENED, clearance=None, reopened_because="Taken back."
    )
    return once_more(application)


def gone(alice: User, rita: User, name: str) -> LicenseApplication:
    """The party has another name now."""
    application = checked(alice, listed_line(name))
    application.parties.filter(name=name).update(name="Musterwerk GmbH")
    return once_more(application)


def back(alice: User, rita: User, name: str) -> LicenseApplication:
    """And then the old one again."""
    application = done(gone(alice, rita, name))
    application.parties.filter(name="Musterwerk GmbH").update(name=name)
    return once_more(application)


def once_more(application: LicenseApplication) -> LicenseApplication:
    check_again(application, cause=CheckReport.Cause.RETRY, actor=None)
    return application


def settle_all(application: LicenseApplication, rita: User) -> None:
    """What decide_flag does for each flag, at once."""
    now = timezone.now()
    said = {"disposition": "false_positive", "reason_code": "DIFFERENT_NAME", "reason": REASON}
    by = {"proposed_by": rita, "decided_by": rita, "decided_at": now, "two_people": False}
    matches = Match.objects.filter(flags__application=application)
    for match in matches.select_related("party", "entry"):
        resolution = Resolution.objects.create(match=match, scope="organization", **said, **by)
        remember(resolution, match)
    matches.update(state=Match.State.RESOLVED)
    flags = list(application.flags.all())
    FlagDecision.objects.bulk_create(FlagDecision(flag=flag, **said, **by) for flag in flags)
    application.flags.update(state=Flag.State.DISPOSED, disposition="false_positive")


SITUATIONS = (first_time, unchanged, decided, decided_before, reopened, gone, back)


@pytest.mark.parametrize("prepare", SITUATIONS, ids=lambda prepare: prepare.__name__)
def test_the_number_of_queries_does_not_grow_with_the_hits(prepare: Prepare, alice: User, rita: User) -> None:
    few, many = (queries_of(prepare(alice, rita, name), hits) for name, hits in NAMESAKES.items())
    assert many - few <= MAX_MORE, (few, many)


def queries_of(application: LicenseApplication, hits: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        done(application)
    assert Match.objects.filter(flags__application=application).count() == hits
    return len(captured)
