"""Named sets of ECCNs (Supp. 2 to part 744, advanced computing …): whether one holds an item, and by which row."""

from __future__ import annotations

from collections.abc import Sequence

from licenses.rules.eccn import Eccn, Fit, fit_refs
from licenses.rules.tables.rows import EccnSetRow


def holds(rows: Sequence[EccnSetRow], item: Eccn) -> tuple[EccnSetRow | None, Fit]:
    """The row of a set that holds the item, or may, with YES, MAYBE or NO."""
    best: tuple[EccnSetRow | None, Fit] = (None, Fit.NO)
    for row in rows:
        fit = fit_refs((row.eccn,), item)
        if fit is Fit.YES and row.scope_kind != "entire":
            fit = _limited(row, item)
        if fit is Fit.YES:
            return row, fit
        if fit is Fit.MAYBE:
            best = (row, fit)
    return best


def _limited(row: EccnSetRow, item: Eccn) -> Fit:
    fit = fit_refs(row.scope, item) if row.scope else Fit.MAYBE
    if (fit is Fit.YES and row.scope_kind == "parameters_inside") or (fit is Fit.NO and row.scope_kind == "parameters_outside"):
        return Fit.MAYBE
    return fit
