"""Duties before filing or shipping, brought in line with each check; papers and people meet them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import Condition, Document, LicenseApplication
from licenses.rules.tables.loader import load
from licenses.rules.types import Duty
from licenses.services.application.acts import record_on

LICENSE_CONDITION = "LICENSE_CONDITION"
"""Beginning of the codes of duties that a license itself names (government_outcomes.py); no check takes them away."""


def papers() -> dict[str, frozenset[str]]:
    """Conditions that a paper meets, with the kinds that serve (licenses/rules/data/support_documents.csv)."""
    rows = load().in_force(timezone.now().date()).forms.support
    return {row.condition: frozenset(kind.lower() for kind in row.kinds) for row in rows}


def only_by_paper(code: str) -> bool:
    """Whether a person's word does not meet the duty: papers before shipping, and those that block filing. The others
    ("if this is major equipment …") may turn out not to apply."""
    rows = load().in_force(timezone.now().date()).forms.support
    return any(row.condition == code and (row.before == "export" or row.blocking) for row in rows)


def sync_conditions(application: LicenseApplication, duties: Iterable[Duty], now: dt.datetime) -> None:
    """Bring the condition rows in line with what a check found: new ones open, known ones keep what met them, others gone."""
    known = {row.code: row for row in application.conditions.all()}
    codes = set()
    for duty in duties:
        codes.add(duty.code)
        row = known.get(duty.code) or Condition(application=application, code=duty.code)
        row.why, row.citation, row.before, row.gone_at = duty.why, duty.citation, duty.before, None
        if row.met_at is None and (paper := paper_for(application, duty.code)) is not None:
            row.met_at, row.met_by, row.document = now, paper.uploaded_by, paper
        row.save()
    gone = application.conditions.filter(gone_at=None).exclude(code__in=codes).exclude(code__startswith=LICENSE_CONDITION)
    gone.update(gone_at=now)


def paper_for(application: LicenseApplication, code: str) -> Document | None:
    """The attached paper that meets a condition, if there is one."""
    return application.documents.filter(kind__in=papers().get(code, ()), withdrawn_at=None).first()


def meet_by_paper(application: LicenseApplication, document: Document) -> list[str]:
    """Meet the open conditions that a new paper answers; returns their codes. Joins the caller's transaction."""
    codes = [code for code, kinds in papers().items() if document.kind in kinds]
    rows = application.conditions.filter(code__in=codes, met_at=None, gone_at=None)
    met = list(rows.values_list("code", flat=True))
    rows.update(met_at=timezone.now(), met_by=document.uploaded_by, document=document)
    return met


def unmeet_by_paper(document: Document) -> None:
    """Conditions a withdrawn paper met are open again. Joins the caller's transaction."""
    Condition.objects.filter(document=document).update(met_at=None, met_by=None, document=None)


@transaction.atomic
def meet_condition(*, actor: User, condition_id: int, note: str) -> Condition:
    """Confirm by hand that a duty is done. Raises Refused: "not_allowed"; "invalid" where a paper must be attached instead;
    "taken" when somebody did."""
    condition = Condition.objects.select_related("application__organization").get(pk=condition_id)
    application = condition.application
    if not policy.can_mark_ready(actor, application.organization_id):
        raise Refused("not_allowed", "People of the application's organization confirm its duties.")
    if only_by_paper(condition.code):
        raise Refused("invalid", "This duty is met by attaching the paper itself.")
    if Condition.objects.filter(pk=condition_id, met_at=None).update(met_at=timezone.now(), met_by=actor) != 1:
        raise Refused("taken", "This duty was confirmed already.")
    record_on(
        application,
        actor=actor,
        action="condition.met",
        body={"code": condition.code, "note": note.strip()[:500]},
    )
    condition.refresh_from_db()
    return condition
