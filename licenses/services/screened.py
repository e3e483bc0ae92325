"""Who of an application is screened: every party of every role, owners through six layers, and names found in free text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from licenses.rules.names_in_text import names_in_text
from licenses.rules.text_signals import same_words
from licenses.rules.types import ApplicationFacts, PartyFacts
from screening.matching.types import Party, Screening
from screening.services.screen import screen_party
from screening.services.snapshot import Snapshot

ROLE_OWNER, ROLE_OTHER = "owner", "other"


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
class Screened:
    """A subject with what was found about it."""

    subject: Subject
    screening: Screening


def subjects_of(facts: ApplicationFacts, parties: Sequence[Party]) -> tuple[Subject, ...]:
    """The given parties, then their owners layer by layer, each id once. `facts` carries the ids as made."""
    given = [Subject(own.id, own.role, replace(party, id=own.id)) for own, party in zip(facts.parties, parties, strict=True)]
    return (*given, *_owners(list(zip(facts.parties, parties, strict=True)), {subject.id for subject in given}))


def _owners(layer: list[tuple[PartyFacts, Party]], seen: set[str]) -> Iterator[Subject]:
    while layer:
        below: list[tuple[PartyFacts, Party]] = []
        for own, party in layer:
            for owner_facts, owner in zip(own.owners, party.owners, strict=True):
                if owner_facts.id in seen:
                    continue
                seen.add(owner_facts.id)
                below.append((owner_facts, owner))
                named = replace(owner, id=owner_facts.id, role=ROLE_OWNER)
                yield Subject(owner_facts.id, ROLE_OWNER, named, owner_of=own.id)
        layer = below


def names_in(facts: ApplicationFacts, subjects: Sequence[Subject]) -> tuple[tuple[str, str], ...]:
    """(name, where) of names in free text that no party carries, in the order of the texts, each name once."""
    known = [name for subject in subjects for name in subject.party.names]
    found: list[tuple[str, str]] = []
    for where, text in texts_of(facts):
        for name in names_in_text(text):
            if not any(same_words(name, other) for other in (*known, *(earlier for earlier, _ in found))):
                found.append((name, where))
    return tuple(found)


def texts_of(facts: ApplicationFacts) -> Iterator[tuple[str, str]]:
    """Free texts of an application with the key they stand under (docs/contract.md, `found_in`)."""
    yield "end_use", facts.end_use
    for item in facts.items:
        yield f"items.{item.id}.description", item.description
    for key, value in facts.answers.items():
        if isinstance(value, str):
            yield f"answers.{key}", value
    block_24 = facts.form.get("additional_information")
    if isinstance(block_24, str):
        yield "form.additional_information", block_24


def screen_subjects(
    subjects: Sequence[Subject], facts: ApplicationFacts, snapshot: Snapshot, *, progress: Callable[[int], None] | None = None
) -> tuple[Screened, ...]:
    """Screen everybody; names found in text come last and only those that hit, as X1, X2 … (no id is used twice).

    `progress` is told how many subjects are done; it may raise to end the work.
    """
    done: list[Screened] = []
    for subject in subjects:
        done.append(Screened(subject, screen_party(subject.party, snapshot)))
        if progress is not None:
            progress(len(done))
    taken = {subject.id for subject in subjects}
    number = 0
    for name, where in names_in(facts, subjects):
        screening = screen_party(Party(name=name), snapshot)
        if not screening.hits:
            continue
        number += 1
        while f"X{number}" in taken:
            number += 1
        party = Party(name=name, id=f"X{number}", role=ROLE_OTHER)
        done.append(Screened(Subject(party.id, ROLE_OTHER, party, found_in=where), screening))
    return tuple(done)


def by_id(screened: Sequence[Screened]) -> Mapping[str, Screened]:
    """Screened subjects by their id in the answer."""
    return {one.subject.id: one for one in screened}
