"""Addresses of a source's files today: fixed ones, those of the newest dated edition, or the newest file a page links to."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from screening.lists.fetch_sources import FetchSource
from screening.services.activation.download import DownloadPolicy, FetchError, download


def addresses_of(source: FetchSource, rules: DownloadPolicy) -> list[str]:
    """Where the files are now. Raises FetchError when the publisher's list of editions, or its page, names none."""
    if source.dated_by:
        edition = _edition(source.dated_by, rules)
        return [url.replace("{date}", edition) for url in source.urls]
    if source.linked_from:
        return [_linked(source.linked_from, source.link, rules)]
    return list(source.urls)


def _edition(url: str, rules: DownloadPolicy) -> str:
    """Date of the newest edition; the word "current" is not accepted as a date by the publisher."""
    data = download(url, rules=rules).data or b""
    try:
        titles = json.loads(data)["titles"]
        return dt.date.fromisoformat(next(one["up_to_date_as_of"] for one in titles if one["number"] == 15)).isoformat()
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise FetchError(f"{url}: the list of editions names none of title 15") from error


class _Links(HTMLParser):
    """Targets of the links of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an `a` leads."""
        if tag == "a":
            self.targets += [value for name, value in attrs if name == "href" and value]


def _linked(page: str, pattern: str, rules: DownloadPolicy) -> str:
    """The file whose name fits `pattern` with the latest MMDDYYYY in its group, else the first that fits."""
    links = _Links()
    links.feed((download(page, rules=rules).data or b"").decode("utf-8", "replace"))
    found = [(match, target) for target in links.targets if (match := re.search(pattern, target, re.IGNORECASE))]
    if not found:
        raise FetchError(f"{page}: the page links to no file of the list; look at it, and import the file by hand meanwhile")
    return urljoin(page, max(found, key=lambda one: _day(one[0]))[1])


def _day(match: re.Match[str]) -> dt.date:
    try:
        return dt.datetime.strptime(match[1] or "", "%m%d%Y").replace(tzinfo=dt.UTC).date()
    except (IndexError, ValueError):
        return dt.date.min
