"""The item of one determination by its ECCN: its entry, its HS code, and which item specs hold it."""

from __future__ import annotations

from decimal import Decimal

from licenses.rules.eccn import Eccn, Fit, parse_eccn
from licenses.rules.tables.item_table import ItemTable
from licenses.rules.tables.rows import CclRow
from licenses.rules.types import ItemFacts


class ClassifiedItem:
    """`entry` is None when the tables do not know the ECCN, `hs6` "" when it is not stated."""

    __slots__ = ("_fits", "_items", "eccn", "entry", "hs6", "unit_price")

    def __init__(self, facts: ItemFacts, items: ItemTable) -> None:
        """Raises RuleInputError for an ECCN that cannot be read."""
        self.eccn: Eccn = parse_eccn(facts.eccn)
        self.entry: CclRow | None = items.entry(self.eccn.base)
        self.hs6 = facts.hs6
        self.unit_price: Decimal | None = (
            facts.value_usd / facts.quantity if facts.value_usd is not None and facts.quantity else None
        )
        """Value over quantity in US dollars: a hint, not the wholesale price in the United States."""
        self._items = items
        self._fits = items.fits_of(self.eccn, self.hs6)

    @property
    def series(self) -> str:
        """Series of the entry ("600", "9x515", "99x" …), "" when the entry is not known."""
        return self.entry.series if self.entry else ""

    def fit(self, spec: str) -> Fit:
        """Does an item spec hold this item?"""
        fit = self._fits.get(spec)
        if fit is None:
            fit = self._fits[spec] = self._items.fit(spec, self.eccn, self.hs6)
        return fit
