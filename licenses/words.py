"""Safe wording (intake.md 2 and 8): the words a person reads for lists, sections, verdicts and effects, in one place. What is
said of a list stands in its row of licenses/rules/data/list_effects.csv."""

from __future__ import annotations

from django.utils import timezone

from licenses.list_facts import facts_of
from licenses.rules.tables.loader import load
from screening.matching.countries import name_of


def words(code: str | None) -> str:
    """LICENSE_REQUIRED -> license required; acronyms keep their capitals."""
    text = (code or "").replace("_", " ").lower()
    return text.replace(" ear", " EAR").replace("uvl", "UVL").replace("eei", "EEI")


def country(code: str | None) -> str:
    """Name of a country, its code where the name is not known."""
    return name_of(code) or code if code else ""


def flag_label(code: str) -> str:
    """A red flag in plain words."""
    return load().in_force(timezone.now().date()).red_flags.label(code)


def list_name(code: str) -> str:
    """Name of a control list; the code of one that the law does not speak of."""
    facts = facts_of(code)
    return facts.name if facts else code


def list_in_a_sentence(code: str) -> str:
    """A list as it is named within a sentence: "the Entity List", "the Nonproliferation Sanctions list"."""
    facts = facts_of(code)
    if facts is None:
        return f"list {code}"
    return f"the {facts.name}" if facts.name.endswith("List") else f"the {facts.name} list"


def hit_sentence(code: str) -> str:
    """What a hit on a list does, in a sentence for reviewers."""
    facts = facts_of(code)
    return facts.sentence if facts else "See the list."


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
ROLE_TERMS = {
    "Applicant": "who asks for the license and answers for it; for an export, somebody in the United States.",
    "Other party": "who receives the license in the applicant's place, such as an agent.",
    "Purchaser": "who bought the items, whether or not they go there.",
    "Intermediate consignee": "who takes possession on the way: a forwarder, a bank, a test house that sends them on.",
    "Ultimate consignee": "who receives the items abroad for good. Exactly one; never a forwarder or a bank.",
    "End user": "who uses them, where that is not the ultimate consignee.",
    "Original ultimate consignee": "of a reexport or transfer: who received them under the first license.",
    "Owner": "who holds a share of a party. Owners of half or more can make a party subject to a listing.",
}
"""The parties of the form (748.5), one line each."""
ITEM_TERMS = {
    "ECCN": "the five characters (3A001) that name an entry of the Commerce Control List, with its paragraph.",
    "EAR99": "what is subject to the Export Administration Regulations and in no entry of that list.",
    "HS code": "the customs code, first six digits; some rules for Russia, Belarus and Iran follow it.",
    "CCATS": "the number of a classification that BIS made itself.",
    "License exception": "a rule that lets an item go without a license under its conditions.",
    "NLR": "no license required.",
}
"""The words around an item, one line each."""
FILING_TERMS = {
    "SNAP-R": "the government's web form where a person files. ExportCheck prepares; it files nothing.",
    "CIN": "the number SNAP-R gave your company.",
    "Reexport": "from one foreign country to another.",
    "In-country transfer": "to another end user or end use in the same foreign country.",
    "Deemed export": "technology shown to a foreign person in the United States.",
    "Country of ultimate destination": "where the items stay, not where they pass through.",
}
"""The words of the first page, one line each."""
