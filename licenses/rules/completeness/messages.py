"""What an application still lacks before it can be filed: messages by section of the form (intake.md 1.2 to 1.5).

A message blocks filing (B) or warns (W); it never changes the outcome of the pre-check. A bare line of `precheck`, which
has no form, is asked for parties, end use and items only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from licenses.rules.completeness.documents import document_conditions, document_messages
from licenses.rules.completeness.form import answer_messages, end_use_messages, form_messages
from licenses.rules.completeness.items import item_messages
from licenses.rules.completeness.parties import party_messages
from licenses.rules.red_flags.context import RedFlagContext
from licenses.rules.red_flags.raise_flags import scene_of
from licenses.rules.tables.form_definitions import SECTIONS, CompletenessMessage, FormRules
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import ApplicationFacts, Determination, Duty


@dataclass(frozen=True, slots=True)
class ScreeningAge:
    """When the parties were last screened, for V25: age in hours (None = never), whether on the active list versions, and
    the greatest age allowed (SCREEN_MAX_AGE_HOURS)."""

    age_hours: float | None
    on_active_lists: bool
    limit_hours: float = 24


def completeness(
    application: ApplicationFacts,
    rules: RulesInForce,
    determinations: Mapping[str, Determination] | None = None,
    *,
    as_of: dt.date,
    screened: ScreeningAge | None = None,
    whole_form: bool = False,
) -> dict[str, list[str]]:
    """Messages by section, in the order of the form; a section with nothing to say is left out. Arguments as `messages`."""
    texts: dict[str, list[str]] = {}
    for message in messages(application, rules, determinations, as_of=as_of, screened=screened, whole_form=whole_form):
        texts.setdefault(message.section, []).append(message.text)
    return texts


def messages(
    application: ApplicationFacts,
    rules: RulesInForce,
    determinations: Mapping[str, Determination] | None = None,
    *,
    as_of: dt.date,
    screened: ScreeningAge | None = None,
    whole_form: bool = False,
) -> tuple[CompletenessMessage, ...]:
    """Every message, in the order of the form, without repeats.

    `screened` is given where V25 is asked: at READY and again before each shipment. `whole_form`: this application is meant
    to be filed, so the form is asked for even where none of its fields is filled yet.
    """
    scene = scene_of(application, determinations or {}, rules, as_of=as_of, whole_form=whole_form)
    texts = rules.forms
    every = (
        *party_messages(scene, texts),
        *end_use_messages(scene, texts),
        *item_messages(scene, texts),
        *answer_messages(scene, texts),
        *document_messages(scene, texts),
        *form_messages(scene, texts),
        *_screening_messages(texts, screened),
    )
    return tuple(sorted(dict.fromkeys(every), key=lambda message: (SECTIONS.index(message.section), not message.blocking)))


def conditions(
    application: ApplicationFacts,
    rules: RulesInForce,
    determinations: Mapping[str, Determination],
    *,
    as_of: dt.date,
) -> tuple[Duty, ...]:
    """Papers that are missing, as conditions before filing or before export (748.9(e)), beside those of `determine`."""
    scene: RedFlagContext = scene_of(application, determinations, rules, as_of=as_of)
    return document_conditions(scene, rules.forms)


def _screening_messages(texts: FormRules, screened: ScreeningAge | None) -> tuple[CompletenessMessage, ...]:
    if screened is None:
        return ()
    if screened.age_hours is None:
        return texts.say("V25_never")
    old = screened.age_hours > screened.limit_hours
    return (
        *(texts.say("V25_old", hours=f"{screened.age_hours:.0f}", limit=f"{screened.limit_hours:.0f}") if old else ()),
        *(() if screened.on_active_lists else texts.say("V25_lists")),
    )
