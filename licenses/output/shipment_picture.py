"""The shipment as a picture: who stands where in the transaction, in which country, and who is flagged.

A small server-side SVG without script or inline style; the page's table says the same in words.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

COLUMNS = (
    ("applicant", "other_party", "manufacturer"),
    ("purchaser", "bank", "notify_party"),
    ("intermediate_consignee", "freight_forwarder", "vessel"),
    ("ultimate_consignee", "foreign_person"),
    ("end_user", "original_ultimate_consignee", "other"),
)
"""Roles by column, in the direction the goods travel."""
BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN = 196, 74, 44, 16, 8
NAME_CHARS = 21
SIGNS = {"match": "▲", "possible_match": "△", "not_screened": "?", "no_match": "○"}
BANDS = {"match": "strong", "possible_match": "possible", "not_screened": "not_screened", "no_match": "none"}
VERDICTS = {"match": "match", "possible_match": "possible match", "not_screened": "not screened", "no_match": "no match"}


@dataclass(frozen=True, slots=True)
class Box:
    """One party as drawn: place in pixels, texts."""

    x: int
    y: int
    name: str
    role: str
    country: str
    verdict: str


def shipment_picture(result: Mapping[str, Any], content: Mapping[str, Any]) -> SafeString:
    """SVG of the parties by role; "" when there is nobody to draw. Owners hang on their party in the table instead."""
    given = {party["id"]: party for party in content.get("parties", ()) if party.get("id")}
    parties = [row for row in result.get("parties", ()) if row.get("role") != "owner"]
    columns = [column for column in (place(parties, roles) for roles in COLUMNS) if column]
    if not columns:
        return SafeString("")
    boxes = [[box_of(row, given.get(row["id"], {}), x, y) for y, row in enumerate(column)] for x, column in enumerate(columns)]
    width = 2 * MARGIN + len(columns) * BOX_WIDTH + (len(columns) - 1) * GAP_X
    height = 2 * MARGIN + max(map(len, boxes)) * (BOX_HEIGHT + GAP_Y) - GAP_Y
    summary = "; ".join(
        f"{box.role}: {box.name}, {box.country or 'no country'}, {VERDICTS[box.verdict]}" for row in boxes for box in row
    )
    parts = [
        (
            f'<svg class="ec-graph" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
            f'aria-label="{escape("Parties in the order the goods travel. " + summary)}">'
        ),
        *(line(left, right) for left, right in links(boxes)),
        *(drawn(box) for column in boxes for box in column),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every text inside went through escape()


def place(parties: Sequence[Mapping[str, Any]], roles: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """Parties of one column, in the order of its roles; a party without a role stands with the others."""
    wanted = (*roles, "") if "other" in roles else roles
    return [row for role in wanted for row in parties if row.get("role", "") == role]


def box_of(row: Mapping[str, Any], given: Mapping[str, Any], column: int, position: int) -> Box:
    """Where and what to draw for one party."""
    return Box(
        x=MARGIN + column * (BOX_WIDTH + GAP_X),
        y=MARGIN + position * (BOX_HEIGHT + GAP_Y),
        name=row.get("name") or given.get("name") or (given.get("addresses") or [row["id"]])[0],
        role=(row.get("role") or "no role").replace("_", " "),
        country=row.get("country") or given.get("country", ""),
        verdict=row.get("verdict", "not_screened"),
    )


def links(boxes: list[list[Box]]) -> list[tuple[Box, Box]]:
    """Lines between neighboring columns: from the first box of a column to each of the next."""
    return [(left[0], box) for left, right in itertools.pairwise(boxes) for box in right]


def line(left: Box, right: Box) -> str:
    """A line with one bend, between two boxes."""
    x1, y1 = left.x + BOX_WIDTH, left.y + BOX_HEIGHT // 2
    x2, y2 = right.x, right.y + BOX_HEIGHT // 2
    middle = (x1 + x2) // 2
    return f'<path class="ec-graph__line" d="M{x1} {y1} H{middle} V{y2} H{x2}"/>'


def drawn(box: Box) -> str:
    """One party: role, name, country and a sign with words, so that color is never the only one."""
    name = box.name if len(box.name) <= NAME_CHARS else box.name[: NAME_CHARS - 1].rstrip() + "…"
    verdict = f"{SIGNS[box.verdict]} {VERDICTS[box.verdict]}"
    return (
        f'<g data-band="{BANDS[box.verdict]}">'
        f"<title>{escape(box.name)}</title>"
        f'<rect class="ec-graph__box" x="{box.x}" y="{box.y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
        f'<text class="ec-graph__note" x="{box.x + 12}" y="{box.y + 20}">{escape(box.role)}</text>'
        f'<text class="ec-graph__text" x="{box.x + 12}" y="{box.y + 41}">{escape(name)}</text>'
        f'<text class="ec-graph__mark" x="{box.x + 12}" y="{box.y + 61}">{escape(verdict)}</text>'
        f'<text class="ec-graph__note" x="{box.x + BOX_WIDTH - 12}" y="{box.y + 61}" text-anchor="end">'
        f"{escape(box.country)}</text>"
        "</g>"
    )
