"""Damage of every kind: a refusal or a whole list, never a crash and never a row that is silently gone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.lists import guard
from screening.lists.diff import content_hash, diff
from screening.lists.formats.custom import template
from screening.lists.read_files import read
from screening.lists.registry import DATA
from screening.lists.types import FileRefused, Parsed, ParsedList, RawFile
from tests.conftest import SHARED

STARTER = (DATA / "starter.csv").read_bytes()
ROWS = 152
OFAC = (
    b"".join(
        b'%d,"PARTY NUMBER %d, LTD.",-0- ,"SDGT] [SYRIA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962; a.k.a. \'X%d\'."\r\n'
        % (number, number, number)
        for number in range(1000, 1030)
    )
    + b"\x1a"
)
UN = (
    b'<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2020-11-24T20:23:07"><INDIVIDUALS>'
    + b"".join(
        b"<INDIVIDUAL><FIRST_NAME>RI</FIRST_NAME><SECOND_NAME>WON %d</SECOND_NAME><REFERENCE_NUMBER>KPi.%d</REFERENCE_NUMBER>"
        b"</INDIVIDUAL>" % (number, number)
        for number in range(20)
    )
    + b"</INDIVIDUALS></CONSOLIDATED_LIST>"
)
MUTATION = st.tuples(
    st.sampled_from(("delete", "insert", "replace")), st.integers(0, 10**6), st.binary(min_size=1, max_size=4), st.integers(1, 40)
)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def mutated(data: bytes, kind: str, place: int, put: bytes, length: int) -> bytes:
    """The file with one place deleted, overwritten or stuffed."""
    at = place % len(data)
    if kind == "delete":
        return data[:at] + data[at + length :]
    return data[:at] + put + data[at + (len(put) if kind == "replace" else 0) :]


def attempt(data: bytes, code: str) -> Parsed | None:
    """What the file gives, None when it is refused: any other exception is a failure of the test."""
    try:
        return read([RawFile("list", data)], code=code)
    except FileRefused:
        return None


def counted(parsed: Parsed) -> int:
    """Rows that are accounted for: entries and rejected rows."""
    return counted_of(parsed.lists) + len(parsed.rejected)


def counted_of(lists: Iterable[ParsedList]) -> int:
    """Rows of these lists that are accounted for."""
    return sum(len(item.entries) + len(item.rejected) for item in lists)


@QUICK
@given(mutation=MUTATION)
def test_a_damaged_consolidated_file_is_whole_or_refused(mutation: tuple[str, int, bytes, int]) -> None:
    parsed = attempt(mutated(STARTER, *mutation), "CSL")
    assert parsed is None or counted(parsed) >= ROWS - mutation[2].count(b"\n") - (mutation[0] == "delete")


@QUICK
@given(length=st.integers(0, len(STARTER) - 1))
def test_a_cut_consolidated_file_is_refused_unless_cut_between_two_rows(length: int) -> None:
    cut = STARTER[:length]
    if attempt(cut, "CSL") is not None:
        assert STARTER[length:].startswith(b"\n") or cut.endswith(b"\n"), "a cut inside a row"


@QUICK
@given(length=st.integers(0, len(OFAC) - 2))
def test_a_cut_ofac_file_is_refused_or_has_lost_its_end_mark(length: int) -> None:
    parsed = attempt(OFAC[:length], "SDN")
    if parsed is not None:
        assert parsed.lists[0].end_mark is False


@QUICK
@given(mutation=MUTATION)
def test_a_damaged_ofac_file_is_whole_or_refused(mutation: tuple[str, int, bytes, int]) -> None:
    parsed = attempt(mutated(OFAC, *mutation), "SDN")
    assert parsed is None or counted(parsed) >= 29


@QUICK
@given(mutation=MUTATION)
def test_damaged_xml_is_whole_or_refused(mutation: tuple[str, int, bytes, int]) -> None:
    attempt(mutated(UN, *mutation), "UN")


@QUICK
@given(length=st.integers(0, len(UN) - 1))
def test_cut_xml_is_always_refused(length: int) -> None:
    assert attempt(UN[:length], "UN") is None


@QUICK
@given(data=st.binary(max_size=400))
def test_noise_is_refused(data: bytes) -> None:
    for code in ("CSL", "SDN", "OWN"):
        attempt(data, code)


@QUICK
@given(name=st.text(max_size=60), address=st.text(max_size=60))
def test_any_text_in_the_template_is_taken_or_rejected(name: str, address: str) -> None:
    quoted = ",".join('"' + text.replace('"', '""') + '"' for text in ("C1", name, address))
    attempt(
        (f"id,name,address\n{quoted}\n" + "\n".join(f"C{n},Party {n}," for n in range(2, 6)) + "\n").encode("utf-8", "replace"),
        "OWN",
    )


REAL = "lists/csl/sample_2019-12-03_28col.csv"


@cache
def undamaged(folder: Path) -> tuple[bytes, dict[str, ParsedList]]:
    """A real file (the starter list where the publisher's is not at hand) and its lists by code."""
    data = (folder / REAL).read_bytes() if (folder / REAL).is_file() else STARTER
    return data, {item.code: item for item in read([RawFile("list", data)], code="CSL").lists}


@settings(QUICK, max_examples=200)
@given(mutation=MUTATION)
def test_200_damages_of_a_real_file_crash_nothing_and_lose_nothing_in_silence(mutation: tuple[str, int, bytes, int]) -> None:
    data, before = undamaged(SHARED)
    damaged = mutated(data, *mutation)
    parsed = attempt(damaged, "CSL")
    if parsed is None:
        return
    lost = counted_of(before.values()) - counted(parsed)
    assert lost <= max(0, data.count(b"\n") - damaged.count(b"\n")), "a row is gone that no line end taken out explains"
    found = {item.code: item for item in parsed.lists}
    assert set(guard.missing_lists(found, before)) == before.keys() - found.keys()
    for code in before.keys() & found.keys():
        base, now = before[code], found[code]
        facts = guard.base_facts(code, base.entries, base.published_on, end_mark=base.end_mark)
        if guard.check(now, facts) is not None:
            continue
        entries = {entry.uid: entry for entry in base.entries}
        step = diff(entries, now.entries)
        told = {entry.uid for entry in step.removed} | {change.before.uid for change in (*step.changed, *step.moved)}
        same = {entry.uid for entry in now.entries}
        assert entries.keys() - told <= same, "what the new version lacks is told as removed, changed or moved"
        assert all(content_hash(entries[uid]) == content_hash(entry) for entry in now.entries for uid in [entry.uid]
                   if uid in entries and uid not in told), "what differs is told"  # fmt: skip


def test_the_template_itself_reads() -> None:
    parsed = attempt(template().encode(), "OWN")
    assert parsed is not None
    assert parsed.lists[0].entries[0].name == "Example Trading Ltd."
