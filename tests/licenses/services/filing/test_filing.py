"""From the finished review to the decision, with its papers and duties (intake.md 1.4, 1.5, 3)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import CheckReport, Flag, LicenseApplication
from licenses.services.application.workflow import Event, make_move
from licenses.services.checks.conditions import meet_condition
from licenses.services.drafting.documents import add_document, withdraw_document
from licenses.services.evaluation.screening_age import last_screening
from licenses.services.filing.filing import close, enter_filing, mark_ready
from licenses.services.filing.government_outcomes import record_outcome
from licenses.services.filing.shipments import ShipmentLineInput, release_shipment
from licenses.services.review.stops import appeal, countersign_stop, stop_application
from screening.models import ScreenedParty
from tests.licenses.factories import ANSWERED, REASON, checked, clean_line, done, line, listed_line, party, settle

State = LicenseApplication.State
LINES = [ShipmentLineInput("I1", Decimal(1), Decimal(100))]
pytestmark = pytest.mark.usefixtures("lists")
FORM = {
    "contact_name": "Alice Aldrin",
    "contact_phone": "+1 603 555 0100",
    "contact_email": "alice@example.com",
    "filer_capacity": "FIRST_PARTY",
    "no_intermediate_consignee": True,
}


def paper(name: str = "statement.pdf", data: bytes = b"%PDF-1.7 a statement") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def cleared(alice: User, **more: Any) -> LicenseApplication:
    application = checked(alice, clean_line(form=FORM, answers=ANSWERED, **more))
    assert application.state == State.CLEARED
    return application


def test_ready_tells_what_filing_still_waits_for(alice: User) -> None:
    application = cleared(alice)
    with pytest.raises(Refused) as refused:
        mark_ready(actor=alice, application_id=application.pk)
    assert refused.value.code == "invalid"
    assert len(refused.value.detail) > 20


def test_an_old_screening_is_not_ready(alice: User) -> None:
    application = cleared(alice)
    CheckReport.objects.update(finished_at=timezone.now() - dt.timedelta(hours=25))
    report = queries.last_done_report(application)
    assert report is not None
    screening = last_screening(report)
    assert screening.age_hours is not None
    assert screening.age_hours > screening.limit_hours


def test_from_ready_to_decided_and_closed(alice: User, sam: User) -> None:
    application = cleared(alice)
    make_move(application, Event.READY)
    for acn in ("Z12345", "123456Z", ""):
        with pytest.raises(Refused, match="one letter and six digits"):
            enter_filing(actor=alice, application_id=application.pk, acn=acn, filed_on=timezone.now().date())
    with pytest.raises(Refused, match="future"):
        enter_filing(
            actor=alice, application_id=application.pk, acn="Z123456", filed_on=timezone.now().date() + dt.timedelta(days=2)
        )
    enter_filing(actor=alice, application_id=application.pk, acn="z123456", filed_on=timezone.now().date())
    with pytest.raises(Refused, match="no outcome"):
        record_outcome(actor=sam, application_id=application.pk, decision="MAYBE")
    record_outcome(actor=sam, application_id=application.pk, decision="APPROVED", valid_until=dt.date(2099, 1, 1))
    application = close(actor=alice, application_id=application.pk)
    assert (application.state, application.acn, application.decision) == (State.CLOSED, "Z123456", "APPROVED")
    assert application.retain_until is not None
    assert application.retain_until.year == timezone.now().year + 5
    assert not ScreenedParty.objects.filter(live=True).exists()


@pytest.mark.parametrize("name", ["mallory", "rita", "ada"])
def test_others_neither_ready_nor_file(name: str, alice: User, request: pytest.FixtureRequest) -> None:
    application = cleared(alice)
    with pytest.raises(Refused) as refused:
        mark_ready(actor=request.getfixturevalue(name), application_id=application.pk)
    assert refused.value.code == "not_allowed"


def test_what_needs_a_license_is_not_just_closed(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE", answers=ANSWERED))
    for flag in application.flags.filter(state=Flag.State.OPEN):
        listed = flag.match_id is not None
        settle(
            flag,
            by=rita,
            second=sam,
            disposition="true_match" if listed else "mitigated",
            reason_code="SAME_ID" if listed else "END_USE_EVIDENCE",
        )
    application = done(application)
    assert (application.state, application.outcome) == (State.CLEARED, "LICENSE_REQUIRED")
    with pytest.raises(Refused, match="needs a license"):
        close(actor=alice, application_id=application.pk)


def test_an_unverified_party_needs_its_statement_before_shipping(alice: User, rita: User, sam: User) -> None:
    body = line(party("ultimate_consignee", "Drestova Avionics", "AE"), destination="AE", answers=ANSWERED)
    application = checked(alice, body)
    for flag in application.flags.filter(state=Flag.State.OPEN):
        settle(
            flag,
            by=rita,
            second=sam,
            disposition="true_match" if flag.code == "LIST_UVL" else "mitigated",
            reason_code="CONFIRMED_BY_EXPORTER" if flag.code == "LIST_UVL" else "END_USE_EVIDENCE",
        )
    application = done(application)
    assert (application.state, application.outcome) == (State.CLEARED, "NO_LICENSE_REQUIRED")
    today = timezone.now().date()
    with pytest.raises(Refused, match="Before shipping"):
        release_shipment(actor=alice, application_id=application.pk, ship_on=today, lines=LINES)
    duty = application.conditions.get(code="UVL_STATEMENT_BEFORE_SHIPMENT")
    with pytest.raises(Refused, match="attaching the paper"):
        meet_condition(actor=alice, condition_id=duty.pk, note="it is on my desk")
    document = add_document(actor=alice, application_id=application.pk, kind="uvl_statement", title="", upload=paper())
    duty.refresh_from_db()
    assert duty.document == document
    for other in queries.open_conditions(application, "export"):
        meet_condition(actor=alice, condition_id=other.pk, note="Filed in the export system.")
    assert release_shipment(actor=alice, application_id=application.pk, ship_on=today, lines=LINES).value_usd == 100
    withdraw_document(actor=alice, document_id=document.pk)
    duty.refresh_from_db()
    assert duty.met_at is None


def test_nothing_is_shipped_on_an_old_screening(alice: User) -> None:
    application = cleared(alice)
    CheckReport.objects.update(finished_at=timezone.now() - dt.timedelta(hours=25))
    with pytest.raises(Refused, match="too old"):
        release_shipment(actor=alice, application_id=application.pk, ship_on=timezone.now().date(), lines=LINES)


def test_the_name_of_a_file_never_reaches_the_disk(alice: User) -> None:
    application = checked(alice)
    upload = paper("../../etc/passwd<b>.pdf")
    document = add_document(actor=alice, application_id=application.pk, kind="purchase_order", title="", upload=upload)
    assert document.file.name.startswith("documents/")
    assert "passwd" not in document.file.name
    assert "<" not in document.title


def test_a_stop_takes_two_people_and_may_be_appealed(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, listed_line("Plimsar Navigation", "AE", answers=ANSWERED))
    stop = stop_application(actor=rita, application_id=application.pk, reason=REASON, citation="31 CFR ch. V")
    with pytest.raises(Refused, match="Another person"):
        countersign_stop(actor=rita, stop_id=stop.pk, agree=True)
    with pytest.raises(Refused, match="proposed already"):
        stop_application(actor=sam, application_id=application.pk, reason=REASON, citation="31 CFR ch. V")
    countersign_stop(actor=sam, stop_id=stop.pk, agree=True)
    application.refresh_from_db()
    assert application.state == State.STOPPED
    told = queries.thread_for_exporter(application).get()
    assert REASON not in told.text
    appeal(actor=alice, application_id=application.pk, facts="The vessel was sold; the new owner is named in the attached bill.")
    application.refresh_from_db()
    assert application.state == State.IN_REVIEW
    assert done(application).state == State.IN_REVIEW


def test_a_stop_sent_back_changes_nothing(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, listed_line("Plimsar Navigation", "AE", answers=ANSWERED))
    stop = stop_application(actor=rita, application_id=application.pk, reason=REASON, citation="31 CFR ch. V")
    countersign_stop(actor=sam, stop_id=stop.pk, agree=False, note="Compare the IMO number first.")
    application.refresh_from_db()
    assert application.state == State.IN_REVIEW
