"""The address book: frequent parties of an organization, saved from an application with one click, screened again when asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import Organization, User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import ApplicationParty, Contact
from licenses.services.application.revisions import party_object
from licenses.services.application.validation import clean_party
from licenses.services.evaluation.name_screen import screen_name
from licenses.words import list_name

MAX_NOTE = 500
SCREENED_KEYS = ("name", "other_names", "kind", "address", "addresses", "country", "identifiers", "birth_date", "citizenships")
"""What of a Party a name screening reads; owners and role are the application's business."""


@transaction.atomic
def save_contact(
    *, actor: User, contact_id: int | None, data: Mapping[str, Any], address: Mapping[str, Any], note: str = ""
) -> Contact:
    """Add (`contact_id` None) or replace a party of the address book; `data` is a Party of docs/contract.md with the role it
    usually has. A changed party has not been screened. Raises Refused: "not_allowed", "invalid"."""
    organization = own_organization(actor)
    values = clean_party(data)
    if len(note) > MAX_NOTE:
        raise Refused("invalid", f"The note has {len(note):,} characters; {MAX_NOTE} at most.")
    facts = {"name": values["name"], "country": values["country"], **values["facts"]}
    contact = _contact(organization, contact_id) if contact_id else Contact(organization=organization)
    return _write(contact, actor, facts, values["role"], address, note.strip())


@transaction.atomic
def keep_party(*, actor: User, application_id: int, key: str) -> Contact:
    """Save a party of one of the organization's applications, with what the last check found about it; a party of the same name
    and country is brought up to date. Raises Refused: "not_allowed", "invalid" for a key that is not there."""
    organization = own_organization(actor)
    row = (
        ApplicationParty.objects.filter(application_id=application_id, application__organization=organization, key=key)
        .select_related("application")
        .first()
    )
    if row is None:
        raise Refused("invalid", f"There is no party {key[:20]} on this application.")
    body = party_object(row)
    facts = {name: value for name, value in body.items() if name not in ("id", "role")}
    parts = {
        name: value for name, value in (row.application.form.get("parties") or {}).get(key, {}).items() if name != "confirmed"
    }
    known = Contact.objects.filter(organization=organization, label=str(row), country=row.country, removed_at=None).first()
    contact = _write(known or Contact(organization=organization), actor, facts, row.role, parts, known.note if known else "")
    report = queries.last_done_report(row.application)
    if report is not None and report.result is not None and report.finished_at is not None:
        frozen = next((one for one in report.revision.content["parties"] if one.get("id") == key), None)
        answer = next((one for one in report.result.get("parties", ()) if one["id"] == key), None)
        if answer is not None and frozen == body:
            _screened(contact, answer, at=report.finished_at)
    return contact


@transaction.atomic
def screen_contact(*, actor: User, contact_id: int) -> Contact:
    """Screen a party of the address book against the lists of this moment. Raises Refused: "not_allowed", "invalid"."""
    contact = _contact(own_organization(actor), contact_id)
    answer = screen_name(actor=actor, data={key: contact.facts[key] for key in SCREENED_KEYS if key in contact.facts})
    _screened(contact, answer, at=timezone.now())
    return contact


@transaction.atomic
def remove_contact(*, actor: User, contact_id: int) -> Contact:
    """Take a party out of the address book; applications keep theirs. Raises Refused: "not_allowed", "invalid"."""
    contact = _contact(own_organization(actor), contact_id)
    contact.removed_at = timezone.now()
    contact.save(update_fields=("removed_at",))
    _record(contact, actor, "contact.removed", {})
    return contact


def own_organization(actor: User) -> Organization:
    """The organization whose address book and catalog the actor keeps. Raises Refused("not_allowed")."""
    organization = actor.organization
    if organization is None or not policy.can_create_draft(actor):
        raise Refused("not_allowed", "Only people of an exporting organization keep an address book and a catalog.")
    return organization


def _contact(organization: Organization, contact_id: int) -> Contact:
    contact = Contact.objects.select_related("organization").filter(pk=contact_id, organization=organization, removed_at=None)
    row = contact.first()
    if row is None:
        raise Refused("invalid", "This party is no longer in your address book.")
    return row


def _write(contact: Contact, actor: User, facts: Mapping[str, Any], role: str, address: Mapping[str, Any], note: str) -> Contact:
    addresses = facts.get("addresses") or [facts.get("address", "")]
    label = str(facts.get("name") or addresses[0])[:600]
    if not label:
        raise Refused("invalid", "Give a name or an address: with neither the party cannot be screened.")
    country = str(facts.get("country") or "")
    others = Contact.objects.filter(organization=contact.organization, label=label, country=country, removed_at=None)
    if others.exclude(pk=contact.pk).exists():
        raise Refused("invalid", f"{label[:80]} is in your address book already; change that entry.")
    if {**contact.facts, "role": contact.role} != {**facts, "role": role} if contact.pk else True:
        contact.screened_at, contact.verdict, contact.found = None, "", ""
    before = dict(contact.facts) if contact.pk else {}
    contact.label, contact.country, contact.role, contact.note = label, country, role, note
    contact.facts, contact.address, contact.saved_by = dict(facts), dict(address), actor
    contact.save()
    _record(contact, actor, "contact.saved", {"before": before, "after": contact.facts})
    return contact


def _screened(contact: Contact, answer: Mapping[str, Any], *, at: Any) -> None:  # at: aware datetime
    best = next(iter(answer.get("hits") or ()), None)
    contact.screened_at, contact.verdict = at, str(answer["verdict"])
    contact.found = f"{list_name(best['list'])}: {best['listed_name']}"[:300] if best else ""
    contact.save(update_fields=("screened_at", "verdict", "found"))


def _record(contact: Contact, actor: User, action: str, body: dict[str, object]) -> None:
    subject = f"contact:{contact.pk}"
    record(actor=actor, action=action, subject=subject, organization=contact.organization, body={"label": contact.label, **body})
