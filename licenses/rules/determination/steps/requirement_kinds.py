"""The requirement kinds of an entry beside the columns of the chart: whom each reaches (step G2)."""

from __future__ import annotations

from collections.abc import Callable

from licenses.rules.eccn import Fit
from licenses.rules.tables.country_table import CountryTable

ALLIED_TECHNOLOGY = "D:1 D:4 D:5 not:A:5 not:A:6"
"""Where 742.6(a)(6)(iii) reaches what 3E001 holds: printed without the United Arab Emirates."""
MACAU_D5 = "MO D:5"
SECTION_MACAU_D5 = "742.6(a)(11)"
"""The one `see_section` that is read as Macau and D:5, from general knowledge, hence unverified."""


def _fixed(spec: str) -> Callable[[CountryTable, str], Fit]:
    return lambda countries, iso: Fit.YES if iso in countries.named(spec) else Fit.NO


def _cwc(countries: CountryTable, iso: str) -> Fit:
    """The list of countries outside the CWC is not on file: five are known, and Australia Group members are parties."""
    if countries.in_set("cwc_nonparty", iso):
        return Fit.YES
    return Fit.NO if countries.in_group(iso, "A3") else Fit.MAYBE


def _cwc_but_il_tw(countries: CountryTable, iso: str) -> Fit:
    return Fit.NO if iso in ("IL", "TW") else _cwc(countries, iso)


def _un(countries: CountryTable, iso: str) -> Fit:
    return Fit.YES if countries.in_set("un_arms", iso) else Fit.NO


def _advanced_computing(countries: CountryTable, iso: str) -> Fit:
    return Fit.YES if iso in countries.advanced_computing else Fit.NO


def _always(_countries: CountryTable, _iso: str) -> Fit:
    return Fit.YES


def _maybe(_countries: CountryTable, _iso: str) -> Fit:
    return Fit.MAYBE


KINDS: dict[str, Callable[[CountryTable, str], Fit]] = {
    "worldwide": _always,
    "all_destinations": _always,
    "all_except_CA": _fixed("any not:CA"),
    "encryption_742.15": _fixed("any not:CA"),
    "UAE_or_D1_D4_D5_not_A5A6": _advanced_computing,
    "D1_D4_D5_not_A5A6": _fixed(ALLIED_TECHNOLOGY),
    "macau_or_D5": _fixed(MACAU_D5),
    "CN_RU_VE": _fixed("CN RU VE"),
    "un_arms_embargo_746.1b": _un,
    "russia_belarus_746.8": _fixed("RU BY"),
    "IQ": _fixed("IQ"),
    "PK": _fixed("PK"),
    "KP": _fixed("KP"),
    "IQ_PK": _fixed("IQ PK"),
    "country_group_E1": _fixed("E:1"),
    "cwc_nonparties": _cwc,
    "cwc_nonparties_except_IL_TW": _cwc_but_il_tw,
    "short_supply_754": _maybe,
    "see_text": _maybe,
}
"""Requirement kinds beside `chart`, `chart+special` and `see_section`: is it true of the destination?"""
