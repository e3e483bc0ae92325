"""How alike two names are: penalties read off their alignment, added up into points."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .align import Alignment, Pair, align
from .calibration import COST, ENOUGH, points
from .names import Name
from .tokens import DISTINCT, Kind, Token

FEATURES = (
    "query_left",
    "query_left_more",
    "query_left_general",
    "listed_left",
    "listed_left_more",
    "listed_left_general",
    "contradiction",
    "spelling",
    "far_spelling",
    "indirect",
    "digits",
    "legal",
    "thin",
    "thin_left",
    "nothing_rare",
    "general_conflict",
)
SLIP_ENOUGH = 90.0
"""Names that score so high need no second look."""
SLIP_SHORTEST = 7
"""Letters of own words that two names need, one more when it is a single word: Coty and Cota are two names."""
SLIP_TWO, SLIP_THREE = 14, 24
"""Letters from which two and three edits are still a slip."""
SLIP_BASE, SLIP_EDIT = 4.0, 135.0
"""Points lost for any slip, and for edits as a share of the letters."""
THIN_CORE = 0.6
"""A core lighter than this has general words only ("Energy Ltd"): its legal form then counts as part of it."""


EDIT = 60.0
"""See _information: half the information of a five-letter word, a sixteenth of a ten-letter one."""
INDIRECT = frozenset(("initial", "acronym", "abbreviation"))
"""Ways of agreeing that identify little."""
ALL_THERE = 0.75
"""Of the thinness that is left when the listed name stands whole in the query beside general words."""
MOST_GENERAL = 1.2
"""Information that general words can give together, however many agree."""
GENERAL = frozenset((Kind.GENERIC, Kind.LEGAL, Kind.TITLE, Kind.PARTICLE, Kind.INITIAL))
"""Words whose absence or presence says little."""


@dataclass(frozen=True, slots=True)
class NameScore:
    """Points 0-95 and what they were made from: penalties by feature (0 = none) and the alignment."""

    points: float
    penalties: tuple[float, ...]
    alignment: Alignment


def compare_names(query: Name, listed: Name) -> NameScore:
    """Compare two names on their cores.

    Each word counts by its rarity and class. Points are lost for words left over (more on the query's side), for
    rare words left over on both sides (a contradiction costs more than an omission), for spelling that differs, for
    initials and acronyms, for numbers that differ, for other legal forms, and when little that is rare agrees.
    """
    alignment = align(query, listed)
    values = penalties(query, listed, alignment)
    score = NameScore(points(values), values, alignment)
    if score.points >= SLIP_ENOUGH:
        return score
    slipped = _slip(query, listed)
    return slipped if slipped is not None and slipped.points > score.points else score


def _slip(query: Name, listed: Name) -> NameScore | None:
    """Two whole names that differ by a slip or two of the pen: a letter anywhere, or a space in the wrong place."""
    letters, words = min(_own(query), _own(listed))
    if letters < SLIP_SHORTEST + (words == 1) or abs(len(query.flat) - len(listed.flat)) > 2:
        return None
    most = 1 + (letters >= SLIP_TWO) + (letters >= SLIP_THREE)
    edits = OSA.distance(query.flat, listed.flat, score_cutoff=most)
    if edits > most and len(query.tokens) > 1:
        turned = ["".join(sorted(token.raw for token in name.tokens)) for name in (query, listed)]
        edits = OSA.distance(*turned, score_cutoff=most)
    if edits > most or _digits(query) != _digits(listed):
        return None
    spelling = (SLIP_BASE + SLIP_EDIT * edits / letters) / COST[FEATURES.index("spelling")]
    values = tuple(spelling if feature == "spelling" else 0.0 for feature in FEATURES)
    whole = Pair(tuple(range(len(query.tokens))), tuple(range(len(listed.tokens))), 1.0 - edits / letters, "slip")
    return NameScore(points(values), values, Alignment((whole,), (), ()))


def _own(name: Name) -> tuple[int, int]:
    """Letters and number of the words that are not general ones: the part in which a slip can be told from another name."""
    own = [len(token.raw) for token in name.tokens if token.kind not in GENERAL]
    return sum(own), len(own)


def _digits(name: Name) -> str:
    """Digits in order: a wrong digit is another number and no slip."""
    return "".join(char for char in name.flat if char.isdigit())


def penalties(query: Name, listed: Name, alignment: Alignment) -> tuple[float, ...]:
    """The penalty features of FEATURES, each 0 for two equal names."""
    mine, theirs = query.tokens, listed.tokens
    own_q, general_q, rare_q, digits_q = _left(mine, alignment.query_left, query.weight)
    own_l, general_l, rare_l, digits_l = _left(theirs, alignment.listed_left, listed.weight)
    matched, lost, far, indirect, best_rare, information, general_said = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for pair in alignment.pairs:
        weight = 0.0
        for i in pair.query:
            weight += mine[i].weight
        for j in pair.listed:
            weight += theirs[j].weight
        weight *= 0.5
        matched += weight
        if pair.how in INDIRECT:
            indirect += weight
            information += 0.3 * weight
        else:
            away = 1.0 - pair.similarity
            lost += weight * away
            far += weight * max(0.0, away - 0.15)
            said = _information(mine, theirs, pair)
            if weight < DISTINCT:
                general_said += said
            else:
                information += said
            best_rare = max(best_rare, weight * max(0.0, 1.0 - 2.0 * away))
    same = lost == 0.0 and indirect == 0.0 and not alignment.query_left and not alignment.listed_left
    exact = same and (query.weight >= THIN_CORE or query.legal == listed.legal)
    information += min(general_said, MOST_GENERAL)
    thin = 0.0 if exact else max(0.0, 1.0 - information / ENOUGH)
    if thin and lost == 0.0 and indirect == 0.0 and not alignment.listed_left and own_q == 0.0:
        thin *= ALL_THERE
    total = max(matched, 1e-6)
    return (
        own_q,
        own_q * own_q,
        general_q,
        own_l,
        own_l * own_l,
        general_l,
        min(rare_q, rare_l),
        lost / total,
        far / total,
        indirect / total,
        1.0 if digits_q and digits_l else 0.0,
        1.0 if query.legal and listed.legal and not query.legal & listed.legal else 0.0,
        thin,
        thin * (1.0 - (1.0 - own_q - general_q) * (1.0 - own_l - general_l)),
        0.0 if exact else max(0.0, 1.0 - best_rare / 0.75),
        max(0.0, min(own_q + general_q, own_l + general_l) - min(rare_q, rare_l)),
    )


def _left(tokens: tuple[Token, ...], positions: tuple[int, ...], weight: float) -> tuple[float, float, float, bool]:
    """Shares of a name's weight left over: own words, general words, distinctive words; and whether a number is left."""
    own = general = rare = 0.0
    digits = False
    for at in positions:
        token = tokens[at]
        if token.kind in GENERAL:
            general += token.weight
        else:
            own += token.weight
        if token.weight >= DISTINCT:
            rare += token.weight
        digits = digits or token.kind is Kind.DIGITS
    whole = weight or 1.0
    return own / whole, general / whole, rare / whole, digits


def _information(query: tuple[Token, ...], listed: tuple[Token, ...], pair: Pair) -> float:
    """What an agreement is worth as evidence: the rarity of the words, less for every edit, least for short words.

    The longer a word, the fewer others lie within an edit of it: an edit costs EDIT / letters^3 of the information.
    """
    known, letters = 0.0, 0
    for i in pair.query:
        known += 0.5 * query[i].information
        letters += len(query[i].bones if pair.how == "consonants" else query[i].text)
    for j in pair.listed:
        known += 0.5 * listed[j].information
    kind = query[pair.query[0]].kind
    if kind in (Kind.PARTICLE, Kind.LEGAL, Kind.TITLE):
        return 0.1 * known
    if pair.similarity >= 1.0:
        return known
    letters = max(letters, 2)
    edits = (1.0 - pair.similarity) * letters
    return known * max(0.0, 1.0 - edits * min(0.5, EDIT / letters**3))
