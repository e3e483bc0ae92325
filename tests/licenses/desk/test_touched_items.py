"""What a hit means for the items: told by the hits that steps name, in older reports by the name in their answers."""

from __future__ import annotations

from typing import Any

import pytest

from exportcheck.accounts.models import User
from licenses.desk.touched_items import is_about, touched_items
from licenses.models import Flag
from screening.models import Match
from tests.licenses.factories import checked, line, listed_line, load_lists, open_flag, party
from tests.screening.fixtures import own_folders

__all__ = ("own_folders",)
pytestmark = pytest.mark.usefixtures("lists")


@pytest.fixture
def lists(db: Any, own_folders: None) -> None:
    load_lists()


@pytest.fixture
def flag(alice: User) -> Flag:
    """The flag of a hit on the Entity List."""
    return open_flag(checked(alice, listed_line()))


def lines_of(flag: Flag) -> tuple[str, ...]:
    (touched,) = touched_items(flag)
    return touched.lines


def test_a_step_is_found_though_its_answer_names_nobody(flag: Flag) -> None:
    before = lines_of(flag)
    assert any(told.startswith("step F1: ") for told in before)
    for step in flag.report.result["items"][0]["steps"]:
        step["answer"] = "told in other words"
    assert len(lines_of(flag)) == len(before)
    assert any(told.startswith("step F1: told in other words") for told in lines_of(flag))


def test_a_step_of_another_hit_is_not_shown_though_its_answer_names_the_entry(flag: Flag) -> None:
    match = flag.match
    assert isinstance(match, Match)
    other = {"answer": f"{match.entry.name} buys", "hits": [{"list": "EL", "entry": "another"}]}
    assert not is_about(other, match, named=True)
    assert not is_about({"answer": f"{match.entry.name} buys"}, match, named=True)


def test_in_a_report_of_an_earlier_release_the_name_tells(flag: Flag) -> None:
    before = lines_of(flag)
    flag.report.basis.pop("form")
    for step in flag.report.result["items"][0]["steps"]:
        step.pop("hits", None)
    assert lines_of(flag) == before


def test_an_application_without_items_in_its_answer_touches_none(alice: User) -> None:
    asked = line(party("end_user", "Zarvonik Microsystems", "DE"), type="classification")
    flag = open_flag(checked(alice, asked))
    assert flag.report.result["items"] is None
    assert touched_items(flag) == []
