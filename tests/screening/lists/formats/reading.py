"""Short ways to say what the tests of the formats say often."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.lists.read_files import read
from screening.lists.types import FileRefused as Refused
from screening.lists.types import Parsed, ParsedList, RawFile
from screening.matching.types import ListedParty


def parse(data: str | bytes, code: str, format: str | None = None, name: str = "list") -> Parsed:
    """Read one file."""
    return read([RawFile(name, data.encode() if isinstance(data, str) else data)], code=code, format=format)


def only(data: str | bytes, code: str, format: str | None = None) -> ParsedList:
    """The only list of a file."""
    (found,) = parse(data, code, format).lists
    return found


def one(data: str | bytes, code: str, format: str | None = None) -> ListedParty:
    """The only entry of a file."""
    (entry,) = only(data, code, format).entries
    return entry


def refused(data: str | bytes, code: str, format: str | None = None) -> Refused:
    """The refusal of a file that must be refused."""
    with pytest.raises(Refused) as error:
        parse(data, code, format)
    return error.value


def sample(name: str) -> str:
    """A small file of our own in the publisher's layout."""
    return (Path(__file__).parent / "samples" / name).read_bytes().decode()
