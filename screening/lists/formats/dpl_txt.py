"""Denied Persons List, the agency's own file: tab-separated text, or comma-separated since 2026."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.formats.denial import Order, denial_entry
from screening.lists.formats.small_csv import records

COLUMNS = (
    "name",
    "street_address",
    "city",
    "state",
    "country",
    "postal_code",
    "effective_date",
    "expiration_date",
    "standard_order",
    "last_update",
    "action",
    "fr_citation",
)
REQUIRED = COLUMNS[:9]
"""Older files leave the trailing cells of a row out when they are empty; a row that ends earlier is cut."""


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s). A row without a name is rejected; the blank first record of older files is passed over."""
    for text in texts:
        delimiter = "\t" if "\t" in text.text.split("\n", 1)[0] else ","
        for line, row in records(text, harvest, required=REQUIRED, known=COLUMNS, delimiter=delimiter):
            if row["name"]:
                harvest.add(denial_entry(_order(row), harvest))
            else:
                harvest.reject(line, "no name", ",".join(row.values())[:200], "DPL")


def _order(row: Mapping[str, str]) -> Order:
    country = row["country"]
    if not country and row["state"]:
        country = "US"  # the country is often left out for the United States when a state is given
    place = [row["street_address"], row["city"], row["state"], row["postal_code"]]
    address = ", ".join(filter(None, place))
    return Order(
        name=row["name"],
        addresses=(f"{address}, {country}" if country and address else address,) if address else (),
        country=country,
        effective=row["effective_date"],
        expires=row["expiration_date"],
        citation=row.get("fr_citation", ""),
        remarks=row.get("action", ""),
        raw={"standard_order": row["standard_order"], "last_update": row.get("last_update", "")},
    )
