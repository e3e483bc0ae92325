"""The acceptance stories of the intake design, re-keyed: parties with the hits that screening gives, items, and what must follow.

The determinations beside them say what the walk finds (its own tests prove that), so that red flags and the conclusion
can be tested by themselves.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from licenses.rules.types import ApplicationFacts, Determination, Outcome
from tests.licenses.rules.builders import application, determination, hit, item, party, question, requirement

ADDRESS_07 = "Room 1318-19, 13F, Hollywood Plaza, 610 Nathan Road, Mong Kok, Kowloon, Hong Kong"


@dataclass(frozen=True, slots=True)
class Story:
    """What is entered, what the walk finds, and the least that must follow."""

    id: str
    sentence: str
    application: ApplicationFacts
    found: Determination
    flags: frozenset[str]
    outcome: Outcome
    as_of: dt.date = dt.date(2026, 7, 31)


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


REQUIRED = Outcome.LICENSE_REQUIRED
ENTITY_LIST = determination(REQUIRED, requirement("ENTITY_LIST", rule="744.11", citation="744.11(a)"))
RUSSIA = determination(REQUIRED, requirement("RU_BY", rule="746.8(a)(7)", citation="746.8(a)(7)"))
CLEAN = determination(Outcome.NO_LICENSE_REQUIRED)


def _indium(*, listed: bool, **answers: object) -> ApplicationFacts:
    sdn = (hit("SDN", "OSTEC-INTEGRA LTD"),) if listed else ()
    return application(
        "RU",
        party("applicant", "The Indium Corporation of America", "US"),
        party("purchaser", "Ostec Integra Ltd.", "RU", hits=sdn),
        party("intermediate_consignee", "Inter-Trans Sp. z o.o.", "PL", id="P3", hits=sdn),
        party("intermediate_consignee", "BMA Spedition GmbH", "DE", id="P4", hits=sdn),
        party("ultimate_consignee", "Ostec Integra Ltd.", "RU", hits=sdn),
        items=(item("EAR99", "831130", 96_506),),
        end_use="electronics manufacturing",
        answers=answers,
    )


STORIES = (
    Story(
        "S01",
        "the test house is listed under an alias, the withheld customer is not",
        application(
            "CN",
            party("applicant", "GlobalFoundries U.S. 2 LLC", "US"),
            party("purchaser", "Company 1 (fabless customer; name withheld)", "CN"),
            party(
                "intermediate_consignee",
                "SJ Semiconductor (Jiangyin) Corp.",
                "CN",
                hits=(hit("EL", "SJ Semiconductor", matched_name="SJ Semiconductor (Jiangyin) Corp."),),
            ),
            items=(item("EAR99", "854239", 17_101_679),),
            end_use="assembly and test (OSAT) of wafers for the purchaser",
        ),
        ENTITY_LIST,
        _codes("LIST_EL OSAT_NOT_PURCHASER CHPL_ITEM"),
        REQUIRED,
    ),
    Story(
        "S03",
        "nobody was listed in June 2022: the HS code alone requires the license, the answers raise the rest",
        _indium(listed=False, late_route_change=True, document_references_removed=True, defense_customer=True),
        RUSSIA,
        _codes("DEST_RU_BY HTS_ON_RU_SUPPLEMENT LAST_MINUTE_ROUTE_CHANGE RUSSIA_REFERENCE_REMOVED_FROM_DOCS DEFENCE_CUSTOMER"),
        REQUIRED,
        dt.date(2022, 6, 15),
    ),
    Story(
        "S04",
        "the same draft four years later: all three foreign parties are blocked",
        _indium(listed=True),
        determination(Outcome.PROHIBITED, requirement("RU_BY", rule="746.8(a)(7)", citation="746.8(a)(7)")),
        _codes("LIST_SDN DEST_RU_BY HTS_ON_RU_SUPPLEMENT"),
        Outcome.PROHIBITED,
    ),
    Story(
        "S07",
        "integrated circuits to Zelenograd through Hong Kong",
        application(
            "RU",
            party("applicant", "Senesys Incorporated", "US"),
            party("intermediate_consignee", "Hong Kong shipping company (name not public)", "HK"),
            party(
                "ultimate_consignee",
                "JSC Research and Development Center ELVEES",
                "RU",
                hits=(hit("EL", "Electronic Computing and Information Systems (ELVIS)", footnotes=("3",)), hit("SDN", "ELVEES")),
            ),
            items=(item("3A991", "854231", None),),
            end_use="commercial electronics",
        ),
        determination(Outcome.PROHIBITED, requirement("ENTITY_LIST"), requirement("RU_BY")),
        _codes("LIST_EL LIST_SDN DEST_RU_BY CHPL_ITEM TRANSSHIPMENT_ROUTE"),
        Outcome.PROHIBITED,
    ),
    Story(
        "S12",
        "the name matches nothing, the address is listed and the HS code is in Supp. 7",
        application(
            "HK",
            party("applicant", "US distributor", "US"),
            party(
                "ultimate_consignee",
                "Bright Harbour Components Limited",
                "HK",
                addresses=(ADDRESS_07,),
                hits=(hit("EL", "Address 07", channel="address", matched_name=ADDRESS_07),),
            ),
            items=(item("EAR99", "854231", 84_000),),
            end_use="resale",
        ),
        ENTITY_LIST,
        _codes("ADDRESS_ONLY_EL CHPL_ITEM"),
        REQUIRED,
    ),
    Story(
        "S17",
        "a dilution refrigerator to an institute listed under another name",
        application(
            "CN",
            party("applicant", "US cryogenics maker", "US"),
            party(
                "ultimate_consignee",
                "Beijing Quantum Institute",
                "CN",
                hits=(hit("EL", "Beijing Academy of Quantum Information Sciences", matched_name="Beijing Quantum Institute"),),
            ),
            items=(item("3A904", "841869", 620_000),),
            end_use="quantum computing research",
        ),
        determination(REQUIRED, requirement("ENTITY_LIST"), requirement("NS", "", "worldwide", "742.4(a)(5)")),
        _codes("LIST_EL ALIAS_MATCH QUANTUM_END_USE PRC_EUS_REQUIRED"),
        REQUIRED,
    ),
    Story(
        "S20",
        "a deemed export to an employee of unknown status; nobody is listed",
        application(
            "CN",
            party("applicant", "Google LLC", "US"),
            party("end_user", "Linwei Ding (a.k.a. Leon Ding)", "US"),
            items=(item("3E001", "", None, quantity=None, unit="technology"),),
            end_use="software engineering employment",
            type="deemed_export",
        ),
        determination(Outcome.NEEDS_INFORMATION, questions=(question("permanent_resident"),)),
        _codes("DEEMED_EXPORT CITIZENSHIP_CN UNDISCLOSED_FOREIGN_AFFILIATION STATUS_NOT_RECORDED"),
        Outcome.NEEDS_INFORMATION,
    ),
    Story(
        "S26",
        "the Unverified List asks for a statement, not for a license",
        application(
            "AE",
            party("applicant", "US laptop wholesaler", "US"),
            party("ultimate_consignee", "Blue Wing Gen. Trading", "AE", hits=(hit("UVL", "Blue Wing General Trading"),)),
            items=(item("5A992.c", "847130", 38_000),),
            end_use="retail resale",
        ),
        CLEAN,
        _codes("LIST_UVL UVL_STATEMENT_REQUIRED NO_LICENCE_EXCEPTION"),
        Outcome.NO_LICENSE_REQUIRED,
    ),
    Story(
        "C01",
        "a priority code to a German maker is silent",
        application(
            "DE",
            party("applicant", "Cascade Instruments Inc.", "US"),
            party("purchaser", "Infineon Technologies AG"),
            party("ultimate_consignee", "Infineon Technologies AG"),
            items=(item("EAR99", "853669", 14_500),),
            end_use="production test of automotive chips",
        ),
        CLEAN,
        frozenset(),
        Outcome.NO_LICENSE_REQUIRED,
    ),
    Story(
        "C03",
        "the shape of S01 with an unlisted test house in a partner country",
        application(
            "KR",
            party("applicant", "GlobalFoundries U.S. Inc.", "US"),
            party("purchaser", "Silicon design customer", "KR"),
            party("intermediate_consignee", "Amkor Technology Korea, Inc.", "KR"),
            items=(item("3A991", "854239", 220_000),),
            end_use="assembly and test",
        ),
        CLEAN,
        frozenset(),
        Outcome.NO_LICENSE_REQUIRED,
    ),
)
SILENT = ("C01", "C03")
"""Stories in which no flag at all may appear."""
