"""The keys of the desk: what each does, and the widgets that carry them to the browser. static/js/desk.js knows no key by name:
it finds the control by `data-key`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from licenses.services.application.dispositions import MEANINGS, Disposition


@dataclass(frozen=True, slots=True)
class DeskKey:
    """What one presses, as it is printed ("T", "Ctrl+Enter"), and what it does, in the words of the row of keys."""

    press: str
    act: str

    @property
    def code(self) -> str:
        """The key as `data-key` names it."""
        return self.press.lower()

    @property
    def caps(self) -> list[str]:
        """The keys pressed together."""
        return self.press.split("+")


KEYS: Mapping[str, DeskKey] = {
    Disposition.TRUE_MATCH: DeskKey("T", "true match"),
    Disposition.FALSE_POSITIVE: DeskKey("F", "false positive"),
    Disposition.NOT_IN_SCOPE: DeskKey("S", "out of scope"),
    Disposition.MITIGATED: DeskKey("M", "mitigated"),
    Disposition.ESCALATED: DeskKey("E", "escalate"),
    Disposition.UNRESOLVED: DeskKey("U", "unresolved"),
    "ask": DeskKey("I", "ask"),
    "send": DeskKey("Ctrl+Enter", "send the form one types in"),
    "next": DeskKey("J", "next"),
    "previous": DeskKey("K", "previous"),
    "gravest": DeskKey("N", "gravest unassigned"),
    "undo": DeskKey("Z", "undo the last"),
    "agree": DeskKey("A", "agree (second person, quality review)"),
    "disagree": DeskKey("B", "send back, or disagree"),
    "queue": DeskKey("Q", "queue"),
    "help": DeskKey("?", "these keys"),
}
"""Every key by what it is for, in the order of the row at the foot of a match page."""


class KeyedRadios(forms.RadioSelect):
    """Radio buttons that keys choose. `keys`: choice -> name in KEYS; `then`: id of the field that takes the focus next;
    `opens`: selector of what is unfolded beside it."""

    def __init__(self, *, keys: Mapping[str, str], then: str, opens: str = "") -> None:
        super().__init__()
        self.keys = keys
        self.carried = {"data-then": then, **({"data-opens": opens} if opens else {})}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option with its key."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= {"data-key": KEYS[self.keys[value]].code, **self.carried}
        return option


class ReasonSelect(forms.Select):
    """Reason codes that say whose they are, so that only those of the chosen disposition can be chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option with its disposition."""
        option = super().create_option(name, value, *args, **kwargs)
        if value in DISPOSITION_OF:
            option["attrs"]["data-disposition"] = DISPOSITION_OF[value].value
        return option


DISPOSITION_OF = {code: disposition for disposition, meaning in MEANINGS.items() for code in meaning.reasons}
"""Reason code -> the disposition it is a reason for."""
