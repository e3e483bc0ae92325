"""License Exception ENC, encryption commodities, software and technology (740.17)."""

from __future__ import annotations

from dataclasses import replace

from licenses.rules.determination.context import DeterminationContext
from licenses.rules.determination.exceptions.printed_lines import (
    AVAILABLE,
    ExceptionVerdict,
    Needs,
    all_in,
    available,
    possible,
    reasons_of,
    unavailable,
)
from licenses.rules.eccn import Fit
from licenses.rules.facts.catalog import CONDITION_PREFIX
from licenses.rules.tables.rule_rows import ExceptionRow

ENC_ENTRIES = frozenset(("5A002", "5B002", "5D002", "5E002", "5A004"))
ENC_ADVANCED = "5A002.z 5A004.z 5D002.z"
"""Advanced computing items among them, which go under NAC or ACA."""
ENC_REASONS = frozenset(("NS", "EI"))
FAVORABLE = "set:enc_favorable"
DEFEATING = "5A004 5D002.a.3 5D002.c.3"
"""What defeats or bypasses information security: classified under (b)(2) or (b)(3), never under (b)(1); its end user counts in
every country."""
CRYPTANALYTIC = "5A004.a 5D002.a.3.a 5D002.c.3.a"
"""Of these, what (b)(2)(ii) lets go to no government end user, Supp. 3 countries included."""
TECHNOLOGY = "5E002"
"""Technology is authorized by (b)(2)(iv) only."""


def enc(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Encryption: a Supp. 3 country, or a classification under (b)(1) to (b)(3) with the kind of end user known."""
    advanced = ctx.item.fit(ENC_ADVANCED)
    if ctx.item.eccn.base not in ENC_ENTRIES or advanced is Fit.YES:
        return unavailable(row, "only encryption items of Category 5 Part 2, not .z")
    verdict = _for_destination(ctx, row, needs)
    if verdict.status == AVAILABLE and advanced is Fit.MAYBE:
        asked = ("eccn", f"{ctx.item.eccn}.z does not go under ENC")
        return possible(row, "not for .z: the paragraph of the ECCN decides", asked)
    return verdict


def _for_destination(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    others = reasons_of(needs) - ENC_REASONS
    if others and others != {"RU_BY"}:
        return unavailable(row, f"ENC does not overcome {', '.join(sorted(others))}")
    if not all_in(ctx, needs, "any not:E:1 not:E:2"):
        return unavailable(row, "not to Country Groups E:1 and E:2")
    if others and ctx.facts.no("allied_civil_firm"):
        return unavailable(row, "to Russia and Belarus only for civil firms of the US, A:5 or A:6", "746.8(c)(2)(vi)")
    if others and not ctx.facts.yes("allied_civil_firm"):
        return possible(
            row,
            "to Russia and Belarus only for civil firms of the US, A:5 or A:6",
            ("allied_civil_firm", "746.8(c)(2)(vi)"),
            citation="746.8(c)(2)(vi)",
        )
    return _classified(ctx, row, needs)


def _classified(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """The paragraph of 740.17(b) that the item is classified under, and the kind of end user, where they decide."""
    classified, technology, defeating = ctx.facts.text("enc_classification"), _is_technology(ctx), ctx.item.fit(DEFEATING)
    if classified == "none":
        return unavailable(row, "not classified under 740.17")
    if technology and classified in ("b1", "b3"):
        return unavailable(row, "technology goes under (b)(2)(iv) alone", "740.17(b)(2)(iv)")
    if defeating is Fit.YES and classified == "b1":
        return unavailable(row, f"{ctx.item.eccn} goes under (b)(2) or (b)(3), never under (b)(1)", "740.17(b)(1)")
    favorable = all_in(ctx, needs, FAVORABLE)
    if favorable and not technology and defeating is Fit.NO:
        return available(row, "a country of Supp. 3 to part 740")
    where = "of this item everywhere" if favorable else "outside the Supp. 3 countries"
    asked = tuple(
        (fact, f"{fact.replace('_', ' ')} decides ENC {where}")
        for fact in ("enc_classification", "government_end_user")
        if ctx.facts.value(fact) is None
    )
    if asked:
        return possible(row, "the classification and the kind of end user decide", *asked)
    if ctx.facts.yes("government_end_user"):
        return _for_government(ctx, row, needs)
    return _for_others(ctx, row, needs)


def _is_technology(ctx: DeterminationContext) -> bool:
    return ctx.item.eccn.base == TECHNOLOGY


def _for_government(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Government end users: never for cryptanalytic items, and outside the Supp. 3 countries not for (b)(2)."""
    cryptanalytic = ctx.item.fit(CRYPTANALYTIC)
    if cryptanalytic is Fit.YES:
        return unavailable(row, "cryptanalytic items go to no government end user, in whatever country", "740.17(b)(2)(ii)")
    if ctx.facts.text("enc_classification") == "b2" and not all_in(ctx, needs, FAVORABLE):
        return unavailable(row, "(b)(2) items do not go to government end users outside Supp. 3 countries", "740.17(b)(2)")
    if cryptanalytic is Fit.MAYBE:
        asked = ("eccn", "the paragraph tells whether it is cryptanalytic (740.17(b)(2)(ii))")
        return possible(row, "cryptanalytic items go to no government end user", asked, citation="740.17(b)(2)(ii)")
    if ctx.item.fit(DEFEATING) is not Fit.NO:
        return possible(row, f"{ctx.item.eccn} to a government end user: a person must check it", citation="740.17(b)(3)(iii)")
    return _for_others(ctx, row, needs)


def _for_others(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    classified = ctx.facts.text("enc_classification")
    verdict = available(row, f"classified under 740.17({classified[0]})({classified[1]})")
    if not _is_technology(ctx) or (all_in(ctx, needs, FAVORABLE) and ctx.facts.no("government_end_user")):
        return verdict
    if not all_in(ctx, needs, "any not:D:1"):
        why = "technology to D:1 only for US subsidiaries (740.17(a)(2)); claim it"
        return replace(possible(row, why, citation="740.17(b)(2)(iv)"), moves=False)
    return _ordinary_technology(ctx, row) or verdict


def _ordinary_technology(ctx: DeterminationContext, row: ExceptionRow) -> ExceptionVerdict | None:
    """Technology for cryptanalytic items, non-standard cryptography or an open cryptographic interface is left out: the
    exporter states whether it is such; None when it is not."""
    rule_id = ctx.rules.exceptions.printed(TECHNOLOGY, row.code)[0].meta.ref.rule_id
    why = "not for technology for cryptanalytic items, non-standard cryptography or an open cryptographic interface"
    stated = ctx.facts.condition(rule_id)
    if stated is None:
        return possible(row, why, (f"{CONDITION_PREFIX}{rule_id}", why), citation="740.17(b)(2)(iv)(B)")
    return None if stated else unavailable(row, f"{why}: stated as not met", "740.17(b)(2)(iv)(B)")
