"""How alike two names are: penalties read off their alignment, added up into points."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from screening.matching.lexicon.legal_forms import LEGAL_FORMS
from screening.matching.text.phonetics import bones, sound
from screening.matching.text.similarity import BESIDE, beside, slip_cost, written_apart
from screening.matching.text.tokens import DISTINCT, Kind, Token
from screening.matching.text.typos import slip_of_form, slip_of_small_word

from .align import Alignment, Pair, align
from .parse import Name
from .weights import COST, ENOUGH_INFORMATION, EQUAL, THINNESS_OF_WHOLE_NAME, Features, points

SLIP_ENOUGH = 90.0
"""Names that score so high need no second look."""
SLIP_SHORTEST = 3
"""Letters of own words that two names need."""
SLIP_GENERAL = 3
"""Half the letters of general words that agree count as own letters, up to so many: Koryo Bank."""
SLIP_OTHER, SLIP_FIRST = 7, 8
"""Own letters that two names need when one letter is another one, and when that is the first: Wang Wei is not Wang Wen,
Norvex not Korvex. A neighbor on the keyboard is a slip in any name."""
WORD_ONE, WORD_TWO = 4, 9
"""Letters of a word in which one other letter, or two edits, are a slip and not another word."""
MIN_AGREED_INFORMATION = 0.6
"""Information under which the words that agree say little: a common given name."""
SLIP_TWO, SLIP_THREE = 14, 24
"""Letters from which two and three edits are still a slip."""
SLIP_BASE, SLIP_EDIT = 4.5, 115.0
"""Points lost for any slip, and for its cost in edits as a share of the letters: four letters bear two swapped, six one
left out, and three only a doubled one."""
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
GENERAL = frozenset((Kind.GENERIC, Kind.LEGAL, Kind.TITLE, Kind.PARTICLE, Kind.INITIAL))
"""Words whose absence or presence says little."""


@dataclass(frozen=True, slots=True)
class NameScore:
    """Points 0-95 and what they were made from: penalties by feature (0 = none) and the alignment."""

    points: float
    penalties: Features[float]
    alignment: Alignment


def _scored(values: Features[float], alignment: Alignment) -> NameScore:
    return NameScore(max(0.0, points(values)), values, alignment)


def compare_names(query: Name, listed: Name) -> NameScore:
    """Compare two names on their cores.

    Each word counts by its rarity and class. Points are lost for words left over (more on the query's side), for
    rare words left over on both sides (a contradiction costs more than an omission), for spelling that differs, for
    initials and acronyms, for numbers that differ, for other legal forms, and when little that is rare agrees.
    """
    alignment = align(query, listed)
    score = _scored(penalties(query, listed, alignment), alignment)
    if score.points >= SLIP_ENOUGH:
        return score
    slipped = _slip(query, listed, alignment)
    return slipped if slipped is not None and slipped.points > score.points else score


def _slip(query: Name, listed: Name, alignment: Alignment) -> NameScore | None:
    """Two whole names that differ by a slip or two of the pen: a letter anywhere, or a space in the wrong place.

    Not between scripts whose letters are readings: there a slip on top of a reading is another name.
    """
    if abs(len(query.flat) - len(listed.flat)) > 2 or _read_not_written(query, listed):
        return None
    letters = min(_own(query), _own(listed))
    if _own_all_same(listed, alignment):
        letters = min(len(query.flat), len(listed.flat))
    elif letters > 2:
        letters += min(SLIP_GENERAL, _shared_general(listed, alignment) // 2)
    if letters < SLIP_SHORTEST:
        return None
    most = 1 + (letters >= SLIP_TWO) + (letters >= SLIP_THREE)
    mine, theirs = query.flat, listed.flat
    edits = OSA.distance(mine, theirs, score_cutoff=most)
    if edits > most and len(query.tokens) > 1:
        mine, theirs = ("".join(sorted(token.raw for token in name.tokens)) for name in (query, listed))
        edits = OSA.distance(mine, theirs, score_cutoff=most)
    if edits > most or _digits(query) != _digits(listed):
        return None
    answers = [(pair.query, pair.listed) for pair in alignment.pairs if pair.how != "same"]
    answers.append((alignment.query_left, alignment.listed_left))
    same = [query.tokens[pair.query[0]] for pair in alignment.pairs if pair.how == "same"]
    said = 0.0 if any(token.kind is Kind.GENERIC for token in same) else sum(token.information for token in same)
    if (edits > 1 or letters < SLIP_TWO) and any(
        len(mine) == len(theirs) == 1 and _another_word(query.tokens[mine[0]].raw, listed.tokens[theirs[0]].raw, said)
        for mine, theirs in answers
    ):
        return None
    cost = _slip_cost(mine, theirs, letters) if edits == 1 else float(edits)
    if cost is None:
        return None
    values = EQUAL._replace(
        spelling=(SLIP_BASE + SLIP_EDIT * cost / letters) / COST.spelling, legal=_legal_conflict(query, listed)
    )
    whole = Pair(tuple(range(len(query.tokens))), tuple(range(len(listed.tokens))), 1.0 - edits / letters, "slip")
    return _scored(values, Alignment((whole,), (), ()))


def _another_word(mine: str, theirs: str, said: float) -> bool:
    """Whether two words that answer to each other are two words and no slip: Zhang Wei and Zhang Lei, Lopez and Gomez.

    One other letter that is no neighboring key needs WORD_ONE letters in its word, two edits in a word need WORD_TWO. Where
    the words that agree say little (`said`, their information), a letter more or less needs WORD_ONE, too: John Tran is
    not John Tan.
    """
    letters = min(len(mine), len(theirs))
    edits = OSA.distance(mine, theirs, score_cutoff=1)
    if edits > 1:
        return letters < WORD_TWO
    if edits < 1 or letters >= WORD_ONE:
        return False
    if letters > 2 and sound(mine) == sound(theirs):
        return False
    return (len(mine) != len(theirs) and 0.0 < said < MIN_AGREED_INFORMATION) or _slip_cost(mine, theirs, SLIP_OTHER - 1) is None


def _read_not_written(query: Name, listed: Name) -> bool:
    scripts = {query.script, listed.script}
    return written_apart(query.script, listed.script) or (len(scripts) > 1 and "Hani" in scripts)


def _slip_cost(first: str, second: str, letters: int) -> float | None:
    """Cost in edits of one edit; None when a letter is another one and the names are too short for that to be a slip."""
    cost = slip_cost(first, second)
    if cost < 1.0 or len(first) != len(second):
        return cost
    spot = next((at for at in range(len(first)) if first[at] != second[at]), 0)
    if beside(first[spot], second[spot]):
        return BESIDE
    return None if letters < (SLIP_OTHER if spot else SLIP_FIRST) else cost


def _own_all_same(listed: Name, alignment: Alignment) -> bool:
    """Whether every word of the listed name that is its own stands in the query as it is: the slip is in a general word."""
    same = {at for pair in alignment.pairs if pair.how == "same" for at in pair.listed}
    return bool(same) and all(
        (token.kind in GENERAL and token.kind is not Kind.INITIAL) or at in same for at, token in enumerate(listed.tokens)
    )


def _own(name: Name) -> int:
    """Letters of the words that are not general ones: the part in which a slip can be told from another name."""
    return sum(len(token.raw) for token in name.tokens if token.kind not in (Kind.GENERIC, Kind.LEGAL, Kind.INITIAL))


def _shared_general(listed: Name, alignment: Alignment) -> int:
    """Letters of general words that stand in both names."""
    same = (listed.tokens[at] for pair in alignment.pairs if pair.how == "same" for at in pair.listed)
    return sum(len(token.raw) for token in same if token.kind is Kind.GENERIC)


def _digits(name: Name) -> str:
    """Digits in order: a wrong digit is another number and no slip."""
    return "".join(char for char in name.flat if char.isdigit())


def says_more(query: Name, score: NameScore) -> bool:
    """Whether the query has a word, particles and titles apart, that nothing of the listed name answers to."""
    kinds = (query.tokens[at].kind for at in score.alignment.query_left)
    return any(kind in (Kind.WORD, Kind.DIGITS, Kind.PLACE, Kind.GENERIC) for kind in kinds)


def penalties(query: Name, listed: Name, alignment: Alignment) -> Features[float]:
    """The features of one comparison, read off its alignment."""
    mine, theirs = query.tokens, listed.tokens
    left = alignment.query_left
    if left and not alignment.listed_left:
        forms = listed.legal - query.legal
        left = tuple(at for at in left if not (mine[at].kind in (Kind.WORD, Kind.LEGAL) and _slip_of_form(mine[at].raw, forms)))
    own_q, general_q, rare_q, digits_q = _left(mine, left, query.weight)
    own_l, general_l, rare_l, digits_l = _left(theirs, alignment.listed_left, listed.weight)
    matched, lost, far, indirect, best_rare, information, general_said, other = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
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
            if pair.how == "near" and pair.similarity < SAME_WORD and weight >= DISTINCT:
                other += weight * (SAME_WORD - pair.similarity)
    same = lost == 0.0 and indirect == 0.0 and not alignment.query_left and not alignment.listed_left
    exact = same and (query.weight >= THIN_CORE or query.legal == listed.legal)
    information += min(general_said, MAX_GENERAL)
    thin = 0.0 if exact else max(0.0, 1.0 - information / ENOUGH_INFORMATION)
    if thin and lost == 0.0 and indirect == 0.0 and not alignment.listed_left and own_q == 0.0:
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
        far_spelling=far / total,
        indirect=indirect / total,
        digits=1.0 if digits_q and digits_l else 0.0,
        legal=_legal_conflict(query, listed),
        thin=thin,
        thin_left=thin * (1.0 - (1.0 - own_q - general_q) * (1.0 - own_l - general_l)),
        nothing_rare=0.0 if exact else max(0.0, 1.0 - best_rare / 0.75),
        general_conflict=max(0.0, min(own_q + general_q, own_l + general_l) - min(rare_q, rare_l)),
    )


def _slip_of_form(word: str, forms: frozenset[str]) -> bool:
    """Whether a word is a slip of a small word, or a legal form that only the listed name has, or a slip of one: Quorve JC."""
    return slip_of_small_word(word) or LEGAL_FORMS.get((word,)) in forms or any(slip_of_form(word, form) for form in forms)


def _legal_conflict(query: Name, listed: Name) -> float:
    return 1.0 if query.legal and listed.legal and not query.legal & listed.legal else 0.0


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
        letters += len(bones(query[i].text) if pair.how == "consonants" else query[i].text)
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
