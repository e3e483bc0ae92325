"""The shared objects of docs/contract.md as JSON schemas, for the description of the API."""

from __future__ import annotations

from typing import Any

from screening.matching.read_party import MAX_ITEMS, MAX_NAME_CHARS, MAX_OWNER_LAYERS
from screening.matching.types import Band, Channel, Quality, Role, Schema, Verdict

TEXT: dict[str, Any] = {"type": "string", "maxLength": MAX_NAME_CHARS}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT, "maxItems": MAX_ITEMS}
COUNTRY: dict[str, Any] = {"type": "string", "pattern": "^[A-Za-z]{2}$", "description": "ISO 3166 alpha-2."}
DATE: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}

IDENTIFIER: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["value"],
    "properties": {"type": TEXT, "value": TEXT, "country": COUNTRY},
}
PARTY: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "description": "A party: a name, an address or an identifier is needed, all else helps. Unknown keys are an error.",
    "properties": {
        "id": TEXT,
        "role": {"type": "string", "enum": [str(role) for role in Role]},
        "name": TEXT,
        "other_names": TEXTS,
        "kind": {"type": "string", "enum": [str(kind) for kind in Schema]},
        "address": {**TEXT, "description": "One line; or give `addresses`."},
        "addresses": TEXTS,
        "country": COUNTRY,
        "identifiers": {"type": "array", "items": IDENTIFIER, "maxItems": MAX_ITEMS},
        "birth_date": TEXT,
        "citizenships": {"type": "array", "items": COUNTRY, "maxItems": MAX_ITEMS},
        "owners": {
            "type": "array",
            "maxItems": MAX_ITEMS,
            "items": {"type": "object"},
            "description": f"Party objects with `share_percent`, themselves with `owners`, {MAX_OWNER_LAYERS} layers at most.",
        },
        "share_percent": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
    },
}
PARTIES: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["parties"],
    "properties": {"parties": {"type": "array", "items": PARTY, "minItems": 1, "maxItems": 100}},
}
EVIDENCE: dict[str, Any] = {
    "type": "object",
    "required": ["feature", "query", "listed", "value", "effect"],
    "properties": {
        "feature": {"type": "string"},
        "query": {"type": "string"},
        "listed": {"type": "string"},
        "value": {"type": ["number", "null"], "description": "Similarity from 0 to 1, null for a note."},
        "effect": {"type": "string"},
        "sentence": {"type": "string"},
    },
}
HIT: dict[str, Any] = {
    "type": "object",
    "required": ["list", "entry", "listed_name", "matched_name", "channel", "score", "band", "explanation"],
    "properties": {
        "list": {"type": "string"},
        "entry": {"type": "string", "description": "Names the entry together with `list`."},
        "listed_name": {"type": "string"},
        "matched_name": {"type": "string", "description": "The name or address of the entry that matched."},
        "channel": {"type": "string", "enum": [str(channel) for channel in Channel]},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "band": {"type": "string", "enum": [str(band) for band in Band]},
        "explanation": {"type": "array", "items": EVIDENCE},
        "license_requirement": {"type": "string"},
        "license_policy": {"type": "string"},
        "federal_register": {"type": "string"},
        "programs": STRINGS,
        "footnotes": STRINGS,
        "effective_on": DATE,
        "expires_on": DATE,
        "alias_quality": {"type": "string", "enum": [str(quality) for quality in Quality]},
    },
}
LIST_VERSION: dict[str, Any] = {
    "type": "object",
    "required": ["list", "version", "published_on", "entries"],
    "properties": {
        "list": {"type": "string"},
        "version": {"type": "integer"},
        "published_on": DATE,
        "entries": {"type": "integer"},
        "sample": {"type": "boolean", "description": "Present and true for the starter list, which is no basis for a decision."},
    },
}
MISSING: dict[str, Any] = {
    "type": "object",
    "required": ["list", "why"],
    "properties": {"list": {"type": "string"}, "why": {"type": "string"}},
}
SCREENED: dict[str, Any] = {
    "type": "object",
    "required": ["id", "verdict", "hits", "lists", "engine"],
    "properties": {
        "id": {"type": "string"},
        "verdict": {"type": "string", "enum": [str(verdict) for verdict in Verdict]},
        "hits": {"type": "array", "items": HIT, "description": "Best first."},
        "hits_left_out": {"type": "integer", "description": "Hits not shown because of `top` or `min_score`."},
        "lists": {"type": "array", "items": LIST_VERSION, "description": "The versions that answered."},
        "lists_missing": {"type": "array", "items": MISSING},
        "lists_outdated": {"type": "array", "items": MISSING},
        "engine": {"type": "string"},
        "why_not": {"type": "string", "description": "Why the verdict is not_screened."},
        "as_of": {"type": "string", "format": "date"},
        "advisories": {"type": "array", "items": {"type": "object"}},
        "owners": {
            "type": "array",
            "items": {"type": "object"},
            "description": "The same object for each owner, with `owner_of`.",
        },
    },
}
SCREENED_MANY: dict[str, Any] = {
    "type": "object",
    "required": ["parties"],
    "properties": {"parties": {"type": "array", "items": SCREENED}},
}
