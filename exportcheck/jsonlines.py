"""JSON Lines through a command: one object in, one answer out, in order, each flushed as it is made (docs/contract.md).

A line that cannot be read or that its reader refuses is answered in place with
`{"line": N, "id": …, "error": {"code", "detail"}}`; the lines after it are still answered and the exit code is 2.
"""

from __future__ import annotations

import codecs
import json
import math
import os
import shutil
import stat
import sys
import time
from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, TextIO, cast

from django.core.management.base import BaseCommand, CommandError

MAX_LINE_BYTES = 5_000_000
"""Longest line read, in bytes. The largest real application set (400 parties with owners) needs about 0.3 MB."""
ANSWERED, SOME_REFUSED = 0, 2
"""Exit codes: every line answered; at least one line was answered with an error."""
PROGRESS_SECONDS = 0.1
"""The bar is redrawn at most so often."""

Answer = Callable[[object], dict[str, Any]]


class LineError(ValueError):
    """A line that is no JSON value we read. `code` is stable, `detail` says what to mend."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def run_lines(
    *, source: TextIO | BinaryIO, sink: TextIO, answer: Answer, errors: tuple[type[Exception], ...], bar: TextIO | None = None
) -> int:
    """Answer each line of `source` on `sink` before the next one is read; returns the exit code 0 or 2.

    `answer` gets the parsed value and returns the object to write. It may raise one of `errors` (each with `.code` and
    `.detail`) to refuse its line. Any other exception is a defect and ends the run: a wrong answer must not look like one.
    `bar` takes the progress; without it standard error does, when that is a terminal.
    """
    refused = False
    refusals: tuple[type[Exception], ...] = (LineError, *errors)
    progress = Progress(source=source, sink=sink, bar=sys.stderr if bar is None else bar)
    for number, (line, size) in enumerate(_raw_lines(source), start=1):
        value: object = None
        try:
            value = parse_line(line, first=number == 1)
            reply = answer(value)
        except refusals as error:
            refused = True
            detail = {"code": getattr(error, "code", "invalid"), "detail": getattr(error, "detail", str(error))}
            reply = {"line": number, "id": _id_of(value), "error": detail}
        # Lone surrogates are refused on the way in, so every answer is writable as UTF-8.
        sink.write(json.dumps(reply, ensure_ascii=False, allow_nan=False) + "\n")
        sink.flush()
        progress.advance(size)
    progress.close()
    return SOME_REFUSED if refused else ANSWERED


def parse_line(line: bytes | None, *, first: bool = False) -> object:
    """The JSON value of one line (None = longer than MAX_LINE_BYTES). Raises LineError.

    Stricter than `json.loads`, because a value silently dropped or bent is a party not screened: duplicate keys, NaN,
    numbers beyond a float, bytes that are not UTF-8 and half surrogate pairs are refused. A byte-order mark is allowed
    on the first line only.
    """
    if line is None:
        raise LineError("line_too_long", f"the line is longer than {MAX_LINE_BYTES:,} bytes")
    if first:
        line = line.removeprefix(codecs.BOM_UTF8)
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineError("not_utf8", f"byte {error.start + 1} of the line is not UTF-8") from error
    if not text.strip():
        raise LineError("empty_line", "the line is empty; each line is one JSON object")
    try:
        value: object = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        raise LineError("malformed_json", f"{error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise LineError("malformed_json", "the value is nested too deeply") from error
    if "\\u" in text and not _encodable(value):
        raise LineError("not_utf8", "a \\u escape is half of a surrogate pair")
    return value


def _raw_lines(source: TextIO | BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """Lines with their size in bytes; an overlong one is None and is read past without being kept."""
    raw: Any = getattr(source, "buffer", source)  # a text stream's bytes, or a StringIO, whose lines are text
    while piece := _as_bytes(raw.readline(MAX_LINE_BYTES + 1)):
        size = len(piece)
        if size <= MAX_LINE_BYTES:
            yield piece, size
            continue
        while piece and not piece.endswith(b"\n"):
            piece = _as_bytes(raw.readline(MAX_LINE_BYTES))
            size += len(piece)
        yield None, size


def _as_bytes(piece: str | bytes) -> bytes:
    return piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise LineError("duplicate_key", f"the key {twice!r} is given twice in one object")
    return found


def _no_constant(name: str) -> object:
    raise LineError("malformed_json", f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise LineError("malformed_json", f"the number {digits[:40]} is too large")
    return number


def _whole(digits: str) -> int:
    if len(digits) > 300:  # beyond any float, and Python itself refuses 4,300 digits with another exception
        raise LineError("malformed_json", f"the number {digits[:40]}… is too large")
    return int(digits)


def _encodable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _id_of(value: object) -> object:
    """The id that the caller gave, when the line could be read so far and it is a plain value."""
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str | int | float) else None


class Progress:
    """A bar on a terminal, nothing elsewhere. With answers going to the same terminal there is no bar either."""

    def __init__(self, *, source: IO[Any], sink: IO[Any], bar: TextIO) -> None:
        self.bar = bar if bar.isatty() and not sink.isatty() else None
        self.total = _size(source)
        self.read = self.lines = 0
        self.drawn = 0.0

    def advance(self, size: int) -> None:
        """One more line of `size` bytes is answered."""
        self.read += size
        self.lines += 1
        now = time.monotonic()
        if self.bar is not None and now - self.drawn >= PROGRESS_SECONDS:
            self.drawn = now
            self._draw()

    def close(self) -> None:
        """Leave the final count on its own line."""
        if self.bar is not None:
            self._draw()
            self.bar.write("\n")

    def _draw(self) -> None:
        share = min(1.0, self.read / self.total) if self.total else None
        drawn = f"[{'#' * int(share * 30):<30}] {share:4.0%} " if share is not None else ""
        if self.bar is not None:
            self.bar.write(f"\r{drawn}{self.lines:,} lines")
            self.bar.flush()


def _size(source: IO[Any]) -> int:
    """Bytes of a regular file; 0 for a pipe, a terminal or a stream in memory."""
    try:
        found = os.fstat(source.fileno())
    except (OSError, AttributeError):  # io.UnsupportedOperation is an OSError
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


class LinesCommand(BaseCommand):
    """A command of the machine interface: JSON Lines from `--input` or standard input to `--output` or standard output.

    A subclass names its `errors` and gives `answerer`. Exit codes: 0 all answered, 2 some refused, 1 could not run.
    """

    requires_system_checks = ()
    """A script calls these often; the checks belong to `manage.py check`."""
    errors: tuple[type[Exception], ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two streams; a subclass adds its own options after calling this."""
        parser.add_argument("--input", metavar="FILE", help="JSON Lines to read, UTF-8; without it standard input")
        parser.add_argument("--output", metavar="FILE", help="where answers go; the file appears whole or not at all")

    @abstractmethod
    def answerer(self, **options: Any) -> Answer:
        """Prepare once (load lists, tables) and return the function that answers one line."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer all lines; ends with exit code 2 when some were refused."""
        answer = self.answerer(**options)
        try:
            with open_input(options["input"]) as source, open_output(options["output"], self._standard_output()) as sink:
                code = run_lines(source=source, sink=sink, answer=answer, errors=self.errors)
        except BrokenPipeError:
            # The reader went away (`| head`): point the descriptor elsewhere, else the interpreter complains once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        if code != ANSWERED:
            raise SystemExit(code)

    def _standard_output(self) -> TextIO:
        stream = cast(TextIO, self.stdout._out)  # the stream itself: the wrapper appends line ends of its own
        if stream is sys.stdout and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")  # the contract is UTF-8 whatever the locale says
        return stream


@contextmanager
def open_input(path: str | None) -> Iterator[TextIO | BinaryIO]:
    """The named file, or standard input."""
    if path is None:
        yield sys.stdin
        return
    try:
        source = open(path, "rb")  # noqa: SIM115  # closed below; only the opening may become a message
    except OSError as error:
        raise CommandError(f"--input {path}: {error.strerror}") from error
    with source:
        yield source


@contextmanager
def open_output(path: str | None, standard: TextIO) -> Iterator[TextIO]:
    """The named file, replaced only when everything was written; or `standard`.

    A device or a pipe cannot be replaced and is written directly.
    """
    if path is None:
        yield standard
        return
    target = Path(path).resolve()
    direct = target.exists() and not target.is_file()
    partial = target if direct else target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        sink = open(partial, "w" if direct else "x", encoding="utf-8", newline="\n")  # noqa: SIM115  # closed below
    except OSError as error:
        raise CommandError(f"--output {path}: {error.strerror}") from error
    try:
        with sink:
            yield sink
            if not direct:
                os.fsync(sink.fileno())
        if not direct:
            if target.exists():
                shutil.copymode(target, partial)
            partial.replace(target)
    finally:
        if not direct:
            partial.unlink(missing_ok=True)
