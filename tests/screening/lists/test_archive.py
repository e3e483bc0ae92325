"""Packed files: opened when whole, refused when cut or when they are bombs."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from screening.lists import archive
from screening.lists.archive import gather, is_workbook, unpack
from screening.lists.types import FileRefused, RawFile


def zipped(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return buffer.getvalue()


ZIPPED = zipped({"a.csv": b"abc" * 500})


def test_gzip_and_zip_are_opened_one_inside_the_other() -> None:
    inner = gzip.compress(b"a,b\n1,2\n")
    files = unpack([RawFile("x.csv.gz", inner), RawFile("y.zip", zipped({"alt.csv.gz": inner, "add.csv": b"c\n"}))])
    assert [(file.name, file.data) for file in files] == [
        ("x.csv", b"a,b\n1,2\n"),
        ("alt.csv", b"a,b\n1,2\n"),
        ("add.csv", b"c\n"),
    ]


def test_several_gzip_members_are_one_file() -> None:
    assert unpack([RawFile("x.gz", gzip.compress(b"a") + gzip.compress(b"b"))])[0].data == b"ab"


@pytest.mark.parametrize(
    ("data", "guard", "why"),
    [
        (gzip.compress(b"x" * 5000)[:-6], "truncated", "gzip cut before its checksum"),
        (gzip.compress(b"x" * 5000)[:20], "truncated", "gzip cut early"),
        (gzip.compress(b"abc")[:-8] + b"\0\0\0\0" + gzip.compress(b"abc")[-4:], "truncated", "wrong checksum"),
        (zipped({"a.csv": b"abc" * 500})[:-30], "truncated", "ZIP without its directory"),
        (
            zipped({"a.csv": b"abcdefgh"}, method=zipfile.ZIP_STORED).replace(b"abcdefgh", b"abcdXfgh"),
            "truncated",
            "ZIP member changed",
        ),
        (ZIPPED[:10] + ZIPPED[50:], "truncated", "bytes missing at the start: every offset of the directory is wrong"),
        (zipped({}), "empty", "an archive of nothing"),
        (gzip.compress(b"\0" * 3_000_000), "archive", "a bomb: a thousand bytes out of one"),
        (zipped({"a": b"\0" * 3_000_000}), "archive", "the same as ZIP"),
        (zipped({f"{number}.csv": b"x" for number in range(65)}), "archive", "too many files"),
        (gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x")))), "archive", "archives in archives in archives"),
    ],
)
def test_what_cannot_be_opened_whole_is_refused(data: bytes, guard: str, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        unpack([RawFile("list", data)])
    assert refused.value.guard == guard, why


def test_the_limit_counts_all_files_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 100)
    with pytest.raises(FileRefused, match="archive"):
        unpack([RawFile("a", b"x" * 60), RawFile("b", b"y" * 60)])
    (tmp_path / "big.csv").write_bytes(b"x" * 101)
    with pytest.raises(FileRefused, match="archive"):
        gather([tmp_path])


def test_a_workbook_is_left_whole() -> None:
    book = zipped({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"})
    assert is_workbook(RawFile("x.xlsx", book))
    assert unpack([RawFile("x.xlsx", book)])[0].data == book
    assert not is_workbook(RawFile("x.zip", zipped({"a.csv": b"x"})))


def test_a_folder_gives_its_files_in_name_order(tmp_path: Path) -> None:
    for name in ("sdn.csv", "alt.csv", ".hidden"):
        (tmp_path / name).write_text(name)
    (tmp_path / "inner").mkdir()
    assert [file.name for file in gather([tmp_path])] == ["alt.csv", "sdn.csv"]
    with pytest.raises(FileNotFoundError):
        gather([tmp_path / "absent.csv"])
