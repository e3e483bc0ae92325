"""How long the records of an application are kept, and legal holds that keep them longer (15 CFR 762.6,
docs/design/intake.md#6)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import Organization, User
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from licenses.models import LegalHold, LicenseApplication
from licenses.services.application.acts import subject_of
from licenses.services.application.dispositions import MIN_REASON_CHARS
from licenses.services.application.revisions import party_object
from licenses.services.retention.held_parties import applications_naming, names_party
from screening.models import Match
from screening.services.versions.control_lists import OFAC_LISTS

EAR_YEARS = 5
"""762.6(a), from the latest of export, known reexport, transfer, diversion or other termination."""
OFAC_YEARS = 10
"""31 CFR 501.601 since 2025-03-12 (secondary source): where a party answered to an OFAC list."""

PARTY = "party:"
"""Begins the subject of a hold on a party; its name follows."""


def retain_until(application: LicenseApplication) -> dt.date | None:
    """The day the records must be kept to, None while the application is not closed: the longest of the rules that apply,
    counted from the latest event."""
    if application.state != LicenseApplication.State.CLOSED:
        return None
    last = latest_event(application)
    years = OFAC_YEARS if touches_ofac(application) else EAR_YEARS
    counted = same_day(last, last.year + years)
    return max(counted, application.retain_until) if application.retain_until else counted


def latest_event(application: LicenseApplication) -> dt.date:
    """Day of the last thing that happened under the application: closing, filing, a shipment."""
    done = AuditEvent.objects.filter(subject=subject_of(application)).exclude(action__startswith="evidence.")
    days = [
        moment.date()
        for moment in (done.exclude(action__startswith="hold.").aggregate(last=Max("at"))["last"], application.created_at)
        if moment is not None
    ]
    shipped = application.shipments.aggregate(last=Max("ship_on"))["last"]
    return max([*days, *(day for day in (shipped, application.filed_on) if day is not None)])


def touches_ofac(application: LicenseApplication) -> bool:
    """Whether a party of the application ever answered to a list of OFAC."""
    return Match.objects.filter(
        party__organization=application.organization_id,
        party__case=subject_of(application),
        control_list__code__in=OFAC_LISTS,
    ).exists()


def same_day(day: dt.date, year: int) -> dt.date:
    """The same day of another year; 29 February becomes 1 March, never a day less."""
    return dt.date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def standing_holds(application: LicenseApplication) -> list[LegalHold]:
    """Holds that keep the records of an application: its own, those on its organization, and those on a party it names."""
    rows = LegalHold.objects.filter(organization=application.organization_id, released_at=None)
    subjects = (subject_of(application), organization_subject(application.organization_id))
    return [
        hold
        for hold in rows.select_related("set_by", "release_asked_by")
        if hold.subject in subjects or (hold.party is not None and names_party(application, hold.party))
    ]


def sync_legal_hold(application: LicenseApplication) -> None:
    """Let the mark of an application follow the holds that stand, after its parties were screened."""
    held = bool(standing_holds(application))
    if held != application.legal_hold:
        LicenseApplication.objects.filter(pk=application.pk).update(legal_hold=held)
        application.legal_hold = held


def organization_subject(organization_id: int) -> str:
    """Subject of a hold on every application of an organization."""
    return f"organization:{organization_id}"


@transaction.atomic
def set_hold(
    *,
    actor: User,
    reason: str,
    authority: str,
    application_id: int | None = None,
    party_key: str = "",
    organization_id: int | None = None,
) -> LegalHold:
    """Keep the records of an application, of every application of an organization, or of those that name a party, until the
    hold is released.

    party_key: a party of the application ("P2"); then every application of the organization that names it is kept, also a later
    one. authority: who asked for the records and in which paper. Raises Refused: "not_allowed" (senior reviewers and auditors
    set holds), "invalid".
    """
    if not policy.can_set_hold(actor):
        raise Refused("not_allowed", "Senior reviewers and auditors set legal holds.")
    if (application_id is None) == (organization_id is None):
        raise Refused("invalid", "Name the application or the organization whose records are held.")
    why, paper = _reason(reason), _authority(authority)
    application = LicenseApplication.objects.filter(pk=application_id).first() if application_id is not None else None
    party = None
    if application is not None:
        organization, subject = application.organization, subject_of(application)
        if party_key:
            named = application.parties.filter(key=party_key).first()
            if named is None:
                raise Refused("invalid", f"{application.reference} has no party {party_key[:20]!r}; load the page again.")
            subject, party = f"{PARTY}{named}"[:120], party_object(named)
    elif organization_id is not None:
        organization, subject = Organization.objects.get(pk=organization_id), organization_subject(organization_id)
    else:
        raise Refused("invalid", "That application is not there any more.")
    hold = LegalHold.objects.create(
        organization=organization,
        application=application,
        subject=subject,
        party=party,
        reason=why,
        authority=paper,
        set_by=actor,
    )
    _sync(organization)
    _record(hold, actor, "hold.set", {"reason": why, "authority": paper})
    return hold


@transaction.atomic
def ask_release(*, actor: User, hold_id: int, reason: str) -> LegalHold:
    """Ask that a hold end; nothing ends yet. Raises Refused: "not_allowed", "invalid", "taken" when it is released or asked for
    already."""
    if not policy.can_set_hold(actor):
        raise Refused("not_allowed", "Senior reviewers and auditors ask for the release of a hold.")
    why = _reason(reason)
    columns = {"release_asked_by": actor, "release_asked_at": timezone.now(), "release_reason": why}
    if LegalHold.objects.filter(pk=hold_id, released_at=None, release_asked_by=None).update(**columns) != 1:
        raise Refused("taken", "This hold is released, or its release was asked for already.")
    hold = LegalHold.objects.get(pk=hold_id)
    _record(hold, actor, "hold.release_asked", {"reason": why})
    return hold


@transaction.atomic
def release_hold(*, actor: User, hold_id: int, authority: str) -> LegalHold:
    """The second person ends a hold on written authority. Raises Refused: "not_allowed" (a System admin other than who asked),
    "state" when nobody asked, "invalid", "taken"."""
    hold = LegalHold.objects.select_related("organization").get(pk=hold_id)
    if hold.release_asked_by_id is None:
        raise Refused("state", "Nobody asked for the release of this hold.")
    if not policy.can_release_hold(actor, hold.release_asked_by_id):
        raise Refused("not_allowed", "A System admin with written authority releases a hold, not the one who asked for it.")
    paper = _authority(authority)
    columns = {"released_by": actor, "released_at": timezone.now(), "release_authority": paper}
    if LegalHold.objects.filter(pk=hold_id, released_at=None).update(**columns) != 1:
        raise Refused("taken", "This hold was released already.")
    hold.refresh_from_db()
    _sync(hold.organization)
    _record(hold, actor, "hold.released", {"authority": paper, "asked_by": str(hold.release_asked_by)})
    return hold


def _sync(organization: Organization) -> None:
    """The mark on the applications of an organization follows its holds."""
    standing = LegalHold.objects.filter(organization=organization, released_at=None)
    rows = LicenseApplication.objects.filter(organization=organization)
    held: set[str] = set()
    for hold in standing.select_related("application"):
        if hold.subject == organization_subject(organization.pk):
            rows.update(legal_hold=True)
            return
        if hold.party is not None:
            held |= applications_naming(organization, hold.party)
        elif hold.application is not None:
            held.add(hold.application.reference)
    named = Q(reference__in=held)
    rows.filter(named).update(legal_hold=True)
    rows.exclude(named).update(legal_hold=False)


def _reason(text: str) -> str:
    if len(text.strip()) < MIN_REASON_CHARS:
        raise Refused("invalid", f"Give the reason in at least {MIN_REASON_CHARS} characters.")
    return text.strip()


def _authority(text: str) -> str:
    if not 5 <= len(text.strip()) <= 200:
        raise Refused("invalid", "Name the written authority: who wrote it, its number or date (5 to 200 characters).")
    return text.strip()


def _record(hold: LegalHold, actor: User, action: str, body: dict[str, object]) -> None:
    record(actor=actor, action=action, subject=hold.subject, organization=hold.organization, body={"hold": hold.pk, **body})
