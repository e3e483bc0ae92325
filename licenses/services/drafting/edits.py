"""Edits of a draft, one page, party or item at a time. Each takes the edit count the writer saw (`lock`): two people never
overwrite each other. Values are checked as the check itself will read them, so that what is stored can be checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F, Max
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import ApplicationParty, LicenseApplication, LineItem
from licenses.services.application.acts import record_on, subject_of, write
from licenses.services.application.changes import stale_words
from licenses.services.application.validation import clean_item, clean_page, clean_party
from licenses.services.application.workflow import EDITABLE

RowT = TypeVar("RowT", ApplicationParty, LineItem)
MAX_ROWS = 400
PAGES = frozenset(("about", "parties", "items", "end_use", "documents", "review"))


def open_for_edit(*, actor: User, application_id: int, lock: int) -> LicenseApplication:
    """The application, claimed for one edit: the edit count moves on, or Refused tells why not ("not_allowed", "state", or
    "stale" with who changed what and when). Runs in the caller's transaction."""
    application = LicenseApplication.objects.select_related("organization").get(pk=application_id)
    if not policy.can_edit_draft(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's own organization change it.")
    unchanged = LicenseApplication.objects.filter(pk=application_id, lock=lock, state__in=EDITABLE)
    if unchanged.update(lock=F("lock") + 1, changed_at=timezone.now()) != 1:
        application.refresh_from_db()
        if not application.editable:
            raise Refused("state", f"{application.reference} is {application.get_state_display()}; it cannot be changed now.")
        raise Refused("stale", stale_words(application.reference, subject_of(application), since=lock))
    application.lock = lock + 1
    return application


@transaction.atomic
def save_page(*, actor: User, application_id: int, lock: int, page: str, data: Mapping[str, Any]) -> LicenseApplication:
    """Write the fields of one page. `data` may hold type, title, transaction, destination, end_use, and the maps `answers` and
    `form`, which are merged: a value None removes the key.

    Raises Refused: "invalid" (a key or value that cannot be read), "not_allowed", "state", "stale".
    """
    if page not in PAGES:
        raise Refused("invalid", f"{page!r} is no page of the draft; pages are {', '.join(sorted(PAGES))}.")
    application = open_for_edit(actor=actor, application_id=application_id, lock=lock)
    values = clean_page(data, answers=application.answers, form=application.form)
    changes = write(application, values)
    _record_change(application, actor, "application.changed", changes, page=page)
    return application


@transaction.atomic
def save_party(*, actor: User, application_id: int, lock: int, key: str | None, data: Mapping[str, Any]) -> ApplicationParty:
    """Add (`key` None) or replace one party; `data` is a Party of docs/contract.md without id and listed.

    Raises Refused as `save_page`, "invalid" also for a key that is not there.
    """
    application = open_for_edit(actor=actor, application_id=application_id, lock=lock)
    values = clean_party(data)
    row = _row(application, ApplicationParty, key, "party", "P")
    changes = write(row, values)
    _record_change(application, actor, "party.saved" if key else "party.added", changes, party=row.key)
    return row


@transaction.atomic
def save_item(*, actor: User, application_id: int, lock: int, key: str | None, data: Mapping[str, Any]) -> LineItem:
    """Add (`key` None) or replace one line item; `data` is an Item of docs/contract.md without id, with `unit_price_usd` and
    `form` (the further fields of docs/design/intake.md step 13). Raises Refused as `save_party`."""
    application = open_for_edit(actor=actor, application_id=application_id, lock=lock)
    values = clean_item(data)
    row = _row(application, LineItem, key, "item", "I")
    changes = write(row, values)
    _record_change(application, actor, "item.saved" if key else "item.added", changes, item=row.key)
    return row


@transaction.atomic
def remove_party(*, actor: User, application_id: int, lock: int, key: str) -> None:
    """Take a party off the draft; earlier revisions keep it. Raises Refused as `save_party`."""
    application = open_for_edit(actor=actor, application_id=application_id, lock=lock)
    row = _row(application, ApplicationParty, key, "party", "P")
    row.delete()
    _record_change(application, actor, "party.removed", {"name": [row.name, ""]}, party=key)


@transaction.atomic
def remove_item(*, actor: User, application_id: int, lock: int, key: str) -> None:
    """Take an item off the draft; earlier revisions keep it. Raises Refused as `save_party`."""
    application = open_for_edit(actor=actor, application_id=application_id, lock=lock)
    row = _row(application, LineItem, key, "item", "I")
    row.delete()
    _record_change(application, actor, "item.removed", {"description": [row.description, ""]}, item=key)


@transaction.atomic
def update_application(*, actor: User, application_id: int, lock: int, data: object) -> LicenseApplication:
    """Change several parts at once: the keys of `save_page`, and `parties` and `items` as whole lists (an object with the id of a
    row replaces it, one without makes a row, rows that are not named go).

    Raises Refused as `save_page`; then nothing is changed.
    """
    if not isinstance(data, Mapping):
        raise Refused("invalid", "Send an object of what changes.")
    application = open_for_edit(actor=actor, application_id=application_id, lock=lock)
    page = {key: value for key, value in data.items() if key not in ("id", "parties", "items")}
    changes = write(application, clean_page(page, answers=application.answers, form=application.form))
    if "parties" in data:
        changes["parties"] = _replace_rows(application, ApplicationParty, data["parties"], "party", "P", clean_party)
    if "items" in data:
        changes["items"] = _replace_rows(application, LineItem, data["items"], "item", "I", clean_item)
    _record_change(application, actor, "application.changed", changes)
    return application


def _replace_rows(
    application: LicenseApplication,
    model: type[RowT],
    sent: Any,
    noun: str,
    letter: str,
    clean: Callable[[Mapping[str, Any]], dict[str, Any]],
) -> list[list[str]]:
    """Bring the rows in line with the objects sent; returns [keys before, keys after]."""
    if not isinstance(sent, list) or len(sent) > MAX_ROWS or not all(isinstance(data, Mapping) for data in sent):
        raise Refused("invalid", f"Send a list of at most {MAX_ROWS} objects, one for each {noun}.")
    rows = model._default_manager.filter(application=application)
    before = list(rows.values_list("key", flat=True))
    after: list[str] = []
    for position, data in enumerate(sent):
        key = data.get("id")
        row = _row(application, model, key if isinstance(key, str) and key in before else None, noun, letter)
        if isinstance(key, str) and key and row.pk is None:
            row.key = key[:20]
        if row.key in after:
            raise Refused("invalid", f"The id {row.key} is given twice.")
        write(row, {**clean({name: value for name, value in data.items() if name != "id"}), "position": position})
        after.append(row.key)
    rows.exclude(key__in=after).delete()
    return [before, after]


def _row(application: LicenseApplication, model: type[RowT], key: str | None, noun: str, letter: str) -> RowT:
    rows = model._default_manager.filter(application=application)
    if key is not None:
        row = rows.filter(key=key).first()
        if row is None:
            raise Refused("invalid", f"{application.reference} has no {noun} {key[:20]}; somebody may have removed it.")
        return row
    last = rows.aggregate(last=Max("position"))["last"]
    return model(application=application, key=_new_key(application, rows, letter), position=0 if last is None else last + 1)


def _new_key(application: LicenseApplication, rows: models.QuerySet[Any], letter: str) -> str:
    """A key no row has and none had in the last revision: what was decided about P2 must never meet another P2."""
    frozen = application.revisions.order_by("-number").first()
    past = [row["id"] for part in ("parties", "items") for row in (frozen.content[part] if frozen else ())]
    numbers = [int(key[1:]) for key in (*rows.values_list("key", flat=True), *past) if key[0] == letter and key[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"


def _record_change(application: LicenseApplication, actor: User, action: str, changes: Mapping[str, Any], **where: str) -> None:
    record_on(
        application,
        actor=actor,
        action=action,
        body={**where, "changes": changes, "lock": application.lock},
    )
