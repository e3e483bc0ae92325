"""Evidence a reviewer can read: a token table, what was left over, and sentences."""

from __future__ import annotations

from .compare.address_match import AddressMatch
from .names.parse import Name
from .names.score import NameScore
from .text.tokens import DISTINCT, Kind, Token
from .types import Evidence

_HOW = {
    "same": "the same word",
    "near": "a near spelling",
    "sound": "the same sound",
    "consonants": "the same consonants",
    "joined": "the same words run together",
    "initial": "an initial",
    "abbreviation": "an abbreviation",
    "acronym": "the initials",
    "slip": "a slip of a letter or a space",
}

WEAK_ALIAS = ("at most possible", "A weak alias or an abbreviation alone is never a strong match.")
"""Effect and sentence of a name that cannot be strong by itself."""


def address_evidence(query: str, listed: str, match: AddressMatch) -> tuple[Evidence, ...]:
    """The address of an entry that is one, met to the unit: the whole first, then one line a component."""
    sentence = f"The address is the listed one: {listed}"
    return (Evidence("address", query, listed, match.points / 100.0, f"{match.points:.1f}", sentence), *match.explanation)


def name_evidence(query: Name, listed: Name, query_text: str, listed_text: str, score: NameScore) -> tuple[Evidence, ...]:
    """The whole comparison first, then one line a pair of words, then what stands over."""
    rows = [
        Evidence(
            "name",
            query_text,
            listed_text,
            score.points / 100.0,
            f"{score.points:.1f}",
            sentence(query, listed, query_text, listed_text, score),
        )
    ]
    for pair in score.alignment.pairs:
        query_words, listed_words = _words(query, pair.query), _words(listed, pair.listed)
        weight = 0.5 * (sum(query.tokens[i].weight for i in pair.query) + sum(listed.tokens[j].weight for j in pair.listed))
        rows.append(Evidence("token", query_words, listed_words, pair.similarity, f"weight {weight:.2f}, {_HOW[pair.how]}"))
    for position in score.alignment.query_left:
        rows.append(_left("token left in query", query.tokens[position], in_query=True))
    for position in score.alignment.listed_left:
        rows.append(_left("token left in listed name", listed.tokens[position], in_query=False))
    if query.legal or listed.legal:
        effect = "differs, small" if score.penalties.legal else "ignored"
        rows.append(Evidence("legal form", ", ".join(sorted(query.legal)), ", ".join(sorted(listed.legal)), None, effect))
    return tuple(rows)


def _words(name: Name, positions: tuple[int, ...]) -> str:
    return " ".join(name.tokens[position].raw for position in positions)


def _left(feature: str, token: Token, *, in_query: bool) -> Evidence:
    effect = f"weight {token.weight:.2f}, " + ("distinctive" if token.weight >= DISTINCT else "general")
    return Evidence(feature, token.raw if in_query else "", "" if in_query else token.raw, None, effect)


def sentence(query: Name, listed: Name, query_text: str, listed_text: str, score: NameScore) -> str:
    """One or two sentences on why the two names do or do not meet."""
    alignment = score.alignment
    if not alignment.pairs:
        return f"'{query_text}' and '{listed_text}' share no word."
    if not any(score.penalties._replace(legal=0.0)):
        tail = "; legal form ignored" if query.legal or listed.legal else ""
        return f"'{query_text}' and '{listed_text}' are the same name{tail}."
    parts: list[str] = []
    same = [query.tokens[pair.query[0]] for pair in alignment.pairs if pair.how == "same"]
    rare = [token.raw.upper() for token in same if token.kind in (Kind.WORD, Kind.DIGITS) and token.weight >= DISTINCT]
    general = [token.raw for token in same if token.raw.upper() not in rare]
    if rare:
        parts.append(f"share the rare word{'s' if len(rare) > 1 else ''} {' and '.join(rare)}")
    elif general:
        parts.append(f"share the general word{'s' if len(general) > 1 else ''} {', '.join(general)}")
    opening = f"'{query_text}' and '{listed_text}' " + (parts[0] if parts else "are compared word by word")
    rest = [
        f"'{_words(query, pair.query)}' is {_HOW[pair.how]} for '{_words(listed, pair.listed)}'"
        for pair in alignment.pairs
        if pair.how != "same"
    ]
    left_q = [
        query.tokens[position].raw
        for position in alignment.query_left
        if query.tokens[position].kind not in (Kind.PARTICLE, Kind.LEGAL)
    ]
    left_l = [
        listed.tokens[position].raw
        for position in alignment.listed_left
        if listed.tokens[position].kind not in (Kind.PARTICLE, Kind.LEGAL)
    ]
    if left_q:
        rest.append(f"'{' '.join(left_q)}' is in the query only")
    if left_l:
        rest.append(f"'{' '.join(left_l)}' is in the listed name only")
    if query.legal or listed.legal:
        rest.append("legal form ignored")
    return "; ".join([opening, *rest]) + "."
