"""Places and postal codes of Crimea and the so-called DNR and LNR regions in an address (746.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from licenses.rules.tables.rows import RegionRow

_WORD = re.compile(r"[^\W\d_]+")
_POSTAL = re.compile(r"(?<!\d)(\d{5,6})(?!\d)")
_RUSSIAN_CODE = 6
"""Digits of the postal codes that Russia uses in Crimea; Ukraine's have five, and begin otherwise."""


class Gazetteer:
    """The rows in force of `ua_regions`, by place name and by the beginning of a postal code."""

    def __init__(self, rows: Sequence[RegionRow]) -> None:
        self._places = {row.term: row for row in rows if row.kind == "place"}
        self._codes = {row.term: row for row in rows if row.kind == "postal"}

    def row(self, iso: str, address: str) -> RegionRow | None:
        """The row that places an address of Ukraine, or one written as Russia ("": country not stated), in a region.

        In Russia only the code that it uses in Crimea counts before a name, which a street may bear.
        """
        if iso not in ("UA", "RU", ""):
            return None
        if iso == "RU":
            return self._by_code(iso, address) or self._by_place(address)
        return self._by_place(address) or (self._by_code(iso, address) if iso == "UA" else None)

    def _by_place(self, address: str) -> RegionRow | None:
        words = _WORD.findall(address.casefold())
        for size in (1, 2):
            for start in range(len(words) - size + 1):
                row = self._places.get(" ".join(words[start : start + size]))
                if row:
                    return row
        return None

    def _by_code(self, iso: str, address: str) -> RegionRow | None:
        for code in _POSTAL.findall(address):
            if iso == "RU" and len(code) != _RUSSIAN_CODE:
                continue
            row = self._codes.get(code[:3] if len(code) == _RUSSIAN_CODE else code[:2])
            if row:
                return row
        return None
