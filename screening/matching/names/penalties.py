"""What keeps two names apart, read off their alignment: the features of one comparison."""

from __future__ import annotations

from screening.matching.lexicon.legal_forms import LEGAL_FORMS
from screening.matching.text.phonetics import consonant_skeleton
from screening.matching.text.tokens import DISTINCT, GENERAL, Kind, Token
from screening.matching.text.typos import slip_of_form, slip_of_small_word

from .align import Alignment, Pair
from .parse import Name
from .weights import ENOUGH_INFORMATION, THINNESS_OF_WHOLE_NAME, Features

THIN_CORE = 0.6
"""A core lighter than this has general words only ("Energy Ltd"): its legal form then counts as part of it."""
SAME_WORD, OTHER_WORD = 0.8, 2.0
"""A rare word less alike than this is partly another word, and contradicts so many times the shortfall: Linwei, Jianwei."""
EDIT_INFORMATION = 60.0
"""See _information: half the information of a five-letter word, a sixteenth of a ten-letter one."""
REPLACED_WEIGHT, REPLACED_BASE = 1.4, 0.02
"""What the query lacks weighs more when it has something else in its place, over a little: two universities of a town."""
INDIRECT = frozenset(("initial", "acronym", "abbreviation"))
"""Ways of agreeing that identify little."""
MAX_GENERAL = 1.2
"""Information that general words can give together, however many agree."""


def penalties(query: Name, listed: Name, alignment: Alignment) -> Features[float]:
    """The features of one comparison, read off its alignment."""
    tokens_q, tokens_l = query.tokens, listed.tokens
    left_q, left_l = alignment.query_left, alignment.listed_left
    if left_q and not left_l:
        left_q = _without_slips_of_forms(tokens_q, left_q, listed.legal - query.legal)
    own_q, general_q, rare_q, digits_q = _left(tokens_q, left_q, query.weight)
    own_l, general_l, rare_l, digits_l = _left(tokens_l, left_l, listed.weight)
    matched = lost = lost_far = indirect = best_rare = other = information = general_information = 0.0
    for pair in alignment.pairs:
        weight = 0.0
        for i in pair.query:
            weight += tokens_q[i].weight
        for j in pair.listed:
            weight += tokens_l[j].weight
        weight *= 0.5
        matched += weight
        if pair.how in INDIRECT:
            indirect += weight
            information += 0.3 * weight
        else:
            away = 1.0 - pair.similarity
            lost += weight * away
            lost_far += weight * max(0.0, away - 0.15)
            if weight < DISTINCT:
                general_information += _information(tokens_q, tokens_l, pair)
            else:
                information += _information(tokens_q, tokens_l, pair)
            best_rare = max(best_rare, weight * max(0.0, 1.0 - 2.0 * away))
            if pair.how == "near" and pair.similarity < SAME_WORD and weight >= DISTINCT:
                other += weight * (SAME_WORD - pair.similarity)
    same = lost == 0.0 and indirect == 0.0 and not alignment.query_left and not left_l
    exact = same and (query.weight >= THIN_CORE or query.legal == listed.legal)
    information += min(general_information, MAX_GENERAL)
    thin = 0.0 if exact else max(0.0, 1.0 - information / ENOUGH_INFORMATION)
    if thin and lost == 0.0 and indirect == 0.0 and not left_l and own_q == 0.0:
        thin *= THINNESS_OF_WHOLE_NAME
    total = max(matched, 1e-6)
    return Features(
        query_left=own_q,
        query_left_more=own_q * own_q,
        query_left_general=general_q,
        listed_left=own_l * (REPLACED_WEIGHT if own_q + general_q > REPLACED_BASE else 1.0),
        listed_left_more=own_l * own_l,
        listed_left_general=general_l,
        contradiction=min(rare_q, rare_l) + OTHER_WORD * other / max(query.weight, listed.weight, 1e-6),
        spelling=lost / total,
        far_spelling=lost_far / total,
        indirect=indirect / total,
        digits=1.0 if digits_q and digits_l else 0.0,
        legal=legal_conflict(query, listed),
        thin=thin,
        thin_left=thin * (1.0 - (1.0 - own_q - general_q) * (1.0 - own_l - general_l)),
        nothing_rare=0.0 if exact else max(0.0, 1.0 - best_rare / 0.75),
        general_conflict=max(0.0, min(own_q + general_q, own_l + general_l) - min(rare_q, rare_l)),
    )


def legal_conflict(query: Name, listed: Name) -> float:
    """1 where both names have a legal form and none in common."""
    return 1.0 if query.legal and listed.legal and not query.legal & listed.legal else 0.0


def _without_slips_of_forms(tokens: tuple[Token, ...], positions: tuple[int, ...], forms: frozenset[str]) -> tuple[int, ...]:
    return tuple(
        position
        for position in positions
        if not (tokens[position].kind in (Kind.WORD, Kind.LEGAL) and _slip_of_form(tokens[position].raw, forms))
    )


def _slip_of_form(word: str, forms: frozenset[str]) -> bool:
    """Whether a word is a slip of a small word, or a legal form that only the listed name has, or a slip of one: Quorve JC."""
    return slip_of_small_word(word) or LEGAL_FORMS.get((word,)) in forms or any(slip_of_form(word, form) for form in forms)


def _left(tokens: tuple[Token, ...], positions: tuple[int, ...], weight: float) -> tuple[float, float, float, bool]:
    """Shares of a name's weight left over: own words, general words, distinctive words; and whether a number is left."""
    if not positions:
        return 0.0, 0.0, 0.0, False
    own = general = rare = 0.0
    digits = False
    for position in positions:
        token = tokens[position]
        if token.kind in GENERAL:
            general += token.weight
        else:
            own += token.weight
        if token.weight >= DISTINCT:
            rare += token.weight
        digits = digits or token.kind is Kind.DIGITS
    total = weight or 1.0
    return own / total, general / total, rare / total, digits


def _information(query: tuple[Token, ...], listed: tuple[Token, ...], pair: Pair) -> float:
    """What an agreement is worth as evidence: the rarity of the words, less for every edit, least for short words.

    The longer a word, the fewer others lie within an edit of it: an edit costs EDIT / letters^3 of the information.
    """
    known, letters = 0.0, 0
    for i in pair.query:
        known += 0.5 * query[i].information
        letters += len(consonant_skeleton(query[i].text) if pair.how == "consonants" else query[i].text)
    for j in pair.listed:
        known += 0.5 * listed[j].information
    kind = query[pair.query[0]].kind
    if kind in (Kind.PARTICLE, Kind.LEGAL, Kind.TITLE):
        return 0.1 * known
    if pair.similarity >= 1.0:
        return known
    letters = max(letters, 2)
    edits = (1.0 - pair.similarity) * letters
    return known * max(0.0, 1.0 - edits * min(0.5, EDIT_INFORMATION / letters**3))
