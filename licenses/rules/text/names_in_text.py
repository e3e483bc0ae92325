"""Party names hidden in free text (Block 24, end use, item description), to be screened like parties (748.4(b)(1)).

Conservative: a candidate is a quoted name, or capitalized words in a row that hold a legal form or an institution word.
A candidate costs one screening and is shown only if it hits; a name in plain small letters is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from licenses.rules.facts.json_values import MAX_TEXT
from licenses.rules.tables.word_lists import WordList, WordLists
from licenses.rules.word_forms import folded, tokens

MAX_CANDIDATES = 200
"""Most names taken from one text. A long Block 24 names about ten parties; the bound is there for a pasted catalog, and so high
that a list of parties, which may hide the one that counts, is read whole."""
MAX_WORDS = 10
"""Most words of one name; the longest institution names have about ten."""
MAX_CHARS = MAX_TEXT
"""Characters read: the longest text that an application may hold, so that nothing behind a long beginning is missed."""

_QUOTED = re.compile('["“„«「『]([^"“”„«»「」『』]{3,120})["”“»」』]')
_IDEOGRAPHIC = re.compile(
    "[一-鿿（）()·]{2,40}?(?:有限责任公司|股份有限公司|有限公司|公司|大学|大學|学院|研究所|研究院|实验室|實驗室|集团|集團)"
)
_WORD = re.compile(
    r"\([A-Z][^\s()]{1,30}(?: [^\s()]{1,30}){0,2}\)"  # a place inside a name: SJ Semiconductor (Jiangyin) Corp.
    r"|[^\W_](?:[^\s,;:!?\"“”„«»()\[\]{}/]*[^\W_])?\.?"  # a word, with its full stop: Co.
    r"|&|[,;:!?()\[\]{}/\n\"“”„«»「」『』]|\.(?=\s|$)"
)
_JOINERS = frozenset(
    ("of", "for", "and", "the", "&", "de", "del", "la", "der", "für", "und", "di", "do", "da", "e", "y", "et", "ve", "z")
)
_CONJUNCTIONS = frozenset(("and", "&", "und", "et", "y", "e", "ve"))
_INTRODUCERS = frozenset(
    ("firma", "firm", "messrs", "client", "customer", "herr", "frau", "mr", "mrs", "ms", "dr", "фирма", "компания")
)
"""Words after which a name begins, where capitals alone do not tell (German nouns: "Anlage der Firma Muster GmbH")."""
_BREAKS = frozenset(';:!?()[]{}/\n."“”„«»「」『』')


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lists that tell a name from other words."""

    legal_forms: WordList
    institutions: WordList
    leading: WordList
    leading_forms: WordList

    @classmethod
    def of(cls, lists: WordLists) -> _Lexicon:
        return cls(*(lists[name] for name in ("LEGAL_FORMS", "INSTITUTION_WORDS", "LEADING_WORDS", "LEADING_LEGAL_FORMS")))

    def leads(self, word: str) -> bool:
        """A legal form that stands before the name: JSC Mikron, OOO Romashka."""
        return folded(word).replace(".", "") in self.leading_forms.words and word.isupper()

    def is_legal_form(self, word: str) -> bool:
        """A legal form, written as in a name."""
        return folded(word).replace(".", "") in self.legal_forms.words and not word.islower()

    def names_somebody(self, name: str) -> bool:
        """Is there a word besides legal forms, institution words and joiners? "Research Center" alone names nobody."""
        return any(
            len(word) > 1
            and word not in self.legal_forms.words
            and word not in _JOINERS
            and not self.institutions.has(word)
            and not word.isdigit()
            for word in tokens(name)
        )


def says_no_name(name: str, lists: WordLists) -> bool:
    """Is what stands for a name none: "TBD", "unknown", "same as above"? Comparing it with a list compares nobody."""
    return lists["NO_NAME_WORDS"].is_whole(name)


def names_in_text(text: str, lists: WordLists) -> tuple[str, ...]:
    """Candidate party names in a free text, in the order of the text, without repeats, MAX_CANDIDATES at most."""
    head, lexicon = text[:MAX_CHARS], _Lexicon.of(lists)
    candidates = (*_quoted(head, lexicon), *_ideographic(head), *_capitalized(head, lexicon))
    names: dict[tuple[str, ...], str] = {}
    for _, name in sorted(candidates, key=lambda candidate: candidate[0]):
        names.setdefault(tokens(name), name)
    return tuple(names.values())[:MAX_CANDIDATES]


def _quoted(text: str, lexicon: _Lexicon) -> Iterator[tuple[int, str]]:
    for match in _QUOTED.finditer(text):
        name = match.group(1).strip(" ,.;")
        words = name.split()
        if name and not name[0].islower() and len(words) <= MAX_WORDS and lexicon.names_somebody(name):
            yield match.start(), name


def _ideographic(text: str) -> Iterator[tuple[int, str]]:
    for match in _IDEOGRAPHIC.finditer(text):
        yield match.start(), match.group(0).strip("（）()·")


def _capitalized(text: str, lexicon: _Lexicon) -> Iterator[tuple[int, str]]:
    run: list[re.Match[str]] = []
    shouted = text.isupper()
    for word in (*_WORD.finditer(text), None):
        small_talk = shouted and word is not None and folded(word.group(0)) in lexicon.leading.words
        if word is not None and not small_talk and _continues(run, word.group(0), lexicon):
            run.append(word)
            continue
        yield from _name_of(run, text, lexicon)
        run = [word] if word is not None and not small_talk and _opens(word.group(0)) else []


def _opens(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and any(char.isupper() for char in word))


def _continues(run: list[re.Match[str]], word: str, lexicon: _Lexicon) -> bool:
    """Goes a run of capitalized words on? After a legal form only another legal form (or the comma before it) belongs to it."""
    if not run or word in _BREAKS:
        return False
    last = run[-1].group(0)
    if word == "," or lexicon.is_legal_form(word):
        return True
    if last == "," or (lexicon.is_legal_form(last) and not (len(run) == 1 and lexicon.leads(last))):
        return False
    return word.lower() in _JOINERS or _opens(word) or word[0] == "(" or word.isdigit()


def _name_of(run: list[re.Match[str]], text: str, lexicon: _Lexicon) -> Iterator[tuple[int, str]]:
    """The names a run holds: the whole run, and where an "and" stands in it ("Foo University and Bar Institute") the parts,
    because nobody can tell one name with an "and" from two names; and what follows a word that introduces a name."""
    yield from _trimmed(run, text, lexicon)
    introduced = [index for index, word in enumerate(run) if folded(word.group(0).rstrip(".")) in _INTRODUCERS]
    if introduced:
        yield from _trimmed(run[introduced[-1] + 1 :], text, lexicon)
    cuts = [index for index, word in enumerate(run) if word.group(0).lower() in _CONJUNCTIONS]
    for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(run)], strict=True):
        if cuts:
            yield from _trimmed(run[start:end], text, lexicon)


def _trimmed(run: list[re.Match[str]], text: str, lexicon: _Lexicon) -> Iterator[tuple[int, str]]:
    """A run as a name: leading small talk and trailing joiners cut off, at most MAX_WORDS before its end."""
    while run and (run[-1].group(0) == "," or run[-1].group(0).lower() in _JOINERS):
        run = run[:-1]
    run = run[-MAX_WORDS:]
    while run and (run[0].group(0).lower() in _JOINERS or folded(run[0].group(0).strip(".")) in lexicon.leading.words):
        run = run[1:]
    if len(run) < 2:
        return
    name = text[run[0].start() : run[-1].end()]
    words = [word.group(0) for word in run]
    named = (
        lexicon.leads(words[0])
        or any(lexicon.is_legal_form(word) for word in words[1:])
        or any(lexicon.institutions.has(folded(word)) for word in words)
    )
    if named and lexicon.names_somebody(name):
        yield run[0].start(), name.rstrip(",")
