"""What a parser gathers while it reads: entries by list, rejected rows, warnings, dates. `close` makes it a Parsed."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from screening.lists.diff import content_hash
from screening.lists.registry import BUNDLES, CONTROL_LISTS
from screening.lists.types import FileRefused, ListWarning, Parsed, ParsedList, Reject, WarningCode
from screening.matching.types import ListedParty

MAX_REJECT_SHARE = 0.005
"""Largest share of rejected rows in a file that is still taken; the real files of 2014 to 2026 have none."""


@dataclass(slots=True)
class Harvest:
    """Mutable on purpose: one per import, filled by one parser, read once by `close`.

    `code` is the list code or bundle asked for. A parser adds entries under the list they belong to; entries of lists
    that were not asked for are counted and left out.
    """

    code: str
    format: str
    entries: dict[str, list[ListedParty]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)
    rejects: dict[str, list[Reject]] = field(default_factory=lambda: defaultdict(list))
    notes: Counter[tuple[str, ListWarning]] = field(default_factory=Counter)
    published_on: dt.date | None = None
    newest_row: dt.date | None = None
    rows: int = 0
    end_mark: bool | None = None

    def add(self, entry: ListedParty) -> None:
        """Take an entry; its uid may still repeat."""
        self.rows += 1
        self.entries[entry.list].append(entry)

    def reject(self, line: int, reason: str, text: str, code: str = "") -> None:
        """Keep a row that could not be read, with its list where the row tells it."""
        self.rows += 1
        self.rejects[code].append(Reject(line, reason, text))

    def note(self, about: WarningCode, text: str, code: str = "") -> None:
        """Count a warning; the same text is shown once with its count. `code`: the list, "" = the whole file."""
        self.notes[code, ListWarning(about, text)] += 1

    def publish(self, date: dt.date | None) -> None:
        """Take a date the publisher printed for the file."""
        if date is not None and (self.published_on is None or date > self.published_on):
            self.published_on = date

    def row_date(self, date: dt.date | None) -> None:
        """Take a date printed in a row; the newest is a lower bound of the file's date."""
        if date is not None and (self.newest_row is None or date > self.newest_row):
            self.newest_row = date

    @property
    def wanted(self) -> tuple[str, ...] | None:
        """Lists asked for; None = every list of the file, unknown ones too."""
        return None if self.code == "CSL" else BUNDLES.get(self.code, (self.code,))

    def close(self) -> Parsed:
        """The lists asked for, uids made unique. Raises FileRefused: rejects, empty, header_drift (another list)."""
        rejected = sum(map(len, self.rejects.values()))
        if rejected > MAX_REJECT_SHARE * self.rows:
            first = next(rows[0] for rows in self.rejects.values() if rows)
            raise FileRefused(
                "rejects",
                f"{rejected:,} of {self.rows:,} rows cannot be read (more than {MAX_REJECT_SHARE:.1%});"
                f" the first on line {first.line:,}: {first.reason}",
            )
        held = [code for code, entries in self.entries.items() if entries]
        if not held:
            raise FileRefused("empty", "the file holds no entry")
        codes = [code for code in held if self.wanted is None or code in self.wanted]
        if not codes:
            raise FileRefused("header_drift", f"the file holds {', '.join(sorted(held))} and nothing of {self.code}")
        for code in sorted(set(held) - set(codes)):
            left = f"{len(self.entries[code]):,} entries of {code} left out: only {self.code} was asked for"
            self.note(WarningCode.LIST_LEFT_OUT, left)
        order = list(CONTROL_LISTS)
        codes.sort(key=lambda code: (order.index(code) if code in order else len(order), code))
        return Parsed(
            lists=tuple(map(self._list, codes)),
            format=self.format,
            warnings=self._warnings(""),
            rejected=tuple(self.rejects.get("", ())),
            rows=self.rows,
        )

    def _list(self, code: str) -> ParsedList:
        published = self.published_on or self.newest_row
        if self.published_on is None:
            instead = (
                "none found in its rows either" if published is None else f"taken from the newest date in a row, {published}"
            )
            text = f"the file prints no publication date; {instead}"
            self.note(WarningCode.NO_PUBLICATION_DATE, text, code)
        source = CONTROL_LISTS.get(code)
        return ParsedList(
            code=code,
            name=source.name if source else self.names.get(code, code),
            entries=tuple(self._unique(code, self.entries[code])),
            published_on=published,
            published_from="file" if self.published_on else ("rows" if published else ""),
            rejected=tuple(self.rejects.get(code, ())),
            warnings=self._warnings(code),
            end_mark=self.end_mark,
        )

    def _unique(self, code: str, entries: Iterable[ListedParty]) -> list[ListedParty]:
        """Entries in printed order; a repeated uid gets "-2", "-3" in order of content, so that row order never counts."""
        groups: dict[str, list[ListedParty]] = defaultdict(list)
        for entry in entries:
            groups[entry.uid].append(entry)
        unique: list[ListedParty] = []
        for uid, group in groups.items():
            if len(group) == 1:
                unique.append(group[0])
                continue
            text = "the same uid stood on several rows; all are kept, the further ones with a suffix"
            self.note(WarningCode.REPEATED_UID, text, code)
            for number, entry in enumerate(sorted(group, key=lambda item: (content_hash(item), item.name)), 1):
                unique.append(entry if number == 1 else replace(entry, uid=f"{uid}-{number}"))
        return unique

    def _warnings(self, code: str) -> tuple[ListWarning, ...]:
        return tuple(
            warning if count == 1 else replace(warning, text=f"{warning.text} ({count:,} times)")
            for (where, warning), count in self.notes.items()
            if where == code
        )
