"""List versions: which answer, now and on a day, and which wait for work."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from exportcheck.leases import free
from screening.lists.registry import CONTROL_LISTS
from screening.models import ControlList, ListVersion, RescreenPart

State = ListVersion.State
EVER_ANSWERED = (State.ACTIVE, State.RETIRED, State.HISTORY)
"""States whose content can answer `--as-of` and a replay; never STAGED or REFUSED."""
ON_THE_LINE = (State.ACTIVE, State.RETIRED)
"""States of versions that were activated; intervals run over these."""
REPLACED_SAMPLE = Q(state=State.RETIRED, sample=True)
"""A starter list that real lists replaced whole: it answers replays of its reports, and no day."""
_FACTS = (
    "pk",
    "number",
    "state",
    "base_id",
    "sample",
    "source",
    "sha256",
    "content_digest",
    "published_on",
    "confirmed_on",
    "current_on",
    "entries",
    "activated_at",
    "rescreened_at",
    "rescreen_since",
    "control_list__code",
    "control_list__name",
    "control_list__required",
    "control_list__organization_id",
    "control_list__custom",
    "control_list__effect",
)


def active_versions() -> QuerySet[ListVersion]:
    """The versions that answer now, by list code; the long columns (rejects, warnings) are left for later."""
    return (
        ListVersion.objects.filter(state=State.ACTIVE).select_related("control_list").only(*_FACTS).order_by("control_list__code")
    )


def versions_on(as_of: dt.date) -> list[ListVersion]:
    """For each list the version in force on a day: newest publication date up to it among those that ever answered; of two
    with one date the later number. A starter list answers only while nothing real has replaced it.

    `published_on` of each is the date that put it in force (files of several dates may have said the same).
    """
    found: dict[str, ListVersion] = {}
    candidates = ListVersion.objects.filter(state__in=EVER_ANSWERED).exclude(REPLACED_SAMPLE).select_related("control_list")
    for version in candidates.only(*_FACTS, "seen_on").order_by("control_list__code", "number"):
        dates = [version.published_on, *map(dt.date.fromisoformat, version.seen_on)]
        latest = max((day for day in dates if day is not None and day <= as_of), default=None)
        if latest is None:
            continue
        version.published_on = latest
        best = found.get(version.control_list.code)
        if best is None or best.published_on is None or latest >= best.published_on:
            found[version.control_list.code] = version
    return list(found.values())


def versions_numbered(numbers: dict[str, int]) -> list[ListVersion]:
    """The versions a report names (list code -> number), as far as they ever answered."""
    wanted = Q(pk__in=())
    for code, number in numbers.items():
        wanted |= Q(control_list__code=code, number=number)
    found = ListVersion.objects.filter(wanted, state__in=EVER_ANSWERED).select_related("control_list").only(*_FACTS)
    return list(found.order_by("control_list__code"))


def lists_for(organization_id: int | None) -> QuerySet[ControlList]:
    """Lists that an organization is screened against: everybody's and its own; None: everybody's alone."""
    own = Q() if organization_id is None else Q(organization=organization_id)
    everybodys = Q(organization__isnull=True)
    return ControlList.objects.filter(everybodys | own if own else everybodys)


def required_lists_published_by(as_of: dt.date, organization_id: int | None) -> QuerySet[ControlList]:
    """Required lists of an organization that were ever activated and existed on a day."""
    return lists_for(organization_id).filter(
        Q(exists_from__isnull=True) | Q(exists_from__lte=as_of),
        required=True,
        pk__in=ListVersion.objects.filter(state__in=ON_THE_LINE).exclude(REPLACED_SAMPLE).values("control_list"),
    )


def versions_of(code: str) -> QuerySet[ListVersion]:
    """Every version of a list, newest first, with its people."""
    rows = ListVersion.objects.filter(control_list__code=code)
    return rows.select_related("control_list", "base", "staged_by", "activated_by").defer("rejects").order_by("-number")


def free_parts() -> QuerySet[RescreenPart]:
    """Parts of active versions that still wait, with nobody at them."""
    active = ListVersion.objects.filter(state=State.ACTIVE)
    return RescreenPart.objects.filter(free(), version__in=active, done_at__isnull=True).order_by("version", "remainder")


def rescreen_due() -> QuerySet[ListVersion]:
    """Active versions of which a part waits."""
    return ListVersion.objects.filter(pk__in=free_parts().order_by().values("version"))


def lists_being_rescreened() -> QuerySet[ListVersion]:
    """Active versions that not every live party has been screened against."""
    return ListVersion.objects.filter(state=State.ACTIVE, rescreened_at__isnull=True)


def preview_due() -> QuerySet[ListVersion]:
    """Staged versions without an impact preview, with nobody at it."""
    return ListVersion.objects.filter(free(), state=State.STAGED, previewed_at__isnull=True).order_by("staged_at")


def known_lists(rows: QuerySet[ControlList] | None = None) -> list[tuple[str, str]]:
    """Code and name of every built-in list and of those in `rows` (None: of every list there is), for a choice."""
    known = {code: source.name for code, source in CONTROL_LISTS.items()}
    known.update((ControlList.objects.all() if rows is None else rows).values_list("code", "name"))
    return sorted(known.items())


def private_lists() -> frozenset[str]:
    """Codes of lists whose reasons are the desk's alone: those this installation made itself."""
    return frozenset(ControlList.objects.filter(custom=True).values_list("code", flat=True))
