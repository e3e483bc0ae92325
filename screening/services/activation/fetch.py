"""Fetching a source: ask the publisher, stage what is new, and say what happened. A failure changes no list: the last good
version goes on answering and turns stale in view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from exportcheck.leases import Lease, LeaseLost, lease
from screening.lists import fetch_sources
from screening.lists.fetch_sources import FetchSource
from screening.lists.registry import BUNDLES, HAND_CADENCE
from screening.lists.types import RawFile
from screening.models import ControlList, ListSource, ListVersion
from screening.services.activation.activate import activate_versions
from screening.services.activation.download import DownloadPolicy, FetchError, download
from screening.services.activation.editions import addresses_of
from screening.services.versions import raw_files
from screening.services.versions.control_lists import MIN_REASON, hours
from screening.services.versions.import_report import Staged
from screening.services.versions.stage import stage_list_version

log = structlog.get_logger(__name__)

LABEL = "scheduled fetch"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch did. state: "staged" (see `lists`), "not_modified", "failed" (see `detail`), "busy"."""

    source: str
    state: str
    lists: tuple[Staged, ...] = ()
    detail: str = ""

    @property
    def good(self) -> bool:
        """Whether the publisher was read and nothing was refused."""
        return self.state in ("staged", "not_modified") and not any(row.state == "refused" for row in self.lists)


def rules() -> DownloadPolicy:
    """What a download may do in this installation."""
    return DownloadPolicy(
        max_bytes=settings.LIST_FILE_MAX_BYTES, hosts=fetch_sources.HOSTS | frozenset(settings.LIST_FETCH_HOSTS)
    )


def source_of(code: str) -> FetchSource:
    """A source by its code. Raises Refused("invalid")."""
    try:
        return fetch_sources.FETCH_SOURCES[code]
    except KeyError as error:
        raise Refused("invalid", f"{code[:40]!r} is no source; known are {', '.join(fetch_sources.FETCH_SOURCES)}.") from error


def due(now: dt.datetime) -> list[str]:
    """Codes of the sources that are switched on and should be asked now."""
    on = ListSource.objects.filter(enabled=True)
    return [
        row.code
        for row in on
        if row.code in fetch_sources.FETCH_SOURCES
        and fetch_sources.is_due(fetch_sources.FETCH_SOURCES[row.code].cadence, tried_at=row.tried_at, now=now)
    ]


def fetch_source(*, code: str, label: str = LABEL) -> Fetched:
    """Ask one source now, switched on or not; one run at a time. Never raises for what a publisher does."""
    source = source_of(code)
    row, _ = ListSource.objects.get_or_create(code=code)
    held = lease(ListSource.objects.filter(pk=row.pk), tried_at=timezone.now())
    if held is None:
        return Fetched(code, "busy", detail="another run is at it")
    try:
        try:
            fetched = _fetch(source, held, label)
        except FetchError as error:
            _failed(held, str(error), label)
            fetched = Fetched(code, "failed", detail=str(error))
        held.release()
    except LeaseLost:
        return Fetched(code, "busy", detail="another run took over")
    except Exception:
        held.release()
        raise
    return fetched


def _fetch(source: FetchSource, held: Lease[ListSource], label: str) -> Fetched:
    row = held.row
    files, validators = _mirrored(source) if settings.LIST_MIRROR_DIR else _downloaded(source, held)
    digest = raw_files.sha256_of(files) if files else ""
    held.renew()
    if not files or digest == row.sha256:
        _confirmed(source, held, validators)
        return Fetched(source.code, "not_modified")
    if digest == row.refused_sha256:
        raise FetchError(f"the publisher still gives the file that was refused: {row.refused_detail or 'see its page'}")
    staged = _stage(source, files, label, looked_on=_looked_on())
    if row.auto_activate:
        staged = _activate(source, staged)
    refused = [one for one in staged if one.state == "refused"]
    if refused:
        detail = "; ".join(f"{one.list or 'the whole file'}: {one.detail}" for one in refused)
        held.renew(refused_sha256=digest, refused_detail=detail)
        _failed(held, f"refused: {detail}", label)
    else:
        held.renew(
            sha256=digest,
            refused_sha256="",
            refused_detail="",
            validators=validators,
            checked_at=timezone.now(),
            error="",
        )
    return Fetched(source.code, "staged", tuple(staged))


def _downloaded(source: FetchSource, held: Lease[ListSource]) -> tuple[list[RawFile], dict[str, list[str]]]:
    """Files of a source, none when no address has anything new; a set is complete or nothing."""
    row, given = held.row, replace(rules(), alive=held.pulse())
    got = {}
    for url in addresses_of(source, given):
        etag, modified = row.validators.get(url, ["", ""])
        got[url] = download(url, rules=given, etag=etag, last_modified=modified)
    if all(one.data is None for one in got.values()):
        return [], row.validators
    # A set of which some files are new: the others are needed as they are today.
    got = {url: download(url, rules=given) if one.data is None else one for url, one in got.items()}
    files = [RawFile(_file_name(url), one.data or b"") for url, one in got.items()]
    return files, {url: [one.etag, one.last_modified] for url, one in got.items()}


def _file_name(url: str) -> str:
    return PurePosixPath(urlsplit(url).path).name or "file"


def _mirrored(source: FetchSource) -> tuple[list[RawFile], dict[str, list[str]]]:
    """Files that somebody put into the mirror folder, for sites without outside access: <folder>/<source>/<file name>."""
    folder = Path(settings.LIST_MIRROR_DIR) / source.code
    if not folder.is_dir():
        raise FetchError(f"the mirror folder has no folder {source.code}")
    found = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    if not found:
        raise FetchError(f"the mirror folder {source.code} is empty")
    if sum(path.stat().st_size for path in found) > settings.LIST_FILE_MAX_BYTES:
        raise FetchError(
            f"the files of {source.code} in the mirror folder are larger than {settings.LIST_FILE_MAX_BYTES:,} bytes"
        )
    return [RawFile(path.name, path.read_bytes()) for path in found], {}


def _looked_on() -> dt.date | None:
    """Today where files come from the publisher's address. A mirror folder holds what somebody put there, of any day."""
    return None if settings.LIST_MIRROR_DIR else timezone.now().date()


def _stage(source: FetchSource, files: Sequence[RawFile], label: str, *, looked_on: dt.date | None) -> list[Staged]:
    staged: list[Staged] = []
    for code in source.lists:
        report = stage_list_version(
            actor=None,
            actor_label=label,
            code=code,
            files=files,
            format=source.format or None,
            reason=f"fetched from {source.name}",
            looked_on=looked_on,
        )
        staged += report.lists
    return staged


def _activate(source: FetchSource, staged: Sequence[Staged]) -> list[Staged]:
    """Activate what no guard spoke about; an administrator opened the source for it."""
    if any(one.state == "refused" for one in staged):
        return list(staged)
    waiting = [one.version_id for one in staged if one.state == "staged" and one.version_id is not None]
    if not waiting:
        return list(staged)
    try:
        activated, refused = activate_versions(
            actor=None, actor_label=LABEL, version_ids=waiting, reason=f"{source.code} is opened for automatic activation"
        )
    except Refused as error:
        log.warning("not_activated", source=source.code, detail=error.detail)
        return list(staged)
    active = {version.pk for version in activated}
    done = []
    for one in staged:
        if one.version_id in active:
            done.append(replace(one, state="active"))
        elif one.version_id in refused:
            done.append(replace(one, state="refused", guard=refused[one.version_id].guard, detail=refused[one.version_id].detail))
        else:
            done.append(one)
    return done


def _lists_of(source: FetchSource) -> list[str]:
    return [code for one in source.lists for code in BUNDLES.get(one, (one,))]


@transaction.atomic
def _confirmed(source: FetchSource, held: Lease[ListSource], validators: dict[str, list[str]]) -> None:
    """The publisher has nothing new: the lists it brought were checked today, unless a newer version of them still waits."""
    now = timezone.now()
    held.renew(checked_at=now, error="", validators=validators)
    waiting = ListVersion.objects.filter(state=ListVersion.State.STAGED).values("control_list")
    brought = ListVersion.objects.filter(state=ListVersion.State.ACTIVE, source__in=source.lists).values("control_list")
    ControlList.objects.filter(pk__in=brought).exclude(pk__in=waiting).update(checked_at=now)
    looked_on = _looked_on()
    if looked_on is not None:
        standing = ListVersion.objects.filter(state=ListVersion.State.ACTIVE, source__in=source.lists)
        standing.exclude(control_list__in=waiting).update(current_on=looked_on)


@transaction.atomic
def _failed(held: Lease[ListSource], detail: str, label: str) -> None:
    """Keep the reason; the same failure again writes no second event."""
    known = held.fresh(lock=True).error == detail
    held.renew(error=detail)
    if not known:
        subject = f"source:{held.row.code}"
        record(actor=None, actor_label=label, action="list.fetch_failed", subject=subject, body={"detail": detail})


@transaction.atomic
def set_source(
    *, actor: User | None, code: str, enabled: bool, auto_activate: bool, reason: str, actor_label: str = ""
) -> ListSource:
    """Switch the scheduled fetch of a source on or off, and open it for activation without a second person when no guard
    speaks. Its lists are judged by the source's cadence while it is on. Raises Refused: "not_allowed", "invalid"."""
    if actor is not None and not policy.can_import_lists(actor):
        raise Refused("not_allowed", "Only list admins switch sources.")
    if len(reason.strip()) < MIN_REASON:
        raise Refused("invalid", "Say in a few words why.")
    source = source_of(code)
    row, _ = ListSource.objects.get_or_create(code=code)
    before = {"enabled": row.enabled, "auto_activate": row.auto_activate}
    row.enabled, row.auto_activate = enabled, auto_activate and enabled
    row.save(update_fields=("enabled", "auto_activate"))
    cadence = source.cadence.hours if enabled else hours(HAND_CADENCE)
    ControlList.objects.filter(code__in=_lists_of(source)).update(cadence_hours=cadence)
    record(
        actor=actor,
        actor_label=actor_label,
        action="source.switched",
        subject=f"source:{code}",
        body={
            "source": code,
            "before": before,
            "after": {"enabled": row.enabled, "auto_activate": row.auto_activate},
            "reason": reason.strip(),
        },
    )
    return row
