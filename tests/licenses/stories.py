"""The acceptance stories (tests/licenses/rules/stories.py) as drafts, with lists on which their parties stand."""

from __future__ import annotations

from typing import Any

from tests.licenses.rules.stories import SILENT, STORIES, Story
from tests.screening.factories import row


def story_line(story: Story) -> dict[str, Any]:
    """The application of a story as a precheck object."""
    facts = story.application
    parties = [{"role": one.role, "name": one.name, "country": one.country, "address": one.addresses[0]} for one in facts.parties]
    items = [
        {
            "eccn": one.eccn,
            "description": one.description,
            "hs6": one.hs6 or None,
            "quantity": one.quantity,
            "unit": one.unit,
            "value_usd": one.value_usd,
        }
        for one in facts.items
    ]
    given = [{key: value for key, value in one.items() if value is not None} for one in items]
    return {
        "type": facts.type,
        "destination": facts.destination,
        "end_use": facts.end_use,
        "parties": parties,
        "items": given,
        "answers": dict(facts.answers),
    }


def story_rows() -> list[dict[str, str]]:
    """An entry for each hit of the stories: under the party's own name as an alias, or under its address."""
    entries: dict[tuple[str, str], list[str]] = {}
    for story in STORIES:
        for party in story.application.parties:
            for hit in party.hits:
                said = party.addresses[0] if hit.channel == "address" else party.name
                entries.setdefault((hit.list, hit.listed_name), []).append(said)
    return [_entry(code, name, sorted(set(said))) for (code, name), said in entries.items()]


def _entry(code: str, name: str, said: list[str]) -> dict[str, str]:
    if name.startswith("Address "):
        return row(name, code, addresses=said[0])
    return row(name, code, alt_names="; ".join(said))


LOUD = tuple(story for story in STORIES if story.id not in SILENT)
"""Stories that raise flags."""
