"""What a stored check would say today: present lists, rules and engine on the facts and decisions of that day
(docs/design/intake.md#6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from exportcheck.audit.services import canonical
from licenses.models import CheckReport
from licenses.rules.types import RedFlag
from licenses.services.checks.replay import COMPARED, flag_fingerprint, form_of, kept_decisions, kept_outcomes, told_fingerprint
from licenses.services.evaluation.contract_objects import in_form
from licenses.services.evaluation.evaluate import EvaluationInput, concluded, flagged, screen_line, searched_lists
from licenses.services.evaluation.read_application import read_line
from licenses.services.evaluation.rules_in_force import rules
from screening.services.parties.engine_info import ENGINE_VERSION
from screening.services.parties.snapshot import current

Hit = tuple[str, str]


def drift(report: CheckReport, today: dt.date) -> tuple[str, ...]:
    """What differs today and why, causes before effects; nothing when the answer still stands.

    Decisions of people count as they did; a red flag nobody had seen yet is open. Changes nothing.
    """
    if report.result is None:
        raise ValueError(f"{report} did not finish; there is nothing to compare.")
    line, snapshot = read_line(report.revision.content), current(report.application.organization_id)
    stored: dict[str, Any] = report.result
    told_flags = {told_fingerprint(flag) for flag in stored.get("red_flags") or ()}
    still_open = set((report.basis or {}).get("open_flags", ()))

    def is_open(flag: RedFlag) -> bool:
        mark = flag_fingerprint(flag)
        return mark in still_open or mark not in told_flags

    present = rules(today)
    raised = flagged(
        EvaluationInput(
            line=line,
            screened=screen_line(line, snapshot, present),
            snapshot=snapshot,
            rules=present,
            day=today,
            lists=searched_lists(snapshot),
            decisions=kept_decisions(report),
            recorded=kept_outcomes(report),
            whole_form=True,
        )
    )
    fresh = concluded(raised, [flag for flag in raised.flags if is_open(flag)]).result
    return (*causes(report, snapshot.numbers, fresh["rules"]), *effects(stored, fresh, form=form_of(report)))


def causes(report: CheckReport, versions: dict[str, int], digest_of_rules: str) -> Iterator[str]:
    """Lists, rules and engine that are others than then."""
    for code in sorted({*report.versions, *versions}):
        then, now = report.versions.get(code), versions.get(code)
        if then != now:
            yield f"list {code}: {_version(then)} then, {_version(now)} now"
    if report.rules != digest_of_rules:
        yield f"rules: {report.rules[:12]} then, {digest_of_rules[:12]} now"
    if report.engine != ENGINE_VERSION:
        yield f"engine: {report.engine} then, {ENGINE_VERSION} now"


def effects(stored: dict[str, Any], fresh: dict[str, Any], *, form: int) -> Iterator[str]:
    """How the answer moved: outcome, hits gained and lost by party, other parts. `form` of the stored result."""
    if stored.get("outcome") != fresh["outcome"]:
        yield f"outcome: {stored.get('outcome')} then, {fresh['outcome']} now"
    then, now = _hits(stored), _hits(fresh)
    for party in now:
        for code, uid in sorted(now[party].keys() - then.get(party, {}).keys()):
            yield f"{party} gains a hit: {code} {uid}, {now[party][code, uid]}"
    for party in then:
        for code, uid in sorted(then[party].keys() - now.get(party, {}).keys()):
            yield f"{party} loses a hit: {code} {uid}, {then[party][code, uid]}"
    for part in COMPARED:
        if part != "parties" and canonical(stored.get(part)) != canonical(in_form(form, part, fresh[part])):
            yield f"{part}: not the same"


def _version(number: int | None) -> str:
    return "not there" if number is None else f"v{number}"


def _hits(result: dict[str, Any]) -> dict[str, dict[Hit, str]]:
    """Party id -> (list, entry) -> name of the entry."""
    return {
        party["id"]: {(hit["list"], hit["entry"]): hit["listed_name"] for hit in party.get("hits", ())}
        for party in result.get("parties") or ()
    }
