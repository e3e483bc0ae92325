"""XML read as a stream, entity definitions and external access switched off; tags without their namespace."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from screening.lists.decoding import Text
from screening.lists.fields.names import squeeze
from screening.lists.types import FileRefused


class Element(Protocol):
    """The little of an XML element that is used here."""

    tag: Any
    text: str | None
    tail: str | None
    attrib: dict[str, str]

    def __iter__(self) -> Iterator[Element]: ...
    def iter(self) -> Iterator[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def clear(self) -> None: ...


@contextmanager
def _refusing(source: Text) -> Iterator[None]:
    """What the parser raises over damaged or hostile XML, as the guard that refuses it."""
    try:
        yield
    except DefusedXmlException as error:
        raise FileRefused(
            "archive", f"{source.name}: the XML defines entities or a document type, which no list needs"
        ) from error
    except ParseError as error:
        raise FileRefused(
            "truncated", f"{source.name}: the XML is not closed or not well formed ({error}); fetch it again"
        ) from error
    except (LookupError, ValueError) as error:
        raise FileRefused("header_drift", f"{source.name}: the XML declares an encoding that cannot be read ({error})") from error


def _events(source: Text, *kinds: str) -> Iterator[tuple[str, Element]]:
    """Parser events; only the parser's own errors are turned into refusals, not those of the caller."""
    with _refusing(source):
        events = iterparse(io.BytesIO(source.data), events=kinds, forbid_dtd=True)
    while True:
        with _refusing(source):
            event = next(events, None)
        if event is None:
            return
        yield event


def elements(source: Text, wanted: Collection[str]) -> Iterator[tuple[str, Element]]:
    """Every finished element of the wanted local names, in order; each is emptied when the next one is asked for.

    Raises FileRefused: "truncated" for XML that is not closed or not well formed, "archive" for entity definitions,
    document types and external references, whatever they would unpack to, "header_drift" for an unknown encoding.
    """
    depth = 0
    for event, element in _events(source, "start", "end"):
        name = local(element)
        if event == "start":
            depth += name in wanted
            continue
        if name in wanted:
            depth -= 1
            yield name, element
        if depth == 0:
            element.clear()


def root_of(source: Text) -> tuple[str, dict[str, str]]:
    """Local name and attributes of the root element. Raises FileRefused as `elements` does."""
    for _, element in _events(source, "start"):
        return local(element), dict(element.attrib)
    raise FileRefused("truncated", f"{source.name}: the XML holds no element")


def local(element: Element) -> str:
    """Tag without namespace; comments and processing instructions have no name and give ""."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def children(element: Element, *path: str) -> Iterator[Element]:
    """Elements at the end of a path of local names below `element`."""
    if not path:
        yield element
        return
    for child in element:
        if local(child) == path[0]:
            yield from children(child, *path[1:])


def text_of(element: Element, *path: str) -> str:
    """Squeezed text of the first element at the path, "" when there is none or it is empty."""
    for found in children(element, *path):
        return squeeze(found.text or "")
    return ""


def texts_of(element: Element, *path: str) -> list[str]:
    """Squeezed texts of every element at the path, empty ones left out."""
    return [text for text in (squeeze(found.text or "") for found in children(element, *path)) if text]
