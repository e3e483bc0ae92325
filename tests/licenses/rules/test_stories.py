"""The ten acceptance stories: the red flags that must appear, silence where nothing is wrong, and the outcome."""

from __future__ import annotations

import pytest

from licenses.rules.completeness.messages import completeness
from licenses.rules.determination.determine import determine
from licenses.rules.facts.stated import case_facts
from licenses.rules.outcome.conclude import SearchedLists, conclude
from licenses.rules.red_flags.raise_flags import red_flags
from licenses.rules.types import Case, RedFlag, Severity
from tests.licenses.rules.builders import rules
from tests.licenses.rules.stories import SILENT, STORIES, Story

LISTS = SearchedLists(loaded=("EL", "DPL", "UVL", "MEU", "SDN"))
each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)


def flags_of(story: Story) -> tuple[RedFlag, ...]:
    return red_flags(story.application, {"I1": story.found}, rules(story.as_of), as_of=story.as_of)


@each_story
def test_the_named_flags_appear(story: Story) -> None:
    codes = {flag.code for flag in flags_of(story)}
    assert story.flags <= codes, story.sentence
    if story.id in SILENT:
        assert codes == set(), story.sentence


@each_story
def test_every_flag_says_why_on_what_facts_and_how_it_is_settled(story: Story) -> None:
    for flag in flags_of(story):
        assert flag.why, flag.code
        assert flag.facts, flag.code
        assert flag.citation, flag.code
        assert flag.settle, flag.code


@each_story
def test_the_outcome_is_the_one_of_the_story(story: Story) -> None:
    concluded = conclude(
        type=story.application.type,
        determinations={"I1": story.found},
        parties=story.application.parties,
        flags=flags_of(story),
        lists=LISTS,
        items_expected=1,
    )
    assert concluded.outcome is story.outcome, story.sentence


@each_story
def test_the_real_walk_gives_flags_and_outcome_too(story: Story) -> None:
    facts = story.application
    assert facts.transaction is not None
    found = {
        line.id: determine(
            Case(
                line.id,
                facts.transaction,
                facts.destination,
                line,
                facts.parties,
                {"text": facts.end_use, **case_facts(facts, line)},
            ),
            rules(story.as_of),
            as_of=story.as_of,
        )
        for line in facts.items
    }
    flags = red_flags(facts, found, rules(story.as_of), as_of=story.as_of)
    codes = {flag.code for flag in flags}
    assert story.flags <= codes
    assert codes == set() or story.id not in SILENT
    concluded = conclude(type=facts.type, determinations=found, parties=facts.parties, flags=flags, lists=LISTS, items_expected=1)
    assert concluded.outcome is story.outcome, concluded.why


def test_the_unverified_list_blocks_nothing() -> None:
    story = next(story for story in STORIES if story.id == "S26")
    assert all(flag.severity is not Severity.BLOCKING for flag in flags_of(story))


def test_the_missing_ultimate_consignee_of_c03_appears_in_completeness_only() -> None:
    story = next(story for story in STORIES if story.id == "C03")
    missing = completeness(story.application, rules(), {"I1": story.found}, as_of=story.as_of)
    assert "ultimate_consignee" in missing
    assert flags_of(story) == ()
