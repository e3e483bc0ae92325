"""What happens between people at the desk, over HTTP: two at one flag, a list that changes under a decision, an answer that comes
back. A second decision by the first person: test_pages.py. Undo: test_match_page.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.audit.models import AuditEvent
from licenses.models import Flag, FlagDecision
from licenses.queries import review_queue
from licenses.services.application.working_time import office
from licenses.services.checks.requests import recheck_touched
from tests import people
from tests.licenses.factories import (
    REASON,
    checked,
    done,
    listed_line,
    load_lists,
    open_flag,
    run_pending_checks,
    settle,
    starter_rows,
)
from tests.licenses.services.checks.test_requests import change_lists
from tests.screening.services.test_races import at_once

SignIn = Callable[[User], Client]
DECISION = {"disposition": "true_match", "reason_code": "SAME_ADDRESS", "reason": REASON, "scope": "application"}
QUESTION = "Which registry number does the test house have?"


def url(name: str, flag: Flag) -> str:
    return reverse(f"desk:licenses_flag_{name}", args=(flag.pk,))


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_a_decision_at_once_one_is_told_who_was_faster() -> None:
    load_lists()
    flag = open_flag(checked(people.alice(), listed_line()))
    browsers = [Client(), Client()]
    for browser, user in zip(browsers, (people.rita(), people.sam()), strict=True):
        browser.force_login(user)
    answers = at_once(*(lambda browser=browser: browser.post(url("decide", flag), DECISION) for browser in browsers))  # type: ignore[misc]
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    decision = FlagDecision.objects.get(flag=flag)
    told = next(answer for answer in answers if answer.status_code == 200).content.decode()
    assert any(
        words in told for words in (f"{decision.proposed_by} settled this at", f"{decision.proposed_by} works on this until")
    )
    assert AuditEvent.objects.filter(action="flag.decided").count() == 1


@pytest.mark.django_db
def test_a_changed_entry_reopens_what_two_people_cleared(alice: User, rita: User, sam: User, sign_in: SignIn) -> None:
    load_lists()
    flag = open_flag(checked(alice, listed_line()))
    settle(flag, by=rita, second=sam)
    done(flag.application)
    flag.refresh_from_db()
    assert flag.state == Flag.State.DISPOSED
    client = sign_in(rita)
    assert not review_queue.queue(rita, show="reopened").exists()
    moved = [{**row, "addresses": "12 Wharf Street, Wuxi, Jiangsu, CN"} if "SJ" in row["name"] else row for row in starter_rows()]
    change_lists(moved)
    assert recheck_touched() == 1
    run_pending_checks()
    again = review_queue.queue(rita, show="reopened").get()
    assert (again.code, again.application) == (flag.code, flag.application)
    page = client.get(url("change", again)).content.decode()
    assert "Reopened: EL version 2 changed the entry SJ Semiconductor: address." in page
    assert REASON in page, "what was decided before is still told"
    application = flag.application
    application.refresh_from_db()
    assert application.state == "REOPENED"


@pytest.fixture
def answered(alice: User, rita: User, sign_in: SignIn, settings: object) -> Flag:
    """A flag about which rita asked, three hours before it was due; alice answered twelve days later, and it was checked."""
    load_lists()
    flag = open_flag(checked(alice, listed_line()))
    sign_in(rita).post(url("ask", flag), {"text": QUESTION})
    asked = timezone.now() - dt.timedelta(days=12)
    Flag.objects.filter(pk=flag.pk).update(
        paused_at=asked, due_at=office().after(asked, dt.timedelta(hours=3)), claimed_until=asked
    )
    question = flag.application.questions.get(flag=flag)
    sign_in(alice).post(reverse("question_answer", args=(question.pk,)), {"text": "91320281 of the Jiangyin registry."})
    run_pending_checks()
    flag.refresh_from_db()
    return flag


@pytest.mark.django_db
def test_an_answer_brings_the_flag_back_to_the_one_who_asked(answered: Flag, rita: User, sam: User, sign_in: SignIn) -> None:
    assert answered in review_queue.queue(rita, show="mine")
    assert answered not in review_queue.queue(sam, show="unassigned")
    assert "rita" in sign_in(sam).post(url("claim", answered)).content.decode()
    assert sign_in(rita).post(url("decide", answered), DECISION).status_code == 302


@pytest.mark.django_db
def test_the_clock_stood_while_the_exporter_was_asked(answered: Flag) -> None:
    assert answered.paused_at is None
    assert answered.due_at is not None
    left = office().between(timezone.now(), answered.due_at)
    assert abs(left - dt.timedelta(hours=3)) < dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_an_answer_is_everybodys_after_half_a_day_of_work_or_when_the_asker_no_longer_reviews(
    alice: User, rita: User, sam: User, sign_in: SignIn
) -> None:
    load_lists()
    flags = [open_flag(checked(alice, listed_line())) for _ in range(2)]
    third = people.person("third", RoleName.REVIEWER)
    for flag, who in zip(flags, (rita, third), strict=True):
        sign_in(who).post(url("ask", flag), {"text": QUESTION})
    third.groups.clear()
    for flag in flags:
        question = flag.application.questions.get(flag=flag)
        sign_in(alice).post(reverse("question_answer", args=(question.pk,)), {"text": "91320281 of the Jiangyin registry."})
    run_pending_checks()
    kept, free = (Flag.objects.get(pk=flag.pk) for flag in flags)
    assert kept.claimed_until is not None
    assert office().between(timezone.now(), kept.claimed_until) <= dt.timedelta(hours=4)
    assert (free.assignee, free.claimed_until) == (None, None)
    Flag.objects.filter(pk=kept.pk).update(claimed_until=timezone.now())
    assert set(flags) <= set(review_queue.queue(sam, show="unassigned"))
