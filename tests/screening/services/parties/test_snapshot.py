"""Snapshots: an answer comes from exactly the versions it names, and building one is nobody's wait twice."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exportcheck.errors import Refused
from screening.models import ControlList, ListVersion
from screening.services.parties import snapshot
from screening.services.screening.screen import answer
from tests.screening.factories import DAY, LATER, load, party, row, rows, stage

pytestmark = pytest.mark.django_db


def names(taken: snapshot.Snapshot) -> set[str]:
    return {taken.index.entry(number).name for number in range(len(taken.index))}


def test_with_no_list_nothing_is_screened() -> None:
    row_ = answer(party(id="P1"), snapshot.current())
    assert (row_["verdict"], row_["hits"], row_["lists"]) == ("not_screened", [], [])
    assert row_["why_not"]


def test_the_current_set_follows_each_activation() -> None:
    load(rows(10))
    first = snapshot.current()
    assert first.numbers == {"EL": 1}
    load([*rows(10), row("Umbrasol Sensors")], day=LATER)
    second = snapshot.current()
    assert second.numbers == {"EL": 2}
    assert "Umbrasol Sensors" in names(second) - names(first)


def test_looking_whether_the_set_is_current_takes_one_query(django_assert_num_queries: Any) -> None:
    load([*rows(10), *rows(10, "SDN")])
    taken = snapshot.current()
    with django_assert_num_queries(1):
        assert snapshot.current().index is taken.index


def test_a_second_process_opens_what_the_first_built(monkeypatch: pytest.MonkeyPatch) -> None:
    load(rows(10))
    snapshot.current()
    snapshot.close_all()
    monkeypatch.setattr(snapshot, "_build", None)
    assert len(snapshot.current().index) == 10


def test_a_damaged_snapshot_is_built_again(tmp_path: Path) -> None:
    load(rows(10))
    snapshot.close_all()
    for file in (tmp_path / "snapshots").glob("*/*"):
        file.write_bytes(b"not what was written")
    assert len(snapshot.current().index) == 10


def test_a_vanished_snapshot_is_built_again(tmp_path: Path) -> None:
    load(rows(10))
    snapshot.close_all()
    for file in (tmp_path / "snapshots").glob("*/*"):
        file.unlink()
    assert len(snapshot.current().index) == 10


def test_old_snapshots_go_but_not_one_used_a_moment_ago(tmp_path: Path) -> None:
    for position in range(snapshot.KEPT_ON_DISK + 3):
        load(rows(10 - position % 2), day=DAY + dt.timedelta(days=position))
        if position < 3:
            for folder in (tmp_path / "snapshots").iterdir():
                os.utime(folder, (time.time() - 86_400 - position, time.time() - 86_400 - position))
    folders = [path for path in (tmp_path / "snapshots").iterdir() if path.is_dir()]
    assert len(folders) == snapshot.KEPT_ON_DISK + 1
    assert len(snapshot.current().index) == entries_of_the_active_version()


def entries_of_the_active_version() -> int:
    return ListVersion.objects.get(state="ACTIVE").entries


def test_a_day_gets_the_version_in_force_that_day() -> None:
    load(rows(9))
    load(rows(10), day=LATER)
    between = snapshot.at(LATER - dt.timedelta(days=1))
    assert (between.numbers, len(between.index)) == ({"EL": 1}, 9)
    assert snapshot.at(LATER).numbers == {"EL": 2}


def test_two_versions_of_one_day_the_later_number_is_in_force() -> None:
    load(rows(9))
    load(rows(10), day=DAY)
    assert snapshot.at(DAY).numbers == {"EL": 2}


def test_staged_and_refused_versions_answer_for_no_day() -> None:
    load(rows(10))
    stage([*rows(10), row("Umbrasol Sensors")], day=LATER)
    stage(rows(3), day=LATER)
    assert snapshot.at(LATER + dt.timedelta(days=30)).numbers == {"EL": 1}


def test_a_confirmed_version_answers_from_its_first_day() -> None:
    load(rows(10))
    stage(rows(10), day=LATER)
    assert snapshot.at(DAY).numbers == {"EL": 1}


def test_a_required_list_without_a_version_that_old_is_missing() -> None:
    load(rows(10))
    early = DAY - dt.timedelta(days=365)
    row_ = answer(party("Nobody Listed Anywhere", id="P1"), snapshot.at(early))
    assert row_["verdict"] == "not_screened"
    assert [missing["list"] for missing in row_["lists_missing"]] == ["EL"]
    assert early.isoformat() in row_["lists_missing"][0]["why"]


def test_a_missing_list_leaves_hits_as_they_are() -> None:
    load([*rows(10)])
    load(rows(10, "SDN"), day=LATER, code="SDN")
    row_ = answer(party(), snapshot.at(DAY))
    assert row_["verdict"] == "match"
    assert [missing["list"] for missing in row_["lists_missing"]] == ["SDN"]


def test_a_list_first_published_later_is_left_out() -> None:
    load(rows(10))
    load(rows(5, "UVL"), day=LATER, code="UVL")
    ControlList.objects.filter(code="UVL").update(exists_from=LATER)
    row_ = answer(party("Nobody Listed Anywhere"), snapshot.at(DAY))
    assert (row_["verdict"], [one["list"] for one in row_["lists"]]) == ("no_match", ["EL"])


def test_a_list_an_administrator_does_not_require_is_not_missing() -> None:
    load(rows(10))
    load(rows(5, "UVL"), day=LATER, code="UVL")
    ControlList.objects.filter(code="UVL").update(required=False)
    assert snapshot.at(DAY).missing == ()


def test_a_report_is_replayed_by_its_numbers() -> None:
    load([*rows(9), *rows(10, "SDN")])
    load([*rows(10), *rows(10, "SDN")], day=LATER)
    replayed = snapshot.of({"EL": 1, "SDN": 1})
    assert replayed.numbers == {"EL": 1, "SDN": 1}
    assert len(replayed.index) == 19


def test_numbers_that_are_not_here_cannot_be_replayed() -> None:
    load(rows(10))
    waiting = stage([*rows(10), row("Umbrasol Sensors")], day=LATER).lists[0]
    for numbers in ({"EL": 7}, {"EL": waiting.version}, {"UN": 1}):
        with pytest.raises(Refused, match="cannot be replayed"):
            snapshot.of(numbers)


def test_the_set_is_looked_at_without_the_long_columns() -> None:
    load(rows(10))
    with CaptureQueriesContext(connection) as captured:
        snapshot.current()
    assert "rejects" not in captured.captured_queries[0]["sql"]


def test_a_sample_that_was_replaced_answers_for_no_day_and_is_not_missed() -> None:
    load([*rows(2), *rows(2, "UVL")], sample=True)
    assert set(snapshot.at(DAY).numbers) == {"EL", "UVL"}
    load(rows(10), day=LATER)
    later = snapshot.at(LATER)
    assert (later.numbers, later.missing) == ({"EL": 2}, ())
    assert [code for code, _ in snapshot.at(DAY).missing] == ["EL"]
    assert snapshot.of({"EL": 1, "UVL": 1}).numbers == {"EL": 1, "UVL": 1}
