"""What another threshold would mean: on decisions made, which confirmed matches it would have lost; on a sample of parties kept,
which hits it would add to the daily work. It changes nothing; a threshold changes by a release of the engine."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.errors import Refused
from screening.matching.read_party import party_from_dict
from screening.models import Match, Resolution, ScreenedParty
from screening.services.parties.snapshot import current as current_snapshot
from screening.services.screening.screen import POSSIBLE_FROM, STRONG_FROM, screen_party

MIN_THRESHOLD = 50.0
"""Lower scores say nothing: general words alone reach them."""
MAX_PARTIES, PARTIES = 300, 100
"""Parties of a sample at most, and where nobody says how many: each is screened anew, which takes some hundredths of a second."""
DAYS = 30
"""Days over which the daily number of new parties is counted."""
MAX_SHOWN = 50
CONFIRMED = (Resolution.Disposition.TRUE_MATCH, Resolution.Disposition.NOT_IN_SCOPE)
"""Decisions that say: it is the listed party."""
FREED = (Resolution.Disposition.FALSE_POSITIVE,)
"""Decisions that say: it is somebody else. Whether a mitigated concern is about the listed party stays open."""
STANDARD_ERRORS = 1.96
"""Standard errors of an interval that holds in 95 of 100 samples."""


@dataclass(frozen=True, slots=True)
class Added:
    """A hit that a lower threshold would show, with the party it is about."""

    party: str
    list: str
    listed_name: str
    score: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """`threshold` against `present`. Of `decided` decided matches, `confirmed` are the listed party and `freed` are not; `lost`
    of the confirmed and `spared` of the freed lie under the threshold. `added` in `sampled` of `population` parties;
    `per_day` hits a day with its interval (None without a sample)."""

    threshold: float
    present: float
    confirmed: int
    freed: int
    lost: tuple[Match, ...]
    lost_count: int
    spared: int
    population: int
    sampled: int
    added: tuple[Added, ...]
    added_count: int
    parties_per_day: float
    per_day: tuple[float, float, float] | None

    @property
    def lowers(self) -> bool:
        """Whether the threshold is lower than the present one."""
        return self.threshold < self.present


def simulate(
    *, actor: User, threshold: float, organization_id: int | None = None, parties: int = PARTIES, now: dt.datetime | None = None
) -> Simulation:
    """Try a threshold on the history of one organization, or of all.

    threshold: least score of a possible hit, 50 up to where strong hits begin. parties: size of the sample, 300 at most.
    Raises Refused: "not_allowed" (senior reviewers), "invalid".
    """
    if not (policy.is_reviewer(actor) and policy.has_role(actor, RoleName.SENIOR_REVIEWER)):
        raise Refused("not_allowed", "Senior reviewers try thresholds.")
    if not (math.isfinite(threshold) and MIN_THRESHOLD <= threshold <= STRONG_FROM):
        raise Refused("invalid", f"Give a threshold from {MIN_THRESHOLD:g} to {STRONG_FROM:g}, where strong hits begin.")
    if not 1 <= parties <= MAX_PARTIES:
        raise Refused("invalid", f"Give a sample of 1 to {MAX_PARTIES} parties.")
    moment = now or timezone.now()
    confirmed = decided_matches(organization_id, CONFIRMED)
    freed = decided_matches(organization_id, FREED)
    lost = confirmed.filter(score__lt=threshold).select_related("party", "control_list", "entry").order_by("score", "pk")
    people = distinct_parties(organization_id)
    sample = spread(people, parties) if threshold < POSSIBLE_FROM else []
    added = added_hits(sample, threshold)
    daily = new_parties_per_day(organization_id, moment)
    return Simulation(
        threshold=threshold,
        present=POSSIBLE_FROM,
        confirmed=confirmed.count(),
        freed=freed.count(),
        lost=tuple(lost[:MAX_SHOWN]),
        lost_count=lost.count(),
        spared=freed.filter(score__lt=threshold).count(),
        population=len(people),
        sampled=len(sample),
        added=tuple(added[:MAX_SHOWN]),
        added_count=len(added),
        parties_per_day=daily,
        per_day=interval(len(added), len(sample), daily) if sample else None,
    )


def decided_matches(organization_id: int | None, dispositions: tuple[str, ...]) -> QuerySet[Match]:
    """Matches whose last final decision is one of the dispositions, annotated with it (`said`)."""
    last = Resolution.objects.filter(match=OuterRef("pk"), decided_at__isnull=False, sent_back=False)
    last = last.filter(disposition__in=(*CONFIRMED, *FREED)).order_by("-pk")
    rows = Match.objects.annotate(said=Subquery(last.values("disposition")[:1])).filter(said__in=dispositions)
    return rows if organization_id is None else rows.filter(party__organization=organization_id)


def distinct_parties(organization_id: int | None) -> list[int]:
    """One row for every party ever screened (by fingerprint), the newest of each, oldest first."""
    rows = ScreenedParty.objects.all() if organization_id is None else ScreenedParty.objects.filter(organization=organization_id)
    newest = dict(rows.order_by("pk").values_list("fingerprint", "pk"))
    return sorted(newest.values())


def spread(ids: Sequence[int], count: int) -> list[int]:
    """`count` of the ids at even distances: no chance, so that the same question has the same answer."""
    if len(ids) <= count:
        return list(ids)
    return [ids[(2 * number + 1) * len(ids) // (2 * count)] for number in range(count)]


def added_hits(ids: Sequence[int], threshold: float) -> list[Added]:
    """Hits between the threshold and the present one, of each party of the sample, best first."""
    if not ids:
        return []
    rows = list(ScreenedParty.objects.filter(pk__in=ids).order_by("pk"))
    snapshots = {pk: current_snapshot(pk) for pk in {row.organization_id for row in rows}}
    added = []
    for row in rows:
        for hit in screen_party(party_from_dict(row.facts), snapshots[row.organization_id], least=threshold).hits:
            if threshold <= hit.score < POSSIBLE_FROM:
                added.append(Added(str(row.facts.get("name", "")), hit.entry.list, hit.entry.name, round(hit.score, 1)))
    return sorted(added, key=lambda hit_added: (-hit_added.score, hit_added.party, hit_added.list, hit_added.listed_name))


def new_parties_per_day(organization_id: int | None, now: dt.datetime) -> float:
    """New parties a day over the last DAYS days."""
    rows = ScreenedParty.objects.filter(created_at__gte=now - dt.timedelta(days=DAYS))
    if organization_id is not None:
        rows = rows.filter(organization=organization_id)
    return rows.count() / DAYS


def interval(added: int, sampled: int, daily: float) -> tuple[float, float, float]:
    """Hits a day: least, most likely, most, in 95 of 100 samples of this size. With none found, up to 3 in the sample could have
    been expected (rule of three); hits of one party come together, so that the true interval is rather wider."""
    most = added + STANDARD_ERRORS * math.sqrt(added) if added else 3.0
    least = max(0.0, added - STANDARD_ERRORS * math.sqrt(added))
    return tuple(round(count / sampled * daily, 2) for count in (least, added, most))  # type: ignore[return-value]  # three of three
