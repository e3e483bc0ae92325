"""Questions to the exporter and their answers (intake.md 4, RFI thread)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import Flag, LicenseApplication
from licenses.services.application.working_time import office
from licenses.services.review.questions import answer_question, ask_exporter, withdraw_question
from tests.licenses.factories import checked, done, item, line, listed_line, open_flag, party, settle

State = LicenseApplication.State
pytestmark = pytest.mark.usefixtures("lists")
WHAT = "Which registry number does the buyer have?"


def unanswered() -> dict[str, object]:
    """Carbon fiber for China, of Supp. 2 to part 744: whether the use is military decides, and is not stated."""
    return line(
        party("ultimate_consignee", "Suzhou Example Balances Co.", "CN"),
        destination="CN",
        items=[item("1C990", hs6="681511", description="carbon fiber fabric")],
        end_use="composite blades of fans for cement works made at the plant in Suzhou",
    )


def test_what_only_the_exporter_can_say_goes_back_at_once(alice: User) -> None:
    application = checked(alice, unanswered())
    assert application.state == State.RETURNED, application.reports.get().result["why"]
    question = queries.open_questions(application).get()
    assert (question.fact, question.asked_by) == ("military", None)
    assert question.due_on == timezone.now().date() + dt.timedelta(days=10)


def test_the_last_answer_starts_a_check_with_the_stated_fact(alice: User) -> None:
    application = checked(alice, unanswered())
    question = queries.open_questions(application).get()
    answer_question(actor=alice, question_id=question.pk, text="Civil use only.", fact_value=False)
    application.refresh_from_db()
    assert application.state == State.CHECKING
    assert application.answers["military"] is False
    application = done(application)
    assert (application.state, application.outcome) == (State.CLEARED, "NO_LICENSE_REQUIRED")
    assert application.revisions.count() == 2


def test_an_answer_that_states_nothing_is_asked_again(alice: User) -> None:
    application = checked(alice, unanswered())
    question = queries.open_questions(application).get()
    answer_question(actor=alice, question_id=question.pk, text="We do not know yet.")
    application = done(application)
    assert application.state == State.RETURNED
    assert queries.open_questions(application).get().fact == "military"


def test_a_reviewer_asks_the_clock_stands_and_the_answer_brings_it_back(alice: User, rita: User) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    flag = open_flag(application)
    question = ask_exporter(actor=rita, application_id=application.pk, flag_id=flag.pk, fact="registry_id", text=WHAT)
    application.refresh_from_db()
    flag.refresh_from_db()
    assert (application.state, application.waits_for) == (State.RETURNED, "you")
    assert flag.paused_at is not None
    assert not queries.queue_flags().filter(application=application).exists(), "a case that waits leaves the queue"
    stopped = timezone.now() - dt.timedelta(days=12)
    Flag.objects.update(paused_at=stopped, due_at=office().after(stopped, dt.timedelta(hours=5)))
    answer_question(actor=alice, question_id=question.pk, text="HRB 4711", fact_value="HRB 4711")
    flag.refresh_from_db()
    assert flag.paused_at is None
    assert flag.due_at is not None
    left = office().between(timezone.now(), flag.due_at)
    assert abs(left - dt.timedelta(hours=5)) < dt.timedelta(minutes=1), "the five hours that were left"
    application = done(application)
    assert application.state == State.IN_REVIEW
    assert application.answers["registry_id"] == "HRB 4711"


def test_with_flags_open_the_questions_are_sent_and_the_review_goes_on(alice: User, rita: User, sam: User) -> None:
    body = {**unanswered(), "parties": listed_line("Zarvonik Microsystems", "CN")["parties"]}
    body["answers"] = {"late_route_change": True}
    application = checked(alice, body)
    assert application.state == State.IN_REVIEW
    if application.outcome == "NEEDS_INFORMATION":
        assert queries.open_questions(application).exists()
    settle(open_flag(application), by=rita, second=sam)
    application = done(application)
    assert queries.open_questions(application).exists()
    assert application.state == State.IN_REVIEW, "the late route change is still open"


@pytest.mark.parametrize("name", ["mallory", "rita", "otto"])
def test_only_the_own_organization_answers(name: str, alice: User, request: pytest.FixtureRequest) -> None:
    question = queries.open_questions(checked(alice, unanswered())).get()
    with pytest.raises(Refused) as refused:
        answer_question(actor=request.getfixturevalue(name), question_id=question.pk, text="Civil.")
    assert refused.value.code == "not_allowed"


def test_a_question_is_answered_once(alice: User, bob: User, rita: User) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    first = ask_exporter(actor=rita, application_id=application.pk, text=WHAT)
    ask_exporter(actor=rita, application_id=application.pk, text="Who owns the buyer, and how much?")
    answer_question(actor=alice, question_id=first.pk, text="HRB 4711")
    with pytest.raises(Refused, match="answered already"):
        answer_question(actor=bob, question_id=first.pk, text="HRB 4712")
    application.refresh_from_db()
    assert application.state == State.RETURNED, "the other question is still open"


@pytest.mark.parametrize(
    ("fact", "text", "value", "told"),
    [
        ("", "?", None, "10 to 4,000"),
        ("ofac_authorization", WHAT, None, "no fact"),
        ("military", WHAT, "yes", "true, false or null"),
    ],
)
def test_a_question_or_value_nobody_can_use_is_refused(
    fact: str, text: str, value: object, told: str, alice: User, rita: User
) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE"))

    def ask_and_answer() -> None:
        question = ask_exporter(actor=rita, application_id=application.pk, fact=fact, text=text)
        answer_question(actor=alice, question_id=question.pk, text="see above", fact_value=value)

    with pytest.raises(Refused, match=told):
        ask_and_answer()


def test_a_withdrawn_question_lets_the_check_go_on(alice: User, rita: User) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    question = ask_exporter(actor=rita, application_id=application.pk, text=WHAT)
    withdraw_question(actor=rita, question_id=question.pk)
    application = done(application)
    assert application.state == State.IN_REVIEW
