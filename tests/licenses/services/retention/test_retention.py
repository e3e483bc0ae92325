"""Retention, legal holds, and the destruction of records: two people, written papers, nothing under a hold, all of it audited."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.verify import verify
from exportcheck.errors import Refused
from licenses.management.commands import purge_records as purge_command
from licenses.models import CheckReport, Flag, LegalHold, LicenseApplication
from licenses.services.checks.requests import submit_for_check
from licenses.services.drafting.documents import add_document
from licenses.services.retention.purge import list_purge, purge_application, purge_list, purge_records
from licenses.services.retention.retention import ask_release, release_hold, retain_until, same_day, set_hold
from licenses.services.review.decisions import countersign_flag, decide_flag
from screening.models import Match, ScreenedParty
from tests.licenses.factories import checked, clean_line, done, draft, line, listed_line, open_flag, party, settle

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
WHY = "Requested by an agency in a pending inquiry."
PAPER = "Letter of the Office of Export Enforcement, 3 March 2026"
State = LicenseApplication.State
HELD = "Karlmark Bearings GmbH"


@pytest.fixture
def closed(alice: User, lists: None) -> LicenseApplication:
    """A closed application with a paper, kept until yesterday."""
    application = draft(alice, clean_line())
    paper = SimpleUploadedFile("order.pdf", b"%PDF-1.4 order")
    add_document(actor=alice, application_id=application.pk, kind="other", title="Order", upload=paper)
    submit_for_check(actor=alice, application_id=application.pk)
    application = done(application)
    return over(application)


def over(application: LicenseApplication) -> LicenseApplication:
    """Closed, with its time run out: the clock of the log cannot be set back, so the dates kept with the row are."""
    LicenseApplication.objects.filter(pk=application.pk).update(
        state=State.CLOSED, retain_until=timezone.now().date() - dt.timedelta(days=1)
    )
    application.refresh_from_db()
    return application


def today() -> dt.date:
    """Far enough on that five years have passed since what the tests did."""
    return timezone.now().date() + dt.timedelta(days=366 * 6)


def test_records_are_kept_five_years_from_the_last_event_and_ten_where_ofac_lists_were_hit(
    closed: LicenseApplication, alice: User
) -> None:
    day = timezone.now().date()
    assert retain_until(closed) == same_day(day, day.year + 5)
    blocked = over(checked(alice, listed_line("Plimsar Navigation", "AE")))
    assert retain_until(blocked) == same_day(day, day.year + 10)
    assert retain_until(checked(alice, clean_line())) is None, "an open case has no end yet"


@pytest.mark.parametrize(
    ("day", "year", "then"),
    [(dt.date(2024, 2, 29), 2029, dt.date(2029, 3, 1)), (dt.date(2024, 2, 28), 2029, dt.date(2029, 2, 28))],
)
def test_a_leap_day_gives_not_a_day_less(day: dt.date, year: int, then: dt.date) -> None:
    assert same_day(day, year) == then


@pytest.mark.parametrize("name", ["alice", "rita", "ada", "root", "mallory"])
def test_only_seniors_and_auditors_set_holds(name: str, request: pytest.FixtureRequest, closed: LicenseApplication) -> None:
    with pytest.raises(Refused) as refusal:
        set_hold(actor=request.getfixturevalue(name), reason=WHY, authority=PAPER, application_id=closed.pk)
    assert refusal.value.code == "not_allowed"
    assert not LegalHold.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"), [({"reason": "short"}, "20"), ({"authority": "x"}, "authority"), ({"application_id": None}, "Name the")]
)
def test_a_hold_names_its_reason_its_paper_and_its_records(
    fields: dict[str, Any], words: str, closed: LicenseApplication, sam: User
) -> None:
    with pytest.raises(Refused, match=words):
        set_hold(**{"actor": sam, "reason": WHY, "authority": PAPER, "application_id": closed.pk, **fields})


def test_a_hold_ends_by_two_people_on_a_paper(closed: LicenseApplication, sam: User, otto: User, root: User) -> None:
    hold = set_hold(actor=otto, reason=WHY, authority=PAPER, application_id=closed.pk)
    closed.refresh_from_db()
    assert closed.legal_hold
    with pytest.raises(Refused, match="Nobody asked"):
        release_hold(actor=root, hold_id=hold.pk, authority=PAPER)
    ask_release(actor=sam, hold_id=hold.pk, reason=WHY)
    with pytest.raises(Refused, match="asked for already"):
        ask_release(actor=otto, hold_id=hold.pk, reason=WHY)
    for person in (sam, otto):
        with pytest.raises(Refused, match="System admin"):
            release_hold(actor=person, hold_id=hold.pk, authority=PAPER)
    assert not release_hold(actor=root, hold_id=hold.pk, authority="Release letter of 5 May 2026").stands
    closed.refresh_from_db()
    assert not closed.legal_hold
    acts = list(AuditEvent.objects.filter(action__startswith="hold.").order_by("seq").values_list("action", flat=True))
    assert acts == ["hold.set", "hold.release_asked", "hold.released"]


def test_a_hold_on_an_organization_keeps_every_application_of_it(
    closed: LicenseApplication, alice: User, mallory: User, otto: User
) -> None:
    stranger = over(checked(mallory, clean_line()))
    set_hold(actor=otto, reason=WHY, authority=PAPER, organization_id=closed.organization_id)
    found = purge_list(today())
    assert (found.due, found.held) == ((stranger.reference,), (closed.reference,))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (HELD, True),
        ("KARLMARK BEARINGS", True),
        ("Karlmarck Bearings G.m.b.H.", True),
        ("Nordlicht Optik AG", False),
    ],
)
def test_a_hold_on_a_party_keeps_every_application_that_names_it(
    name: str, kept: bool, alice: User, mallory: User, otto: User, root: User, sam: User, lists: None
) -> None:
    first = over(checked(alice, line(party("ultimate_consignee", HELD, "DE"))))
    other = over(checked(alice, line(party("purchaser", name, "AT"), party("ultimate_consignee", "Somebody Else", "DE"))))
    stranger = over(checked(mallory, line(party("ultimate_consignee", HELD, "DE"))))
    hold = set_hold(actor=otto, reason=WHY, authority=PAPER, application_id=first.pk, party_key=first.parties.get(name=HELD).key)
    assert hold.subject == "party:Karlmark Bearings GmbH"
    held = {first.reference, other.reference} if kept else {first.reference}
    assert set(purge_list(today()).held) == held
    assert stranger.reference in purge_list(today()).due
    assert set(LicenseApplication.objects.filter(legal_hold=True).values_list("reference", flat=True)) == held
    ask_release(actor=sam, hold_id=hold.pk, reason=WHY)
    release_hold(actor=root, hold_id=hold.pk, authority="Release letter of 5 May 2026")
    assert not purge_list(today()).held


def test_a_hold_on_a_party_keeps_what_names_it_later(alice: User, otto: User, lists: None) -> None:
    first = checked(alice, line(party("ultimate_consignee", HELD, "DE")))
    set_hold(actor=otto, reason=WHY, authority=PAPER, application_id=first.pk, party_key=first.parties.get(name=HELD).key)
    owner = {"name": HELD, "share_percent": 30}
    later = checked(alice, line(party("ultimate_consignee", "Subsidiary Ltd", "DE", owners=[owner])))
    assert later.legal_hold
    assert purge_list(today()).due == ()
    assert not checked(alice, line(party("ultimate_consignee", "Nordlicht Optik AG", "DE"))).legal_hold


def test_a_party_that_is_not_there_cannot_be_held(closed: LicenseApplication, otto: User) -> None:
    with pytest.raises(Refused, match="no party"):
        set_hold(actor=otto, reason=WHY, authority=PAPER, application_id=closed.pk, party_key="P99")
    assert not LegalHold.objects.exists()


def run(**options: Any) -> str:
    out = io.StringIO()
    call_command("purge_records", stdout=out, **options)
    return out.getvalue()


def test_nothing_is_destroyed_that_was_not_listed_and_approved(
    closed: LicenseApplication, sam: User, rita: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = purge_list(today()).code
    cases = [
        ({"approver": rita}, "not_allowed"),
        ({"authority": ""}, "invalid"),
        ({"code": "0" * 16}, "stale"),
        ({}, "invalid"),  # the right code, but the list was never written down
        ({"today": timezone.now().date()}, "stale"),
    ]
    for fields, refused in cases:
        with pytest.raises(Refused) as refusal:
            purge_records(**{"approver": sam, "code": code, "authority": PAPER, "today": today(), **fields})
        assert refusal.value.code == refused
    assert LicenseApplication.objects.filter(pk=closed.pk).exists()
    assert "nothing is due" in run(dry_run=True)
    with pytest.raises(CommandError, match="--by"):
        run(approve=code)


def test_approved_records_go_with_their_papers_and_the_log_tells_it(
    closed: LicenseApplication,
    alice: User,
    sam: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    kept = over(checked(alice, clean_line()))
    set_hold(actor=sam, reason=WHY, authority=PAPER, application_id=kept.pk)
    paper = closed.documents.get().file.name
    subject, chain = f"application:{closed.reference}", f"org:{closed.organization_id}"
    later = dt.datetime.combine(today(), dt.time(), dt.UTC)
    monkeypatch.setattr(purge_command, "timezone", SimpleNamespace(now=lambda: later))
    printed = run(dry_run=True)
    assert f"due: {closed.reference}" in printed
    assert f"held: {kept.reference}" in printed
    code = printed.split("--approve ")[1].split()[0]
    with django_capture_on_commit_callbacks(execute=True):
        assert closed.reference in run(approve=code, by=sam.email, authority=PAPER)
    assert not LicenseApplication.objects.filter(reference=closed.reference).exists()
    assert not CheckReport.objects.filter(application=closed.pk).exists()
    assert not ScreenedParty.objects.filter(case=subject).exists()
    assert not default_storage.exists(paper)
    assert LicenseApplication.objects.filter(pk=kept.pk).exists()
    event = AuditEvent.objects.get(action="record.purged")
    assert (event.actor, event.subject, event.body["authority"]) == (sam, subject, PAPER)
    assert AuditEvent.objects.filter(action="purge.listed", chain="system").count() == 1
    assert verify(chain) is None


def test_what_another_case_rests_on_survives(alice: User, rita: User, sam: User, lists: None) -> None:
    """A clearance for the organization, carried over to a second case, keeps its party when the first case is destroyed."""
    first = checked(alice, listed_line())
    from_flag = open_flag(first)
    decide_flag(
        actor=rita, flag_id=from_flag.pk, disposition="false_positive", reason_code="DIFFERENT_NAME",
        reason="Compared name, address and registry number.", scope="organization",
    )  # fmt: skip
    countersign_flag(actor=sam, flag_id=from_flag.pk, agree=True, note="Compared the same papers again.")
    second = checked(alice, listed_line())
    carried = Match.objects.get(party__case=f"application:{second.reference}", clearance__isnull=False)
    CheckReport.objects.filter(application=first, state__in=("PENDING", "RUNNING")).delete()
    over(first)
    listed = list_purge(today=today())
    purge_records(approver=sam, code=listed.code, authority=PAPER, today=today())
    carried.refresh_from_db()
    assert carried.clearance is not None
    assert not Flag.objects.filter(application=first.pk).exists()


def test_holds_on_the_desk(closed: LicenseApplication, otto: User, rita: User, root: User, alice: User, sign_in: SignIn) -> None:
    """Set on the application's page, asked and released on the hold's; a reviewer looks, an exporter does not."""
    set_url = reverse("desk:licenses_legalhold_set", args=(closed.pk,))
    fields = {"reach": "application", "reason": WHY, "authority": PAPER}
    assert sign_in(rita).post(set_url, fields).status_code == 403
    assert sign_in(alice).post(set_url, fields).status_code in (302, 403)
    assert not LegalHold.objects.exists()
    page = sign_in(otto).post(set_url, fields, follow=True).content.decode()
    hold = LegalHold.objects.get()
    assert "legal hold" in page
    one = reverse("desk:licenses_legalhold_change", args=(hold.pk,))
    assert "Ask for the release" in sign_in(otto).get(one).content.decode()
    sign_in(otto).post(reverse("desk:licenses_legalhold_ask", args=(hold.pk,)), {"reason": WHY})
    assert "Release" in sign_in(root).get(one).content.decode()
    sign_in(root).post(reverse("desk:licenses_legalhold_release", args=(hold.pk,)), {"authority": PAPER})
    hold.refresh_from_db()
    assert not hold.stands
    assert sign_in(rita).get(reverse("desk:licenses_legalhold_changelist")).status_code == 200
    assert sign_in(alice).get(reverse("desk:licenses_legalhold_changelist")).status_code in (302, 403)


def test_a_party_is_held_from_the_page_of_an_application(closed: LicenseApplication, otto: User, sign_in: SignIn) -> None:
    one = reverse("desk:licenses_licenseapplication_change", args=(closed.pk,))
    page = sign_in(otto).get(one).content.decode()
    assert page.count("that names Musterhalbleiter Dresden AG") == 1, "purchaser and consignee are one party"
    set_url = reverse("desk:licenses_legalhold_set", args=(closed.pk,))
    fields = {"reason": WHY, "authority": PAPER}
    page = sign_in(otto).post(set_url, {**fields, "reach": "party:P99"}, follow=True).content.decode()
    assert "Select a valid choice" in page
    key = closed.parties.get(role="purchaser").key
    page = sign_in(otto).post(set_url, {**fields, "reach": f"party:{key}"}, follow=True).content.decode()
    assert "legal hold</span> on party:Musterhalbleiter Dresden AG" in page
    assert LegalHold.objects.get().party["name"] == "Musterhalbleiter Dresden AG"


def test_settled_flags_do_not_stop_the_destruction(alice: User, rita: User, sam: User, lists: None) -> None:
    application = checked(alice, listed_line())
    settle(open_flag(application), by=rita, second=sam)
    done(application)
    over(application)
    purge_application(approver=sam, reference=application.reference, authority=PAPER, today=today())
    assert not Match.objects.filter(party__case=f"application:{application.reference}").exists()
