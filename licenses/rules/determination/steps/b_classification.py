"""Step B: which entry of the Commerce Control List the exporter states."""

from __future__ import annotations

from collections.abc import Iterable

from licenses.rules.determination.context import DeterminationContext, StepAnswer, step


def classification(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Which ECCN does the exporter state, and which entry is it?"""
    if ctx.entry is None:
        yield StepAnswer(f"{ctx.eccn}: stated by the exporter; no such entry in the tables", "question")
    else:
        yield StepAnswer(f"{ctx.eccn}: stated by the exporter", "none", ctx.entry.meta.citation, ctx.entry.meta.ref)
        why = ctx.rules.items.doubtful_paragraph(ctx.eccn)
        if why:
            ctx.ask(
                "eccn", why, ctx.entry.meta.ref.rule_id, hold=True, text=f"Which paragraph of {ctx.eccn.base} is the item under?"
            )
            yield StepAnswer(why, "question", ctx.entry.meta.citation, ctx.entry.meta.ref)


CLASSIFICATION = step("B", "774", classification)
