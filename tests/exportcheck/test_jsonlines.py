"""The JSON Lines runner: what a caller may rely on, line by line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from exportcheck.jsonlines import MAX_LINE_BYTES, LinesCommand, run_lines


class RefusedError(Exception):
    """An input error as the rooms raise it."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


def echo(value: object) -> dict[str, Any]:
    if isinstance(value, dict) and "adress" in value:
        raise RefusedError("unknown_key", "adress is no key of a party")
    return {"saw": value}


def answers(raw: bytes) -> tuple[int, list[dict[str, Any]]]:
    sink = io.StringIO()
    code = run_lines(source=io.BytesIO(raw), sink=sink, answer=echo, errors=(RefusedError,))
    return code, [json.loads(line) for line in sink.getvalue().splitlines()]


REFUSED = [
    ("cut off", b'{"id": "a"', "malformed_json"),
    ("not JSON at all", b"name: Acme", "malformed_json"),
    ("two values on a line", b'{"id": 1} {"id": 2}', "malformed_json"),
    ("NaN is no JSON number", b'{"value_usd": NaN}', "malformed_json"),
    ("minus infinity neither", b'{"value_usd": -Infinity}', "malformed_json"),
    ("a number that overflows to infinity", b'{"value_usd": 1e999}', "malformed_json"),
    ("a whole number of 5,000 digits", b'{"value_usd": ' + b"9" * 5000 + b"}", "malformed_json"),
    ("nested deeper than the parser goes", b"[" * 100_000, "malformed_json"),
    ("the same key twice: which name would be screened?", b'{"name": "A", "name": "B"}', "duplicate_key"),
    ("the same key twice further down", b'{"parties": [{"name": "A", "name": "B"}]}', "duplicate_key"),
    ("Latin-1 bytes", b'{"name": "M\xfcller"}', "not_utf8"),
    ("binary", bytes(range(128, 256)), "not_utf8"),
    ("half a surrogate pair cannot be written back", b'{"name": "\\ud83d"}', "not_utf8"),
    ("nothing", b"   ", "empty_line"),
    ("a byte-order mark inside the stream", b'\xef\xbb\xbf{"id": 1}', "malformed_json"),
    ("longer than the cap", b'{"name": "' + b"x" * 2 * MAX_LINE_BYTES + b'"}', "line_too_long"),
]


@pytest.mark.parametrize(("raw", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_bad_line_is_answered_in_place_and_the_others_still_are(raw: bytes, code: str) -> None:
    exit_code, found = answers(b'{"id": "before"}\n' + raw + b'\n{"id": "after"}\n')
    assert exit_code == 2
    assert [found[0], found[2]] == [{"saw": {"id": "before"}}, {"saw": {"id": "after"}}]
    assert found[1]["line"] == 2
    assert found[1]["id"] is None
    assert found[1]["error"]["code"] == code
    assert found[1]["error"]["detail"]


def test_an_input_error_keeps_its_code_detail_and_the_callers_id() -> None:
    exit_code, found = answers(b'{"id": "P7", "adress": "1 Way"}\n')
    assert exit_code == 2
    assert found == [{"line": 1, "id": "P7", "error": {"code": "unknown_key", "detail": "adress is no key of a party"}}]


def test_good_lines_of_any_script_come_back_readable_and_in_order() -> None:
    exit_code, found = answers('\ufeff{"name": "中芯国际"}\r\n{"name": "\\ud83d\\ude00"}\n{"n": 1.5}'.encode())
    assert exit_code == 0
    assert found == [{"saw": {"name": "中芯国际"}}, {"saw": {"name": "😀"}}, {"saw": {"n": 1.5}}]


def test_no_input_is_no_answer_and_no_error() -> None:
    assert answers(b"") == (0, [])


def test_a_defect_is_not_dressed_up_as_an_answer() -> None:
    def broken(_: object) -> dict[str, Any]:
        raise KeyError("name")

    with pytest.raises(KeyError):
        run_lines(source=io.BytesIO(b"{}\n"), sink=io.StringIO(), answer=broken, errors=(RefusedError,))


def test_each_answer_is_flushed_before_the_next_line_is_asked_for() -> None:
    happened: list[str] = []

    class Asked(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            happened.append("read")
            return super().readline(size)

    class Sink(io.StringIO):
        def flush(self) -> None:
            happened.append("flushed")

    run_lines(source=Asked(b"1\n2\n"), sink=Sink(), answer=echo, errors=())
    assert happened == ["read", "flushed", "read", "flushed", "read"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("sink", "bar", "drawn"),
    [(io.StringIO(), Terminal(), True), (io.StringIO(), io.StringIO(), False), (Terminal(), Terminal(), False)],
    ids=["errors on a terminal, answers to a file", "errors to a file", "both on one terminal"],
)
def test_progress_is_drawn_only_where_it_disturbs_nothing(sink: io.StringIO, bar: io.StringIO, drawn: bool) -> None:
    run_lines(source=io.BytesIO(b"1\n2\n"), sink=sink, answer=echo, errors=(), bar=bar)
    assert ("2 lines" in bar.getvalue()) is drawn
    assert bool(bar.getvalue()) is drawn


class Echo(LinesCommand):
    errors = (RefusedError,)

    def answerer(self, **options: Any) -> Any:
        return echo


def run(*arguments: str) -> int:
    """Exit code of the command, as the shell would see it."""
    parser = Echo().create_parser("manage.py", "echo")
    try:
        Echo().execute(**{**vars(parser.parse_args(list(arguments))), "skip_checks": True})
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_the_output_file_appears_whole(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b'{"id": 1}\nnonsense\n')
    assert run("--input", str(source), "--output", str(target)) == 2
    assert len(target.read_text().splitlines()) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_run_that_breaks_leaves_the_old_output_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("{}\n")
    target.write_text("yesterday\n")
    monkeypatch.setattr(Echo, "answerer", lambda self, **options: lambda value: {}["name"])
    with pytest.raises(KeyError):
        run("--input", str(source), "--output", str(target))
    assert target.read_text() == "yesterday\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_device_is_written_and_not_replaced(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("{}\n")
    assert run("--input", str(source), "--output", "/dev/null") == 0
    assert not Path("/dev/null").is_file()


def test_a_file_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run("--input", str(tmp_path / "none.jsonl"))
    (tmp_path / "in.jsonl").write_text("{}\n")
    with pytest.raises(CommandError, match="--output"):
        run("--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "no" / "out.jsonl"))


def test_without_options_the_streams_of_the_process_are_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO('{"name": "Ähre"}\n'.encode()), encoding="ascii"))
    assert run() == 0
    assert capsys.readouterr().out == '{"saw": {"name": "Ähre"}}\n'
