"""The catalog: items an organization exports again and again, with who classified them and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts.models import Organization, User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from licenses.models import CatalogItem, LineItem
from licenses.services.application.acts import audit_value
from licenses.services.application.validation import clean_item
from licenses.services.library.address_book import own_organization

COLUMNS = ("eccn", "description", "hs6", "unit", "unit_price_usd", "origin", "form")
"""What the catalog keeps of an item; quantity, total and answers are the application's."""
TEXTS = {"part_number": 100, "classified_by": 200, "classification_basis": 300}


@transaction.atomic
def save_catalog_item(
    *, actor: User, item_id: int | None, data: Mapping[str, Any], classified_on: dt.date | None = None, **texts: str
) -> CatalogItem:
    """Add (`item_id` None) or replace an item of the catalog. `data` is an Item of docs/contract.md; `texts` are part_number,
    classified_by and classification_basis. Raises Refused: "not_allowed", "invalid"."""
    organization = own_organization(actor)
    values = clean_item(data)
    item = _item(organization, item_id) if item_id else CatalogItem(organization=organization)
    if classified_on is not None and classified_on > timezone.now().date():
        raise Refused("invalid", "The date of the classification is not in the future.")
    for name, most in TEXTS.items():
        text = texts.get(name, "").strip()
        if len(text) > most:
            raise Refused("invalid", f"{name.replace('_', ' ')} has {len(text):,} characters; {most} at most.")
        setattr(item, name, text)
    item.classified_on = classified_on
    return _write(item, actor, {name: values[name] for name in COLUMNS})


@transaction.atomic
def keep_item(*, actor: User, application_id: int, key: str) -> CatalogItem:
    """Save an item of one of the organization's applications. Who classified it is not known from an application: it is asked on
    the item's page. An item with the same ECCN and description is brought up to date. Raises Refused as `keep_party`."""
    organization = own_organization(actor)
    row = LineItem.objects.filter(application_id=application_id, application__organization=organization, key=key).first()
    if row is None:
        raise Refused("invalid", f"There is no item {key[:20]} on this application.")
    known = CatalogItem.objects.filter(
        organization=organization, eccn=row.eccn, description=row.description, removed_at=None
    ).first()
    item = known or CatalogItem(organization=organization, part_number=str(row.form.get("model_number", ""))[:100])
    return _write(item, actor, {name: getattr(row, name) for name in COLUMNS})


@transaction.atomic
def remove_catalog_item(*, actor: User, item_id: int) -> CatalogItem:
    """Take an item out of the catalog; applications keep theirs. Raises Refused: "not_allowed", "invalid"."""
    item = _item(own_organization(actor), item_id)
    item.removed_at = timezone.now()
    item.save(update_fields=("removed_at",))
    _record(item, actor, "catalog.removed", {})
    return item


def _item(organization: Organization, item_id: int) -> CatalogItem:
    rows = CatalogItem.objects.select_related("organization").filter(pk=item_id, organization=organization, removed_at=None)
    item = rows.first()
    if item is None:
        raise Refused("invalid", "This item is no longer in your catalog.")
    return item


def _write(item: CatalogItem, actor: User, values: Mapping[str, Any]) -> CatalogItem:
    if not values["description"] and not item.part_number:
        raise Refused("invalid", "Give a description or a part number.")
    before = {name: audit_value(getattr(item, name)) for name in COLUMNS} if item.pk else {}
    for name, value in values.items():
        setattr(item, name, value)
    item.saved_by = actor
    item.save()
    after = {name: audit_value(getattr(item, name)) for name in (*COLUMNS, "classified_by")}
    _record(item, actor, "catalog.saved", {"before": before, "after": after})
    return item


def _record(item: CatalogItem, actor: User, action: str, body: dict[str, object]) -> None:
    subject = f"catalog:{item.pk}"
    record(actor=actor, action=action, subject=subject, organization=item.organization, body={"item": str(item), **body})
