"""Hits on control lists: which list, which role, which name, and what a reviewer decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from licenses.rules.red_flags.raise_flags import red_flags
from licenses.rules.types import (
    ApplicationFacts,
    Determination,
    ExceptionFinding,
    Finding,
    HitDecision,
    ListedAs,
    Outcome,
    PartyFacts,
)
from tests.licenses.rules.builders import DAY, application, determination, hit, item, party, requirement, rules
from tests.licenses.rules.red_flags.cases import BLOCKING, INFO, WARNING, FlagCase, check, run, table

US = party("applicant", "Exporter Inc.", "US")
EL = {"I1": determination(Outcome.LICENSE_REQUIRED, requirement("ENTITY_LIST"))}
MEU = {"I1": determination(Outcome.LICENSE_REQUIRED, requirement("MEU_LIST"))}
AFFILIATE = {"I1": determination(Outcome.LICENSE_REQUIRED, requirement("AFFILIATE"))}


def maybe(step: str) -> dict[str, Determination]:
    found = Finding(step, "?", "may reach the item", "maybe", "744.11")
    return {"I1": determination(Outcome.NEEDS_INFORMATION, steps=(found,))}


def to(role: str, *hits: ListedAs, **more: Any) -> ApplicationFacts:
    return application("DE", US, party(role, "Some Firm", hits=hits), **more)


def owned(*owners: PartyFacts) -> ApplicationFacts:
    return application("DE", US, party("ultimate_consignee", "Owned GmbH", owners=owners))


def owner(share: float | None, *hits: ListedAs, id: str = "O1", owners: tuple[PartyFacts, ...] = ()) -> PartyFacts:
    return party("owner", f"Owner {id}", "CN", id=id, share_percent=share, hits=hits, owners=owners)


BEFORE_STAY, STAYED, AFTER_STAY = dt.date(2025, 10, 15), dt.date(2026, 3, 1), dt.date(2026, 11, 24)
LISTS = (
    FlagCase("a military applicant must be settled", application("DE", replace(US, hits=(hit("MEU"),))), "LIST_MEU:blocking"),
    FlagCase("a strong Entity List hit in scope blocks", to("ultimate_consignee", hit("EL")), "LIST_EL:blocking", found=EL),
    FlagCase("out of the entry's scope it warns", to("ultimate_consignee", hit("EL")), "LIST_EL:warning"),
    FlagCase("a scope that may reach the item blocks", to("end_user", hit("EL")), "LIST_EL:blocking", found=maybe("F1")),
    FlagCase("without items nothing is known, so it blocks", to("end_user", hit("EL")), "LIST_EL:blocking", found={}),
    FlagCase("a possible hit blocks until decided", to("end_user", hit("EL", band="possible")), "LIST_EL:blocking"),
    FlagCase("of a stopping list in any role", to("bank", hit("SDN", band="possible")), "LIST_SDN:blocking"),
    FlagCase("of any list for a party without a role", to("other", hit("UVL", band="possible")), "LIST_UVL:blocking"),
    FlagCase("of any list for an owner", to("owner", hit("CMIC", band="possible")), "LIST_CMIC:blocking"),
    FlagCase("of a list that asks for nothing it warns", to("end_user", hit("UVL", band="possible")), "LIST_UVL:warning"),
    FlagCase("and is settled, not only shown", to("end_user", hit("CMIC", band="possible")), "LIST_CMIC:warning"),
    FlagCase("a false positive is silent", to("end_user", hit("EL", decision=HitDecision.FALSE_POSITIVE)), absent="*"),
    FlagCase("not in scope is silent", to("end_user", hit("EL", decision=HitDecision.NOT_IN_SCOPE)), absent="*"),
    FlagCase("a confirmed hit stays", to("end_user", hit("SDN", decision=HitDecision.TRUE_MATCH)), "LIST_SDN:blocking"),
    FlagCase("a settled concern is shown only", to("end_user", hit("SDN", settled="mitigated")), "LIST_SDN:info"),
    FlagCase(
        "a confirmed possible hit counts",
        to("end_user", hit("SDN", band="possible", decision=HitDecision.TRUE_MATCH)),
        "LIST_SDN:blocking",
    ),
    FlagCase("a denial order stops in any role", to("manufacturer", hit("DPL")), "LIST_DPL:blocking", "APPLICANT_DENIED"),
    FlagCase(
        "an ended order warns",
        to("end_user", hit("DPL", expires_on=dt.date(2026, 7, 30))),
        "LIST_DPL:warning",
        "NO_LICENCE_EXCEPTION",
    ),
    FlagCase("an order binds on its last day", to("end_user", hit("DPL", expires_on=dt.date(2026, 7, 31))), "LIST_DPL:blocking"),
    FlagCase(
        "an order that begins tomorrow warns", to("end_user", hit("DPL", effective_on=dt.date(2026, 8, 1))), "LIST_DPL:warning"
    ),
    FlagCase("a blocked forwarder stops", to("freight_forwarder", hit("SDN")), "LIST_SDN:blocking"),
    FlagCase("a listed forwarder: ask for possession", to("freight_forwarder", hit("EL")), "LIST_EL:blocking"),
    FlagCase("a listed maker warns", to("manufacturer", hit("EL")), "LIST_EL:warning", found=EL),
    FlagCase("a maker under nonproliferation sanctions warns", to("manufacturer", hit("ISN")), "LIST_ISN:warning"),
    FlagCase("elsewhere such sanctions block", to("purchaser", hit("ISN")), "LIST_ISN:blocking"),
    FlagCase("the first consignee of a reexport, unverified", to("original_ultimate_consignee", hit("UVL")), "LIST_UVL:blocking"),
    FlagCase("the first consignee, military", to("original_ultimate_consignee", hit("MEU")), "LIST_MEU:blocking"),
    FlagCase("a party without a role must get one", to("other", hit("DTC")), "LIST_DTC:blocking"),
    FlagCase("an agent on a list must be settled", to("other_party", hit("EL")), "LIST_EL:blocking"),
    FlagCase("a listed applicant must be settled", application("DE", replace(US, hits=(hit("EL"),))), "LIST_EL:blocking"),
    FlagCase("military end user, listed item", to("end_user", hit("MEU")), "LIST_MEU:blocking", found=MEU),
    FlagCase("military end user, other item", to("end_user", hit("MEU")), "LIST_MEU:warning"),
    FlagCase(
        "an owner of two parties, of one with an unknown share",
        application(
            "DE",
            US,
            party("purchaser", "One GmbH", owners=(owner(10, hit("SDN")),)),
            party("ultimate_consignee", "Other GmbH", owners=(owner(None, hit("SDN")),)),
        ),
        "LIST_SDN:blocking",
    ),
    FlagCase("military forwarder warns", to("freight_forwarder", hit("MEU")), "LIST_MEU:warning", found=MEU),
    FlagCase(
        "the Unverified List warns", to("ultimate_consignee", hit("UVL")), "LIST_UVL:warning UVL_STATEMENT_REQUIRED:warning"
    ),
    FlagCase(
        "with its statement attached nothing is asked",
        to("ultimate_consignee", hit("UVL"), answers={"attachments": ("UVL_STATEMENT",)}),
        "LIST_UVL:warning",
        "UVL_STATEMENT_REQUIRED",
    ),
    FlagCase(
        "an unverified maker needs no statement", to("manufacturer", hit("UVL")), "LIST_UVL:warning", "UVL_STATEMENT_REQUIRED"
    ),
    FlagCase("a bank under account sanctions warns", to("bank", hit("CAP")), "LIST_CAP:warning"),
    FlagCase("elsewhere they are shown", to("end_user", hit("CAP")), "LIST_CAP:info"),
    FlagCase("an investment list is shown", to("end_user", hit("CMIC")), "LIST_CMIC:info"),
    FlagCase("sectoral sanctions warn", to("end_user", hit("SSI")), "LIST_SSI:warning"),
    FlagCase("a sanctions evader blocks", to("end_user", hit("FSE")), "LIST_FSE:blocking"),
    FlagCase("a foreign list warns", to("end_user", hit("EU")), "LIST_EU:warning"),
    FlagCase("a list of the house warns", to("end_user", hit("HOUSE")), "LIST_HOUSE:warning"),
    FlagCase("a foreign person bites like a consignee", to("foreign_person", hit("EL")), "LIST_EL:blocking", found=EL),
    FlagCase("another name of the entry", to("end_user", hit("EU", "Main", matched_name="Other")), "ALIAS_MATCH:info"),
    FlagCase(
        "the same name in other letters is none",
        to("end_user", hit("EU", "Main, Ltd", matched_name="MAIN LTD")),
        absent="ALIAS_MATCH",
    ),
    FlagCase(
        "an address is no alias",
        to("end_user", hit("EL", "Address 07", channel="address", matched_name="9 Road")),
        absent="ALIAS_MATCH LIST_EL",
    ),
    FlagCase(
        "an address entry out of scope warns",
        to("end_user", hit("EL", "Address 07", channel="address")),
        "ADDRESS_ONLY_EL:warning",
    ),
    FlagCase(
        "in scope it blocks", to("end_user", hit("EL", "Address 07", channel="address")), "ADDRESS_ONLY_EL:blocking", found=EL
    ),
    FlagCase(
        "the address of a named entry is a list hit",
        to("end_user", hit("EL", "Some Corp", channel="address")),
        "LIST_EL:blocking",
        "ADDRESS_ONLY_EL",
        found=EL,
    ),
    FlagCase(
        "another unit of the building is shown",
        application("DE", US, party("end_user", advisories=("ADDRESS_SAME_BUILDING",))),
        "ADDRESS_SAME_BUILDING:info",
    ),
    FlagCase(
        "the applicant is denied",
        application("DE", replace(US, hits=(hit("DPL"),))),
        "APPLICANT_DENIED:blocking LIST_DPL:blocking",
    ),
    FlagCase(
        "an ended order denies no applicant",
        application("DE", replace(US, hits=(hit("DPL", expires_on=dt.date(2020, 1, 1)),))),
        absent="APPLICANT_DENIED",
    ),
    FlagCase("a vessel by its number", to("vessel", hit("SDN", channel="identifier")), "VESSEL_MATCH:blocking"),
    FlagCase("a vessel by name", to("vessel", hit("SDN", band="possible")), "VESSEL_MATCH:blocking"),
    FlagCase("a clean vessel", to("vessel"), absent="VESSEL_MATCH"),
    FlagCase("a listed party leaves no exception", to("end_user", hit("UVL")), "NO_LICENCE_EXCEPTION:info"),
    FlagCase("a possible one does not yet", to("end_user", hit("UVL", band="possible")), absent="NO_LICENCE_EXCEPTION"),
    FlagCase("a listed forwarder bars none", to("freight_forwarder", hit("UVL")), absent="NO_LICENCE_EXCEPTION"),
    FlagCase("a denied forwarder does", to("freight_forwarder", hit("DPL")), "NO_LICENCE_EXCEPTION:info"),
    FlagCase("a foreign list bars no exception", to("end_user", hit("EU")), absent="NO_LICENCE_EXCEPTION"),
    FlagCase(
        "a claimed exception that a filter removes",
        application("DE", answers={"exception_claimed": "LVS"}),
        "NO_LICENCE_EXCEPTION:info",
        found={"I1": determination(exceptions=(ExceptionFinding("LVS", "unavailable", "MT (a)(5)", "740.2(a)(5)"),))},
    ),
    FlagCase(
        "a claimed exception that fits",
        application("DE", answers={"exception_claimed": "LVS"}),
        absent="NO_LICENCE_EXCEPTION",
        found={"I1": determination(exceptions=(ExceptionFinding("LVS", "available", "", "740.3"),))},
    ),
)
OWNERS = (
    FlagCase(
        "half held by a listed owner",
        owned(owner(50, hit("EL"))),
        "OWNERSHIP_50_EL:blocking LIST_EL:blocking",
        found=AFFILIATE,
        as_of=BEFORE_STAY,
    ),
    FlagCase(
        "while the rule is stayed it is shown",
        owned(owner(50, hit("EL"))),
        "OWNERSHIP_50_EL_SUSPENDED:info LIST_EL:warning",
        "OWNERSHIP_50_EL",
        as_of=STAYED,
    ),
    FlagCase(
        "after the stay it is in force again",
        owned(owner(50, hit("EL"))),
        "OWNERSHIP_50_EL:blocking",
        found=AFFILIATE,
        as_of=AFTER_STAY,
    ),
    FlagCase(
        "two owners together",
        owned(owner(30, hit("EL")), owner(20, hit("MEU"), id="O2")),
        "OWNERSHIP_50_EL:blocking",
        as_of=AFTER_STAY,
    ),
    FlagCase(
        "less than half warns by the list only",
        owned(owner(49, hit("EL"))),
        "LIST_EL:warning",
        "OWNERSHIP_50_EL OWNERSHIP_50_EL_SUSPENDED",
        as_of=AFTER_STAY,
    ),
    FlagCase(
        "an unknown share blocks even while stayed",
        owned(owner(None, hit("EL"))),
        "OWNERSHIP_50_EL:blocking LIST_EL:blocking",
        as_of=STAYED,
    ),
    FlagCase(
        "through a layer", owned(owner(60, owners=(owner(70, hit("EL"), id="O2"),))), "OWNERSHIP_50_EL:blocking", as_of=AFTER_STAY
    ),
    FlagCase(
        "an address owner does not count",
        owned(owner(80, hit("EL", "Address 01", channel="address"))),
        absent="OWNERSHIP_50_EL",
        as_of=AFTER_STAY,
    ),
    FlagCase("a blocked majority owner blocks", owned(owner(60, hit("SDN"))), "LIST_SDN:blocking"),
    FlagCase("a blocked minority owner warns", owned(owner(10, hit("SDN"))), "LIST_SDN:warning"),
    FlagCase("a blocked owner of unknown share blocks", owned(owner(None, hit("SDN"))), "LIST_SDN:blocking"),
    FlagCase("a denied owner blocks", owned(owner(10, hit("DPL"))), "LIST_DPL:blocking"),
    FlagCase("a clean owner is silent", owned(owner(100)), absent="*"),
)


@table(LISTS + OWNERS)
def test_list_flags(case: FlagCase) -> None:
    check(case)


def test_a_list_flag_names_party_entry_and_band() -> None:
    flags = run(FlagCase("", to("end_user", hit("EL", "Listed Corp", entry="abc", score=91.5))))
    flag = next(flag for flag in flags if flag.code == "LIST_EL")
    assert flag.party == "end_user"
    assert "list EL, entry abc" in flag.facts
    assert "name, strong, score 91.5" in flag.facts


def test_a_list_flag_says_what_was_decided_and_settled() -> None:
    flags = run(FlagCase("", to("end_user", hit("SDN", decision=HitDecision.TRUE_MATCH, settled="mitigated"))))
    flag = next(flag for flag in flags if flag.code == "LIST_SDN")
    assert flag.facts[-2:] == ("decided: true_match", "settled: mitigated")


def test_an_alias_flag_names_the_quality_the_publisher_states() -> None:
    weak = run(FlagCase("", to("end_user", hit("EU", "Main", matched_name="Other", alias_quality="weak"))))
    plain = run(FlagCase("", to("end_user", hit("EU", "Main", matched_name="Other"))))
    assert "another name (weak alias) of" in next(flag.why for flag in weak if flag.code == "ALIAS_MATCH")
    assert "another name of" in next(flag.why for flag in plain if flag.code == "ALIAS_MATCH")


def test_an_ownership_flag_names_each_owner_with_share_and_list() -> None:
    flags = run(FlagCase("", owned(owner(None, hit("EL")), owner(30, hit("MEU"), id="O2")), as_of=AFTER_STAY))
    flag = next(flag for flag in flags if flag.code == "OWNERSHIP_50_EL")
    assert flag.facts == ("O1: Owner O1, list EL, share unknown", "O2: Owner O2, list MEU, 30 %")


def test_a_nameless_party_is_called_by_its_id() -> None:
    told = application("DE", US, party("end_user", "", id="P7", hits=(hit("EL", "Address 07", channel="address"),)))
    flag = next(flag for flag in run(FlagCase("", told)) if flag.code == "ADDRESS_ONLY_EL")
    assert flag.why.startswith("P7 (end user) is a match by its address with 'Address 07' on list EL")


def test_a_custom_list_does_what_was_chosen_when_it_was_set_up() -> None:
    told = to("end_user", hit("HOUSE"), hit("EU"))
    chosen = {"HOUSE": BLOCKING, "EU": BLOCKING}
    flags = red_flags(told, {"I1": determination()}, rules(), as_of=DAY, list_effects=chosen)
    assert {flag.code: flag.severity for flag in flags} == {"LIST_HOUSE": BLOCKING, "LIST_EU": WARNING}


def test_owners_without_ids_are_not_lost() -> None:
    owners = tuple(replace(owner(30, hit("EL")), id="") for _ in range(2))
    flags = run(FlagCase("", owned(*owners), as_of=AFTER_STAY))
    assert any(flag.code == "OWNERSHIP_50_EL" for flag in flags)


def test_the_flags_come_gravest_first() -> None:
    flags = run(FlagCase("", to("end_user", hit("EU"), hit("SDN", "X", matched_name="Y"), items=(item(),))))
    order = [flag.severity for flag in flags]
    assert order == sorted(order, key=[BLOCKING, WARNING, INFO].index)
