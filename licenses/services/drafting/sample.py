"""The sample application: facts of BIS press release of 2024-11-01. The customer's name was withheld; the listed party is not the
customer but the test house, under an alias."""

from __future__ import annotations

from typing import Any


def sample_line() -> dict[str, Any]:
    """The sample as one precheck object of docs/contract.md."""
    return {
        "id": "SAMPLE",
        "type": "export",
        "title": "Wafers for outsourced assembly and test (sample)",
        "destination": "CN",
        "end_use": "Assembly and test (OSAT) of wafers for the purchaser, a fabless designer of chips",
        "form": {
            "contact_name": "Alice Aldrin",
            "contact_phone": "+1 603 555 0100",
            "contact_email": "alice@granite.example",
            "filer_capacity": "FIRST_PARTY",
        },
        "parties": [
            {
                "id": "P1",
                "role": "applicant",
                "name": "Granite State Semiconductors, Inc.",
                "address": "1 Foundry Way, Nashua, NH 03060",
                "country": "US",
            },
            {
                "id": "P2",
                "role": "purchaser",
                "name": "Company 1 (fabless customer; name withheld)",
                "country": "CN",
            },
            {
                "id": "P3",
                "role": "intermediate_consignee",
                "name": "SJ Semiconductor (Jiangyin) Corp.",
                "address": "Jiangyin, Jiangsu",
                "country": "CN",
            },
        ],
        "items": [
            {
                "id": "I1",
                "eccn": "EAR99",
                "description": "Silicon wafers for outsourced assembly and test",
                "hs6": "8542.39",
                "quantity": 5697,
                "unit": "wafer",
                "value_usd": 17101679,
                "origin": "US",
            }
        ],
    }
