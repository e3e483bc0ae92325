"""Lists, drafts and checks for the tests of licenses, made through the services; names are invented but for the sample."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import CheckReport, Flag, LicenseApplication
from licenses.services.checks.requests import submit_for_check
from licenses.services.checks.run import run_check
from licenses.services.drafting.applications import import_application
from licenses.services.review.decisions import countersign_flag, decide_flag
from screening.models import ListVersion
from tests.screening.factories import load, row

REASON = "Compared name, address and registry number with the entry."
"""A reason of at least twenty characters."""
TEST_HOUSE = "SJ Semiconductor (Jiangyin) Corp."


def starter_rows() -> list[dict[str, str]]:
    """Entries of four lists: the test house under an alias on the Entity List, an unverified, a blocked, a denied party."""
    return [
        row(
            "SJ Semiconductor",
            "EL",
            alt_names="SJ Semiconductor (Jiangyin) Corporation; SJ Semi",
            addresses="No. 9 Dongsheng West Road, Jiangyin, Jiangsu, CN",
            federal_register_notice="85 FR 83420",
            license_policy="Presumption of denial",
        ),
        row("Zarvonik Microsystems", "EL"),
        row("Quelbrant Photonics", "EL"),
        # Enough that one entry more or less stays within the guard on the number of entries.
        row("Yelmirok Guidance", "EL"),
        row("Brixatel Optics", "EL"),
        row("Fenquor Composites", "EL"),
        row("Drestova Avionics", "UVL", license_requirement="", license_policy=""),
        row("Plimsar Navigation", "SDN", license_requirement="", license_policy="", addresses="2 Harbor Street, Dubai, AE"),
        row("Ostrevik Cryogenics", "DPL", license_requirement="", license_policy="", addresses="5 Mill Lane, Reno, US"),
    ]


def load_lists(rows: Iterable[Mapping[str, str]] | None = None, **options: Any) -> list[ListVersion]:
    """Load and activate the starter rows (published today, so that nothing is stale), or others."""
    options.setdefault("day", timezone.now().date())
    return load(rows if rows is not None else starter_rows(), **options)


def party(role: str, name: str, country: str, **more: Any) -> dict[str, Any]:
    """A Party of the contract."""
    return {"role": role, "name": name, "country": country, "address": f"7 Example Street, {country}", **more}


def item(eccn: str = "EAR99", **more: Any) -> dict[str, Any]:
    """An Item of the contract."""
    return {
        "eccn": eccn,
        "description": "test sockets",
        "hs6": "392690",
        "quantity": 500,
        "unit": "unit",
        "value_usd": 14500,
        **more,
    }


def line(
    *parties: Mapping[str, Any], destination: str = "DE", items: Iterable[Mapping[str, Any]] | None = None, **more: Any
) -> dict[str, Any]:
    """A precheck object: an applicant in the US, the given parties, one EAR99 item unless given."""
    applicant = party("applicant", "Granite State Semiconductors, Inc.", "US")
    return {
        "type": "export",
        "destination": destination,
        "end_use": "production test of automotive chips in the buyer's own plant in town",
        "parties": [applicant, *parties],
        "items": list(items) if items is not None else [item()],
        **more,
    }


def clean_line(**more: Any) -> dict[str, Any]:
    """Nothing to find: sockets for a chip maker in Germany."""
    buyer = "Musterhalbleiter Dresden AG"
    return line(party("purchaser", buyer, "DE"), party("ultimate_consignee", buyer, "DE"), **more)


ANSWERED = dict.fromkeys(
    ("nuclear", "missile", "chemical_biological", "maritime_nuclear_propulsion", "foreign_vessel_or_aircraft"), False
)
"""What the determination asks of EAR99 items for an ordinary place; goods leave only when it is answered."""


def listed_line(name: str = TEST_HOUSE, country: str = "CN", **more: Any) -> dict[str, Any]:
    """One party answers to an entry."""
    return line(party("ultimate_consignee", name, country), destination=country, **more)


def draft(actor: User, body: Mapping[str, Any] | None = None) -> LicenseApplication:
    """A draft of the actor's organization."""
    return import_application(actor=actor, line=body if body is not None else clean_line())


def asked(actor: User, body: Mapping[str, Any] | None = None) -> tuple[LicenseApplication, CheckReport]:
    """A draft whose check was asked for; no worker has taken it."""
    application = draft(actor, body)
    report = submit_for_check(actor=actor, application_id=application.pk)
    application.refresh_from_db()
    return application, report


def checked(actor: User, body: Mapping[str, Any] | None = None) -> LicenseApplication:
    """A draft whose check is done."""
    application, report = asked(actor, body)
    return done(application, report)


def done(application: LicenseApplication, report: CheckReport | None = None) -> LicenseApplication:
    """The application after its waiting check was worked on."""
    waiting = report or application.reports.get(state=CheckReport.State.PENDING)
    run_check(report_id=waiting.pk)
    application.refresh_from_db()
    return application


def open_flag(application: LicenseApplication, code: str = "LIST_EL") -> Flag:
    """The one open flag of this code."""
    return application.flags.exclude(state=Flag.State.DISPOSED).get(code=code, gone_at=None)


def settle(
    flag: Flag, *, by: User, second: User, disposition: str = "false_positive", reason_code: str = "DIFFERENT_NAME"
) -> None:
    """Decide a flag, with the second person where it takes two."""
    decision = decide_flag(actor=by, flag_id=flag.pk, disposition=disposition, reason_code=reason_code, reason=REASON)
    if decision.decided_at is None:
        countersign_flag(actor=second, flag_id=flag.pk, agree=True, note="Compared the same papers.")


def days_ago(count: int) -> dt.date:
    """A day in the past."""
    return timezone.now().date() - dt.timedelta(days=count)


def load_sample_lists() -> None:
    """The starter list of the repository, active and marked as a sample."""
    call_command(
        *("import_list", "CSL", str(settings.BASE_DIR / "screening/lists/data/starter.csv"), "--sample", "--activate"),
        *("--reason", "the starter list for a test"),
        stdout=io.StringIO(),
    )


def run_pending_checks() -> int:
    """Do every waiting check in this process; returns how many."""
    waiting = list(CheckReport.objects.filter(state=CheckReport.State.PENDING).values_list("pk", flat=True))
    for pk in waiting:
        run_check(report_id=pk)
    return len(waiting)
