"""Four consecutive publications of a real list through the database: what each day changed, and every day as it was."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from screening.lists.entry_record import to_record
from screening.lists.read_files import read
from screening.lists.types import RawFile
from screening.models import ListChange, ListVersion
from screening.services.activation.activate import activate_version
from screening.services.versions import raw_files, version_entries
from screening.services.versions.stage import stage_list_version

DAYS = (dt.date(2024, 4, 26), dt.date(2024, 5, 1), dt.date(2024, 5, 2), dt.date(2024, 5, 3))
SPARED = 9
"""One in so many of the rows that never change is kept: the steps stay within the count guard, the test stays fast."""


def days_of(shared: Path) -> dict[dt.date, bytes]:
    """The publications, byte for byte, without most of the rows that all four have."""
    whole = {
        day: gzip.decompress((shared / f"lists/ofac/sdn_daily/sdn_{day}.csv.gz").read_bytes()).splitlines(keepends=True)
        for day in DAYS
    }
    common = set.intersection(*map(set, whole.values()))
    left_out = {line for number, line in enumerate(sorted(common - {b"\x1a"})) if number % SPARED}
    return {day: b"".join(line for line in lines if line not in left_out) for day, lines in whole.items()}


@pytest.mark.django_db
def test_four_days_differ_as_published_and_each_stays_as_it_was(shared: Path) -> None:
    files = days_of(shared)
    versions: list[ListVersion] = []
    for day, data in files.items():
        report = stage_list_version(
            actor=None, code="SDN", files=(RawFile(f"sdn_{day}.csv", data),), published_on=day, history=False
        )
        (line,) = report.lists
        assert (line.state, line.rejected) == ("staged", 0), line
        assert line.version_id is not None
        versions.append(activate_version(actor=None, version_id=line.version_id, reason="published that day"))
    steps = [(version.added, version.removed, version.changed) for version in versions]
    assert steps[1:] == [(298, 0, 0), (7, 0, 0), (0, 8, 0)]
    kinds = [set(ListChange.objects.filter(version=version).values_list("kind", flat=True)) for version in versions[1:]]
    assert kinds == [{"added"}, {"added"}, {"removed"}]
    for version, data in zip(versions, files.values(), strict=True):
        version.refresh_from_db()
        (kept,) = raw_files.fetch(version.raw_file.name)
        assert kept.data == data, "the publisher's bytes"
        (parsed,) = read((RawFile("sdn.csv", data),), code="SDN").lists
        said = {entry.uid: to_record(entry) for entry in parsed.entries}
        assert {entry.uid: to_record(entry) for entry in version_entries.entries_of(version)} == said, (
            "every entry as it was that day"
        )
        assert version_entries.digest_of(version_entries.hashes_of(version_entries.entries_of(version))) == version.content_digest
