"""Completeness of the form itself: contact, license information, agent, papers, prices, Block 24, answers that block."""

from __future__ import annotations

from licenses.rules.completeness.form import ACN
from tests.licenses.rules.builders import hit, item, needs, party, sold
from tests.licenses.rules.completeness.cases import FULL, Case, check, formed, table

CASES = (
    Case(
        "a computer states its performance",
        sold(items=(item("4A003.b", "847150"),), form={**FULL, "items": {"I1": {"model_number": "X"}}}),
        "items",
    ),
    Case("an amount that is no number is the form's affair", formed(total_value_usd="about a thousand")),
    Case("a complete form lacks nothing", formed()),
    Case(
        "V7: quantity times price is not the total",
        formed(items={"I1": {"unit_price_usd": "100", "total_price_usd": "999"}}),
        "items V7",
    ),
    Case("V7: it is", formed(items={"I1": {"unit_price_usd": "100", "total_price_usd": "1000"}})),
    Case("V7: cents in a total", formed(items={"I1": {"total_price_usd": "1000.50"}}), "items V7"),
    Case("V7: the sum differs", formed(total_value_usd="1001"), "items V7"),
    Case("V7: the sum agrees", formed(total_value_usd=1000)),
    Case("V7: the value is the total", formed(items={"I1": {"unit_price_usd": "99"}}), "items V7"),
    Case("V11: ticks follow the papers", sold(form=FULL, answers={"attachments": ("LETTER_OF_EXPLANATION",)})),
    Case("V8: another currency", formed(currency="EUR"), "items V8"),
    Case("V11: a tick without paper", formed(docs_submitted=["TECH_SPECS"]), "documents V11"),
    Case(
        "V11: a paper without tick",
        sold(form={**FULL, "docs_submitted": []}, answers={"attachments": ("LETTER_OF_EXPLANATION",)}),
        "documents V11",
    ),
    Case("V11: both", sold(form={**FULL, "docs_submitted": ["TECH_SPECS"]}, answers={"attachments": ("TECH_SPECS",)})),
    Case(
        "V13: attached",
        sold("HK", items=(item("3A001.a.2", "854231"),), answers={"attachments": ("HK_IMPORT_LICENSE",)}),
        "",
        found=needs("NS2"),
    ),
    Case("V16: an old ACN of the wrong form", formed(resubmission_acn="123"), "license_information V16"),
    Case("V16: the application's own ACN", formed(resubmission_acn="Z123456", acn="z123456"), "license_information V16"),
    Case("V16: not cited in Block 24", formed(resubmission_acn="Z123456"), "additional_information V16"),
    Case("V16: cited", formed(resubmission_acn="Z123456", additional_information="Resubmission of Z123456.")),
    Case("V17: an agent without papers", formed(filer_capacity="AGENT_OF_FPPI"), "company V17"),
    Case(
        "V17: an agent with all of them",
        formed(
            filer_capacity="AGENT_OF_FPPI",
            power_of_attorney=True,
            docs_on_file=["OTHER"],
            additional_information="Agent under 748.4(b)(2).",
        ),
    ),
    Case("V18: another application is pending", sold(answers={"pending_application_acn": "Z000001"}), "license_information V18"),
    Case("V19: already shipped", sold(answers={"goods_already_shipped": True}), "preview V19"),
    Case("V20: detained, not disclosed", sold(answers={"goods_detained": True}), "additional_information V20"),
    Case("V20: disclosed", sold(form={**FULL, "additional_information": "Detained at JFK."}, answers={"goods_detained": True})),
    Case(
        "V23: a name in Block 24",
        formed(additional_information="Also delivered to Contoh Elektronik Ltd."),
        "additional_information V23",
    ),
    Case(
        "V23: it is a party",
        sold(
            "MY",
            party("purchaser", "Contoh Elektronik Ltd", "MY"),
            party("ultimate_consignee", "F", "MY"),
            form={**FULL, "additional_information": "Bought by Contoh Elektronik Ltd."},
        ),
    ),
    Case(
        "V23: dismissed with a reason",
        formed(additional_information="Like Contoh Elektronik Ltd.", dismissed_names={"Contoh Elektronik Ltd": "a competitor"}),
    ),
    Case(
        "V23: dismissed without one",
        formed(additional_information="Like Contoh Elektronik Ltd.", dismissed_names={"Contoh Elektronik Ltd": ""}),
        "additional_information V23",
    ),
    Case(
        "V24: an exception beside a listed party",
        sold(
            "MY",
            party("purchaser", "F", "MY", hits=(hit("UVL"),)),
            party("ultimate_consignee", "F", "MY"),
            answers={"exception_claimed": "LVS", "attachments": ("UVL_STATEMENT",)},
        ),
        "license_information V24",
    ),
    Case("no contact", formed(contact_name=" "), "contact"),
    Case("no signature", formed(certification=False), "signature"),
    Case("no word on an intermediate consignee", formed(no_intermediate_consignee=False), "intermediate_consignee"),
    Case("half a certificate", formed(import_certificate_country="MX"), "documents"),
    Case("an address not confirmed", formed(parties={"purchaser": {"street": "1 Road"}}), "address_verification"),
    Case(
        "an applicant without city",
        formed(parties={"applicant": {"street": "1 Road", "postal_code": "1", "ein": "1", "confirmed": True}}),
        "applicant",
    ),
    Case(
        "a party to receive the license, half given",
        sold(
            "MY", party("purchaser", "F", "MY"), party("ultimate_consignee", "F", "MY"), party("other_party", "G", ""), form=FULL
        ),
        "other_party",
    ),
    Case("a resubmission cites the old number", sold(type="resubmission", form=FULL), "license_information"),
    Case(
        "a transfer says so",
        sold(
            "MY",
            party("purchaser", "F", "MY"),
            party("ultimate_consignee", "F", "MY"),
            party("original_ultimate_consignee", "G", "MY"),
            type="in_country_transfer",
            form={**FULL, "original_authorization": "NLR"},
        ),
        "license_information",
    ),
)


@table(CASES)
def test_messages(case: Case) -> None:
    check(case)


def test_an_acn_is_a_letter_and_six_digits() -> None:
    assert ACN.match("Z123456")
    assert not ACN.match("Z12345")
