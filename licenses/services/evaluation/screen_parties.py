"""Who of an application is screened: every party of every role, owners through six layers, and names found in free text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from licenses.rules.facts.stated import answers_about
from licenses.rules.owners import owners_of, with_owners
from licenses.rules.tables.word_lists import WordLists
from licenses.rules.text.names_in_text import names_in_text, says_no_name
from licenses.rules.text.text_signals import same_words
from licenses.rules.types import ApplicationFacts, PartyFacts
from licenses.rules.word_forms import tokens
from screening.matching.types import Party, Screening
from screening.services.parties.made_ids import next_free
from screening.services.parties.snapshot import Snapshot
from screening.services.screening.screen import screen_party

ROLE_OWNER, ROLE_OTHER, ROLE_MANUFACTURER = "owner", "other", "manufacturer"
NO_CONSIGNEE = frozenset((("none",), ("nil",), ("na",), ("n", "a"), ("not", "applicable")))
"""What Block 17 says where there is no intermediate consignee, in words."""
FORM_TEXTS = ("additional_information", "special_purpose")
"""Fields of the form that are sentences (Blocks 24 and 9)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to screen: the id in the answer, the role, and where the name comes from (`owner_of` a party id, `found_in` a
    text of the application)."""

    id: str
    role: str
    party: Party
    owner_of: str = ""
    found_in: str = ""


@dataclass(frozen=True, slots=True)
class ScreenedSubject:
    """A subject with what was found about it."""

    subject: Subject
    screening: Screening


def subjects_of(facts: ApplicationFacts, parties: Sequence[Party]) -> tuple[Subject, ...]:
    """The given parties, then their owners layer by layer, each id once. `facts` carries the ids as made."""
    given = [
        Subject(own.id, own.role, replace(party, id=own.id, addresses=party.addresses or own.addresses))
        for own, party in zip(facts.parties, parties, strict=True)
    ]
    pairs = owners_of(zip(facts.parties, parties, strict=True), _owner_pairs, lambda pair: pair[0].id)
    owners = (
        Subject(own.id, ROLE_OWNER, replace(owner, id=own.id, role=ROLE_OWNER), owner_of=held.id)
        for (own, owner), (held, _) in pairs
    )
    return (*given, *owners)


def _owner_pairs(pair: tuple[PartyFacts, Party]) -> Iterator[tuple[PartyFacts, Party]]:
    return zip(pair[0].owners, pair[1].owners, strict=True)


def names_in(facts: ApplicationFacts, subjects: Sequence[Subject], words: WordLists) -> tuple[tuple[str, str, str], ...]:
    """(name, where, role) of names in free text that no party carries, in the order of the texts, each name once. A maker
    stands in a field of its own (Block 22(i))."""
    known = [name for subject in subjects for name in subject.party.names]
    found: list[tuple[str, str, str]] = []
    makers = ((name, where, ROLE_MANUFACTURER) for where, name in makers_of(facts, words))
    named = ((name, where, ROLE_OTHER) for where, text in texts_of(facts) for name in names_in_text(text, words))
    for name, where, role in (*makers, *named):
        if not any(same_words(name, other) for other in (*known, *(earlier for earlier, *_ in found))):
            found.append((name, where, role))
    return tuple(found)


def makers_of(facts: ApplicationFacts, words: WordLists) -> Iterator[tuple[str, str]]:
    """The manufacturers that stand at the items."""
    for key, fields in facts.form.get("items", {}).items():
        name = str(fields.get("manufacturer") or "").strip()
        if name and not says_no_name(name, words):
            yield f"items.{key}.manufacturer", name


def texts_of(facts: ApplicationFacts) -> Iterator[tuple[str, str]]:
    """Free texts of an application with the key they stand under (docs/contract.md, `found_in`)."""
    yield "end_use", facts.end_use
    for item in facts.items:
        yield f"items.{item.id}.description", item.description
        yield from _texts_among(facts.form.get("items", {}).get(item.id, {}), f"items.{item.id}", ("technical_description",))
        yield from _texts_among(facts.item_answers.get(item.id, {}), f"items.{item.id}.answers")
    yield from _texts_among(facts.answers, "answers")
    for party in with_owners(facts.parties):
        yield from _texts_among(answers_about(facts, party), f"answers.parties.{party.id}")
    yield from _texts_among(facts.form, "form", FORM_TEXTS)


def _texts_among(fields: Mapping[str, object], where: str, keys: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    for key in fields if keys is None else keys:
        value = fields.get(key)
        if isinstance(value, str):
            yield f"{where}.{key}", value


def screen_subjects(
    subjects: Sequence[Subject],
    facts: ApplicationFacts,
    snapshot: Snapshot,
    words: WordLists,
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[ScreenedSubject, ...]:
    """Screen everybody; names found in text come last and only those that hit, as X1, X2 … (no id is used twice). `words`: the
    word lists of the rules in force, which tell a name from what stands for none.

    `progress` is told how many subjects are done; it may raise to end the work.
    """
    done: list[ScreenedSubject] = []
    for subject in subjects:
        done.append(ScreenedSubject(subject, _screen(subject, snapshot, words)))
        if progress is not None:
            progress(len(done))
    taken = {subject.id for subject in subjects}
    number = 0
    for name, where, role in names_in(facts, subjects, words):
        screening = screen_party(Party(name=name), snapshot)
        if not screening.hits:
            continue
        number = next_free("X", number + 1, taken)
        party = Party(name=name, id=f"X{number}", role=role)
        done.append(ScreenedSubject(Subject(party.id, role, party, found_in=where), screening))
    return tuple(done)


def _screen(subject: Subject, snapshot: Snapshot, words: WordLists) -> Screening:
    """What stands for a name ("TBD") and hits nothing says nobody: the party is screened without it, and where nothing else is
    given it is not screened. "None" as intermediate consignee is an answer (Block 17)."""
    party = subject.party
    found = screen_party(party, snapshot)
    answered = subject.role == "intermediate_consignee" and tokens(party.name) in NO_CONSIGNEE
    if found.hits or answered or not says_no_name(party.name, words):
        return found
    return screen_party(replace(party, name=""), snapshot)


def by_id(screened: Sequence[ScreenedSubject]) -> Mapping[str, ScreenedSubject]:
    """Screened subjects by their id in the answer."""
    return {one.subject.id: one for one in screened}
