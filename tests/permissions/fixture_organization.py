"""One organization with a row of every kind, each in the state in which the act that the matrix tries would succeed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from exportcheck.accounts.scopes import Scope
from exportcheck.accounts.services import issue_token
from exportcheck.audit.models import AuditEvent
from licenses.models import Condition, Flag, LicenseApplication, QualityReview, SavedFilter
from licenses.services.bulk.jobs import run_bulk, start_bulk, template
from licenses.services.checks.requests import submit_for_check
from licenses.services.drafting.documents import add_document
from licenses.services.library.address_book import keep_party
from licenses.services.library.catalog import keep_item
from licenses.services.retention.retention import ask_release, set_hold
from licenses.services.review.decisions import decide_flag
from licenses.services.review.questions import ask_exporter
from licenses.services.review.stops import stop_application
from licenses.services.thresholds.switches import propose_switch
from screening.models import ListVersion, Match
from tests import people
from tests.licenses.factories import (
    ANSWERED,
    REASON,
    TEST_HOUSE,
    asked,
    checked,
    clean_line,
    done,
    draft,
    line,
    listed_line,
    load_lists,
    open_flag,
    party,
    starter_rows,
)
from tests.licenses.services.thresholds.test_switches import FIELDS
from tests.licenses.views.test_complete_draft import complete
from tests.permissions.table import PEOPLE
from tests.screening.factories import row, stage

State = LicenseApplication.State


def paper(name: str = "statement.pdf") -> SimpleUploadedFile:
    """A file that is taken."""
    return SimpleUploadedFile(name, b"%PDF-1.7 a statement")


class World:
    """The rows; made through the services where the state allows it."""

    def __init__(self) -> None:
        self.people = {name: make() for name, (_, make) in PEOPLE.items()}
        self._lists()
        self._complete()
        self._applications()
        self._review()
        self._library()
        self._accounts()

    def _lists(self) -> None:
        today = timezone.now().date()
        load_lists(day=today - dt.timedelta(days=3))
        load_lists([*starter_rows(), row("Umbrasol Sensors", "EL")], day=today - dt.timedelta(days=2))
        ada = self.people["ada"]
        shrunken = [
            one for one in starter_rows() if one["name"] not in ("Brixatel Optics", "Fenquor Composites", "Yelmirok Guidance")
        ]
        refused = stage(shrunken, day=today - dt.timedelta(days=1), actor=ada, history=False)
        self.refused = ListVersion.objects.get(pk=next(one.version_id for one in refused.lists if one.list == "EL"))
        more = [*starter_rows(), row("Umbrasol Sensors", "EL"), row("Vantrel Lasers", "EL")]
        report = stage(more, day=today, actor=ada, history=False)
        self.staged = ListVersion.objects.get(pk=next(one.version_id for one in report.lists if one.list == "EL"))
        self.list = self.staged.control_list
        self.list_event = AuditEvent.objects.filter(action__startswith="list.").first()
        self.switch = propose_switch(actor=ada, **FIELDS)

    def _complete(self) -> None:
        """An application with every section filled, reviewed, and in need of a license: it can be marked ready."""
        browser = Client()
        browser.force_login(self.people["alice"])
        self.complete = complete(browser)
        submit_for_check(actor=self.people["alice"], application_id=self.complete.pk)
        done(self.complete)
        self.complete.flags.update(gone_at=timezone.now())
        LicenseApplication.objects.filter(pk=self.complete.pk).update(state=State.CLEARED, outcome="LICENSE_REQUIRED")

    def _in(self, state: str, **columns: Any) -> LicenseApplication:
        """A checked application without a hit, put into a state."""
        application = checked(self.people["alice"], clean_line(form={"no_intermediate_consignee": True}, answers=ANSWERED))
        LicenseApplication.objects.filter(pk=application.pk).update(state=state, **columns)
        application.refresh_from_db()
        return application

    def _applications(self) -> None:
        alice = self.people["alice"]
        self.draft = draft(alice)
        self.paper = add_document(actor=alice, application_id=self.draft.pk, kind="other", title="", upload=paper())
        self.running = asked(alice)[0]
        self.cleared = self._in(State.CLEARED, outcome="NO_LICENSE_REQUIRED")
        self.condition = Condition.objects.create(
            application=self.cleared, code="PRODUCT_DUTY", why="Keep the statement.", citation="744.15(b)", before="filing"
        )
        self.ready = self._in(State.READY, outcome="LICENSE_REQUIRED")
        self.filed = self._in(State.FILED, outcome="LICENSE_REQUIRED", acn="Z123456", filed_on=timezone.now().date())
        self.stopped = self._in(State.STOPPED)

    def _review(self) -> None:
        alice, rita, sam = (self.people[name] for name in ("alice", "rita", "sam"))
        body = line(
            party("ultimate_consignee", TEST_HOUSE, "CN"), party("purchaser", "Drestova Avionics", "CN"), destination="CN"
        )
        self.review = checked(alice, body)
        self.critical, self.ordinary = open_flag(self.review), open_flag(self.review, "LIST_UVL")
        self.ritas_own = checked(alice, body)
        LicenseApplication.objects.filter(pk=self.ritas_own.pk).update(created_by=rita)
        self.own_flag = open_flag(self.ritas_own, "LIST_UVL")
        self.proposed_by_rita, self.proposed_by_sam = (self._proposal(by) for by in (rita, sam))
        returned = checked(alice, listed_line())
        self.question = ask_exporter(actor=rita, application_id=returned.pk, text="Which registry number does the buyer have?")
        said = {"disposition": "false_positive", "reason_code": "DIFFERENT_NAME", "reason": REASON}
        self.ritas_decision, second = (
            decide_flag(actor=rita, flag_id=open_flag(checked(alice, body), "LIST_UVL").pk, **said) for _ in range(2)
        )
        self.drawn = QualityReview.objects.create(decision=second)
        self.alike = open_flag(checked(alice, body), "LIST_UVL")
        Match.objects.filter(pk=self.alike.match_id).update(band="possible")
        stopping = checked(alice, listed_line())
        self.to_stop = stop_application(actor=rita, application_id=stopping.pk, reason=REASON, citation="15 CFR 736.2(b)(4)")
        self.filter = SavedFilter.objects.create(user=rita, name="strong", query="match__band=strong")
        held = {"reason": REASON, "authority": "BIS letter of 3 May 2026"}
        self.hold = set_hold(actor=sam, application_id=self.review.pk, **held)
        self.ending_hold = set_hold(actor=sam, application_id=returned.pk, **held)
        ask_release(actor=sam, hold_id=self.ending_hold.pk, reason=REASON)

    def _proposal(self, by: Any) -> Flag:
        flag = open_flag(checked(self.people["alice"], listed_line()))
        decide_flag(actor=by, flag_id=flag.pk, disposition="false_positive", reason_code="DIFFERENT_ADDRESS", reason=REASON)
        flag.refresh_from_db()
        return flag

    def _library(self) -> None:
        alice = self.people["alice"]
        self.contact = keep_party(actor=alice, application_id=self.cleared.pk, key="P2")
        self.item = keep_item(actor=alice, application_id=self.cleared.pk, key="I1")
        upload = SimpleUploadedFile("rows.csv", template("parties", "csv"))
        self.job = start_bulk(actor=alice, kind="parties", mode="all", checks=False, upload=upload)
        run_bulk(job_id=self.job.pk)

    def _accounts(self) -> None:
        self.token, self.key = issue_token(
            actor=self.people["erin"],
            organization=people.organization(),
            name="order system",
            scopes=tuple(Scope),
            expires_at=timezone.now() + dt.timedelta(days=30),
        )

    def lock(self, application: LicenseApplication) -> int:
        """The edit count now."""
        application.refresh_from_db()
        return application.lock
