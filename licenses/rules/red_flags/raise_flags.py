"""Red flags of an application (determination.md 5): every code with its predicate, severity, citation and what raised it.

A red flag never decides anything by itself: info is shown, a warning must be answered before filing, a blocking flag
holds the outcome at NEEDS_INFORMATION until a person disposes it. An absent optional answer raises a question, never a flag.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from licenses.rules.facts.stated import PRINCIPAL_ROLES
from licenses.rules.owners import by_layer
from licenses.rules.red_flags import answers, items, lists, route
from licenses.rules.red_flags import parties as red_flag_parties
from licenses.rules.red_flags.context import BUYER_ROLES, RedFlagContext, seated
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import ApplicationFacts, Determination, RedFlag, Severity

Predicate = Callable[[RedFlagContext], Iterator[RedFlag]]

PREDICATES: tuple[Predicate, ...] = (
    lists.list_flags,
    lists.denied_applicant_flags,
    lists.alias_flags,
    lists.same_building_flags,
    lists.vessel_flags,
    lists.statement_flags,
    lists.no_exception_flags,
    red_flag_parties.ownership_flags,
    route.embargo_flags,
    route.russia_flags,
    items.supplement_flags,
    items.control_flags,
    answers.military_flags,
    red_flag_parties.defense_customer_flags,
    items.quantum_flags,
    answers.deemed_flags,
    route.route_flags,
    route.hub_flags,
    red_flag_parties.trading_flags,
    answers.osat_flags,
    answers.mismatch_flags,
    answers.vague_flags,
    answers.stated_flags,
    route.late_change_flags,
    red_flag_parties.new_company_flags,
    items.volume_flags,
    red_flag_parties.payment_flags,
    red_flag_parties.shell_flags,
    red_flag_parties.forwarder_flags,
    red_flag_parties.end_user_missing_flags,
    red_flag_parties.post_box_flags,
    items.prc_statement_flags,
    red_flag_parties.suppressed_flags,
    answers.questionnaire_flags,
)
"""One function a code or a family of codes. CHPL_ITEM comes after them, because it looks at what the others raised."""

PARTS = frozenset(("items", "parties"))
"""Parts of the form that a bare line may carry: fields of an item or of an address."""
GRAVITY = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.INFO: 2}


def scene_of(
    application: ApplicationFacts,
    determinations: Mapping[str, Determination],
    rules: RulesInForce,
    *,
    as_of: dt.date,
    whole_form: bool = False,
    list_effects: Mapping[str, Severity] | None = None,
) -> RedFlagContext:
    """The application as the predicates look at it. `whole_form`: the form is to be filled even where it is blank yet; a form
    with a field of its own always is."""
    parties = tuple(seated(party) for party in by_layer(application.parties))
    return RedFlagContext(
        application=application,
        determinations=determinations,
        rules=rules,
        as_of=as_of,
        parties=parties,
        buyers=tuple(party for party in parties if party.role in BUYER_ROLES),
        principal=next((party for role in PRINCIPAL_ROLES for party in parties if party.role == role), None),
        list_effects=list_effects or {},
        whole_form=whole_form or any(key not in PARTS for key in application.form),
    )


def red_flags(
    application: ApplicationFacts,
    determinations: Mapping[str, Determination],
    rules: RulesInForce,
    *,
    as_of: dt.date,
    list_effects: Mapping[str, Severity] | None = None,
) -> tuple[RedFlag, ...]:
    """All red flags of an application, gravest first, then in table order.

    `determinations`: item id -> answer of `determine` (empty for classification and advisory opinion); `rules`: the tables
    in force on `as_of`; `list_effects`: list code -> severity of the custom lists (a built-in list has its own). Pure;
    raises nothing on any application that `read_application` accepts.
    """
    scene = scene_of(application, determinations, rules, as_of=as_of, list_effects=list_effects)
    raised = tuple(dict.fromkeys(flag for predicate in PREDICATES for flag in predicate(scene)))
    raised = raised + tuple(items.priority_flags(scene, raised))
    raised = escalated(scene, raised)
    return tuple(sorted(raised, key=lambda flag: (GRAVITY[flag.severity], scene.flags.rank(flag.code))))


def pointing(flags: Iterable[RedFlag], rules: RulesInForce) -> frozenset[str]:
    """Codes of open flags that point to an end use of part 744 or 746, for Case.flags: an unanswered question about that use
    then holds the outcome. Flags for information point nowhere."""
    codes = {code for row in rules.end_use_rules for code in row.red_flags}
    return frozenset(flag.code for flag in flags if flag.severity is not Severity.INFO and flag.code in codes)


def escalated(scene: RedFlagContext, raised: tuple[RedFlag, ...]) -> tuple[RedFlag, ...]:
    """Several signs of diversion together: with ESCALATE_COUNT codes or more, to a destination that is no partner, the
    gravest of them becomes blocking. Codes are counted, not flags: one sign at three items is one sign."""
    signs = [flag for flag in raised if flag.diversion and flag.severity is not Severity.INFO]
    codes = dict.fromkeys(flag.code for flag in signs)
    if len(codes) < scene.flags.number("ESCALATE_COUNT") or scene.to_partner:
        return raised
    gravest = min(signs, key=lambda flag: (GRAVITY[flag.severity], scene.flags.rank(flag.code)))
    together = f"{len(codes)} signs of diversion together: {', '.join(codes)}"
    graver = replace(gravest, severity=Severity.BLOCKING, facts=(*gravest.facts, together))
    return tuple(graver if flag is gravest else flag for flag in raised)
