"""The desk over HTTP: who sees it, what a decision does, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from licenses.models import Flag, LicenseApplication
from tests.licenses.factories import REASON, checked, listed_line, load_lists, open_flag

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
QUEUE = "desk:licenses_flag_changelist"


@pytest.fixture
def application(alice: User) -> LicenseApplication:
    """A checked application with a hit on the Entity List."""
    load_lists()
    return checked(alice, listed_line())


def url(name: str, flag: Flag) -> str:
    return reverse(f"desk:licenses_flag_{name}", args=(flag.pk,))


@pytest.mark.parametrize("name", ["alice", "ada", "root"])
def test_people_without_the_role_do_not_see_the_queue(
    name: str, request: pytest.FixtureRequest, application: LicenseApplication, sign_in: SignIn
) -> None:
    client = sign_in(request.getfixturevalue(name))
    assert client.get(reverse(QUEUE)).status_code in (302, 403)
    assert client.get(url("change", open_flag(application))).status_code in (302, 403)


@pytest.mark.parametrize("show", ["open", "mine", "unassigned", "second", "reopened", "waiting", "overdue", "nonsense"])
def test_each_part_of_the_queue_opens(show: str, application: LicenseApplication, rita: User, sign_in: SignIn) -> None:
    page = sign_in(rita).get(f"{reverse(QUEUE)}?show={show}")
    assert page.status_code == 200
    assert (application.reference in page.content.decode()) is (show in ("open", "unassigned", "nonsense"))


def test_the_admins_own_history_of_a_flag_opens(application: LicenseApplication, rita: User, sign_in: SignIn) -> None:
    """Its pages hold other rows than flags."""
    assert sign_in(rita).get(url("history", open_flag(application))).status_code == 200


def test_the_queue_asks_a_fixed_number_of_questions(
    application: LicenseApplication, alice: User, rita: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        checked(alice, listed_line())
    client = sign_in(rita)
    client.get(reverse(QUEUE))
    with django_assert_max_num_queries(16):
        client.get(reverse(QUEUE))


def test_the_match_page_shows_both_sides_the_evidence_and_the_effect(
    application: LicenseApplication, rita: User, sign_in: SignIn
) -> None:
    page = sign_in(rita).get(url("change", open_flag(application))).content.decode()
    for words in ("SJ Semiconductor (Jiangyin) Corp.", "85 FR 83420", "Presumption of denial", "Effect of the list", "History"):
        assert words in page


def test_an_auditor_looks_and_cannot_decide(application: LicenseApplication, otto: User, sign_in: SignIn) -> None:
    client = sign_in(otto)
    flag = open_flag(application)
    assert "What was compared" not in client.get(url("change", flag)).content.decode()
    assert client.post(url("decide", flag), {"disposition": "true_match"}).status_code == 403


def test_next_claims_the_gravest_flag_and_the_second_person_gets_another(
    application: LicenseApplication, rita: User, sam: User, sign_in: SignIn
) -> None:
    first = sign_in(rita).post(reverse("desk:licenses_flag_next"))["Location"]
    assert first == url("change", open_flag(application))
    assert sign_in(sam).post(reverse("desk:licenses_flag_next"))["Location"] != first


def test_a_false_positive_on_the_entity_list_takes_two_people_and_the_outcome_follows(
    application: LicenseApplication, rita: User, sam: User, sign_in: SignIn
) -> None:
    flag = open_flag(application)
    decision = {"disposition": "false_positive", "reason_code": "DIFFERENT_ADDRESS", "reason": REASON, "scope": "application"}
    page = sign_in(rita).post(url("decide", flag), decision, follow=True).content.decode()
    assert "second person" in page
    flag.refresh_from_db()
    assert flag.state == Flag.State.PROPOSED
    assert sign_in(rita).post(url("second", flag), {"agree": "yes", "note": REASON}).status_code == 200
    flag.refresh_from_db()
    assert flag.state == Flag.State.PROPOSED, "the first person cannot be the second"
    assert sign_in(sam).post(url("second", flag), {"agree": "yes", "note": REASON}).status_code == 302
    flag.refresh_from_db()
    assert flag.state == Flag.State.DISPOSED


BAD = [
    ({"disposition": "false_positive", "reason_code": "", "reason": REASON}, "Choose a reason"),
    ({"disposition": "false_positive", "reason_code": "SAME_ID", "reason": REASON}, "Choose a reason"),
    ({"disposition": "false_positive", "reason_code": "DIFFERENT_NAME", "reason": "short"}, "20"),
    ({"disposition": "banana", "reason_code": "", "reason": REASON}, "valid choice"),
]


@pytest.mark.parametrize(("fields", "words"), BAD)
def test_a_decision_without_a_reason_is_refused_on_the_server(
    fields: dict[str, str], words: str, application: LicenseApplication, rita: User, sign_in: SignIn
) -> None:
    flag = open_flag(application)
    page = sign_in(rita).post(url("decide", flag), {"scope": "application", **fields})
    assert page.status_code == 200
    assert words in page.content.decode()
    flag.refresh_from_db()
    assert flag.state == Flag.State.OPEN


def test_a_question_goes_to_the_exporter_and_the_answer_starts_a_new_check(
    application: LicenseApplication, alice: User, rita: User, sign_in: SignIn
) -> None:
    flag = open_flag(application)
    sign_in(rita).post(url("ask", flag), {"text": "Which registry number does the test house have?"})
    application.refresh_from_db()
    assert application.state == LicenseApplication.State.RETURNED
    client = sign_in(alice)
    assert "Which registry number" in client.get(reverse("home")).content.decode()
    question = application.questions.get(text__startswith="Which registry")
    client.post(reverse("question_answer", args=(question.pk,)), {"text": "91320281 of the Jiangyin registry."})
    application.refresh_from_db()
    assert application.state == LicenseApplication.State.CHECKING
    assert application.reports.count() == 2


def test_a_strangers_question_is_not_found(application: LicenseApplication, rita: User, mallory: User, sign_in: SignIn) -> None:
    sign_in(rita).post(url("ask", open_flag(application)), {"text": "Which registry number does it have?"})
    question = application.questions.get(text__startswith="Which registry")
    assert sign_in(mallory).get(reverse("question_answer", args=(question.pk,))).status_code == 404


def test_the_application_page_tells_everything(application: LicenseApplication, otto: User, sign_in: SignIn) -> None:
    page = sign_in(otto).get(reverse("desk:licenses_licenseapplication_change", args=(application.pk,))).content.decode()
    for words in ("Entity List hit", "Timeline", "check.finished", "Checks"):
        assert words in page
