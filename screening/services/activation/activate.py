"""A staged version becomes the one that answers. The index of the new set is built and its canaries matched first; then one
transaction flips it. The version before stays readable for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from screening import queries
from screening.lists.guard import canary_refusal
from screening.lists.registry import BUNDLES, canaries_of
from screening.lists.types import Refusal
from screening.matching import engine
from screening.matching.policy import DEFAULT
from screening.matching.types import Party
from screening.models import ControlList, ListChange, ListEntry, ListVersion, Match
from screening.services.parties import snapshot
from screening.services.screening.rescreen import queue_rescreen
from screening.services.versions import version_entries
from screening.services.versions.control_lists import MIN_REASON, active_of, lock_list
from screening.services.versions.version_changes import write_entries

State = ListVersion.State


def activate_version(*, actor: User | None, version_id: int, reason: str, actor_label: str = "") -> ListVersion:
    """Make a staged version the active one of its list. actor None: the operator on the host, who counts as both people.

    Raises Refused: "not_allowed" (not a list admin, or the one who staged it), "invalid" (no reason), "state" (not staged),
    "stale" (the active version is no longer the one it was compared with).
    """
    activated, refused = activate_versions(actor=actor, version_ids=(version_id,), reason=reason, actor_label=actor_label)
    for refusal in refused.values():
        raise Refused("state", f"{refusal.detail}. The version was set aside; nothing changed.")
    return activated[0]


def activate_versions(
    *, actor: User | None, version_ids: Sequence[int], reason: str, actor_label: str = ""
) -> tuple[list[ListVersion], dict[int, Refusal]]:
    """Activate several versions (the lists of one file) at once: one index, one switch. Returns the versions and, by id,
    those whose canaries were not matched by the new index; these are refused and the others go on."""
    if len(reason.strip()) < MIN_REASON:
        raise Refused("invalid", "Say in a few words why it is activated.")
    refused: dict[int, Refusal] = {}
    waiting = _staged(version_ids)
    for version in waiting:
        _check_allowed(actor, version)
        check_base(version)
    while waiting:
        failed = _failed_canaries(waiting)
        if not failed:
            break
        refused |= failed
        _refuse(failed, actor, actor_label)
        waiting = [version for version in waiting if version.pk not in failed]
    if not waiting:
        return [], refused
    return _flip_all(actor, actor_label, [version.pk for version in waiting], reason.strip()), refused


def _staged(version_ids: Sequence[int]) -> list[ListVersion]:
    rows = ListVersion.objects.filter(pk__in=version_ids).select_related("control_list", "base", "staged_by")
    found = list(rows.order_by("control_list__code"))
    if len(found) != len(set(version_ids)):
        raise Refused("invalid", "There is no such version.")
    return found


def _check_allowed(actor: User | None, version: ListVersion) -> None:
    if actor is not None and not policy.can_activate(actor, version.staged_by_id):
        raise Refused("not_allowed", "A version is activated by a list admin who did not stage it.")


def check_base(version: ListVersion) -> ListVersion | None:
    """The version's list as it answers now; raises Refused when the version can no longer take its place."""
    if version.state != State.STAGED:
        raise Refused("state", f"{version} is {version.get_state_display()}, not staged.")
    active = active_of(version.control_list.code)
    base_id = None if active is None or active.sample else active.pk
    if version.base_id != base_id or (active is not None and version.number < active.number):
        raise Refused("stale", f"{version} was compared with another version than the active one; stage the file again.")
    return active


def _failed_canaries(waiting: Sequence[ListVersion]) -> dict[int, Refusal]:
    """Build the index of the new set and ask it for every canary that the active versions hold."""
    codes = {version.control_list.code for version in waiting}
    others = [version for version in queries.active_versions() if version.control_list.code not in codes]
    built = snapshot.prepare([*others, *waiting])
    failed = {}
    for version in waiting:
        if version.base is None:
            continue  # a first version: nothing to check (docs/lists.md, guards)
        code = version.control_list.code
        expected = canaries_of(code, version_entries.entries_of(version.base))
        matched = frozenset(name for name in expected if _is_matched(built, code, name))
        refusal = canary_refusal(code, expected, matched)
        if refusal is not None:
            failed[version.pk] = refusal
    return failed


def _is_matched(built: snapshot.Snapshot, code: str, name: str) -> bool:
    found = engine.screen(built.index, Party(name=name), DEFAULT, lists=frozenset((code,)))
    return any(canaries_of(code, (hit.entry,)) for hit in found.hits)


@transaction.atomic
def _refuse(failed: Mapping[int, Refusal], actor: User | None, label: str) -> None:
    for pk, refusal in failed.items():
        version = ListVersion.objects.select_related("control_list").get(pk=pk)
        version.state, version.guard, version.detail = State.REFUSED, refusal.guard, f"after indexing: {refusal.detail}"
        version.save(update_fields=("state", "guard", "detail"))
        _event(actor, label, "list.refused", version, {"guard": refusal.guard, "detail": version.detail})


@transaction.atomic
def _flip_all(actor: User | None, label: str, version_ids: Sequence[int], reason: str) -> list[ListVersion]:
    flipped = []
    for version in _staged(version_ids):
        lock_list(version.control_list)
        version.refresh_from_db(fields=("state",))
        active = check_base(version)
        _flip(version, active)
        version.activated_by, version.activated_label, version.reason = actor, label, reason
        _start_rescreen(version, active)
        version.save()
        ControlList.objects.filter(pk=version.control_list_id).update(checked_at=version.staged_at)
        _event(
            actor,
            label,
            "list.activated",
            version,
            {"reason": reason, "replaces": active and active.number, "overridden": version.overridden_guard},
        )
        flipped.append(version)
    for version in flipped:
        _retire_leftover_samples(version, actor, label)
    return flipped


def _flip(version: ListVersion, active: ListVersion | None) -> None:
    now = timezone.now()
    if active is not None:
        ListVersion.objects.filter(pk=active.pk).update(state=State.RETIRED, retired_at=now)
    current = ListEntry.objects.filter(control_list_id=version.control_list_id, retired_in__isnull=True)
    changes = ListChange.objects.filter(version=version).order_by()
    if version.base_id is not None:
        current = current.filter(pk__in=changes.filter(before__isnull=False).values("before_id"))
    current.update(retired_in=version)
    write_entries(version_entries.arriving_in(version), version)
    version.state, version.activated_at = State.ACTIVE, now


def _start_rescreen(version: ListVersion, active: ListVersion | None) -> None:
    """The parties wait for this version; what an unfinished rescreening before it left undone is done with it."""
    if active is not None:
        version.rescreen_since = active.number if active.rescreened_at else active.rescreen_since
    queue_rescreen(version)


def _retire_leftover_samples(version: ListVersion, actor: User | None, label: str) -> None:
    """A real file replaces the sample file whole: sample lists of the same bundle that the real file lacks stop answering."""
    if version.sample or version.source not in BUNDLES:
        return
    in_file = ListVersion.objects.filter(sha256=version.sha256).values("control_list")
    leftovers = ListVersion.objects.filter(state=State.ACTIVE, sample=True, source=version.source).exclude(
        control_list__in=in_file
    )
    now = timezone.now()
    for leftover in leftovers.select_related("control_list"):
        ListVersion.objects.filter(pk=leftover.pk).update(state=State.RETIRED, retired_at=now)
        gone = Match.objects.filter(control_list_id=leftover.control_list_id, gone_at__isnull=True)
        gone.update(gone_at=now, touched_at=now)
        _event(actor, label, "list.sample_retired", leftover, {"because": str(version)})


def _event(actor: User | None, label: str, action: str, version: ListVersion, body: Mapping[str, Any]) -> None:
    record(
        actor=actor,
        actor_label=label,
        action=action,
        subject=f"list:{version.control_list.code}",
        body={"list": version.control_list.code, "version": version.number, "entries": version.entries, **body},
    )
