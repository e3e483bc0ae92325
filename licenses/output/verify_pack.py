#!/usr/bin/env python3
"""Check an evidence pack of ExportCheck with nothing but Python's standard library (3.8 or later), offline.

    python3 verify_pack.py [PACK.zip or FOLDER]      without an argument: the folder this script lies in

It checks that every file is the one the manifest names, that no file was added, that each event of the audit chain hashes to
what it says and continues the one before it, and that revisions and documents are those the evidence speaks of. Exit code 0: all
holds. 1: something does not, each trouble in a line. 2: this is no pack.

A pack for the exporter seals the events of the desk: of those only the hash is there, which must continue the chain.

What it cannot see: a pack forged as a whole. Compare the printed digest of the manifest with the event "evidence.exported" of the
audit log, and the head of the chain with the log or with the daily file of heads.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

MANIFEST, EVIDENCE, CHAIN = "manifest.json", "evidence.json", "chain.jsonl"


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: object) -> str:
    """JSON text that is the same for the same value: sorted keys, no spaces, characters kept."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(*parts: str) -> str:
    """SHA-256 over length-prefixed parts, as the audit log makes it."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8")
        state.update(str(len(data)).encode("ascii") + b":")
        state.update(data)
    return state.hexdigest()


def read_pack(where: Path) -> dict[str, bytes]:
    """Name -> bytes of every file of a pack, a zip file or a folder."""
    if where.is_dir():
        return {path.relative_to(where).as_posix(): path.read_bytes() for path in sorted(where.rglob("*")) if path.is_file()}
    with zipfile.ZipFile(where) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def manifest_troubles(files: Mapping[str, bytes]) -> Iterator[str]:
    """Files that are not those the manifest names."""
    manifest = json.loads(files[MANIFEST])
    named = {row["file"]: row for row in manifest["files"]}
    for name, row in named.items():
        if name not in files:
            yield f"{name} is missing"
        elif sha256(files[name]) != row["sha256"]:
            yield f"{name} was changed: its SHA-256 is not that of the manifest"
        elif len(files[name]) != row["size"]:
            yield f"{name} has another size than the manifest says"
    for name in sorted(set(files) - set(named) - {MANIFEST}):
        yield f"{name} is not named in the manifest"


def event_troubles(row: Mapping[str, Any], before: Mapping[str, Any] | None) -> Iterator[str]:
    """What is wrong with one event of the chain, given the one before it."""
    where = "event {}".format(row["seq"])
    if before is not None:
        if row["seq"] != before["seq"] + 1:
            yield "{} does not follow event {}: one is missing".format(where, before["seq"])
        elif row["previous"] != before["hash"]:
            yield f"{where} does not continue the event before it"
        if row["chain"] != before["chain"]:
            yield f"{where} is of another chain"
    if row.get("sealed"):
        return
    if "salt" in row and digest(row["salt"], canonical(row["body"])) != row["body_hash"]:
        yield f"{where}: its content was changed"
    if "salt" not in row and not (row.get("withheld") or row.get("redacted")):
        yield f"{where}: its content is missing"
    link = digest(row["previous"], row["chain"], str(row["seq"]), canonical(row["envelope"]), row["body_hash"])
    if link != row["hash"]:
        yield f"{where}: who, when, what or where was changed"


def chain_troubles(files: Mapping[str, bytes]) -> Iterator[str]:
    """Events that do not hold, and a head or timeline that is another one than the evidence names."""
    said = json.loads(files[EVIDENCE])
    before: dict[str, Any] | None = None
    count = 0
    seen: dict[int, dict[str, Any] | None] = {}
    for line in files[CHAIN].decode("utf-8").splitlines():
        row = json.loads(line)
        if row.get("sealed") and said.get("reader") != "exporter":
            yield "event {} is sealed, which it is in an exporter's own pack only".format(row["seq"])
        yield from event_troubles(row, before)
        before = row
        count += 1
        seen[row["seq"]] = row.get("envelope")
    if count != said["chain"]["events"]:
        yield "the chain has {} events, the evidence speaks of {}".format(count, said["chain"]["events"])
    if before is not None and before["hash"] != said["chain"]["head"]:
        yield "the last event is not the head that the evidence names"
    for row in said["timeline"]:
        envelope = seen.get(row["seq"])
        if envelope is None or (envelope["at"], envelope["action"]) != (row["at"], row["action"]):
            yield "the timeline tells event {} otherwise than the chain".format(row["seq"])


def content_troubles(files: Mapping[str, bytes]) -> Iterator[str]:
    """Revisions and documents that are not those the evidence names."""
    said = json.loads(files[EVIDENCE])
    for row in said["revisions"]:
        if sha256(canonical(row["content"]).encode("utf-8")) != row["sha256"]:
            yield "revision {} was changed".format(row["number"])
    for row in said["documents"]:
        if row["file"] in files and sha256(files[row["file"]]) != row["sha256"]:
            yield "document {} is not the one that was attached".format(row["title"])


def verify(where: Path) -> int:
    """Every trouble of a pack, in words."""
    files = read_pack(where)
    if MANIFEST not in files or EVIDENCE not in files or CHAIN not in files:
        print(f"This is no evidence pack: {MANIFEST}, {EVIDENCE} and {CHAIN} are needed.")
        return 2
    troubles = [trouble for check in (manifest_troubles, chain_troubles, content_troubles) for trouble in check(files)]
    for trouble in troubles:
        print(f"NOT SOUND: {trouble}")
    said = json.loads(files[EVIDENCE])
    print("Application {}, {} files, {} events.".format(said["application"]["reference"], len(files), said["chain"]["events"]))
    print(f"Manifest SHA-256: {sha256(files[MANIFEST])}")
    print("Head of the chain {}: {}".format(said["chain"]["name"], said["chain"]["head"]))
    print(f"{len(troubles)} trouble(s) found." if troubles else "Sound: every file and every event holds.")
    return 1 if troubles else 0


def main() -> int:
    """Verify the pack named on the command line."""
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    try:
        return verify(where)
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        print(f"This pack cannot be read: {type(error).__name__}: {error}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
