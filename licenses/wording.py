"""Safe wording (intake.md 2 and 8): the words a person reads for lists, sections, verdicts and effects, in one place."""

from __future__ import annotations

LIST_NAMES = {
    "EL": "Entity List",
    "DPL": "Denied Persons List",
    "UVL": "Unverified List",
    "MEU": "Military End-User List",
    "SDN": "Specially Designated Nationals",
    "SSI": "Sectoral Sanctions Identifications",
    "FSE": "Foreign Sanctions Evaders",
    "CAP": "Correspondent account sanctions (CAPTA)",
    "CMIC": "Chinese Military-Industrial Complex Companies",
    "MBS": "Menu-Based Sanctions",
    "PLC": "Palestinian Legislative Council",
    "ISN": "Nonproliferation Sanctions",
    "DTC": "AECA Debarred",
    "UN": "United Nations Security Council",
    "EU": "European Union",
    "UK": "United Kingdom",
}


def list_in_a_sentence(code: str) -> str:
    """A list as it is named within a sentence: "the Entity List", "the Nonproliferation Sanctions list"."""
    name = LIST_NAMES.get(code)
    if name is None:
        return f"list {code}"
    return f"the {name}" if name.endswith("List") else f"the {name} list"


LIST_EFFECTS = {
    "EL": "Listed on the Entity List: within the scope of the entry a license is needed.",
    "DPL": "Named in a denial order. Do not take part in this transaction.",
    "UVL": "Unverified List: no license requirement from the listing itself; no exceptions; statement needed first.",
    "MEU": "Military End-User List: license needed for items in Supp. No. 2 to part 744.",
    "SDN": "Blocked by OFAC. Stop unless an OFAC authorization is on file.",
    "SSI": "Sectoral sanctions: check the directive.",
    "CMIC": "Investment restriction; not an export bar.",
    "MBS": "Specific measures apply; see the program.",
    "CAP": "Payment route restriction.",
    "FSE": "Foreign sanctions evader; ask the export officer.",
    "PLC": "Payment may be rejected.",
    "ISN": "Nonproliferation sanctions: a license would be denied.",
    "DTC": "Debarred for defense articles.",
    "UN": "Listed by the United Nations; your other obligations may apply.",
    "EU": "Listed by the European Union; your other obligations may apply.",
    "UK": "Listed by the United Kingdom; your other obligations may apply.",
}
SECTION_LABELS = {
    "contact": "Contact (Blocks 1–4)",
    "documents": "Documents (Blocks 6, 7, 13)",
    "license_information": "License information (Blocks 5, 8–12)",
    "company": "Filing company",
    "applicant": "Applicant (Block 14)",
    "other_party": "Other party (Block 15)",
    "purchaser": "Purchaser (Block 16)",
    "intermediate_consignee": "Intermediate consignee (Block 17)",
    "ultimate_consignee": "Ultimate consignee (Block 18)",
    "end_user": "End user (Block 19)",
    "original_ultimate_consignee": "Original ultimate consignee (Block 20)",
    "end_use": "End use (Block 21)",
    "items": "Items (Blocks 22, 23)",
    "additional_information": "Additional information (Block 24)",
    "supporting_documents": "Support documents",
    "address_verification": "Addresses",
    "preview": "Preview",
    "signature": "Signature (Block 25)",
}
