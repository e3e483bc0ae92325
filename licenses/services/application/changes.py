"""What somebody else changed in a draft meanwhile, in words, from the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from exportcheck.audit.models import AuditEvent

MAX_EVENTS, MAX_FIELDS, MAX_CHARS = 20, 6, 60
"""Edits read, fields named and characters of a value shown; the rest is counted."""
REMEDY = "Yours was not saved yet. What you typed still stands: compare it with this, then send it again."
_DONE = {
    "party.added": "added the party",
    "party.saved": "changed the party",
    "party.removed": "removed the party",
    "item.added": "added the item",
    "item.saved": "changed the item",
    "item.removed": "removed the item",
}


def stale_words(reference: str, subject: str, *, since: int) -> str:
    """Who changed what after the edit count `since`, and what to do now. `subject`: name of the draft in the audit log."""
    events = AuditEvent.objects.filter(subject=subject).order_by("-at", "-seq")[:MAX_EVENTS]
    later = [event for event in events if since < edit_count(event) and (event.body or {}).get("changes")]
    if since < 0 or not later:
        return f"{reference} was changed meanwhile, perhaps by yourself in another window. {REMEDY}"
    sentences = " ".join(f"{event.actor_label} {event_words(event)} at {event.at:%H:%M} UTC." for event in reversed(later))
    return f"{sentences} {REMEDY}"


def edit_count(event: AuditEvent) -> int:
    """The edit count of the draft after an event; -1 where it tells none."""
    count = (event.body or {}).get("lock")
    return count if isinstance(count, int) else -1


def event_words(event: AuditEvent) -> str:
    """What one event did: the page or the row, and its fields before and after."""
    body: Mapping[str, Any] = event.body or {}
    changes: Mapping[str, Any] = body["changes"]
    if event.action.endswith(".removed"):
        name = next((pair[0] for pair in changes.values()), "")
        return f"{_DONE[event.action]} {short(name) or body.get('party') or body.get('item') or ''}".strip()
    what = _DONE.get(event.action)
    named = (changes.get("name") or changes.get("description") or ["", ""])[1]
    row = short(named) or body.get("party") or body.get("item")
    where = f"{what} {row}" if what else f"changed the page {page_name(body.get('page'))}"
    fields = list(field_words(changes))
    more = f" and {len(fields) - MAX_FIELDS} more" if len(fields) > MAX_FIELDS else ""
    return f"{where} ({'; '.join(fields[:MAX_FIELDS])}{more})"


def field_words(changes: Mapping[str, Any]) -> Iterator[str]:
    """Each changed field as "name: before → after"; maps are told key by key."""
    for name, (before, after) in changes.items():
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            for key in differing(before, after):
                yield one_field(key, before.get(key), after.get(key))
        else:
            yield one_field(name, before, after)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
    """Keys whose value is another one now."""
    return (key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key))


def one_field(name: str, before: object, after: object) -> str:
    """One field; what has no short form is only named."""
    label = name.replace("_", " ")
    if any(isinstance(value, list | Mapping) for value in (before, after)):
        return label
    return f"{label}: {short(before) or 'blank'} → {short(after) or 'blank'}"


def short(value: object) -> str:
    """A value in a few words."""
    if value is None or value == "":
        return ""
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS]}…"


def page_name(page: object) -> str:
    """Name of a page of the draft as its tab shows it."""
    return f"“{str(page).replace('_', ' ').capitalize()}”" if page else "of the draft"
