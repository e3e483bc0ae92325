"""What activating a staged version would change: for each live party the matches gained, lost or moved to another band.

The same machinery as rescreening, writing ImpactPreview rows instead of matches; leased and resumed the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from exportcheck.audit.services import record
from exportcheck.errors import Refused
from exportcheck.leases import Lease, lease
from screening import queries
from screening.matching.index import index as matching
from screening.matching.types import Hit, Screening
from screening.models import ImpactPreview, ListChange, ListEntry, ListVersion, Match, ScreenedParty
from screening.services.activation.activate import check_base
from screening.services.screening.batches import go_through
from screening.services.screening.list_delta import screen_parties
from screening.services.versions import version_entries

BATCH = 2_000
State = ListVersion.State


@dataclass(frozen=True, slots=True)
class Proposed:
    """Changes of a staged version: the index of what arrives, and of each row that would go its new uid ("" = removed)."""

    index: matching.Index
    going: Mapping[int, str]


def compute_preview(*, version_id: int) -> None:
    """Compare a staged version with what every live party matches now; does nothing when done, being done or too late."""
    held = lease(queries.preview_due().filter(pk=version_id), related=("control_list", "base"))
    if held is None:
        return
    try:
        check_base(held.row)
    except Refused:
        # It can no longer be activated, so there is no impact to foresee; the page says it is stale.
        held.release(previewed_at=timezone.now())
        return
    go_through(held, PreviewWork(held))


class PreviewWork:
    """Every live party that is screened against the list, from the cursor of the staged version on."""

    def __init__(self, held: Lease[ListVersion]) -> None:
        self.held, self.version, self.cursor = held, held.row, held.row.preview_cursor
        self.proposed = proposed_by(held.row)

    def next_batch(self) -> list[ScreenedParty]:
        """Parties beyond the cursor."""
        rows = queries.parties_under(self.version.control_list).filter(pk__gt=self.cursor)
        return list(rows.order_by("pk")[:BATCH])

    def screen(self, parties: list[ScreenedParty]) -> list[Screening]:
        """Against what would arrive."""
        return screen_parties(parties, self.proposed.index)

    def save(self, parties: list[ScreenedParty], answers: list[Screening]) -> None:
        """Impacts of a batch and the moved cursor, together."""
        done = queries.parties_under(self.version.control_list).filter(pk__lte=parties[-1].pk).count()
        waits = Q(state=State.STAGED, previewed_at__isnull=True, preview_cursor=self.cursor)
        self.held.renew(waits, preview_cursor=parties[-1].pk, preview_done=done)
        _save_batch(self.version, parties, answers, self.proposed)
        self.cursor = parties[-1].pk

    def finish(self) -> bool:
        """Everybody was looked at."""
        total = queries.parties_under(self.version.control_list).count()
        waits = Q(state=State.STAGED, previewed_at__isnull=True)
        self.held.release(waits, previewed_at=timezone.now(), preview_done=total, preview_total=total)
        touched = ImpactPreview.objects.filter(version=self.version).count()
        code, number = self.version.control_list.code, self.version.number
        body = {"list": code, "version": number, "parties": total, "touched": touched}
        record(actor=None, actor_label="impact preview", action="list.previewed", subject=f"list:{code}", body=body)
        return True


def proposed_by(version: ListVersion) -> Proposed:
    """What a staged version would bring and end. Where it replaces a sample whole, every row would go."""
    changes = ListChange.objects.filter(version=version).order_by("uid")
    index = matching.build(entry for _, _, _, entry in version_entries.arriving_in(version))
    going = {
        before: "" if kind == ListChange.Kind.REMOVED else uid
        for before, kind, uid in changes.filter(before__isnull=False).values_list("before_id", "kind", "uid")
    }
    if version.base_id is None:
        rows = ListEntry.objects.filter(control_list_id=version.control_list_id, retired_in__isnull=True)
        going |= dict(rows.values_list("pk", "uid"))
    return Proposed(index, going)


def _save_batch(
    version: ListVersion, parties: Sequence[ScreenedParty], screenings: Sequence[Screening], proposed: Proposed
) -> None:
    standing = _standing(parties, version, proposed)
    impacts = []
    for party, screening in zip(parties, screenings, strict=True):
        impact = impact_on(standing.get(party.pk, {}), screening)
        if any(impact.values()):
            impacts.append(ImpactPreview(version=version, party=party, **impact))
    ImpactPreview.objects.bulk_create(impacts)


def _standing(parties: Sequence[ScreenedParty], version: ListVersion, proposed: Proposed) -> dict[int, dict[str, Match]]:
    """Matches of these parties on rows that would go, by party and by the uid the row would have."""
    found: dict[int, dict[str, Match]] = defaultdict(dict)
    matches = Match.objects.filter(
        party__in=[party.pk for party in parties], control_list_id=version.control_list_id, gone_at__isnull=True
    ).select_related("entry")
    for match in matches.defer("entry__record", "entry__search_text"):
        if match.entry_id in proposed.going:
            found[match.party_id][proposed.going[match.entry_id] or match.entry.uid] = match
    return found


def impact_on(standing: Mapping[str, Match], screening: Screening) -> dict[str, list[dict[str, Any]]]:
    """Gained, lost and band_changed of one party: its matches on going rows beside its hits on arriving entries."""
    hits = {hit.entry.uid: hit for hit in screening.hits}
    return {
        "gained": [_of_hit(hit) for uid, hit in hits.items() if uid not in standing],
        "lost": [_of_match(match) for uid, match in standing.items() if uid not in hits],
        "band_changed": [
            {**_of_hit(hits[uid]), "was": match.band, "state": match.state}
            for uid, match in standing.items()
            if uid in hits and str(hits[uid].band) != match.band
        ],
    }


def _of_hit(hit: Hit) -> dict[str, Any]:
    return {
        "list": hit.entry.list,
        "entry": hit.entry.uid,
        "listed_name": hit.entry.name,
        "matched_name": hit.matched_name,
        "score": round(hit.score, 1),
        "band": str(hit.band),
    }


def _of_match(match: Match) -> dict[str, Any]:
    kept = ("list", "entry", "listed_name", "matched_name")
    facts = {key: match.hit.get(key, "") for key in kept}
    return {**facts, "score": match.score, "band": match.band, "state": match.state}
