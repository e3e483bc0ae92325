"""The index as a value and on disk: snapshots, deltas, damage."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from screening.matching.engine import screen
from screening.matching.index.index import SnapshotError, build, load, merge, save, stamp
from screening.matching.index.serialization import from_bytes, to_bytes
from screening.matching.policy import DEFAULT
from screening.matching.types import Alias, Identifier, ListedParty, Party, Quality, Schema

ENTRIES = [
    ListedParty("EL", "a", "Zelmark Avionics", aliases=(Alias("Зельмарк", Quality.WEAK, "script"),)),
    ListedParty("SDN", "b", "Quorvex Trading", identifiers=(Identifier("Tax ID No.", "7728294503"),)),
]


def hits(index: object, name: str) -> list[str]:
    return [hit.entry.uid for hit in screen(index, Party(name=name), DEFAULT).hits]  # type: ignore[arg-type]


def test_a_record_survives_the_round_trip() -> None:
    entry = ListedParty(
        "EL", "u", "Zelmark “A”", schema=Schema.PERSON, aliases=(Alias("Z", Quality.WEAK, "fka"),), addresses=("1 St",),
        countries=("CN",), identifiers=(Identifier("T", "V", "RU"),), birth_dates=("1965",), citizenships=("RU",),
        programs=("X",), license_requirement="all",
        requirement_code="A", license_policy="denial", policy_code="B", federal_register="89 FR 1", footnotes=("1",),
        effective_on=dt.date(2024, 1, 2), expires_on=dt.date(2030, 1, 2), remarks="r", source_url="s", raw={"k": "v"},
    )  # fmt: skip
    assert from_bytes(to_bytes(entry)) == entry


def test_a_snapshot_answers_like_the_index_it_was_made_from(tmp_path: Path) -> None:
    built = build(ENTRIES)
    made = save(built, tmp_path / "snap")
    opened = load(tmp_path / "snap")
    assert list(opened) == ENTRIES
    assert (len(opened), opened.lists, stamp(tmp_path / "snap")) == (2, ("EL", "SDN"), made)
    assert hits(opened, "Zelmrk Avionics") == hits(built, "Zelmrk Avionics") == ["a"]


def test_a_snapshot_is_the_same_whoever_makes_it(tmp_path: Path) -> None:
    assert save(build(ENTRIES), tmp_path / "one") == save(build(list(ENTRIES)), tmp_path / "two")


def test_saving_again_swaps_and_the_old_one_goes_on_answering(tmp_path: Path) -> None:
    save(build(ENTRIES), tmp_path / "snap")
    old = load(tmp_path / "snap")
    before = stamp(tmp_path / "snap")
    save(build(ENTRIES[1:]), tmp_path / "snap")
    assert stamp(tmp_path / "snap") != before
    assert hits(old, "Zelmark Avionics") == ["a"]
    assert hits(load(tmp_path / "snap"), "Zelmark Avionics") == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["snap"]


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    save(build([]), tmp_path / "snap")
    assert hits(load(tmp_path / "snap"), "Zelmark Avionics") == []


def test_missing_damaged_or_foreign_snapshots_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="no snapshot"):
        load(tmp_path / "none")
    save(build(ENTRIES), tmp_path / "snap")
    for damage in (_truncate, _flip, _remove, _other_version, _other_code, _no_json):
        broken = tmp_path / damage.__name__
        shutil.copytree(tmp_path / "snap", broken)
        damage(broken)
        with pytest.raises(SnapshotError):
            load(broken)


def _truncate(folder: Path) -> None:
    path = folder / "name_tokens.npy"
    path.write_bytes(path.read_bytes()[:-1])


def _flip(folder: Path) -> None:
    path = folder / "entry_json.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(bytes(data))


def _remove(folder: Path) -> None:
    (folder / "post_at.npy").unlink()


def _other_version(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"normalizer": "0"}))


def _other_code(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"code": "0"}))


def _no_json(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def test_a_delta_adds_and_takes_back(tmp_path: Path) -> None:
    base = build(ENTRIES)
    changed = merge(base, added=[ListedParty("EL", "c", "Trelgen Foundry")], removed=[("EL", "a")])
    assert (hits(changed, "Trelgen Foundry"), hits(changed, "Zelmark Avionics"), hits(base, "Zelmark Avionics")) == (
        ["c"],
        [],
        ["a"],
    )
    assert (len(changed), len(base), changed.entry(2).uid) == (2, 2, "c")
    save(changed, tmp_path / "snap")
    assert [entry.uid for entry in load(tmp_path / "snap")] == ["b", "c"]


def test_a_changed_entry_is_removed_and_added() -> None:
    changed = merge(build(ENTRIES), added=[ListedParty("EL", "a", "Nelma Foundry")], removed=[("EL", "a")])
    assert (hits(changed, "Zelmark Avionics"), hits(changed, "Nelma Foundry")) == ([], ["a"])


def test_names_with_one_core_share_it_and_every_entry_is_a_hit() -> None:
    index = build(ListedParty("EL", str(at), name) for at, name in enumerate(("Zelmark Bank", "ZELMARK  bank", "Bank Zelmark")))
    cores = index.segments[0].arrays["name_core"].tolist()
    assert cores == [0, 0, 2]
    assert hits(index, "Zelmark Bank") == ["0", "1", "2"]


def test_more_equal_names_than_are_ever_compared_are_all_hits() -> None:
    index = build(ListedParty("EL", f"{at:03d}", "Zelmark Bank") for at in range(300))
    assert len(hits(index, "Bank Zelmark")) == 300


def test_an_unknown_number_is_an_error() -> None:
    with pytest.raises(IndexError):
        build(ENTRIES).entry(2)
