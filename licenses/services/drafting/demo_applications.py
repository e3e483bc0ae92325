"""The applications of a demonstration: the sample, and a few in other states. Facts of published cases or invented names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licenses.services.drafting.sample import sample_line

APPLICANT: Mapping[str, Any] = {
    "role": "applicant",
    "name": "Granite State Semiconductors, Inc.",
    "address": "1 Foundry Way, Nashua, NH 03060",
    "country": "US",
}


def quantum_line() -> dict[str, Any]:
    """A dilution refrigerator for an institute on the Entity List under another name: a license is required."""
    return {
        "title": "Dilution refrigerator for a quantum laboratory",
        "type": "export",
        "destination": "CN",
        "end_use": "Quantum computing research: cooling of superconducting qubits below 0.1 K",
        "parties": [
            APPLICANT,
            {"role": "ultimate_consignee", "name": "Beijing Quantum Institute", "address": "Beijing", "country": "CN"},
        ],
        "items": [
            {
                "eccn": "3A904",
                "description": "Cryogenic cooling system below 0.1 K (dilution refrigerator)",
                "hs6": "841869",
                "quantity": 1,
                "unit": "unit",
                "value_usd": 620000,
            }
        ],
    }


def notebook_line() -> dict[str, Any]:
    """Notebooks for a reseller on the Unverified List: no license from the listing itself, but a statement first."""
    return {
        "title": "Sixty notebooks for a retailer in Dubai",
        "type": "export",
        "destination": "AE",
        "end_use": "Retail resale of notebook computers in two shops in Dubai",
        "parties": [
            APPLICANT,
            {"role": "ultimate_consignee", "name": "Blue Wing Gen. Trading", "address": "Dubai", "country": "AE"},
        ],
        "items": [
            {
                "eccn": "5A992.c",
                "description": "Notebook computers",
                "hs6": "847130",
                "quantity": 60,
                "unit": "unit",
                "value_usd": 38000,
            }
        ],
    }


def question_line() -> dict[str, Any]:
    """Carbon fiber for a buyer nobody lists, where one fact decides that only the exporter knows: the exporter is asked."""
    buyer = {"name": "Suzhou Example Composites Co.", "address": "12 Example Road, Suzhou", "country": "CN"}
    return {
        "title": "Carbon fiber fabric for fan blades",
        "type": "export",
        "destination": "CN",
        "end_use": "Composite blades of fans for cement works made at the buyer's own plant in Suzhou",
        "parties": [APPLICANT, {"role": "purchaser", **buyer}, {"role": "ultimate_consignee", **buyer}],
        "items": [
            {
                "eccn": "1C990",
                "description": "Carbon fiber fabric",
                "hs6": "681511",
                "quantity": 40,
                "unit": "kg",
                "value_usd": 5200,
            }
        ],
    }


def clean_line() -> dict[str, Any]:
    """Test sockets for a chip maker in Germany: nothing to find."""
    buyer = {"name": "Musterhalbleiter Dresden AG", "address": "Beispielweg 4, 01109 Dresden", "country": "DE"}
    return {
        "title": "Burn-in sockets for a plant in Dresden",
        "type": "export",
        "destination": "DE",
        "end_use": "Production test of automotive chips in the buyer's own plant in Dresden",
        "parties": [APPLICANT, {"role": "purchaser", **buyer}, {"role": "ultimate_consignee", **buyer}],
        "items": [
            {
                "eccn": "EAR99",
                "description": "Burn-in test sockets",
                "hs6": "853669",
                "quantity": 500,
                "unit": "unit",
                "value_usd": 14500,
            }
        ],
    }


def other_line() -> dict[str, Any]:
    """A draft of another organization, which nobody of the first ever sees."""
    return {
        "title": "Spare pumps for a dairy",
        "type": "export",
        "destination": "NZ",
        "end_use": "Spare parts of a milk pasteurizer at the buyer's dairy in Waikato",
        "parties": [
            {"role": "applicant", "name": "Harbor Point Trading Co.", "address": "Portland, ME", "country": "US"},
            {"role": "ultimate_consignee", "name": "Waikato Example Dairy Ltd", "address": "Hamilton", "country": "NZ"},
        ],
        "items": [{"eccn": "EAR99", "description": "Sanitary pumps", "hs6": "841370", "quantity": 2, "value_usd": 3100}],
    }


__all__ = ("clean_line", "notebook_line", "other_line", "quantum_line", "question_line", "sample_line")
