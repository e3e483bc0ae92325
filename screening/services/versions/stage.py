"""A file becomes staged versions: read, guarded, compared with what is active; nothing answers by it yet.

File guards refuse the whole file, list guards one list; what was refused is kept with its reason (docs/lists.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import Organization, User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from screening.lists import guard
from screening.lists.read_files import read
from screening.lists.registry import BUNDLES
from screening.lists.types import (
    OVERRIDABLE_GUARDS,
    BaseFacts,
    FileRefused,
    Parsed,
    ParsedList,
    RawFile,
    Refusal,
)
from screening.matching.types import ListedParty
from screening.models import ControlList, ListVersion, RefusedFile
from screening.services.versions import raw_files, version_entries
from screening.services.versions.control_lists import MIN_REASON, active_of, check_code, ensure_list, own_list
from screening.services.versions.import_report import Arrival, Staged
from screening.services.versions.publication_dates import current_on, dated, is_before, not_before
from screening.services.versions.write_versions import confirm, write_history, write_refused, write_staged

SAMPLE_GUARD = "sample"
"""Refuses the starter list where a real version was active; never overridden."""
UID_CHARS = 120
"""Longest number of an entry (the column); the longest of a publisher has 40 characters."""
ATTEMPTS = 3
"""A list whose active version changed while the new one was compared is compared again so often."""


@dataclass(frozen=True, slots=True)
class StageReport:
    """What an import did, one line a list (a file that was refused whole: one line without a list)."""

    lists: tuple[Staged, ...]

    @property
    def refused(self) -> bool:
        """Whether any list, or the file, was refused."""
        return any(row.state == "refused" for row in self.lists)


def stage_list_version(
    *,
    actor: User | None,
    actor_label: str = "",
    code: str,
    files: Sequence[RawFile],
    format: str | None = None,
    sample: bool = False,
    override: Collection[str] = (),
    published_on: dt.date | None = None,
    reason: str = "",
    history: bool = True,
    only: frozenset[str] | None = None,
    source: str = "",
    organization: Organization | None = None,
    looked_on: dt.date | None = None,
) -> StageReport:
    """Read a file (or a set of files) and stage a version of each list in it; each list is one transaction and one event.

    actor: a list admin, None for the operator or the scheduled fetch (then `actor_label` says which). code: a list's code or
    a bundle's. override: count_band, date_regression. published_on: the publisher's date where the file has none.
    history: a file dated before the active version becomes HISTORY (False when it is about to be activated). only: the
    lists to stage, the others of the file are passed over. organization: whose own list this is, said with its first file.
    looked_on: the day the files were taken from the publisher's own address.
    Raises Refused("not_allowed", "invalid").
    """
    if actor is not None and not policy.can_import_lists(actor):
        raise Refused("not_allowed", "Only list admins import lists.")
    check_code(code)
    unknown = sorted(set(override) - OVERRIDABLE_GUARDS)
    if unknown:
        raise Refused("invalid", f"{unknown[0]} cannot be overridden; only {' and '.join(sorted(OVERRIDABLE_GUARDS))} can.")
    if organization is not None:
        own_list(code, organization)
    arrival = Arrival(
        actor=actor, label=actor_label, source=source or code, files=tuple(files), sample=sample, reason=reason.strip(), format=""
    )
    try:
        parsed = read(files, code=code, format=format)
    except FileRefused as refused:
        return StageReport((_keep_refused(arrival, refused),))
    except ValueError as error:
        raise Refused("invalid", str(error)) from error
    return _stage_all(
        arrival, parsed, override=frozenset(override), published_on=published_on, history=history, only=only, looked_on=looked_on
    )


def keep_refused_file(
    *, actor: User | None, actor_label: str, code: str, files: Sequence[RawFile], refused: FileRefused
) -> StageReport:
    """Keep a file that was refused before it could be read (too large to unpack)."""
    check_code(code)
    arrival = Arrival(actor=actor, label=actor_label, source=code, files=tuple(files), sample=False, reason="", format="")
    return StageReport((_keep_refused(arrival, refused),))


@transaction.atomic
def _keep_refused(arrival: Arrival, refused: FileRefused) -> Staged:
    row = RefusedFile.objects.create(
        source=arrival.source,
        file_name=arrival.file_name,
        sha256=arrival.sha256,
        raw_file=raw_files.store(arrival.files),
        guard=refused.guard,
        detail=refused.detail,
        staged_by=arrival.actor,
        staged_label=arrival.label,
    )
    record(
        actor=arrival.actor,
        actor_label=arrival.label,
        action="list.file_refused",
        subject=f"list:{arrival.source}",
        body={"file": row.file_name, "sha256": row.sha256, "guard": row.guard, "detail": row.detail},
    )
    return Staged(list=None, state="refused", guard=refused.guard, detail=refused.detail)


def _stage_all(
    arrival: Arrival,
    parsed: Parsed,
    *,
    override: frozenset[str],
    published_on: dt.date | None,
    history: bool,
    only: frozenset[str] | None,
    looked_on: dt.date | None,
) -> StageReport:
    arrival = replace(arrival, format=parsed.format)
    wanted = [parsed_list for parsed_list in parsed.lists if only is None or parsed_list.code in only]
    active = {
        version.control_list.code: version for version in map(active_of, (parsed_list.code for parsed_list in wanted)) if version
    }
    older = {
        parsed_list.code
        for parsed_list in wanted
        if history
        and published_on is not None
        and parsed_list.code in active
        and is_before(published_on, active[parsed_list.code])
    }
    done = []
    for parsed_list in wanted:
        with_date, notes = dated(parsed_list, parsed, published_on)
        with_date = replace(with_date, current_on=current_on(with_date, parsed, looked_on))
        # A file that is old beside the lists it shares with us is old for the lists we never had, too.
        as_history = parsed_list.code in older or (bool(older) and parsed_list.code not in active)
        done.append(_stage_one(arrival, replace(with_date, warnings=(*notes, *with_date.warnings)), override, as_history))
    if only is None and not older:
        done += _missing(arrival, {parsed_list.code for parsed_list in wanted}, override)
    return StageReport(tuple(sorted(done, key=lambda row: row.list or "")))


def _stage_one(arrival: Arrival, parsed: ParsedList, override: frozenset[str], as_history: bool) -> Staged:
    hashes = version_entries.hashes_of(parsed.entries)
    control_list = ensure_list(parsed.code, parsed.name)
    for _ in range(ATTEMPTS):
        active = active_of(parsed.code)
        if active and active.sample == arrival.sample and active.content_digest == version_entries.digest_of(hashes):
            return confirm(arrival, active, parsed)
        if arrival.sample and _was_real(control_list):
            return write_refused(arrival, control_list, parsed, Refusal(SAMPLE_GUARD, _SAMPLE_DETAIL.format(parsed.code)))
        unfit = unstorable(parsed)
        if unfit is not None:
            return write_refused(arrival, control_list, parsed, unfit)
        if as_history:
            return write_history(arrival, control_list, parsed, hashes)
        base = None if active is None or active.sample else active
        parsed = not_before(parsed, base)
        rows = version_entries.rows_of(base)
        entries = {uid: row.entry for uid, row in rows.items()}
        facts = facts_of(base, tuple(entries.values()))
        overridden, refusal = check_guards(parsed, facts, override)
        if refusal is not None:
            return write_refused(arrival, control_list, parsed, refusal)
        staged = write_staged(
            arrival, control_list, parsed, hashes, active=active, base=base, rows=rows, entries=entries, overridden=overridden
        )
        if staged is not None:
            return staged
    raise Refused("stale", f"{parsed.code} changed while the file was compared with it; import the file again.")


_SAMPLE_DETAIL = "a real version of {} was active before: the sample list would replace it. Import the publisher's file instead"


def unstorable(parsed: ParsedList) -> Refusal | None:
    """Refusal of a list with an entry that a database cannot keep: a number too long, a NUL character."""
    for entry in parsed.entries:
        texts = (entry.uid, entry.name, entry.remarks, *entry.addresses, *(alias.name for alias in entry.aliases))
        if len(entry.uid) > UID_CHARS or any("\x00" in text for text in texts):
            why = f"has a number of more than {UID_CHARS} characters, or a NUL character"
            return Refusal("rejects", f"the entry {entry.name[:80]!r} {why}")
    return None


def _was_real(control_list: ControlList) -> bool:
    return ListVersion.objects.filter(control_list=control_list, sample=False, activated_at__isnull=False).exists()


def facts_of(base: ListVersion | None, entries: Sequence[ListedParty]) -> BaseFacts | None:
    """What the guards know of the version to compare with."""
    if base is None:
        return None
    return guard.base_facts(base.control_list.code, entries, base.published_on, end_mark=base.end_mark)


def check_guards(parsed: ParsedList, facts: BaseFacts | None, override: frozenset[str]) -> tuple[str, Refusal | None]:
    """Guards that were overridden because they did speak (joined by a comma), and the refusal that stays, if any."""
    overridden: list[str] = []
    while True:
        refusal = guard.check(parsed, facts, overrides=overridden)
        if refusal is None or refusal.guard not in override or refusal.guard in overridden:
            return ",".join(overridden), refusal
        overridden.append(refusal.guard)


def _missing(arrival: Arrival, present: set[str], override: frozenset[str]) -> list[Staged]:
    """Lists that this bundle brought before and does not bring now are refused, and stay as they are."""
    if arrival.source not in BUNDLES or "count_band" in override or arrival.sample:
        return []
    expected = ListVersion.objects.filter(state=ListVersion.State.ACTIVE, sample=False, source=arrival.source)
    codes = expected.values_list("control_list__code", flat=True)
    refused = []
    for code, refusal in guard.missing_lists(present, codes).items():
        control_list = ControlList.objects.get(code=code)
        refused.append(write_refused(arrival, control_list, ParsedList(code, control_list.name, ()), refusal))
    return refused


def override_refusal(*, actor: User | None, version_id: int, reason: str, actor_label: str = "") -> Staged:
    """Stage a list that the count or date guard refused, from the file that was kept; another list admin activates it.

    Raises Refused: "not_allowed", "invalid" (no reason, the guard cannot be overridden), "state" (not refused).
    """
    version = ListVersion.objects.select_related("control_list").get(pk=version_id)
    if version.state != ListVersion.State.REFUSED:
        raise Refused("state", f"{version} was not refused.")
    if version.guard not in OVERRIDABLE_GUARDS or not version.entries:
        raise Refused("invalid", "Only a refusal of the count or the date of a list with entries can be overridden.")
    if len(reason.strip()) < MIN_REASON:
        raise Refused("invalid", "Say in a few words why the file is right.")
    report = stage_list_version(
        actor=actor,
        actor_label=actor_label,
        code=version.source,
        files=raw_files.fetch(version.raw_file.name or ""),
        format=version.file_format,
        sample=version.sample,
        override=(version.guard,),
        published_on=version.published_on,
        reason=reason,
        history=False,
        only=frozenset((version.control_list.code,)),
    )
    return report.lists[0]
