"""Files damaged at random: never a crash, never a half-loaded list, never a row silently lost."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.db import transaction

from screening import queries
from screening.lists.types import RawFile
from screening.models import ListChange, ListEntry, ListVersion
from screening.services.versions import version_entries
from screening.services.versions.stage import stage_list_version
from tests.screening.factories import LATER, csl, load, rows

pytestmark = pytest.mark.django_db
SEED, DAMAGES = 20_260_302, 120
Damage = Callable[[bytearray, random.Random], bytes]


def cut(data: bytearray, chance: random.Random) -> bytes:
    """The end is missing."""
    return bytes(data[: chance.randrange(len(data))])


def flip(data: bytearray, chance: random.Random) -> bytes:
    """A few bytes are others."""
    for _ in range(chance.randint(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def drop(data: bytearray, chance: random.Random) -> bytes:
    """A piece in the middle is missing."""
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 400)]
    return bytes(data)


def double(data: bytearray, chance: random.Random) -> bytes:
    """A piece stands twice."""
    start = chance.randrange(len(data))
    return bytes(data[:start] + data[max(0, start - chance.randint(1, 400)) :])


def noise(data: bytearray, chance: random.Random) -> bytes:
    """Something foreign stands in it."""
    start = chance.randrange(len(data))
    foreign = chance.choice((b"\x00", b'"', b"\r", b"\n\n", b",,,,", b"\xff\xfe", b"\x1a", "ё".encode(), b"<html>"))
    return bytes(data[:start] + foreign + data[start:])


def test_a_damaged_file_is_refused_or_taken_whole() -> None:
    load([*rows(60), *rows(30, "SDN")])
    whole = csl([*rows(60), *rows(30, "SDN")]).data
    lines = whole.count(b"\n") - 1
    before = sorted(ListEntry.objects.values_list("pk", "retired_in"))
    chance = random.Random(SEED)  # noqa: S311 - damage, not secrets
    taken = refused = 0
    for number in range(DAMAGES):
        damage: Damage = chance.choice((cut, flip, drop, double, noise))
        data = damage(bytearray(whole), chance)
        with transaction.atomic():
            report = stage_list_version(
                actor=None, code="CSL", files=(RawFile("consolidated.csv", data),), published_on=LATER, history=False
            )
            told = 0
            for one in report.lists:
                assert one.state in ("staged", "unchanged", "refused"), (number, one)
                if one.state == "refused":
                    refused += 1
                    assert one.guard
                    assert one.detail
                    continue
                taken += 1
                told += one.entries + one.rejected
                version = ListVersion.objects.get(pk=one.version_id)
                assert len(list(version_entries.entries_of(version))) == one.entries == version.entries, (number, one)
                if one.state == "staged":
                    told_changes = one.added + one.removed + one.changed
                    assert ListChange.objects.filter(version=version).count() == told_changes, (number, one)
            if not report.refused:
                # Damage may merge or split a line or two; more must not vanish without a word.
                assert abs(told - lines) <= 12, (number, told, lines)
            transaction.set_rollback(True)
        assert sorted(ListEntry.objects.values_list("pk", "retired_in")) == before
        assert queries.active_versions().count() == 2
    assert taken > 20
    assert refused > 20
