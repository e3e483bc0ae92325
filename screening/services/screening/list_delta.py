"""What changed in a list for the parties that were screened against it before: entries that arrived, rows that ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from screening.lists.diff import changed_fields
from screening.lists.entry_record import from_record
from screening.matching import engine
from screening.matching.index import index as matching
from screening.matching.policy import DEFAULT
from screening.matching.read_party import party_from_dict
from screening.matching.types import Screening
from screening.models import ListChange, ListEntry, ListVersion, Match, ScreenedParty
from screening.services.parties.snapshot import Snapshot, ref_of

MAX_HITLESS = 500_000
"""Digests kept by a worker: about 40 MB."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An entry row that stands no longer: its uid and content hash, the uid it goes on under ("" = removed), a sentence saying
    what changed. `reprinted`: another row of the same uid says the same words now, so that decisions still fit."""

    uid: str
    content_hash: str
    now: str
    because: str
    reprinted: bool


@dataclass(frozen=True, slots=True)
class Delta:
    """What rescreening of a version looks at: the index of added and changed entries, and by row id what became of the rows
    that stand no longer and that some party matches. `since`: the version before which nothing is looked at again.
    `hitless`: see screen_parties."""

    since: int
    snapshot: Snapshot
    ended: Mapping[int, Ended]
    hitless: set[bytes] = field(default_factory=set, repr=False)


def delta_of(version: ListVersion, *, known: Delta | None = None) -> Delta:
    """Changes of a version since the version that every party is known to have been screened against. `known`: an earlier
    answer, whose index is used again where it still fits."""
    current = ListEntry.objects.filter(control_list_id=version.control_list_id, retired_in__isnull=True)
    ended = _ended(version, current, _retired(version))
    if known is not None and known.since == version.rescreen_since and known.snapshot.numbers == {_code(version): version.number}:
        return Delta(known.since, known.snapshot, ended, known.hitless)
    arrived = current.filter(introduced_in__number__gt=version.rescreen_since).order_by("uid")
    index = matching.build(map(from_record, arrived.values_list("record", flat=True).iterator(chunk_size=1_000)))
    return Delta(version.rescreen_since, Snapshot(index, (ref_of(version),)), ended)


def _code(version: ListVersion) -> str:
    return version.control_list.code


def _retired(version: ListVersion) -> QuerySet[ListEntry]:
    """Rows that stood in the version screened before and stand no longer; rows of HISTORY versions never stood."""
    return ListEntry.objects.filter(
        control_list_id=version.control_list_id,
        retired_in__number__gt=version.rescreen_since,
        retired_in__number__lte=version.number,
    ).exclude(introduced_in=F("retired_in"))


def _ended(version: ListVersion, current: QuerySet[ListEntry], retired: QuerySet[ListEntry]) -> dict[int, Ended]:
    """Only rows that somebody has a match on: what became of them, in one sentence each."""
    code = version.control_list.code
    matched = Match.objects.filter(gone_at__isnull=True, party__live=True, control_list_id=version.control_list_id)
    old = list(retired.filter(pk__in=matched.values("entry_id")))
    moved = dict(
        ListChange.objects.filter(version__control_list_id=version.control_list_id, before__in=old)
        .exclude(kind=ListChange.Kind.REMOVED)
        .values_list("before_id", "uid")
    )
    new = {row.uid: row for row in current.filter(uid__in=[moved.get(row.pk, row.uid) for row in old])}
    said_now = set(current.filter(uid__in=[row.uid for row in old]).values_list("uid", "content_hash"))
    found = {}
    for row in old:
        now = moved.get(row.pk, row.uid)
        replaced = new.get(now)
        reprinted = (row.uid, row.content_hash) in said_now
        if replaced is None:
            because = f"{row.name} was removed from {code} by {version}."
            found[row.pk] = Ended(row.uid, row.content_hash, "", because, reprinted)
            continue
        fields = list(changed_fields(from_record(row.record), from_record(replaced.record)))
        if now != row.uid:
            fields.append(f"entry number, now {now}")
        said = f"changed the entry {row.name}: {', '.join(fields)}" if fields else f"printed the entry {row.name} anew, unchanged"
        found[row.pk] = Ended(row.uid, row.content_hash, now, f"{version} {said}.", reprinted)
    return found


def screen_parties(parties: Sequence[ScreenedParty], index: matching.Index, hitless: set[bytes] | None = None) -> list[Screening]:
    """Stored parties against an index, in order, by the engine's batch path. `hitless`: digests of facts that this index had
    no hit for, kept by the caller from batch to batch: an applicant or a forwarder stands in hundreds of applications."""
    if not len(index):
        return [Screening(()) for _ in parties]
    known = set() if hitless is None else hitless
    digests = [_digest(party.facts) for party in parties]
    asked = [number for number, digest in enumerate(digests) if digest not in known]
    found = engine.screen_many(index, [party_from_dict(parties[number].facts) for number in asked], DEFAULT)
    answers = dict(zip(asked, found, strict=True))
    if len(known) < MAX_HITLESS:
        known.update(digests[number] for number, screening in answers.items() if not screening.hits)
    return [answers.get(number) or Screening(()) for number in range(len(parties))]


def _digest(facts: Mapping[str, Any]) -> bytes:
    """Of everything about a party but its id and role, which say nothing about whom it is (types.Role)."""
    told = {key: value for key, value in facts.items() if key not in ("id", "role")}
    return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).digest()
