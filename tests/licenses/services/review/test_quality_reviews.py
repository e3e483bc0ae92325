"""Clearances that another reviewer looks at again: drawn once, by chance, never by who decided; disagreeing opens the flag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses import tasks
from licenses.models import Flag, FlagDecision, LicenseApplication, QualityReview
from licenses.services.review.decisions import decide_flag, reopen_flag
from licenses.services.review.quality_reviews import draw_quality_reviews, record_quality_review, waiting_for
from screening.models import Clearance
from tests.licenses.factories import REASON, checked, done, listed_line, open_flag, settle
from tests.people import person

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
OVERLOOKED = "The address on the order is the listed one."


@pytest.fixture
def third(db: Any) -> User:
    """A reviewer who had no part in anything."""
    return person("third", RoleName.REVIEWER)


@pytest.fixture
def cleared(alice: User, rita: User, sam: User, lists: None) -> Flag:
    """A flag that rita and sam cleared."""
    flag = open_flag(checked(alice, listed_line()))
    settle(flag, by=rita, second=sam)
    done(flag.application)
    return flag


def test_of_few_clearances_one_is_drawn_and_each_is_considered_once(cleared: Flag) -> None:
    assert [row.decision.flag for row in draw_quality_reviews()] == [cleared]
    assert AuditEvent.objects.get(action="quality_reviews.drawn").body == {
        "from": 1,
        "percent": 5,
        "decisions": [cleared.decisions.get().pk],
    }
    assert draw_quality_reviews() == []
    assert tasks.draw_quality_reviews() == 0
    assert AuditEvent.objects.filter(action="quality_reviews.drawn").count() == 1


@pytest.mark.parametrize(("clearances", "percent", "drawn"), [(3, 5, 1), (3, 50, 2), (3, 100, 3)])
def test_the_share_is_rounded_up(
    clearances: int, percent: int, drawn: int, alice: User, rita: User, sam: User, lists: None, settings: Any
) -> None:
    settings.QUALITY_REVIEW_PERCENT = percent
    for _ in range(clearances):
        settle(open_flag(checked(alice, listed_line())), by=rita, second=sam)
    assert len(draw_quality_reviews()) == drawn


def test_only_clearances_that_stand_are_drawn(alice: User, rita: User, sam: User, lists: None) -> None:
    confirmed = open_flag(checked(alice, listed_line()))
    decide_flag(actor=rita, flag_id=confirmed.pk, disposition="true_match", reason_code="SAME_ADDRESS", reason=REASON)
    proposed = open_flag(checked(alice, listed_line()))
    decide_flag(actor=rita, flag_id=proposed.pk, disposition="false_positive", reason_code="DIFFERENT_NAME", reason=REASON)
    opened = open_flag(checked(alice, listed_line()))
    settle(opened, by=rita, second=sam)
    reopen_flag(actor=sam, flag_id=opened.pk, because=REASON)
    assert draw_quality_reviews() == []
    assert FlagDecision.objects.filter(considered_at=None).count() == 2, "the true match and the proposal"


def test_who_decided_does_not_look_again(cleared: Flag, rita: User, sam: User, alice: User, otto: User, third: User) -> None:
    draw_quality_reviews()
    for who in (rita, sam, alice, otto):
        with pytest.raises(Refused) as refusal:
            record_quality_review(actor=who, flag_id=cleared.pk, agree=True, note="")
        assert refusal.value.code == "not_allowed"
    assert waiting_for(third).count() == 1
    assert not waiting_for(rita).exists()
    assert not waiting_for(sam).exists()


def test_agreeing_changes_nothing_but_the_record(cleared: Flag, third: User, sam: User) -> None:
    draw_quality_reviews()
    assert record_quality_review(actor=third, flag_id=cleared.pk, agree=True, note="").agreed
    cleared.refresh_from_db()
    assert cleared.state == Flag.State.DISPOSED
    assert AuditEvent.objects.get(action="quality_review.done").body["opened"] is False
    with pytest.raises(Refused) as refusal:
        record_quality_review(actor=third, flag_id=cleared.pk, agree=False, note=OVERLOOKED)
    assert refusal.value.code == "taken"


def test_disagreeing_takes_a_reason_and_opens_the_flag(cleared: Flag, third: User) -> None:
    draw_quality_reviews()
    with pytest.raises(Refused, match="20 characters"):
        record_quality_review(actor=third, flag_id=cleared.pk, agree=False, note="no")
    record_quality_review(actor=third, flag_id=cleared.pk, agree=False, note=OVERLOOKED)
    cleared.refresh_from_db()
    assert cleared.state == Flag.State.REOPENED
    assert OVERLOOKED in cleared.reopened_because
    assert LicenseApplication.objects.get(pk=cleared.application_id).state in ("REOPENED", "CHECKING", "IN_REVIEW")


def test_an_application_that_is_over_keeps_its_state_and_the_decision_is_forgotten(cleared: Flag, third: User) -> None:
    draw_quality_reviews()
    LicenseApplication.objects.filter(pk=cleared.application_id).update(state="CLOSED")
    record_quality_review(actor=third, flag_id=cleared.pk, agree=False, note=OVERLOOKED)
    cleared.refresh_from_db()
    assert cleared.state == Flag.State.DISPOSED
    assert QualityReview.objects.get().agreed is False
    assert not Clearance.objects.filter(resolution__match=cleared.match, revoked_at=None).exists()


@pytest.mark.parametrize("state", ["DRAFT", "CHECKING", "CHECK_INCOMPLETE", "RETURNED", "STOPPED"])
def test_a_disagreement_waits_while_the_application_is_on_its_way(state: str, cleared: Flag, third: User) -> None:
    """Recorded without opening the flag it would be swallowed: the application goes on with the clearance."""
    draw_quality_reviews()
    LicenseApplication.objects.filter(pk=cleared.application_id).update(state=state)
    with pytest.raises(Refused) as refusal:
        record_quality_review(actor=third, flag_id=cleared.pk, agree=False, note=OVERLOOKED)
    assert refusal.value.code == "state"
    assert waiting_for(third).count() == 1
    assert record_quality_review(actor=third, flag_id=cleared.pk, agree=True, note="").agreed


def test_the_look_is_on_the_match_page_with_the_decision_closed(
    cleared: Flag, third: User, rita: User, otto: User, sign_in: SignIn
) -> None:
    draw_quality_reviews()
    one = reverse("desk:licenses_flag_change", args=(cleared.pk,))
    listing = reverse("desk:licenses_qualityreview_changelist")
    assert "drawn at random" not in sign_in(rita).get(one).content.decode(), "she decided"
    assert "drawn at random" not in sign_in(otto).get(one).content.decode(), "an auditor only reads"
    assert sign_in(otto).get(listing).status_code == 200
    page = sign_in(third).get(one).content.decode()
    assert "drawn at random" in page
    assert "Open after looking at the evidence" in page
    assert cleared.application.reference in sign_in(third).get(listing).content.decode()
    change = reverse("desk:licenses_qualityreview_change", args=(QualityReview.objects.get().pk,))
    assert sign_in(third).get(change).headers["Location"] == one
    look = reverse("desk:licenses_flag_quality", args=(cleared.pk,))
    page = sign_in(third).post(look, {"agree": "no", "note": "short"}).content.decode()
    assert "at least 20 characters" in page
    page = sign_in(third).post(look, {"agree": "no", "note": OVERLOOKED}, follow=True).content.decode()
    assert "the decision frees nobody any more" in page
    assert "1" in sign_in(third).get(reverse("desk:index")).content.decode()
