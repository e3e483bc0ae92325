"""Red flags from what is stated: end use, answers, questionnaire, deemed exports, and how signs together become blocking."""

from __future__ import annotations

from typing import Any

from licenses.rules.types import ApplicationFacts
from tests.licenses.rules.builders import application, hit, item, party
from tests.licenses.rules.red_flags.cases import FlagCase, check, run, table

US = party("applicant", "Exporter Inc.", "US")
CHIP, PLAIN = (item("EAR99", "854231", 9_000),), (item("EAR99", "480256"),)


def to(country: str, use: str = "control units of washing machines made in the plant", **more: Any) -> ApplicationFacts:
    return application(country, US, party("ultimate_consignee", "Firma", country), end_use=use, **more)


def deemed(country: str = "CN", eccn: str = "3E001", **answers: Any) -> ApplicationFacts:
    person = party("foreign_person", "Some Person", "US", citizenships=("IN", "KR"))
    return application(country, US, person, items=(item(eccn, value=None),), type="deemed_export", answers=answers)


STATED = (
    FlagCase(
        "another consignee, no word of assembly",
        application(
            "MY",
            US,
            party("purchaser", "Designer", "SG"),
            party("intermediate_consignee", "House", "MY"),
            end_use="pumps of a water plant",
        ),
        absent="OSAT_NOT_PURCHASER",
    ),
    FlagCase(
        "assembly, no purchaser named",
        application("MY", US, party("intermediate_consignee", "House", "MY"), end_use="assembly"),
        absent="OSAT_NOT_PURCHASER",
    ),
    FlagCase("an end use of general words", to("DE", "industrial use"), "VAGUE_END_USE:warning"),
    FlagCase("no end use", to("DE", ""), "VAGUE_END_USE:warning"),
    FlagCase("the buyer would not say", to("DE", "customer refused to say"), "VAGUE_END_USE:warning"),
    FlagCase("a classification states none", to("DE", "", type="classification"), absent="*"),
    FlagCase("a military use by fact", to("MY", answers={"military": True}), "MILITARY_END_USE:warning"),
    FlagCase("a military use of one item", to("MY", item_answers={"I1": {"military": True}}), "MILITARY_END_USE:warning"),
    FlagCase("an item stated civil", to("MY", item_answers={"I1": {"military": False}}), absent="*"),
    FlagCase("a military-intelligence use", to("MY", answers={"military_intelligence": True}), "MILITARY_END_USE:warning"),
    FlagCase(
        "a military word, denied for one item of two",
        to("MY", "radios for the navy", items=(item(), item(id="I2")), item_answers={"I1": {"military": False}}),
        "MILITARY_END_USE:blocking",
    ),
    FlagCase(
        "a military word, denied for each item",
        to("MY", "radios for the navy", item_answers={"I1": {"military": False}}),
        absent="MILITARY_END_USE",
    ),
    FlagCase("a military word, not answered", to("MY", "radios for the navy"), "MILITARY_END_USE:blocking"),
    FlagCase(
        "a military word, denied by fact", to("MY", "radios for the navy", answers={"military": False}), absent="MILITARY_END_USE"
    ),
    FlagCase("a text that denies it", to("MY", "civil radios, not for military use"), absent="MILITARY_END_USE"),
    FlagCase(
        "footnote 3 of the Entity List",
        application("MY", US, party("end_user", hits=(hit("EL", footnotes=("3",)),))),
        "MILITARY_END_USE:blocking",
    ),
    FlagCase(
        "the footnote by its citation",
        application(
            "MY",
            US,
            party("end_user", hits=(hit("EL", license_requirement="For all items subject to the EAR (See §§ 734.9(g)"),)),
        ),
        "MILITARY_END_USE:blocking",
    ),
    FlagCase(
        "a military end user, denied by fact",
        application("MY", US, party("end_user", hits=(hit("MEU"),)), answers={"military": False}),
        "MILITARY_END_USE:warning",
    ),
    FlagCase(
        "a listed maker is no end user",
        application("MY", US, party("manufacturer", hits=(hit("MEU"),))),
        absent="MILITARY_END_USE",
    ),
    FlagCase(
        "assembly for another purchaser",
        application(
            "MY",
            US,
            party("purchaser", "Designer", "SG"),
            party("intermediate_consignee", "Test House", "MY"),
            end_use="assembly and test",
        ),
        "OSAT_NOT_PURCHASER:warning",
    ),
    FlagCase(
        "assembly for oneself",
        application(
            "MY",
            US,
            party("purchaser", "Maker", "MY"),
            party("intermediate_consignee", "MAKER", "MY"),
            end_use="assembly and test",
        ),
        absent="OSAT_NOT_PURCHASER",
    ),
    FlagCase(
        "assembly in a partner country",
        application(
            "KR",
            US,
            party("purchaser", "Designer", "KR"),
            party("intermediate_consignee", "Test House", "KR"),
            end_use="assembly and test",
        ),
        absent="*",
    ),
    FlagCase("stated not to fit", to("MY", answers={"end_use_matches_business": False}), "END_USE_MISMATCH_BUSINESS:warning"),
    FlagCase("stated to fit", to("MY", answers={"end_use_matches_business": True}), absent="END_USE_MISMATCH_BUSINESS"),
    FlagCase(
        "a trader with a wafer tester",
        application("MY", US, party("end_user", "Maju Trading", "MY"), items=(item("3B992"),), end_use="wafer test laboratory"),
        "END_USE_MISMATCH_BUSINESS:warning",
    ),
    FlagCase(
        "a wafer furnace for a bakery",
        to("MY", "bakery equipment", items=(item("EAR99", "848620"),)),
        "END_USE_MISMATCH_BUSINESS:warning",
    ),
    FlagCase("paper for a bakery", to("MY", "bakery equipment", items=PLAIN), absent="*"),
    FlagCase(
        "a party left out", to("MY", answers={"buyer_asked_to_omit_or_change_party": True}), "BUYER_ASKED_TO_OMIT_PARTY:blocking"
    ),
    FlagCase(
        "a reference removed",
        to("MY", answers={"document_references_removed": True}),
        "RUSSIA_REFERENCE_REMOVED_FROM_DOCS:blocking",
    ),
    FlagCase(
        "answered no",
        to("MY", answers={"buyer_asked_to_omit_or_change_party": False, "document_references_removed": False}),
        absent="*",
    ),
    FlagCase(
        "a questionnaire item answered yes",
        to("MY", answers={"rf": {"RF_743_4": True, "RF_743_5": False}}),
        "RF_743_4:warning",
        "RF_743_5",
    ),
    FlagCase("an item unknown today is not lost", to("MY", answers={"rf": {"RF_OLD_1": True}}), "RF_OLD_1:warning"),
    FlagCase(
        "cash for an expensive item",
        to("MY", items=(item("EAR99", "480256", 10_001),), answers={"payment_method": "cash"}),
        "RF_S3_5:warning",
    ),
    FlagCase("cash for a cheap one", to("MY", items=PLAIN, answers={"payment_method": "cash"}), absent="*"),
    FlagCase("installation declined", to("MY", answers={"installation_declined": True}), "RF_S3_7:warning"),
)
DEEMED = (
    FlagCase(
        "nothing recorded",
        deemed(),
        "DEEMED_EXPORT:info CITIZENSHIP_CN:info STATUS_NOT_RECORDED:blocking UNDISCLOSED_FOREIGN_AFFILIATION:warning",
        "CITIZENSHIP_KR",
    ),
    FlagCase("a green card recorded", deemed(permanent_resident=True), "DEEMED_EXPORT:info", "STATUS_NOT_RECORDED"),
    FlagCase("a status recorded as no", deemed(protected_person=False), absent="STATUS_NOT_RECORDED"),
    FlagCase(
        "status of the person by id",
        deemed(parties={"foreign_person": {"permanent_resident": False}}),
        absent="STATUS_NOT_RECORDED",
    ),
    FlagCase("an affiliation hidden", deemed(foreign_affiliation_undisclosed=True), "UNDISCLOSED_FOREIGN_AFFILIATION:blocking"),
    FlagCase("an affiliation asked", deemed(foreign_affiliation_undisclosed=False), absent="UNDISCLOSED_FOREIGN_AFFILIATION"),
    FlagCase("EAR99 need not be asked", deemed(eccn="EAR99"), absent="UNDISCLOSED_FOREIGN_AFFILIATION"),
    FlagCase("an Iranian", deemed("IR"), "CITIZENSHIP_IR:info"),
    FlagCase("a German", deemed("DE"), absent="CITIZENSHIP_DE"),
    FlagCase("an export is none", to("CN"), absent="DEEMED_EXPORT CITIZENSHIP_CN STATUS_NOT_RECORDED"),
)
TWO = {"payer_country": "CY", "late_route_change": True}
TOGETHER = (
    FlagCase("two signs stay warnings", to("MY", answers=TWO), "THIRD_COUNTRY_PAYMENT:warning LAST_MINUTE_ROUTE_CHANGE:warning"),
    FlagCase(
        "three signs make the gravest blocking",
        to("MY", "resale", answers=TWO),
        "VAGUE_END_USE:blocking LAST_MINUTE_ROUTE_CHANGE:warning",
    ),
    FlagCase("not to a partner", to("DE", "resale", answers=TWO), "VAGUE_END_USE:warning"),
    FlagCase(
        "one sign at three items is one",
        to("AE", items=tuple(item("EAR99", "854231", id=f"I{n}") for n in range(3))),
        "TRANSSHIPMENT_COUNTRY:warning",
    ),
)


@table(STATED)
def test_stated_flags(case: FlagCase) -> None:
    check(case)


@table(DEEMED)
def test_deemed_export_flags(case: FlagCase) -> None:
    check(case)


@table(TOGETHER)
def test_signs_of_diversion_together(case: FlagCase) -> None:
    check(case)


def test_the_military_flag_says_whether_it_was_answered() -> None:
    (open_one,) = run(FlagCase("", to("MY", "radios for the navy")))
    (answered,) = run(FlagCase("", to("MY", answers={"military": True})))
    assert open_one.why == "The end use or an end user may be military."
    assert answered.why == "Something here is military."
    assert answered.facts == ("military: true",)


def test_the_escalated_flag_says_why() -> None:
    flag = next(flag for flag in run(TOGETHER[1]) if flag.code == "VAGUE_END_USE")
    assert flag.facts[-1].startswith("3 signs of diversion together: ")
