"""Applications as a whole: made, copied, imported, withdrawn. Edits of their parts live in draft.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import Organization, User
from exportcheck.errors import Refused
from licenses.models import ApplicationParty, LicenseApplication, LineItem, Reference
from licenses.rules.types import MOVEMENTS
from licenses.services.application.acts import cancel_unfinished_checks, record_on, subject_of
from licenses.services.application.validation import clean_item, clean_page, clean_party
from licenses.services.application.workflow import Event, make_move
from screening.services.parties.made_ids import next_free
from screening.services.parties.parties import retire_case

LINE_KEYS = frozenset(("id", "type", "transaction", "destination", "end_use", "answers", "form", "parties", "items", "title"))
MAX_PARTIES, MAX_ITEMS = 400, 400
"""Parties and items of one application; the largest real form set has about 60."""
KEPT_FORM = ("contact_name", "contact_phone", "contact_fax", "contact_email", "filer_capacity", "power_of_attorney", "cin")
"""Fields of the form that a copy takes over: who applies, not what was signed or filed."""


@transaction.atomic
def create_application(*, actor: User, type: str = "export", title: str = "") -> LicenseApplication:
    """A blank draft of the actor's organization with the next reference number.

    Raises Refused("not_allowed") for people who draft nothing, Refused("invalid") for an unknown type.
    """
    organization = _drafting_for(actor)
    application = LicenseApplication(
        reference=_next_reference(),
        organization=organization,
        created_by=actor,
        **clean_page({"type": type, "title": title}, answers={}, form={}),
    )
    application.save(force_insert=True)
    _created(application, actor, how="new")
    return application


@transaction.atomic
def copy_application(*, actor: User, application_id: int) -> LicenseApplication:
    """A new draft with the parties, items, end use and answers of another one of the same organization; outcome, papers,
    decisions and signature stay behind. Raises Refused("not_allowed")."""
    source = LicenseApplication.objects.select_related("organization").get(pk=application_id)
    if not policy.can_edit_draft(actor, source.organization_id):
        raise Refused("not_allowed", "Only people of the application's own organization copy it.")
    copy = LicenseApplication.objects.create(
        reference=_next_reference(),
        organization=source.organization,
        created_by=actor,
        title=source.title,
        type=source.type,
        transaction=source.transaction,
        destination=source.destination,
        end_use=source.end_use,
        answers={key: value for key, value in source.answers.items() if key != "attachments"},
        form={key: source.form[key] for key in KEPT_FORM if key in source.form},
    )
    for rows in (source.parties.all(), source.items.all()):
        for row in rows:
            row.pk, row.application, row._state.adding = None, copy, True
            row.save(force_insert=True)
    _created(copy, actor, how="copy", source=source.reference)
    return copy


@transaction.atomic
def import_application(*, actor: User, line: object) -> LicenseApplication:
    """A draft from one precheck object of docs/contract.md; ids are made where absent, the reference is ours.

    Raises Refused("invalid") naming the key, with nothing written, and Refused("not_allowed").
    """
    organization = _drafting_for(actor)
    if not isinstance(line, Mapping):
        raise Refused("invalid", "An application is an object of type, destination, parties, items and so on.")
    unknown = sorted(str(key) for key in line if key not in LINE_KEYS)
    if unknown:
        raise Refused("invalid", f"{unknown[0][:60]!r} is no key of an application; keys are {', '.join(sorted(LINE_KEYS))}.")
    page = {key: line[key] for key in line if key not in ("id", "parties", "items") and line[key] is not None}
    values = clean_page({"type": "export", **page}, answers={}, form={})
    if values["type"] in MOVEMENTS:
        values["transaction"] = ""
    parties, items = _rows_of(line, "parties", MAX_PARTIES), _rows_of(line, "items", MAX_ITEMS)
    application = LicenseApplication.objects.create(
        reference=_next_reference(), organization=organization, created_by=actor, **values
    )
    for position, (key, row) in enumerate(_keyed(parties, "P", "parties")):
        owned = clean_party({name: value for name, value in row.items() if name != "id"})
        ApplicationParty.objects.create(application=application, key=key, position=position, **owned)
    for position, (key, row) in enumerate(_keyed(items, "I", "items")):
        plain = {name: value for name, value in row.items() if name != "id"}
        LineItem.objects.create(application=application, key=key, position=position, **clean_item(plain))
    _created(application, actor, how="import", source=str(line.get("id") or "")[:60])
    return application


@transaction.atomic
def withdraw(*, actor: User, application_id: int, reason: str) -> LicenseApplication:
    """Take an application back; it is kept, can be copied, and is no longer screened when lists change.

    Raises Refused: "not_allowed", "invalid" without a reason, "state" (while it is being checked, or after filing: a filed
    application is withdrawn by telephone and recorded as its outcome).
    """
    application = LicenseApplication.objects.select_related("organization").get(pk=application_id)
    if not policy.can_edit_draft(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's own organization withdraw it.")
    if len(reason.strip()) < 5:
        raise Refused("invalid", "Say in a few words why it is withdrawn.")
    make_move(application, Event.WITHDRAW)
    # A check beside the review may still wait.
    cancel_unfinished_checks(application, because="The application was withdrawn.")
    retire_case(subject_of(application), organization=application.organization)
    record_on(
        application,
        actor=actor,
        action="application.withdrawn",
        body={"reason": reason.strip()},
    )
    return application


def _drafting_for(actor: User) -> Organization:
    organization = actor.organization
    if organization is None or not policy.can_create_draft(actor):
        raise Refused("not_allowed", "Only people of an exporting organization draft applications.")
    return organization


def _next_reference() -> str:
    year = timezone.now().year
    Reference.objects.get_or_create(year=year)
    Reference.objects.filter(year=year).update(last=F("last") + 1)
    return str(Reference.objects.get(year=year))


def _created(application: LicenseApplication, actor: User, *, how: str, source: str = "") -> None:
    record_on(
        application,
        actor=actor,
        action="application.created",
        body={"how": how, "source": source, "type": application.type, "title": application.title},
    )


def _rows_of(line: Mapping[str, Any], key: str, most: int) -> list[Mapping[str, Any]]:
    rows = [] if line.get(key) is None else line[key]
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise Refused("invalid", f"{key} is a list of objects.")
    if len(rows) > most:
        raise Refused("invalid", f"{key} has {len(rows)} objects; {most} at most.")
    return rows


def _keyed(rows: list[Mapping[str, Any]], letter: str, where: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Each object with its id: given, or made by position without repeating a given one (docs/contract.md)."""
    given = [row["id"] for row in rows if row.get("id")]
    if not all(isinstance(key, str) and len(key) <= 20 for key in given):
        raise Refused("invalid", f"{where}: an id is a text of at most 20 characters.")
    if len(set(given)) != len(given):
        raise Refused("invalid", f"{where}: an id is given twice.")
    taken, keyed = set(given), []
    for position, row in enumerate(rows, start=1):
        key = row.get("id") or f"{letter}{next_free(letter, position, taken)}"
        taken.add(key)
        keyed.append((key, row))
    return keyed
