"""Earlier content brought back as a new version, and staged versions set aside. History is never edited."""

from __future__ import annotations

from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from screening.lists.types import ParsedList
from screening.models import ListVersion
from screening.services.versions import version_entries
from screening.services.versions.control_lists import MIN_REASON, active_of
from screening.services.versions.import_report import Arrival
from screening.services.versions.write_versions import write_staged

State = ListVersion.State


def roll_back(*, actor: User | None, list_code: str, to_number: int, reason: str, actor_label: str = "") -> ListVersion:
    """Stage the content of an earlier version once more, to be activated by another list admin as any version is.

    Raises Refused: "not_allowed", "invalid" (no reason; no such earlier version, or it never answered), "stale".
    """
    _check_may_stage(actor, reason)
    active = active_of(list_code)
    target = ListVersion.objects.filter(
        control_list__code=list_code, number=to_number, state__in=(State.RETIRED, State.HISTORY)
    ).select_related("control_list")
    earlier = target.first()
    if active is None or earlier is None:
        raise Refused("invalid", f"{list_code} has no earlier version {to_number} that could be brought back.")
    base = None if active.sample else active
    entries = tuple(version_entries.entries_of(earlier))
    arrival = Arrival(
        actor=actor,
        label=actor_label,
        source=earlier.source,
        files=(),
        sample=earlier.sample,
        reason=reason.strip(),
        format=earlier.file_format,
    )
    rows = version_entries.rows_of(base)
    staged = write_staged(
        arrival,
        earlier.control_list,
        ParsedList(
            list_code,
            earlier.control_list.name,
            entries,
            earlier.published_on,
            earlier.published_from,
            current_on=earlier.current_on,
        ),
        version_entries.hashes_of(entries),
        active=active,
        base=base,
        rows=rows,
        entries={uid: row.entry for uid, row in rows.items()},
        origin=earlier,
    )
    if staged is None or staged.version is None:
        raise Refused("stale", f"{list_code} changed meanwhile; try again.")
    return ListVersion.objects.select_related("control_list").get(control_list__code=list_code, number=staged.version)


@transaction.atomic
def set_aside(*, actor: User | None, version_id: int, reason: str, actor_label: str = "") -> ListVersion:
    """A staged version will not be activated; it is kept with the reason.

    Raises Refused: "not_allowed", "invalid" (no reason), "state" (no longer staged).
    """
    _check_may_stage(actor, reason)
    changed = ListVersion.objects.filter(pk=version_id, state=State.STAGED).update(
        state=State.REFUSED, guard="set_aside", detail=reason.strip()
    )
    if changed != 1:
        raise Refused("state", "Only a staged version can be set aside.")
    version = ListVersion.objects.select_related("control_list").get(pk=version_id)
    record(
        actor=actor,
        actor_label=actor_label,
        action="list.set_aside",
        subject=f"list:{version.control_list.code}",
        body={"list": version.control_list.code, "version": version.number, "reason": reason.strip()},
    )
    return version


def _check_may_stage(actor: User | None, reason: str) -> None:
    if actor is not None and not policy.can_import_lists(actor):
        raise Refused("not_allowed", "Only list admins do this.")
    if len(reason.strip()) < MIN_REASON:
        raise Refused("invalid", "Say in a few words why.")
