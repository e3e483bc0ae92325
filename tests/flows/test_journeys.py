"""The three journeys of the house over HTTP, page by page, each person with a session of their own (house.md 6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import Flag, LicenseApplication
from licenses.tasks import recheck_touched
from screening.models import ListVersion
from screening.services.screening.rescreen import rescreen
from tests import people
from tests.licenses.factories import REASON, TEST_HOUSE, checked, clean_line, load_lists, run_pending_checks, starter_rows
from tests.screening.factories import csl, row
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
State = LicenseApplication.State
At = Callable[[User], Client]


@pytest.fixture
def at(db: Any, own_folders: None) -> At:
    """A signed-in browser for a person."""
    load_lists()

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser


def posted(client: Client, url: str, **data: Any) -> str:
    """Post a form, follow to the page it leads to, and give its text."""
    answer = client.post(url, data, follow=True)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def page(client: Client, url: str) -> str:
    """Text of a page."""
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def drafted(alice: Client) -> LicenseApplication:
    """Everything an exporter types into the pages for the shape of the sample."""
    posted(alice, "/applications/new/", type="export", title="Wafers for assembly", destination="CN")
    application = LicenseApplication.objects.get(title="Wafers for assembly")
    base = f"/applications/{application.reference}"
    for role, name, country in (
        ("applicant", "Granite State Semiconductors, Inc.", "US"),
        ("purchaser", "Customer One", "CN"),
        ("intermediate_consignee", TEST_HOUSE, "CN"),
    ):
        application.refresh_from_db()
        form = {"role": role, "name": name, "country": country, "kind": "unknown", "addresses": "1 Example Street, Jiangyin"}
        posted(alice, f"{base}/parties/add/", lock=application.lock, **form)
    application.refresh_from_db()
    posted(
        alice,
        f"{base}/items/add/",
        lock=application.lock,
        eccn="EAR99",
        description="Silicon wafers",
        hs6="8542.39",
        value_usd="17101679",
    )
    application.refresh_from_db()
    use = "Assembly and test of wafers for the purchaser, a designer of chips"
    posted(alice, f"{base}/edit/end_use/", lock=application.lock, end_use=use)
    return application


def test_an_exporter_checks_a_draft_and_reads_why_a_license_is_required(at: At) -> None:
    alice = at(people.alice())
    application = drafted(alice)
    base = f"/applications/{application.reference}"
    assert "Not checked yet" in page(alice, f"{base}/")
    waiting = posted(alice, f"{base}/check/")
    assert "Not checked yet: waiting for a worker" in waiting
    assert run_pending_checks() == 1
    told = page(alice, f"{base}/")
    assert "License required" in told
    assert TEST_HOUSE in told
    assert "SJ Semiconductor" in told
    assert "85 FR 83420" in told
    assert "resumption of denial" in told
    assert "744.11" in told
    assert "leared" not in told, "never a word of clearance"
    application.refresh_from_db()
    assert (application.state, application.outcome) == (State.IN_REVIEW, "LICENSE_REQUIRED")
    assert application.reference in page(alice, "/")


def test_a_changed_list_reaches_the_settled_application_through_two_list_admins(at: At) -> None:
    application = checked(people.alice(), clean_line())
    assert application.state == State.CLEARED
    name = "Musterhalbleiter Dresden AG"
    file = csl([*starter_rows(), row(name, "EL", addresses="Dresden, DE")])
    ada, abe = at_again(people.ada()), at_again(people.abe())
    upload = SimpleUploadedFile(file.name, file.data, content_type="text/csv")
    day = timezone.now().date().isoformat()
    posted(ada, "/desk/screening/controllist/stage/", code="CSL", file=upload, published_on=day, format="", reason="today's file")
    staged = ListVersion.objects.get(state=ListVersion.State.STAGED)
    assert name in page(abe, f"/desk/screening/listversion/{staged.pk}/change/")
    alone = ada.post(f"/desk/screening/listversion/{staged.pk}/activate/", {"reason": "published by the agency today"})
    assert alone.status_code in (403, 422), "nobody activates what they staged"
    staged.refresh_from_db()
    assert staged.state == ListVersion.State.STAGED
    posted(abe, f"/desk/screening/listversion/{staged.pk}/activate/", reason="published by the agency today")
    staged.refresh_from_db()
    assert staged.state == ListVersion.State.ACTIVE
    rescreen(version_id=staged.pk)
    assert recheck_touched() == 1
    run_pending_checks()
    application.refresh_from_db()
    assert (application.state, application.outcome) == (State.REOPENED, "LICENSE_REQUIRED")
    alice = at_again(people.alice())
    assert name in page(alice, f"/applications/{application.reference}/")


def at_again(user: User) -> Client:
    """Another browser, lists being loaded already."""
    client = Client()
    client.force_login(user)
    return client


def test_a_reviewer_settles_a_flag_and_the_outcome_follows(at: At) -> None:
    alice = at(people.alice())
    application = drafted(alice)
    posted(alice, f"/applications/{application.reference}/check/")
    run_pending_checks()
    rita, sam = at_again(people.rita()), at_again(people.sam())
    queue = page(rita, "/desk/licenses/flag/")
    assert application.reference in queue
    flag = application.flags.get(code="LIST_EL")
    match = page(rita, f"/desk/licenses/flag/{flag.pk}/change/")
    assert TEST_HOUSE in match
    assert "85 FR 83420" in match
    decision = {"disposition": "false_positive", "reason_code": "DIFFERENT_ADDRESS", "reason": REASON, "scope": "application"}
    posted(rita, f"/desk/licenses/flag/{flag.pk}/decide/", **decision)
    flag.refresh_from_db()
    assert flag.state == Flag.State.PROPOSED
    posted(rita, f"/desk/licenses/flag/{flag.pk}/second/", agree="yes", note="I agree with what I proposed.")
    flag.refresh_from_db()
    assert flag.state == Flag.State.PROPOSED, "one person is not two"
    posted(sam, f"/desk/licenses/flag/{flag.pk}/second/", agree="yes", note="Compared the same two addresses.")
    for other in application.flags.filter(state=Flag.State.OPEN, gone_at=None):
        # Whoever decides one flag is led to the next, which is then theirs for a while.
        mitigated = {"disposition": "mitigated", "reason_code": "END_USE_EVIDENCE", "reason": REASON, "scope": "application"}
        reviewer = rita if other.assignee in (None, people.rita()) else sam
        posted(reviewer, f"/desk/licenses/flag/{other.pk}/decide/", **mitigated)
    run_pending_checks()
    application.refresh_from_db()
    assert (application.state, application.outcome) == (State.CLEARED, "NO_LICENSE_REQUIRED")
    told = page(alice, f"/applications/{application.reference}/")
    assert "No license requirement found" in told
    assert REASON not in told, "what reviewers write stays at the desk"


def test_a_stranger_sees_none_of_it(at: At) -> None:
    alice, mallory = at(people.alice()), at_again(people.mallory())
    application = drafted(alice)
    assert mallory.get(f"/applications/{application.reference}/").status_code == 404
    assert mallory.post(f"/applications/{application.reference}/check/").status_code == 404
    assert mallory.get("/desk/licenses/flag/").status_code in (302, 403)
