"""`precheck` and `determine` keep the contract that programs rely on (docs/contract.md)."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from licenses.models import LicenseApplication
from screening.models import ListVersion, Match, ScreenedParty
from screening.services.versions.control_lists import set_list_options
from tests.licenses.factories import clean_line, days_ago, item, line, listed_line, load_lists, party, starter_rows
from tests.licenses.management.commands.conftest import Command
from tests.screening.factories import row, stage

pytestmark = pytest.mark.usefixtures("lists")


def owner(name: str, share: float | None = None, **more: Any) -> dict[str, Any]:
    """An owner; the share unknown unless given."""
    return {"name": name, "country": "CN", **({} if share is None else {"share_percent": share}), **more}


def test_the_answer_has_every_key_of_the_contract(command: Command) -> None:
    (answer,) = command("precheck", [{**listed_line(), "id": "A7"}])
    keys = {"id", "outcome", "parties", "items", "red_flags", "completeness", "lists", "rules", "engine", "as_of"}
    assert keys <= set(answer)
    assert answer["id"] == "A7"
    assert answer["outcome"] == "LICENSE_REQUIRED"
    hit = answer["parties"][1]["hits"][0]
    assert (hit["list"], hit["federal_register"]) == ("EL", "85 FR 83420")
    assert {row["list"] for row in answer["lists"]} == {"EL", "UVL", "SDN", "DPL"}
    assert {"reason", "column", "rule", "citation", "policy"} <= set(answer["items"][0]["requirements"][0])


def test_nothing_is_kept(command: Command) -> None:
    command("precheck", [listed_line()])
    for model in (LicenseApplication, Match, ScreenedParty):
        assert not model.objects.exists()


def test_ids_are_made_by_position_and_never_repeat_given_ones(command: Command) -> None:
    body = line(party("purchaser", "Ajax", "DE"), {**party("end_user", "Beta", "DE"), "id": "P2"}, items=[item(), item(id="I1")])
    (answer,) = command("precheck", [body])
    ids = [one["id"] for one in answer["parties"]]
    assert ids[2] == "P2"
    assert len(set(ids)) == 3
    items = [one["id"] for one in answer["items"]]
    assert items[1] == "I1"
    assert len(set(items)) == 2


def test_owners_of_every_layer_are_answered_after_all_parties(command: Command) -> None:
    deep = owner("Zarvonik Microsystems", 60)
    for layer in range(5):
        deep = owner(f"Zwischenholding {layer} GmbH", 100, owners=[deep])
    body = line({**party("purchaser", "Ajax Werke AG", "DE"), "owners": [deep]}, party("ultimate_consignee", "Beta", "DE"))
    (answer,) = command("precheck", [body])
    ids = [one["id"] for one in answer["parties"]]
    assert ids[:4] == ["P1", "P2", "P3", "P2.O1"]
    assert ids[-1] == "P2.O1.O1.O1.O1.O1.O1"
    last = answer["parties"][-1]
    assert (last["role"], last["owner_of"], last["verdict"]) == ("owner", "P2.O1.O1.O1.O1.O1", "match")


def test_a_seventh_layer_of_owners_is_too_deep(command: Command) -> None:
    deep = owner("Zarvonik Microsystems")
    for layer in range(6):
        deep = owner(f"Holding {layer}", owners=[deep])
    (answer,) = command("precheck", [line({**party("purchaser", "Ajax", "DE"), "owners": [deep]})])
    assert answer["error"]["code"] == "too_deep"


def test_a_name_in_free_text_is_answered_last_and_only_if_it_hits(command: Command) -> None:
    use = "Boards for the plant of Quelbrant Photonics Co., Ltd. and of Harmlos Werke GmbH in the same town"
    (answer,) = command("precheck", [clean_line(end_use=use)])
    last = answer["parties"][-1]
    assert (last["id"], last["role"], last["found_in"], last["verdict"]) == ("X1", "other", "end_use", "match")
    assert "Quelbrant" in last["name"]
    assert len(answer["parties"]) == 4, "the other name hits nothing"


QUELBRANT = "Quelbrant Photonics Co., Ltd."
PLACES = (
    (
        "answers.parties.P2.business_of_end_user",
        {"answers": {"parties": {"P2": {"business_of_end_user": f"makes for {QUELBRANT}"}}}},
    ),
    ("items.I1.answers.business_of_end_user", {"items": [item(answers={"business_of_end_user": f"makes for {QUELBRANT}"})]}),
    ("items.I1.technical_description", {"items": [item(technical_description=f"Rack of {QUELBRANT} for boards")]}),
    ("items.I1.manufacturer", {"items": [item(manufacturer=QUELBRANT)]}),
    ("form.special_purpose", {"form": {"special_purpose": f"Loan to {QUELBRANT} for a trial"}}),
)


@pytest.mark.parametrize(("place", "more"), PLACES, ids=[place for place, _ in PLACES])
def test_a_listed_name_is_found_in_every_text_of_the_application(command: Command, place: str, more: dict[str, Any]) -> None:
    (answer,) = command("precheck", [clean_line(**more)])
    last = answer["parties"][-1]
    role, severity = ("manufacturer", "warning") if place.endswith("manufacturer") else ("other", "blocking")
    assert (last["found_in"], last["role"], last["verdict"]) == (place, role, "match")
    assert [flag["severity"] for flag in answer["red_flags"] if flag["code"] == "LIST_EL"] == [severity]


def test_a_listed_name_in_block_24_is_to_be_entered_all_the_more(command: Command) -> None:
    block_24 = {"additional_information": f"Earlier quoted to {QUELBRANT} in the same town."}
    (answer,) = command("precheck", [clean_line(form=block_24)])
    assert answer["parties"][-1]["found_in"] == "form.additional_information"
    assert any("Quelbrant" in message for message in answer["completeness"]["additional_information"])


@pytest.mark.parametrize("name", ["TBD", "unknown", "N/A", "Same as above", "to be determined", "未知"])
def test_what_stands_for_a_name_is_nobody_screened(command: Command, name: str) -> None:
    nobody = {"role": "end_user", "name": name, "country": "DE"}
    placed = {**nobody, "address": "7 Example Street, Dresden"}
    hidden, seen = command("precheck", [clean_line(parties=[*clean_line()["parties"], one]) for one in (nobody, placed)])
    assert hidden["parties"][-1]["verdict"] == "not_screened"
    assert hidden["outcome"] == "NEEDS_INFORMATION"
    assert seen["parties"][-1]["verdict"] == "no_match", "its address was compared"


def test_an_address_that_stands_in_the_form_only_is_screened(command: Command) -> None:
    nobody = {"id": "U", "role": "end_user", "name": "TBD", "country": "DE"}
    form = {"parties": {"U": {"street": "7 Example Street", "city": "Dresden"}}}
    (answer,) = command("precheck", [clean_line(parties=[*clean_line()["parties"], nobody], form=form)])
    assert (answer["parties"][-1]["addresses"], answer["parties"][-1]["verdict"]) == (["7 Example Street, Dresden"], "no_match")


def test_none_as_intermediate_consignee_is_an_answer(command: Command) -> None:
    none = {"role": "intermediate_consignee", "name": "None"}
    (answer,) = command("precheck", [clean_line(parties=[*clean_line()["parties"], none])])
    assert answer["outcome"] == "NO_LICENSE_REQUIRED"


def test_a_party_named_again_in_the_text_is_not_answered_twice(command: Command) -> None:
    (answer,) = command("precheck", [listed_line(end_use="chips for the plant of SJ Semiconductor (Jiangyin) Corp. in the town")])
    assert [one["id"] for one in answer["parties"]] == ["P1", "P2"]


@pytest.mark.parametrize("kind", ["classification", "advisory_opinion"])
def test_what_is_not_a_transaction_is_screened_and_not_determined(kind: str, command: Command) -> None:
    (answer,) = command("precheck", [{"type": kind, "parties": listed_line()["parties"], "items": [item()]}])
    assert (answer["outcome"], answer["items"]) == (None, None)
    assert answer["parties"][1]["verdict"] == "match"
    assert "completeness" in answer


def test_a_replacement_says_what_it_replaces(command: Command) -> None:
    good, bad = command("precheck", [clean_line(type="replacement", transaction="export"), clean_line(type="replacement")])
    assert good["outcome"] == "NO_LICENSE_REQUIRED"
    assert bad["error"]["code"] in ("missing", "bad_value")
    assert "transaction" in bad["error"]["detail"]


def test_an_unscreenable_party_holds_the_answer(command: Command) -> None:
    (answer,) = command("precheck", [clean_line(parties=[*clean_line()["parties"], {"role": "bank", "name": "Co., Ltd."}])])
    assert answer["parties"][-1]["verdict"] == "not_screened"
    assert answer["outcome"] == "NEEDS_INFORMATION"


def test_a_sample_list_holds_the_answer(command: Command) -> None:
    ListVersion.objects.update(sample=True)
    clean, listed = command("precheck", [clean_line(), listed_line()])
    assert clean["outcome"] == "NEEDS_INFORMATION"
    assert "sample" in clean["sentence"]
    assert listed["outcome"] == "LICENSE_REQUIRED", "a floor makes nothing lighter"


def test_before_the_first_publication_nobody_was_screened(command: Command) -> None:
    """`--as-of` before any version: the lists are named as missing and no match is claimed."""
    (answer,) = command("precheck", [clean_line()], "--as-of", "2019-01-01")
    assert {one["verdict"] for one in answer["parties"]} == {"not_screened"}
    assert answer["outcome"] == "NEEDS_INFORMATION"
    assert answer["as_of"] == "2019-01-01"


def test_a_day_in_the_past_answers_with_the_version_of_that_day(command: Command) -> None:
    day = days_ago(400)
    stage([*starter_rows()[1:], row("Wistramel Propulsion", "EL")], day=day)
    then, now = (
        command("precheck", [listed_line("Wistramel Propulsion")], *options) for options in (("--as-of", day.isoformat()), ())
    )
    assert then[0]["parties"][1]["verdict"] == "match"
    assert now[0]["parties"][1]["verdict"] == "no_match"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ('{"id": "L2", \n', "malformed_json"),
        ({"id": "L2", **clean_line(), "adress": "x"}, "unknown_key"),
        ({"id": "L2", **clean_line(), "parties": "Ajax"}, "wrong_type"),
        ({"id": "L2", **clean_line(items=[item("3A1")])}, "bad_eccn"),
        ({"id": "L2", **clean_line(destination="ZZ")}, "unknown_country"),
        ({"id": "L2", **clean_line(answers={"militry": True})}, "unknown_key"),
        ({"id": "L2", **line(party("purchaser", "A" * 3_000_000, "DE"))}, "too_long"),
        ({"id": "L2", **line(party("purchaser", "Ajax", "DE", listed=[]))}, "unknown_key"),
        ({"id": "L2", **line(party("purchaser", "Ajax", "DE", country_code="DE"))}, "unknown_key"),
        ([], "wrong_type"),
    ],
)
def test_a_bad_line_is_answered_in_place_and_the_others_too(broken: Any, code: str, command: Command) -> None:
    answers = command("precheck", [{"id": "L1", **clean_line()}, broken, {"id": "L3", **clean_line()}])
    assert [one["id"] for one in (answers[0], answers[2])] == ["L1", "L3"]
    assert (answers[1]["line"], answers[1]["error"]["code"]) == (2, code), answers[1]
    assert answers[1]["error"]["detail"]
    assert command.code == 2  # type: ignore[attr-defined]


def test_determine_counts_a_strong_hit_and_leaves_a_possible_one_undecided(command: Command) -> None:
    hit = {"list": "EL", "listed_name": "Zarvonik Microsystems", "license_requirement": "For all items subject to the EAR"}
    base = {"eccn": "EAR99", "destination": "DE", "hs6": "392690", "transaction": "export"}
    who = {"role": "end_user", "name": "Zarvonik", "country": "DE"}
    lines = [
        {"id": "strong", **base, "parties": [{**who, "listed": [hit]}]},
        {"id": "possible", **base, "parties": [{**who, "listed": [{**hit, "band": "possible"}]}]},
        {"id": "ruled out", **base, "parties": [{**who, "listed": [{**hit, "decision": "false_positive"}]}]},
    ]
    outcomes = {answer["id"]: answer["outcome"] for answer in command("determine", lines)}
    assert outcomes == {"strong": "LICENSE_REQUIRED", "possible": "NEEDS_INFORMATION", "ruled out": "NO_LICENSE_REQUIRED"}


def test_rules_of_the_day_asked_for_are_used(command: Command) -> None:
    case = {"id": "1", "eccn": "EAR99", "destination": "DE", "hs6": "392690"}
    days = ("2025-10-15", "2026-07-31", dt.date.today().isoformat())
    digests = {command("determine", [case], "--as-of", day)[0]["rules"] for day in days}
    assert len(digests) == 3, "the affiliates rule was active, then stayed, then active again"


def test_lists_loaded_later_are_used_by_the_next_line(command: Command) -> None:
    before = command("precheck", [listed_line("Wistramel Propulsion")])
    load_lists([*starter_rows(), row("Wistramel Propulsion", "EL")])
    after = command("precheck", [listed_line("Wistramel Propulsion")])
    assert [one[0]["parties"][1]["verdict"] for one in (before, after)] == ["no_match", "match"]


def test_a_red_flag_holds_the_question_that_it_points_to(command: Command) -> None:
    buyer = party("ultimate_consignee", "Musterhalbleiter Dresden AG", "IQ")
    plain = line(buyer, destination="IQ")
    quiet, flagged = command("precheck", [plain, {**plain, "answers": {"defense_customer": True}}])
    held = [{one["fact"] for one in answer["items"][0]["questions"] if one["hold"]} for answer in (quiet, flagged)]
    assert held == [set(), {"military"}]
    assert [answer["items"][0]["outcome"] for answer in (quiet, flagged)] == ["NO_LICENSE_REQUIRED", "NEEDS_INFORMATION"]


@pytest.mark.parametrize("effect", ["info", "warning", "blocking"])
def test_a_list_of_ones_own_does_what_was_chosen_for_it(command: Command, tmp_path: Path, effect: str) -> None:
    own = tmp_path / "watch.csv"
    own.write_text("name,country\nZarvonik Watch Works,DE\n", encoding="utf-8")
    call_command("import_list", "WATCH", str(own), "--activate", "--reason", "letters of our bank", stdout=io.StringIO())
    set_list_options(
        actor=None, code="WATCH", cadence_hours=None, required=False, effect=effect, reason="as agreed", actor_label="t"
    )
    (answer,) = command("precheck", [line(party("ultimate_consignee", "Zarvonik Watch Works", "DE"))])
    assert [(flag["code"], flag["severity"]) for flag in answer["red_flags"]] == [("LIST_WATCH", effect)]
