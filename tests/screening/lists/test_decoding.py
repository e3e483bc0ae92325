"""Bytes become text strictly; what is no list at all is refused first."""

from __future__ import annotations

import pytest

from screening.lists.decoding import check_content, decode
from screening.lists.types import FileRefused, RawFile, texts_of


@pytest.mark.parametrize(
    ("data", "guard", "why"),
    [
        (b"", "empty", "0 bytes: an empty sdn.csv was published on 2024-05-04"),
        (b" \r\n\t\n", "empty", "blanks only"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 1\n", "pointer", "a Git LFS pointer"),
        (b"<!DOCTYPE html><html><body>moved</body></html>", "pointer", "a web page"),
        (b"\n <HTML><head>", "pointer", "a web page, other case"),
    ],
)
def test_no_list_at_all(data: bytes, guard: str, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check_content(RawFile("sdn.csv", data))
    assert refused.value.guard == guard, why


def test_utf8_with_and_without_its_mark() -> None:
    assert decode(RawFile("a", "é §".encode())).text == "é §"
    assert decode(RawFile("a", b"\xef\xbb\xbfname")).text == "name"
    assert decode(RawFile("a", "name,é".encode("utf-16"))).text == "name,é"


def test_windows_1252_is_read_with_a_warning() -> None:
    text = decode(RawFile("uvl.csv", b"11\x9619 Sha Tsui Road"))
    assert text.text == "11–19 Sha Tsui Road"
    assert texts_of(text.warnings) == ("uvl.csv is not UTF-8 (byte 2); read as Windows-1252",)


def test_the_space_of_old_code_pages_is_told() -> None:
    text = decode(RawFile("isn.csv", b"7th\xffof Tir"))
    assert text.text.split() == ["7th", "of", "Tir"]
    assert any("0xFF" in warning for warning in texts_of(text.warnings))


def test_control_characters_of_a_wrong_conversion_are_repaired_and_told() -> None:
    text = decode(RawFile("csl.csv", "CAST Xi\x92an".encode()))
    assert text.text == "CAST Xi’an"
    assert "1 Windows-1252 characters" in text.warnings[0].text


@pytest.mark.parametrize(
    ("data", "guard", "why"),
    [
        (b"name\nA\x00B\n", "header_drift", "NUL: a binary file"),
        (b"name\n\x81\x8d\n", "header_drift", "bytes that neither encoding knows"),
        ("§ é ü ö\n".encode() + b"\xe9\n", "truncated", "one damaged byte must not turn every § into Â§"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, guard: str, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        decode(RawFile("x.csv", data))
    assert refused.value.guard == guard, why


def test_of_xml_only_the_head_is_decoded() -> None:
    data = b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>"
    text = decode(RawFile("x.xml", data))
    assert text.data == data, "the parser reads the encoding the file declares"
