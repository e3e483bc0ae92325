"""Acts about a whole application, and taking a decision back, over HTTP: each reaches its service, and a refusal is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from licenses.models import Flag, LicenseApplication
from tests.licenses.factories import REASON, checked, clean_line, done, item, listed_line, load_lists, open_flag, settle

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
State = LicenseApplication.State
STOP = {"stop-reason": REASON, "stop-citation": "15 CFR 736.2(b)(4)"}


@pytest.fixture
def application(alice: User) -> LicenseApplication:
    """A checked application with a hit on the Entity List."""
    load_lists()
    return checked(alice, listed_line())


def act(name: str, *args: object) -> str:
    return reverse(f"desk:licenses_licenseapplication_{name}", args=args)


def page_of(client: Client, application: LicenseApplication) -> str:
    return client.get(act("change", application.pk)).content.decode()


def test_two_reviewers_stop_an_application_and_its_exporter_is_told(
    application: LicenseApplication, alice: User, rita: User, sam: User, sign_in: SignIn
) -> None:
    client = sign_in(rita)
    assert "Stop this application" in page_of(client, application)
    client.post(act("stop", application.pk), STOP)
    page = page_of(client, application)
    assert "Proposed: stop this application" in page
    assert "I confirm: stop it" not in page, "one does not confirm one's own proposal"
    stop = application.stops.get()
    confirm = {"second-agree": "yes", "second-note": REASON}
    own = client.post(act("stop_decide", application.pk, stop.pk), confirm).content.decode()
    assert "Another person than the one who proposed the stop" in own
    client = sign_in(sam)
    assert "I confirm: stop it" in page_of(client, application)
    assert client.post(act("stop_decide", application.pk, stop.pk), confirm).status_code == 302
    application.refresh_from_db()
    assert application.state == State.STOPPED
    assert "15 CFR 736.2(b)(4)" in sign_in(alice).get(reverse("result", args=(application.reference,))).content.decode()


def test_a_stop_is_sent_back_and_one_of_another_application_is_not_found(
    application: LicenseApplication, alice: User, rita: User, sam: User, sign_in: SignIn
) -> None:
    sign_in(rita).post(act("stop", application.pk), STOP)
    stop, other = application.stops.get(), checked(alice, listed_line())
    client, back = sign_in(sam), {"second-agree": "no", "second-note": REASON}
    assert "not proposed here" in client.post(act("stop_decide", other.pk, stop.pk), back).content.decode()
    client.post(act("stop_decide", application.pk, stop.pk), back)
    stop.refresh_from_db()
    application.refresh_from_db()
    assert (stop.sent_back, application.state) == (True, State.IN_REVIEW)


@pytest.mark.parametrize(
    ("name", "fields", "kept"),
    [
        ("stop", {**STOP, "stop-reason": "too short"}, "too short"),
        ("concern", {"concern-why": "short too", "concern-severity": "warning"}, "short too"),
        ("note", {"note-text": ""}, "Keep the note"),
    ],
)
def test_what_is_not_enough_comes_back_as_it_was_typed(
    name: str, fields: dict[str, str], kept: str, application: LicenseApplication, rita: User, sign_in: SignIn
) -> None:
    answer = sign_in(rita).post(act(name, application.pk), fields)
    assert answer.status_code == 200
    assert kept in answer.content.decode()
    assert "<details open>" in answer.content.decode()
    assert not application.stops.exists()


def test_a_concern_becomes_a_flag_and_a_note_stays_inside(
    application: LicenseApplication, alice: User, rita: User, sign_in: SignIn
) -> None:
    client = sign_in(rita)
    key = application.parties.get(role="ultimate_consignee").key
    why = {"concern-why": REASON, "concern-severity": "blocking", "concern-party_key": key}
    assert client.post(act("concern", application.pk), why).status_code == 302
    flag = application.flags.get(code="MANUAL_CONCERN")
    assert (flag.state, flag.critical, flag.party_key) == (Flag.State.OPEN, True, key)
    client.post(act("note", application.pk), {"note-text": "Called the registry of Jiangyin."})
    assert "Called the registry" in page_of(client, application)
    assert "Called the registry" not in sign_in(alice).get(reverse("result", args=(application.reference,))).content.decode()


def test_a_question_is_taken_back(application: LicenseApplication, rita: User, sign_in: SignIn) -> None:
    client = sign_in(rita)
    flag = open_flag(application)
    client.post(reverse("desk:licenses_flag_ask", args=(flag.pk,)), {"text": "Which registry number does it have?"})
    question = application.questions.get(flag=flag)
    assert "Take the question back" in page_of(client, application)
    client.post(act("unask", application.pk, question.pk))
    page = page_of(client, application)
    assert "taken back" in page
    assert "Take the question back" not in page


def test_a_senior_reviewer_opens_what_was_settled(
    application: LicenseApplication, rita: User, sam: User, sign_in: SignIn
) -> None:
    flag = open_flag(application)
    settle(flag, by=rita, second=sam)
    done(application)
    match_page, reopen = (reverse(f"desk:licenses_flag_{name}", args=(flag.pk,)) for name in ("change", "reopen"))
    assert "Open it again" not in sign_in(rita).get(match_page).content.decode()
    client = sign_in(sam)
    assert "Open it again" in client.get(match_page).content.decode()
    assert "at least 20" in client.post(reopen, {"because": "too short"}).content.decode()
    assert client.post(reopen, {"because": "The registry extract was of another year."}).status_code == 302
    flag.refresh_from_db()
    assert (flag.state, flag.reopened_because) == (Flag.State.REOPENED, "The registry extract was of another year.")


def test_what_no_rule_answers_is_determined_on_the_match_page(alice: User, rita: User, sam: User, sign_in: SignIn) -> None:
    load_lists()
    application = checked(alice, clean_line(items=[item("3A777")]))
    flag = open_flag(application, "MANUAL_DETERMINATION")
    address = reverse("desk:licenses_flag_decide", args=(flag.pk,))
    said = {"disposition": "mitigated", "reason_code": "END_USE_EVIDENCE", "reason": REASON, "scope": "application"}
    client = sign_in(rita)
    assert "Record the outcome" in client.post(address, said).content.decode()
    recorded = {**said, "determined_outcome": "NO_LICENSE_REQUIRED", "citation": "CCATS G123456"}
    assert client.post(address, recorded).status_code == 302
    client = sign_in(sam)
    assert "CCATS G123456" in client.get(reverse("desk:licenses_flag_change", args=(flag.pk,))).content.decode()
    client.post(reverse("desk:licenses_flag_second", args=(flag.pk,)), {"agree": "yes", "note": REASON})
    done(application)
    assert (application.state, application.outcome) == (State.CLEARED, "NO_LICENSE_REQUIRED")


def test_an_outcome_is_asked_for_only_where_no_rule_answers(application: LicenseApplication, rita: User, sign_in: SignIn) -> None:
    page = sign_in(rita).get(reverse("desk:licenses_flag_change", args=(open_flag(application).pk,))).content.decode()
    assert "determined_outcome" not in page
