"""POST /determine and /precheck: the objects of the commands, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from exportcheck.accounts.scopes import Scope
from licenses.models import LicenseApplication
from tests.licenses.api.conftest import Programs
from tests.licenses.factories import clean_line, listed_line

pytestmark = pytest.mark.usefixtures("lists")
CASE = {"id": "D1", "eccn": "3A001.a.2", "destination": "MY", "value_usd": 12000, "end_use": {"military": False}}


def test_determine_answers_with_requirements_and_exceptions(program: Programs) -> None:
    answer = program(Scope.DETERMINE).post("/api/v1/determine", CASE)
    assert answer.status_code == 200
    body = answer.json()
    assert body["id"] == "D1"
    assert body["outcome"] == "LICENSE_EXCEPTION"
    assert [row["column"] for row in body["requirements"]] == ["NS2"]


def test_precheck_answers_and_keeps_nothing(program: Programs) -> None:
    answer = program(Scope.PRECHECK).post("/api/v1/precheck", listed_line())
    body = answer.json()
    assert answer.status_code == 200, body
    assert body["outcome"] == "LICENSE_REQUIRED"
    assert [party["verdict"] for party in body["parties"]] == ["no_match", "match"]
    assert not LicenseApplication.objects.exists()


def test_a_day_in_the_past_uses_the_rules_of_then(program: Programs) -> None:
    answer = program(Scope.DETERMINE).post("/api/v1/determine?as_of=2026-07-31", CASE)
    assert answer.status_code == 200
    today = program(Scope.DETERMINE).post("/api/v1/determine", CASE)
    assert answer.json()["rules"] != today.json()["rules"]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("determine", {**CASE, "destnation": "MY"}, 422, "unknown_key"),
        ("determine", {**CASE, "eccn": "3A1"}, 422, "bad_eccn"),
        ("determine", {**CASE, "destination": "ZZ"}, 422, "unknown_country"),
        ("determine", {**CASE, "end_use": {"ofac_authorization": True}}, 422, "not_an_input"),
        ("determine", [], 422, "wrong_type"),
        ("determine?as_of=yesterday", CASE, 422, "bad_value"),
        ("determine?asof=2026-01-01", CASE, 422, "unknown_key"),
        ("precheck", {**clean_line(), "adress": "x"}, 422, "unknown_key"),
        ("precheck", {**clean_line(), "parties": [{"role": "purchaser", "name": "A" * 10_000}]}, 422, "too_long"),
        (
            "precheck",
            {**clean_line(), "parties": [{"role": "purchaser", "name": "Ajax", "country": "XX"}]},
            422,
            "unknown_country",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(program: Programs, path: str, body: Any, status: int, code: str) -> None:
    answer = program(Scope.DETERMINE, Scope.PRECHECK).post(f"/api/v1/{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["determine", "precheck", "applications"])
def test_without_the_scope_there_is_no_answer(program: Programs, path: str) -> None:
    assert program(Scope.SCREEN).post(f"/api/v1/{path}", CASE).status_code == 403
