"""Step B: which entry of the Commerce Control List the exporter states."""

from __future__ import annotations

from collections.abc import Iterable

from licenses.rules.determination.context import DeterminationContext, StepAnswer, step


def classification(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Which ECCN does the exporter state, and which entry is it?"""
    eccn, entry = ctx.item.eccn, ctx.item.entry
    if entry is None:
        yield StepAnswer(f"{eccn}: stated by the exporter; no such entry in the tables", "question")
        return
    yield StepAnswer(f"{eccn}: stated by the exporter", "none", entry.meta.citation, entry.meta.ref)
    why = ctx.rules.items.doubtful_paragraph(eccn)
    if why:
        text = f"Which paragraph of {eccn.base} is the item under?"
        ctx.ask("eccn", why, entry.meta.ref.rule_id, hold=True, text=text)
        yield StepAnswer(why, "question", entry.meta.citation, entry.meta.ref)


CLASSIFICATION = step("B", "774", classification)
