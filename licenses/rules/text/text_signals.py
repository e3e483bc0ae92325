"""What a name, an address or a free text tells by its words: forwarder, bank, trading company, military, vague …

A signal raises a concern or a question; it never removes one (determination.md 1, rule 5). Each function answers with
the words that spoke, () for none, so that a flag can show its reason.
"""

from __future__ import annotations

import re

from licenses.rules.tables.word_lists import WordLists
from licenses.rules.word_forms import tokens


def forwarder_words(name: str, lists: WordLists) -> tuple[str, ...]:
    """Words of a freight forwarder in a party's name (748.5(e): a forwarder is no ultimate consignee)."""
    return lists["FORWARDER_WORDS"].found_in(name)


def bank_words(name: str, lists: WordLists) -> tuple[str, ...]:
    """Words of a bank in a party's name."""
    return lists["BANK_WORDS"].found_in(name)


def trading_words(name: str, lists: WordLists) -> tuple[str, ...]:
    """Words of a trading company in a party's name."""
    return lists["TRADING_WORDS"].found_in(name)


def osat_words(text: str, lists: WordLists) -> tuple[str, ...]:
    """Words of outsourced assembly and test in a stated end use."""
    return lists["OSAT_WORDS"].found_in(text)


def military_words(text: str, lists: WordLists) -> tuple[str, ...]:
    """Words of a military use or user in a free text; a word the text itself denies ("no military use") is left out."""
    return lists["MILITARY_WORDS"].affirmed_in(text)


def quantum_words(text: str, lists: WordLists) -> tuple[str, ...]:
    """Words of quantum computing in an end use or an item description; never asked of a party's name."""
    return lists["QUANTUM_WORDS"].affirmed_in(text)


def resale_words(text: str, lists: WordLists) -> tuple[str, ...]:
    """Words of resale or distribution in a stated end use."""
    return lists["RESALE_WORDS"].found_in(text)


def technical_use_words(text: str, lists: WordLists) -> tuple[str, ...]:
    """Words of production, test or laboratory use in a stated end use."""
    return lists["TECHNICAL_USE_WORDS"].found_in(text)


def use_family_words(text: str, family: str, lists: WordLists) -> tuple[str, ...]:
    """Words of one curated family of uses (a list USE_… of data/word_lists.csv) in a stated end use or business."""
    return lists[family].found_in(text)


def post_box(address: str, lists: WordLists) -> tuple[str, ...]:
    """A post office box or military post box in a one-line address, as printed there (folded)."""
    return lists["PO_BOX_PATTERNS"].found_in(address)


def service_address(address: str, lists: WordLists) -> tuple[str, ...]:
    """A mail drop, a "care of" or a corporate service provider in a one-line address."""
    return lists["SERVICE_ADDRESS_PATTERNS"].found_in(address)


_NEGATIVES = frozenset(
    (
        "no",
        "none",
        "not",
        "without",
        "nil",
        "na",
        "n",
        "kein",
        "keine",
        "ohne",
        "aucun",
        "aucune",
        "ninguno",
        "ninguna",
        "нет",
        "无",
        "没有",
    )
)
_TELLS_ONE = re.compile(r"\d|[^\W\d_]\.[^\W\d_]")


def says_none(answer: str) -> bool:
    """Does an answer say that there is none ("none", "no website", "-")? A blank says nothing; what holds a number or a domain
    names one ("No. 12345", "none.com")."""
    if not answer.strip() or _TELLS_ONE.search(answer):
        return False
    return not tokens(answer) or any(word in _NEGATIVES for word in tokens(answer))


def vagueness(text: str, lists: WordLists) -> str:
    """Why a stated end use says nothing (Supp. 3 to part 732, no. 1), in plain words; "" when it says something.

    Stop words and placeholders are taken away first; what is left must hold a word outside VAGUE_WORDS.
    """
    refusal = lists["REFUSAL_WORDS"]
    if refusal.is_whole(text) or refusal.found_in(text):
        return "the buyer would not say"
    vague, placeholders = lists["VAGUE_WORDS"], lists["PLACEHOLDER_WORDS"]
    telling = [word for word in tokens(text) if word not in lists["STOP_WORDS"].words and not placeholders.has(word)]
    if not telling:
        return "nothing is stated"
    if all(vague.has(word) for word in telling):
        return "only general words: " + ", ".join(dict.fromkeys(telling))
    return ""


def same_words(left: str, right: str) -> bool:
    """Do two names or addresses consist of the same words, whatever their case, accents and punctuation?"""
    return tokens(left) == tokens(right)
