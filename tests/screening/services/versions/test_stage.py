"""Staging: what a file does to each list in it, and that nothing answers by it yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from screening import queries
from screening.lists.read_files import read
from screening.lists.types import Parsed, RawFile, WarningCode
from screening.models import ControlList, ListChange, ListEntry, ListVersion, RefusedFile
from screening.services.versions import raw_files, version_entries
from screening.services.versions import stage as stage_module
from screening.services.versions.stage import stage_list_version
from tests.screening.factories import DAY, LATER, csl, load, row, rows, stage

pytestmark = pytest.mark.django_db
State = ListVersion.State


def only(report: Any) -> Any:
    assert len(report.lists) == 1
    return report.lists[0]


def test_a_first_import_is_all_added_and_answers_nothing() -> None:
    staged = only(stage(rows(10)))
    assert (staged.list, staged.state, staged.version) == ("EL", "staged", 1)
    assert (staged.entries, staged.added, staged.removed, staged.changed, staged.rejected) == (10, 10, 0, 0, 0)
    assert not queries.active_versions().exists()
    assert not ListEntry.objects.exists()


def test_each_list_of_a_bundle_gets_its_own_version() -> None:
    report = stage([*rows(3), *rows(4, "SDN")])
    assert [(one.list, one.added) for one in report.lists] == [("EL", 3), ("SDN", 4)]
    assert set(ListVersion.objects.values_list("source", flat=True)) == {"CSL"}


def test_the_same_content_again_makes_no_version_but_is_confirmed_and_checked() -> None:
    version = load(rows(10))[0]
    ControlList.objects.update(checked_at=None)
    staged = only(stage(rows(10)[::-1], day=LATER))
    assert (staged.state, staged.version, staged.added, staged.removed, staged.changed) == ("unchanged", 1, 0, 0, 0)
    version.refresh_from_db()
    assert (version.published_on, version.confirmed_on) == (DAY, LATER)
    assert ControlList.objects.get().checked_at is not None
    assert ListVersion.objects.count() == 1


def test_a_difference_is_counted_and_kept_field_by_field() -> None:
    load(rows(10))
    later = [*rows(9)[1:], row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN"), row("Umbrasol Sensors")]
    staged = only(stage(later, day=LATER))
    assert (staged.state, staged.version) == ("staged", 2)
    assert (staged.entries, staged.added, staged.removed, staged.changed) == (10, 1, 1, 1)
    changed = ListChange.objects.get(version_id=staged.version_id, kind="changed")
    assert changed.fields["address"] == [["1 Canal Road, Shenzhen, CN"], ["2 Canal Road, Shenzhen, CN"]]
    assert changed.before is not None
    assert changed.before.name == "Zarvonik Microsystems"


def test_a_staged_version_can_be_read_before_it_answers() -> None:
    load(rows(10))
    staged = only(stage([*rows(9), row("Umbrasol Sensors")], day=LATER))
    names = {entry.name for entry in version_entries.entries_of(ListVersion.objects.get(pk=staged.version_id))}
    assert names == {*(one["name"] for one in rows(9)), "Umbrasol Sensors"}


def test_staging_the_same_file_twice_is_one_staged_version() -> None:
    first, second = only(stage(rows(10))), only(stage(rows(10)))
    assert first.version_id == second.version_id
    assert ListVersion.objects.count() == 1


def test_the_bytes_are_kept_once_and_can_be_had_back() -> None:
    stage([*rows(3), *rows(3, "SDN")])
    names = set(ListVersion.objects.values_list("raw_file", flat=True))
    assert len(names) == 1
    assert raw_files.fetch(names.pop()) == (csl([*rows(3), *rows(3, "SDN")]),)


def test_several_files_of_a_set_come_back_as_they_were() -> None:
    files = (RawFile("sdn.csv", b"1,2"), RawFile("alt.csv", b"3,4"))
    name = raw_files.store(files)
    assert raw_files.store(files[::-1]) == name
    assert set(raw_files.fetch(name)) == set(files)


FILE_GUARDS = [
    ("nothing in it", b"", "empty"),
    ("only a header", csl([]).data, "empty"),
    ("a pointer of a version control system", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n", "pointer"),
    ("a web page", b"<!DOCTYPE html><html><body>Sign in</body></html>", "pointer"),
    ("cut in the last row", csl(rows(10)).data[:-40], "truncated"),
    ("the name column is called otherwise", csl(rows(10)).data.replace(b",name,", b",title_of_party,", 1), "header_drift"),
]


@pytest.mark.parametrize(("data", "guard"), [case[1:] for case in FILE_GUARDS], ids=[case[0] for case in FILE_GUARDS])
def test_a_broken_file_is_refused_whole_and_kept(data: bytes, guard: str) -> None:
    load(rows(10))
    before = list(ListEntry.objects.values_list("pk", "retired_in"))
    report = stage_list_version(actor=None, code="CSL", files=(RawFile("consolidated.csv", data),))
    refused = only(report)
    assert report.refused
    assert (refused.list, refused.version, refused.state, refused.guard) == (None, None, "refused", guard)
    assert refused.detail
    assert list(ListEntry.objects.values_list("pk", "retired_in")) == before
    kept = RefusedFile.objects.get()
    assert (kept.guard, kept.source) == (guard, "CSL")
    assert raw_files.fetch(kept.raw_file.name)[0].data == data


def test_a_shrunken_list_is_refused_alone() -> None:
    load([*rows(10), *rows(10, "SDN")])
    report = stage([*rows(5), *rows(10, "SDN"), row("Umbrasol Sensors", "SDN", entity_number="99999")], day=LATER)
    assert [(one.list, one.state, one.guard) for one in report.lists] == [
        ("EL", "refused", "count_band"),
        ("SDN", "staged", ""),
    ]
    refused = ListVersion.objects.get(state=State.REFUSED)
    assert (refused.control_list.code, refused.number, refused.entries) == ("EL", 2, 5)
    assert "5" in refused.detail


def test_an_override_of_the_count_is_recorded() -> None:
    load(rows(10))
    staged = only(stage(rows(5), day=LATER, override=("count_band",), reason="the agency removed five parties"))
    assert staged.state == "staged"
    version = ListVersion.objects.get(pk=staged.version_id)
    assert (version.overridden_guard, version.stage_reason) == ("count_band", "the agency removed five parties")
    assert AuditEvent.objects.get(action="list.staged", body__version=2).body["overridden"] == "count_band"


def test_an_override_that_was_not_needed_is_not_recorded() -> None:
    load(rows(10))
    staged = only(stage([*rows(10), row("Umbrasol Sensors")], day=LATER, override=("count_band", "date_regression")))
    assert ListVersion.objects.get(pk=staged.version_id).overridden_guard == ""


def test_a_broken_file_cannot_be_overridden() -> None:
    with pytest.raises(Refused, match="cannot be overridden"):
        stage(rows(3), override=("truncated",))


def test_a_list_that_the_bundle_no_longer_brings_is_refused_and_stays() -> None:
    load([*rows(10), *rows(4, "UVL")])
    report = stage([*rows(10), row("Umbrasol Sensors")], day=LATER)
    assert [(one.list, one.state, one.guard) for one in report.lists] == [("EL", "staged", ""), ("UVL", "refused", "count_band")]
    assert queries.active_versions().get(control_list__code="UVL").number == 1


def test_a_list_loaded_from_another_source_is_not_missed_by_the_bundle() -> None:
    load(rows(4, "UVL"), code="UVL")
    assert [one.list for one in stage(rows(10)).lists] == ["EL"]


def test_an_older_file_becomes_history_and_answers_for_its_day_only() -> None:
    load(rows(10), day=LATER)
    staged = only(stage(rows(7), day=DAY))
    assert (staged.state, staged.version, staged.entries) == ("history", 2, 7)
    history = ListVersion.objects.get(pk=staged.version_id)
    assert queries.entries_of(history).count() == 7
    assert queries.entries_of(queries.active_versions().get()).count() == 10
    assert [version.number for version in queries.versions_on(DAY)] == [2]
    assert [version.number for version in queries.versions_on(LATER)] == [1]


def test_old_files_in_any_order_move_no_interval_and_are_kept_once() -> None:
    load(rows(10), day=LATER)
    for day, count in ((DAY, 7), (dt.date(2025, 1, 6), 5), (DAY, 7)):
        stage(rows(count), day=day)
    assert ListVersion.objects.filter(state=State.HISTORY).count() == 2
    assert ListEntry.objects.filter(retired_in__isnull=True).count() == 10
    assert [version.entries for version in queries.versions_on(dt.date(2025, 6, 1))] == [5]


def test_an_old_file_is_old_for_a_list_we_never_had_too() -> None:
    load(rows(10), day=LATER)
    report = stage([*rows(7), *rows(3, "UVL")], day=DAY)
    assert [(one.list, one.state) for one in report.lists] == [("EL", "history"), ("UVL", "history")]


def test_an_older_file_that_shall_answer_needs_the_override() -> None:
    load(rows(10), day=LATER)
    assert only(stage(rows(9), day=DAY, history=False)).guard == "date_regression"
    assert only(stage(rows(9), day=DAY, history=False, override=("date_regression",))).state == "staged"


def test_a_real_version_is_not_compared_with_the_sample() -> None:
    load(rows(2), sample=True)
    staged = only(stage(rows(10)))
    assert (staged.state, staged.version, staged.added, staged.removed) == ("staged", 2, 10, 0)
    assert any("sample" in warning for warning in staged.warnings)


def test_the_sample_is_refused_after_a_real_version() -> None:
    load(rows(10))
    assert only(stage(rows(2), sample=True)).guard == "sample"


def test_the_sample_again_changes_nothing() -> None:
    load(rows(2), sample=True)
    assert only(stage(rows(2), sample=True)).state == "unchanged"


def test_a_list_nobody_knows_is_a_custom_list() -> None:
    staged = only(stage([{**row("Zarvonik Microsystems"), "source": "Suppliers we stopped (OWN)"}]))
    assert staged.list == "OWN"
    assert ControlList.objects.get(code="OWN").custom


def test_only_list_admins_stage(ada: User, rita: User, alice: User) -> None:
    assert only(stage(rows(3), actor=ada)).state == "staged"
    for person in (rita, alice):
        with pytest.raises(Refused) as refused:
            stage(rows(3), actor=person)
        assert refused.value.code == "not_allowed"


@pytest.mark.parametrize("code", ["", "el", "THIS-CODE-IS-FAR-TOO-LONG", "A B", "../EL"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(Refused, match="no list code"):
        stage(rows(3), code=code)


def test_every_act_leaves_one_event() -> None:
    load(rows(10))
    stage(rows(10), day=LATER)
    stage(rows(5), day=LATER)
    stage([*rows(10), row("Umbrasol Sensors")], day=LATER)
    stage(rows(4), day=dt.date(2025, 1, 6))
    stage_list_version(actor=None, code="CSL", files=(RawFile("x.csv", b""),))
    assert list(AuditEvent.objects.order_by("seq").values_list("action", flat=True)) == [
        "list.staged",
        "list.activated",
        "list.confirmed",
        "list.refused",
        "list.staged",
        "list.history",
        "list.file_refused",
    ]


def test_a_date_read_off_the_rows_does_not_call_a_newer_file_older() -> None:
    load(rows(10), day=LATER)
    staged = only(stage([*rows(10), row("Umbrasol Sensors")], day=None))
    assert staged.state == "staged"
    assert ListVersion.objects.get(pk=staged.version_id).published_on == LATER
    assert any("give the publisher's date" in warning for warning in staged.warnings)


def reworded(files: Sequence[RawFile], **options: Any) -> Parsed:
    """The file as it is read, its warnings in other words."""
    parsed = read(files, **options)
    lists = tuple(
        replace(one, warnings=tuple(replace(warning, text=f"Achtung: {warning.code}") for warning in one.warnings))
        for one in parsed.lists
    )
    return replace(parsed, lists=lists)


@pytest.mark.parametrize(("day", "warned"), [(None, True), (DAY, False)])
def test_a_given_date_ends_the_warning_that_there_is_none_in_whatever_words(
    monkeypatch: pytest.MonkeyPatch, day: dt.date | None, warned: bool
) -> None:
    monkeypatch.setattr(stage_module, "read", reworded)
    staged = only(stage(rows(3), day=day))
    assert (f"Achtung: {WarningCode.NO_PUBLICATION_DATE}" in staged.warnings) is warned


@pytest.mark.parametrize(
    ("start", "given", "looked", "known"),
    [
        ("2026-02-01", DAY, None, DAY),
        ("2026-02-01", None, None, dt.date(2026, 2, 1)),
        ("2026-02-01", None, LATER, LATER),
        ("", None, None, None),
        ("", None, LATER, LATER),
    ],
    ids=["given", "newest row of the file", "taken from the publisher", "no date anywhere", "no date, but from the publisher"],
)
def test_until_when_the_publisher_is_known_to_have_said_it(
    start: str, given: dt.date | None, looked: dt.date | None, known: dt.date | None
) -> None:
    """The Unverified List has no dated row here: the file's newest row is of the Entity List, and holds for both."""
    undated = [row(f"Zarvonik {number}", "UVL", start_date="") for number in range(5)]
    dated = [row(f"Umbrasol {number}", start_date=start) for number in range(5)]
    stage([*undated, *dated], day=given, looked_on=looked)
    assert set(ListVersion.objects.values_list("current_on", flat=True)) == {known}


def test_the_same_content_of_a_later_day_is_current_until_then() -> None:
    version = load(rows(10))[0]
    stage(rows(10), day=LATER)
    version.refresh_from_db()
    assert version.current_on == LATER


def test_of_two_files_dated_by_their_rows_the_older_is_refused() -> None:
    newer = [row(one["name"], start_date="2026-02-01") for one in rows(10)]
    load([*rows(9), newer[9]], day=None)
    assert only(stage(rows(10), day=None, history=False)).guard == "date_regression"


def test_an_entry_that_cannot_be_stored_refuses_its_list() -> None:
    assert only(stage([row("Zarvonik Microsystems", "SDN", entity_number="9" * 200)])).guard == "rejects"


def test_an_older_file_that_says_the_same_tells_since_when() -> None:
    version = load(rows(10), day=LATER)[0]
    ControlList.objects.update(checked_at=None)
    staged = only(stage(rows(10), day=DAY))
    assert (staged.state, staged.version) == ("unchanged", 1)
    found = queries.versions_on(DAY)
    assert [(one.pk, one.published_on) for one in found] == [(version.pk, DAY)]
    assert queries.versions_on(DAY - dt.timedelta(days=1)) == []
    assert ControlList.objects.get().checked_at is None  # an old file says nothing about today
    version.refresh_from_db()
    assert version.published_on == LATER


def test_what_was_said_before_and_after_something_else_is_found_on_its_days() -> None:
    load(rows(10), day=LATER)
    between = DAY + dt.timedelta(days=10)
    stage(rows(7), day=between)
    stage(rows(10), day=DAY)
    days = (DAY, between, LATER, LATER + dt.timedelta(days=1))
    assert [queries.versions_on(day)[0].number for day in days] == [1, 2, 1, 1]
