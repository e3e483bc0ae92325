"""A stored check answered again from what it rests on: list versions by number, rules date, facts, decisions of people
(docs/design/intake.md#6). Lists and rules are addressable; an older engine is not kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exportcheck.audit.services import canonical, digest
from licenses.models import CheckReport
from licenses.rules.outcome.conclude import SearchedLists
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import Outcome, RedFlag, Severity
from licenses.services.evaluation.contract_objects import FORM, in_form, red_flag_object, without_hits
from licenses.services.evaluation.evaluate import Evaluation, EvaluationInput, concluded, flagged, screen_line
from licenses.services.evaluation.hits import DecidedHit, Decisions
from licenses.services.evaluation.manual_outcome import ByPerson, Determined
from licenses.services.evaluation.read_application import read_line
from licenses.services.evaluation.rules_in_force import rules, rules_of_form_one
from screening.services.parties.engine_info import ENGINE_VERSION
from screening.services.parties.snapshot import Snapshot
from screening.services.parties.snapshot import of as snapshot_of

COMPARED = ("parties", "items", "red_flags", "completeness", "conditions")
"""Parts of a result that are compared; the others also tell how old the lists are on the day one asks."""


@dataclass(frozen=True, slots=True)
class Replay:
    """`same`: the answer is the one stored. `differs`: what is not, in words, lists, rules and engine before the answer."""

    report: CheckReport
    result: dict[str, Any]
    differs: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the replay gave the stored answer."""
        return not self.differs


def basis_of(evaluation: Evaluation, decisions: Decisions, determined: Determined) -> dict[str, Any]:
    """What people decided, and what a hit of a custom list meant that day, as the report keeps it. `form`: of its result."""
    return {
        "form": FORM,
        "list_effects": {code: effect.value for code, effect in evaluation.given.lists.effects.items()},
        "decisions": {
            party: sorted([code, uid, decided.disposition] for (code, uid), decided in hits.items())
            for party, hits in decisions.items()
        },
        "open_flags": sorted(flag_fingerprint(flag) for flag in evaluation.open_flags),
        "determined": {key: [row.outcome.value, row.citation, row.by] for key, row in determined.items()},
    }


def flag_fingerprint(flag: RedFlag) -> str:
    """A red flag as told, in one digest; its hit left out, so that it is the same in a result of any form."""
    return told_fingerprint(red_flag_object(flag))


def told_fingerprint(told: Mapping[str, Any]) -> str:
    """Likewise, of a red flag as a result has it."""
    return digest(canonical(without_hits(told)))


def form_of(report: CheckReport) -> int:
    """Form of the stored result (contract_objects.FORM)."""
    return int((report.basis or {}).get("form", 1))


def replay(report: CheckReport, *, rules_in_force: RulesInForce | None = None) -> Replay:
    """Answer a finished check again, by the rules of its own day unless others are given.

    Raises Refused("invalid") when one of its list versions is no longer here.
    """
    if report.result is None:
        raise ValueError(f"{report} did not finish; there is nothing to replay.")
    line = read_line(report.revision.content)
    snapshot = snapshot_of(report.versions)
    rules_then = rules_in_force or rules_then_known(report)
    still_open = set((report.basis or {}).get("open_flags", ()))
    raised = flagged(
        EvaluationInput(
            line=line,
            screened=screen_line(line, snapshot, rules_then),
            snapshot=snapshot,
            rules=rules_then,
            day=report.as_of,
            lists=lists_as_they_were(report, snapshot),
            decisions=kept_decisions(report),
            recorded=kept_outcomes(report),
            whole_form=True,
        )
    )
    evaluation = concluded(raised, [flag for flag in raised.flags if flag_fingerprint(flag) in still_open])
    return Replay(report, evaluation.result, tuple(differences(report, evaluation)))


def rules_then_known(report: CheckReport) -> RulesInForce:
    """The rules of the report's day as they were known when it was made."""
    if form_of(report) < FORM:
        return rules_of_form_one(report.as_of, report.finished_at)
    return rules(report.as_of, known_at=report.finished_at)


def kept_decisions(report: CheckReport) -> Decisions:
    """What people had decided about hits: party -> (list, entry) -> disposition."""
    return {
        party: {(code, uid): DecidedHit(disposition) for code, uid, disposition in hits}
        for party, hits in (report.basis or {}).get("decisions", {}).items()
    }


def kept_outcomes(report: CheckReport) -> Determined:
    """Outcomes people had recorded for items that the rules cannot answer."""
    rows = (report.basis or {}).get("determined", {})
    return {key: ByPerson(Outcome(outcome), citation, by) for key, (outcome, citation, by) in rows.items()}


def lists_as_they_were(report: CheckReport, snapshot: Snapshot) -> SearchedLists:
    """Which lists were samples, expired or stale when the report was made: lists have aged since, the report has not."""
    result: dict[str, Any] = report.result or {}
    return SearchedLists(
        loaded=tuple(version.list for version in snapshot.versions),
        sample=tuple(result.get("lists_sample", ())),
        expired=tuple(result.get("lists_expired", ())),
        outdated={row["list"]: row["why"] for row in result.get("lists_outdated", ())},
        stale=tuple(result.get("lists_stale", ())),
        missing={row["list"]: row["why"] for row in result.get("lists_missing", ())},
        effects={code: Severity(effect) for code, effect in (report.basis or {}).get("list_effects", {}).items()},
    )


def differences(report: CheckReport, evaluation: Evaluation) -> Iterator[str]:
    """What the replay says otherwise, cause before effect."""
    stored: dict[str, Any] = report.result or {}
    fresh = evaluation.result
    if report.engine.split(".")[0] != ENGINE_VERSION.split(".")[0]:
        yield f"engine: the report used {report.engine}, this installation has {ENGINE_VERSION}"
    if report.rules != fresh["rules"]:
        yield f"rules: the digest for {report.as_of:%Y-%m-%d} was {report.rules[:12]}, it is {fresh['rules'][:12]} now"
    if stored.get("outcome") != fresh["outcome"]:
        yield f"outcome: {stored.get('outcome')} then, {fresh['outcome']} now"
    for part in COMPARED:
        if canonical(stored.get(part)) != canonical(in_form(form_of(report), part, fresh[part])):
            yield f"{part}: not the same"


def last_report(reference: str, number: int | None = None) -> CheckReport | None:
    """The finished check of an application with this number, or its newest."""
    done = CheckReport.objects.filter(application__reference=reference, state=CheckReport.State.DONE).select_related("revision")
    return done.filter(number=number).first() if number is not None else done.order_by("-number").first()
