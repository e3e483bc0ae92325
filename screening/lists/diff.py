"""What changed between two versions of a list, entry by entry and field by field.

Order of rows, order inside a multi-valued field, quoting, spaces and letter case are no change; neither is the address
of the publisher's page (publishers move their pages; every clearance would be re-opened for nothing).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from screening.lists.fields.identity import party_key
from screening.matching.folding import one_line
from screening.matching.types import ListedParty, Quality

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field: the printed values that went and those that came (a single text is one value)."""

    field: str
    removed: Values
    added: Values


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that changed; `uid` is the new one (`before.uid` differs for a moved entry), `fields` their names."""

    uid: str
    before: ListedParty
    after: ListedParty
    fields: tuple[str, ...]

    def details(self) -> tuple[FieldChange, ...]:
        """Field by field, what went and what came, in the publisher's words."""
        return tuple(_detail(field, FIELDS[field](self.before), FIELDS[field](self.after)) for field in self.fields)


@dataclass(frozen=True, slots=True)
class Diff:
    """Difference of two versions. `moved`: same folded name and citation volume under a new uid, in neither of
    `added` and `removed`; shown as changed."""

    added: tuple[ListedParty, ...]
    removed: tuple[ListedParty, ...]
    changed: tuple[Change, ...]
    moved: tuple[Change, ...]

    @property
    def empty(self) -> bool:
        """True when the two versions say the same."""
        return not (self.added or self.removed or self.changed or self.moved)


def _aliases(entry: ListedParty) -> Values:
    return tuple(
        alias.name if alias.quality is Quality.UNKNOWN and alias.kind == "aka" else f"{alias.name} [{alias.quality} {alias.kind}]"
        for alias in entry.aliases
    )


def _identifiers(entry: ListedParty) -> Values:
    return tuple(f"{item.type} {item.value} {item.country}".rstrip() for item in entry.identifiers)


def _one(*texts: str) -> Values:
    return tuple(text for text in texts if text)


FIELDS: Mapping[str, Callable[[ListedParty], Values]] = {
    "name": lambda entry: _one(entry.name),
    "kind": lambda entry: (str(entry.schema),),
    "alias": _aliases,
    "address": lambda entry: entry.addresses,
    "country": lambda entry: entry.countries,
    "identifier": _identifiers,
    "birth_date": lambda entry: entry.birth_dates,
    "citizenship": lambda entry: entry.citizenships,
    "program": lambda entry: entry.programs,
    "requirement": lambda entry: _one(entry.license_requirement, entry.requirement_code),
    "policy": lambda entry: _one(entry.license_policy, entry.policy_code),
    "citation": lambda entry: _one(entry.federal_register),
    "footnote": lambda entry: entry.footnotes,
    "effective_on": lambda entry: _one(entry.effective_on.isoformat() if entry.effective_on else ""),
    "expires_on": lambda entry: _one(entry.expires_on.isoformat() if entry.expires_on else ""),
    "remarks": lambda entry: _one(entry.remarks),
    "text": lambda entry: tuple(f"{column}: {text}" for column, text in sorted(entry.raw.items())),
}
"""Field name shown -> its printed values. "text" is publisher text kept beside what was made of it."""


def _plain(text: str) -> str:
    """Case and spaces do not count, nor a trailing full stop or the spacing around one ("EAR.  (See" = "EAR. (See")."""
    return one_line(text).rstrip(" .")


def _bare(field: str, values: Values) -> tuple[str, ...]:
    """Comparable form of a field's values: order does not count. Raw text is compared piece by piece."""
    if field == "text":
        values = tuple(piece for value in values for piece in value.split("; "))
    return tuple(sorted(set(map(_plain, values))))


def content_hash(entry: ListedParty) -> str:
    """SHA-256 (hex) of what an entry says, without its uid and list: equal content, equal hash (lists.md 8).

    Its kind is left out: for most lists it is our reading of the name, and decisions bound to the hash must outlive a
    better reading.
    """
    digest = hashlib.sha256()
    for field, values_of in FIELDS.items():
        values = () if field == "kind" else values_of(entry)
        if values:
            digest.update("\x1f".join((field, *_bare(field, values), "\x1e")).encode())
    return digest.hexdigest()


def changed_fields(before: ListedParty, after: ListedParty) -> tuple[str, ...]:
    """Names of the fields that differ, in the order of FIELDS."""
    if before == after:
        return ()
    found = []
    for field, values_of in FIELDS.items():
        old, new = values_of(before), values_of(after)
        if old != new and _bare(field, old) != _bare(field, new):
            found.append(field)
    return tuple(found)


def diff(before: Mapping[str, ListedParty], after: Sequence[ListedParty]) -> Diff:
    """Compare the active entries by uid with the entries of a new version."""
    new = {entry.uid: entry for entry in after}
    removed = [entry for uid, entry in before.items() if uid not in new]
    added = [entry for uid, entry in new.items() if uid not in before]
    changed = []
    for uid, entry in new.items():
        old = before.get(uid)
        if old is not None:
            fields = changed_fields(old, entry)
            if fields:
                changed.append(Change(uid, old, entry, fields))
    moved = _moves(removed, added)
    gone, come = {change.before.uid for change in moved}, {change.uid for change in moved}
    return Diff(
        added=tuple(entry for entry in added if entry.uid not in come),
        removed=tuple(entry for entry in removed if entry.uid not in gone),
        changed=tuple(changed),
        moved=tuple(moved),
    )


def _moves(removed: Iterable[ListedParty], added: Iterable[ListedParty]) -> list[Change]:
    """Pairs of a removed and an added entry with one folded name and volume; two candidates on a side are no pair."""
    old, new = _by_name_and_volume(removed), _by_name_and_volume(added)
    moves = []
    for key, entries in old.items():
        others = new.get(key, [])
        # An OFAC number is an identity by itself: the same name under another number is another designation.
        numbered = len(others) == 1 and entries[0].uid.isdigit() and others[0].uid.isdigit()
        if len(entries) == len(others) == 1 and not numbered:
            moves.append(Change(others[0].uid, entries[0], others[0], changed_fields(entries[0], others[0])))
    return moves


def _by_name_and_volume(entries: Iterable[ListedParty]) -> dict[tuple[str, str], list[ListedParty]]:
    groups: dict[tuple[str, str], list[ListedParty]] = defaultdict(list)
    for entry in entries:
        groups[party_key(entry.name, entry.federal_register)].append(entry)
    return groups


def _detail(field: str, before: Values, after: Values) -> FieldChange:
    old, new = {_plain(value) for value in before}, {_plain(value) for value in after}
    return FieldChange(
        field,
        removed=tuple(value for value in before if _plain(value) not in new),
        added=tuple(value for value in after if _plain(value) not in old),
    )
