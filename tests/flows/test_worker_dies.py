"""The row is the truth: a killed worker or a lost broker loses nothing and doubles nothing (house.md 3)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.flows.conftest import kill, rows, say
from tests.installation import Installation, until

pytestmark = pytest.mark.broker
LARGE = """
from tests import people
from tests.licenses.factories import draft, line, listed_line, party
from licenses.services.checks.requests import submit_for_check
names = [f"Beispielwerk {number} Kassel GmbH" for number in range(150)]
parties = [party("other_party", name, "DE", other_names=[f"{name} Werk {place}" for place in range(40)]) for name in names]
application = draft(people.alice(), line(*listed_line()["parties"][1:], *parties, destination="CN"))
submit_for_check(actor=people.alice(), application_id=application.pk)
print(application.reference)
"""
SMALL = """
from django.test import Client
from tests import people
from tests.licenses.factories import draft, listed_line
application = draft(people.alice(), listed_line())
client = Client(HTTP_HOST="localhost")
client.force_login(people.alice())
assert client.post(f"/applications/{application.reference}/check/").status_code == 302
print(client.get(f"/applications/{application.reference}/").content.decode())
print(application.reference)
"""
RUNS = "SELECT count(*) FROM screening_screeningrun"
REQUEUE = "from licenses.services.checks.requests import requeue_stale; print(requeue_stale())"


def count(installation: Installation, table: str, reference: str, where: str = "1 = 1") -> int:
    """Rows of a table of licenses that belong to an application."""
    joined = f"licenses_{table} t JOIN licenses_licenseapplication a ON a.id = t.application_id"
    found: int = rows(installation, f"SELECT count(*) FROM {joined} WHERE a.reference = '{reference}' AND {where}")[0][0]  # noqa: S608
    return found


def standing(installation: Installation, reference: str) -> tuple[str, str, int, str]:
    """State of the check and of the application, attempts, outcome."""
    joined = "licenses_checkreport r JOIN licenses_licenseapplication a ON a.id = r.application_id"
    query = f"SELECT r.state, a.state, r.attempts, a.outcome FROM {joined} WHERE a.reference = '{reference}'"  # noqa: S608
    check, application, attempts, outcome = rows(installation, query)[0]
    return check, application, attempts, outcome


def test_a_check_whose_worker_is_killed_is_finished_once_by_the_next(
    prepared: Installation, worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    reference = say(prepared, LARGE).splitlines()[-1]
    runs = rows(prepared, RUNS)[0][0]
    first = worker()
    until(lambda: standing(prepared, reference)[0] == "RUNNING", seconds=60, what=lambda: prepared.log("worker"))
    kill(first)
    assert standing(prepared, reference) == ("RUNNING", "CHECKING", 1, ""), "killed in the middle: no answer"
    assert count(prepared, "flag", reference) == 0, "nothing half done"
    worker()
    assert say(prepared, REQUEUE).splitlines()[-1] == "1"
    until(lambda: standing(prepared, reference)[0] == "DONE", seconds=60, what=lambda: prepared.log("worker"))
    assert standing(prepared, reference) == ("DONE", "IN_REVIEW", 2, "LICENSE_REQUIRED")
    assert count(prepared, "flag", reference, "t.code = 'LIST_EL'") == 1
    about = f"subject = 'application:{reference}'"
    finished = f"SELECT count(*) FROM audit_auditevent WHERE action = 'check.finished' AND {about}"  # noqa: S608
    assert rows(prepared, finished) == [(1,)]
    assert rows(prepared, RUNS) == [(runs + 1,)], "screened and stored once"
    assert prepared.run("verify_audit").returncode == 0


def test_without_a_broker_the_draft_is_not_checked_yet_and_is_once_it_returns(
    prepared: Installation, worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    reachable = dict(prepared.environment)
    prepared.environment["CELERY_BROKER_URL"] = "redis://127.0.0.1:1/0"
    *page, reference = say(prepared, SMALL).splitlines()
    assert standing(prepared, reference) == ("PENDING", "CHECKING", 0, "")
    assert "Not checked yet" in "".join(page)
    assert "Nothing here means clear" in "".join(page)
    prepared.environment.clear()
    prepared.environment.update(reachable)
    worker()
    assert say(prepared, REQUEUE).splitlines()[-1] == "1"
    until(lambda: standing(prepared, reference)[0] == "DONE", seconds=60, what=lambda: prepared.log("worker"))
    assert standing(prepared, reference) == ("DONE", "IN_REVIEW", 1, "LICENSE_REQUIRED")
