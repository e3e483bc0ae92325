"""The pre-check as readable text: outcome, parties with evidence, items with steps, red flags, lists."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDTH = 100
EVIDENCE_SHOWN, HITS_SHOWN = 4, 3
VERDICTS = {
    "match": "match",
    "possible_match": "possible match",
    "no_match": "no match",
    "not_screened": "NOT SCREENED",
}
EFFECT_MARKS = {"requirement": "!", "stop": "!", "maybe": "?", "question": "?", "filter": "-", "note": "i", "none": " "}
"""Sign before a step: a requirement or stop, a question, a filter, a note, nothing found."""
DISCLAIMER = "This is information, no legal advice. The government decides."


def report_text(result: Mapping[str, Any], *, title: str = "", steps: bool = False) -> str:
    """The precheck output of docs/contract.md as text, 100 characters wide; `steps` also shows the steps that found nothing."""
    lines = [
        *_head(result, title),
        *_parties(result),
        *_items(result, steps=steps),
        *_flags(result),
        *_completeness(result),
        *_foot(result),
    ]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, indent: int = 0, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang), break_on_hyphens=False
    ) or [""]


def _head(result: Mapping[str, Any], title: str) -> Iterator[str]:
    outcome = (result.get("outcome") or "no license requirement asked").replace("_", " ")
    yield "=" * WIDTH
    yield f"{outcome}{result['id']:>{max(1, WIDTH - len(outcome))}}"
    if title:
        yield title
    yield "=" * WIDTH
    yield from _wrapped(result.get("sentence", ""))
    if result.get("next_steps"):
        yield ""
        yield "What to do next"
        for number, step in enumerate(result["next_steps"], 1):
            yield from _wrapped(f"{number}. {step}", 2, 3)


def _parties(result: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield "Parties"
    for party in result["parties"]:
        about = party["role"].replace("_", " ")
        if party.get("owner_of"):
            about += f" of {party['owner_of']}"
        if party.get("found_in"):
            about += f" (named in {party['found_in']})"
        country = f", {party['country']}" if party.get("country") else ""
        verdict = VERDICTS.get(party["verdict"], party["verdict"])
        mark = {"match": "▲", "possible_match": "△", "not_screened": "?"}.get(party["verdict"], "●")
        yield from _wrapped(f"{mark} {party['id']} {party.get('name', '')}{country} · {about} · {verdict}", 2, 4)
        for hit in party["hits"][:HITS_SHOWN]:
            yield from _hit(hit)
        more = len(party["hits"]) - HITS_SHOWN + party.get("hits_left_out", 0)
        if more > 0:
            yield f"      and {more} more"


def _hit(hit: Mapping[str, Any]) -> Iterator[str]:
    decided = f" · decided: {hit['decision'].replace('_', ' ')}" if hit.get("decision") else ""
    yield from _wrapped(f"{hit['list']} {hit['score']:g} {hit['band']} by {hit['channel']}: {hit['listed_name']}{decided}", 6, 4)
    if hit.get("matched_name") and hit["matched_name"] != hit["listed_name"]:
        yield from _wrapped(f"through: {hit['matched_name']}", 8, 4)
    for evidence in hit.get("explanation", ())[:EVIDENCE_SHOWN]:
        said = (
            evidence.get("sentence")
            or f"{evidence['feature']}: {evidence['query']} / {evidence['listed']} ({evidence['effect']})"
        )
        yield from _wrapped(f"· {said}", 8, 2)
    for label, key in (("requirement", "license_requirement"), ("policy", "license_policy"), ("citation", "federal_register")):
        if hit.get(key):
            yield from _wrapped(f"{label}: {hit[key]}", 8, 4)


def _items(result: Mapping[str, Any], *, steps: bool) -> Iterator[str]:
    if not result.get("items"):
        return
    yield ""
    yield "Items"
    for item in result["items"]:
        about = " · ".join(part for part in (item["eccn"], item.get("description", "")) if part)
        yield from _wrapped(f"{item['id']} {about} → {item['destination']} · {item['outcome'].replace('_', ' ')}", 2, 4)
        for row in item["requirements"]:
            column = f" {row['column']}" if row.get("column") else ""
            yield from _wrapped(
                f"requires: {row['reason']}{column}, {row['citation']} · policy: {row['policy']}{_mark(row)}", 6, 4
            )
        for row in item["exceptions"]:
            if row["status"] != "unavailable" or row["code"] == "*":
                yield from _wrapped(f"exception {row['code']}: {row['status']} · {row['why']}{_mark(row)}", 6, 4)
        if item.get("review_policy"):
            yield f"      review policy: {item['review_policy']}"
        for row in item["questions"]:
            yield from _wrapped(f"{'must be answered' if row['hold'] else 'question'}: {row['text']} ({row['fact']})", 6, 4)
        for row in item["conditions"]:
            yield from _wrapped(f"before {row['before']}: {row['code']} · {row['why']} ({row['citation']})", 6, 4)
        yield from _steps(item["steps"], whole=steps)


def _steps(steps: Sequence[Mapping[str, Any]], *, whole: bool) -> Iterator[str]:
    """The steps that found something; those that found nothing are counted, or shown too."""
    shown = [step for step in steps if whole or step["effect"] != "none"]
    yield f"      steps ({len(steps)} ran, {len(steps) - len(shown)} of them found nothing and are left out here)"
    for step in shown:
        sign = EFFECT_MARKS.get(step["effect"], " ")
        told = f"{sign} {step['step']:<3} {step['question']} {step['answer']} ({step['citation']}){_mark(step)}"
        yield from _wrapped(told, 6, 6)


def _mark(row: Mapping[str, Any]) -> str:
    return " [unverified]" if row.get("verified") == "unverified" else ""


def _flags(result: Mapping[str, Any]) -> Iterator[str]:
    flags: Sequence[Mapping[str, Any]] = result["red_flags"]
    yield ""
    yield f"Red flags ({len(flags)})"
    for flag in flags:
        yield from _wrapped(f"{flag['severity'].upper()} {flag['code']}: {flag['why']} ({flag['citation']}){_mark(flag)}", 2, 4)


def _completeness(result: Mapping[str, Any]) -> Iterator[str]:
    sections: Mapping[str, Sequence[str]] = result["completeness"]
    if not sections:
        return
    yield ""
    yield f"Before filing ({sum(map(len, sections.values()))})"
    for section, messages in sections.items():
        for message in messages:
            yield from _wrapped(f"{section.replace('_', ' ')}: {message}", 2, 4)


def _foot(result: Mapping[str, Any]) -> Iterator[str]:
    lists: Sequence[Mapping[str, Any]] = result["lists"]
    yield ""
    yield "-" * WIDTH
    if not lists:
        yield "No control list is loaded: nobody was screened."
    else:
        named = ", ".join(_version(row) for row in lists)
        yield from _wrapped(f"Checked against {len(lists)} lists: {named}.")
    for row in result.get("lists_outdated", ()):
        yield from _wrapped(f"No answer may rest on {row['list']}: {row['why']}.")
    for row in result.get("lists_missing", ()):
        yield from _wrapped(f"Not checked: {row['list']} ({row['why']}).")
    if any(row.get("sample") for row in lists):
        yield from _wrapped("The lists marked sample are a small starter list. Load the current ones:")
        yield "  manage.py import_list CSL FILE --activate --reason TEXT"
    rests = result.get("unverified_rules", 0)
    if rests:
        yield f"The answer rests on {rests} rule rows marked unverified."
    yield f"As of {result['as_of']} · engine {result['engine']} · rules {result['rules'][:12]}. {DISCLAIMER}"


def _version(row: Mapping[str, Any]) -> str:
    sample = ", sample" if row.get("sample") else ""
    return f"{row['list']} v{row['version']} of {row['published_on'] or 'unknown date'} ({row['entries']:,}{sample})"
