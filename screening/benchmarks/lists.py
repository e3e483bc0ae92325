"""What `bench_rescreen` measures with: a list before and after it changes, and parties of which a few are listed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, repeat

from exportcheck.accounts.models import Organization
from screening.benchmarks.matching.accuracy import seeded
from screening.benchmarks.matching.speed import synthetic
from screening.lists.formats import custom
from screening.lists.types import RawFile
from screening.matching.engine import fingerprint
from screening.matching.types import ListedParty, Party, Schema
from screening.models import ScreenedParty
from screening.services.parties import snapshot
from screening.services.parties.engine_info import engine_major
from screening.services.parties.parties import facts_of
from screening.services.screening.screen import screen_party, start_run, store_screening

CODE = "BENCH"
SEED = 20_26
DAY = dt.date(2026, 3, 2)
UNTOUCHED_EACH = 6
"""Entries that do not change for each that does; more arrivals would look like a broken file to the count guard."""
LISTED_EVERY = 100
"""One party in so many bears the name of an entry that arrives or changes: more than an exporter should ever see."""
BATCH = 5_000
_COUNTRIES = ("CN", "DE", "HK", "AE", "KR", "IN", "TR", "BR")
_WORDS = ("harbor", "delta", "northern", "silver", "cedar", "orient", "pacific", "alpine")
_MOVED_TO = "1 Harbor Road, Shenzhen 518000"


@dataclass(frozen=True, slots=True)
class Measured:
    """A file of the list and its day."""

    file: RawFile
    published_on: dt.date


@dataclass(frozen=True, slots=True)
class Lists:
    """The list before and after; `words`, `addresses` to make parties of, `listed` the names that arrive or change."""

    before: Measured
    after: Measured
    added: int
    changed: int
    words: tuple[str, ...]
    addresses: tuple[str, ...]
    listed: tuple[str, ...]


def invented(real: Sequence[ListedParty], arriving: int) -> Lists:
    """Drawn from real entries as far as there are any, else made up. Four in five of those arriving are new, the others
    move to another address."""
    count = arriving * (UNTOUCHED_EACH + 1)
    drawn = seeded(SEED).sample(list(real), min(len(real), count))
    words = tuple(sorted({word.lower() for entry in drawn for word in entry.name.split() if word.isalpha()})) or _WORDS
    drawn += synthetic(words, count - len(drawn), SEED)
    pool = [replace(entry, uid=f"B-{number}") for number, entry in enumerate(drawn)]
    changed = arriving // 5
    moving, added, untouched = pool[:changed], pool[changed:arriving], pool[arriving:]
    moved = [replace(entry, addresses=(_MOVED_TO,)) for entry in moving]
    addresses = tuple(address for entry in pool for address in entry.addresses) or (_MOVED_TO,)
    return Lists(
        before=Measured(_file([*untouched, *moving]), DAY),
        after=Measured(_file([*untouched, *moved, *added]), DAY + dt.timedelta(days=1)),
        added=len(added),
        changed=changed,
        words=words,
        addresses=addresses,
        listed=tuple(entry.name for entry in (*moving, *added)),
    )


def _file(entries: Sequence[ListedParty]) -> RawFile:
    """The entries in the template for lists of one's own."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, custom.COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        writer.writerow(
            {
                "id": entry.uid,
                "name": entry.name,
                "other_names": "; ".join(alias.name for alias in entry.aliases if ";" not in alias.name),
                "kind": "" if entry.schema in (Schema.UNKNOWN, Schema.ADDRESS) else str(entry.schema),
                "address": "; ".join(address for address in entry.addresses if ";" not in address),
            }
        )
    return RawFile("bench.csv", text.getvalue().encode())


def _parties(lists: Lists, count: int, times: int) -> Iterator[Party]:
    rng = seeded(SEED)
    made_once = synthetic(lists.words, -(-count // times), SEED + 1)
    for number, made in enumerate(made_once):
        listed = number % LISTED_EVERY == 0
        name = lists.listed[number // LISTED_EVERY % len(lists.listed)] if listed else made.name
        addresses = (rng.choice(lists.addresses),) if number % 2 else ()
        yield from repeat(Party(name=name, role="end_user", country=rng.choice(_COUNTRIES), addresses=addresses), times)


def store_parties(lists: Lists, count: int, *, times: int = 1) -> None:
    """Store parties as checks would have left them: screened against the list as it stands now, those listed with a match.
    `times`: how many applications each of them stands in."""
    organization = Organization.objects.create(name="Measured")
    answering = snapshot.current()
    run = start_run(kind="check", organization=organization, snapshot=answering)
    numbered = enumerate(islice(_parties(lists, count, times), count))
    while chunk := list(islice(numbered, BATCH)):
        rows = []
        for number, party in chunk:
            case, part = f"application:EX-2026-{number // 5:05}", f"P{number % 5 + 1}"
            if number // times % LISTED_EVERY == 0:
                screening = screen_party(party, answering)
                store_screening(
                    organization=organization,
                    case=case,
                    part=part,
                    party=party,
                    screening=screening,
                    run=run,
                    snapshot=answering,
                )
                continue
            facts, key = facts_of(party), fingerprint(party)
            row = ScreenedParty(organization=organization, case=case, part=part, facts=facts, fingerprint=key)
            row.engine_major = engine_major()
            rows.append(row)
        ScreenedParty.objects.bulk_create(rows, batch_size=1_000)
