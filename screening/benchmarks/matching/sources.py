"""What accuracy and speed are measured on: innocent names from a file or made with Faker, entities of a development file."""

from __future__ import annotations

import gzip
import importlib
import json
from collections.abc import Iterator
from typing import Any

from screening.matching.types import Alias, ListedParty, Quality, Schema

from .accuracy import COUNTED, SEED, half_of_name, seeded

LOCALES = (
    "en_US en_GB en_IN en_NG en_KE de_DE fr_FR es_ES es_MX es_CO es_AR it_IT pt_BR nl_NL pl_PL tr_TR ru_RU uk_UA ar_AA fa_IR "
    "zh_CN zh_TW ja_JP ko_KR hi_IN id_ID vi_VN th_TH cs_CZ hu_HU ro_RO sv_SE fi_FI el_GR he_IL bg_BG az_AZ fil_PH"
).split()


def companies(path: str) -> list[str]:
    """Innocent names that the frequency tables never counted, shuffled: one a line or first column of a TSV, .gz or plain."""
    with _opener(path) as lines:
        names = [line.rstrip("\n").split("\t")[0] for line in lines]
    seeded(SEED).shuffle(names)
    return [name for name in names if name and half_of_name(name) != COUNTED]


def persons(count: int) -> list[str]:
    """Given and family names of many countries; empty when Faker, a development package, is not installed."""
    try:
        faker = importlib.import_module("faker")
    except ModuleNotFoundError:
        return []
    names = []
    for locale in LOCALES if count else ():
        source = faker.Faker(locale)
        source.seed_instance(SEED)
        names += [f"{source.first_name()} {source.last_name()}" for _ in range(count // len(LOCALES) + 1)]
    seeded(SEED).shuffle(names)
    return names[:count]


def entities(path: str) -> Iterator[ListedParty]:
    """Entities of a development file: entity_id, source, schema, primary_name, aliases, countries, addresses."""
    with _opener(path) as lines:
        for line in lines:
            row = json.loads(line)
            schema = Schema(row["schema"].lower())
            inferred = row.get("schema_inferred") and schema is not Schema.ADDRESS
            yield ListedParty(
                list=row["source"],
                uid=row["entity_id"],
                name=row["primary_name"],
                schema=Schema.UNKNOWN if inferred else schema,
                aliases=tuple(Alias(name, Quality(quality), kind) for name, quality, kind in row["aliases"]),
                addresses=tuple(row["addresses"]),
                countries=tuple(row["countries"]),
            )


def _opener(path: str) -> Any:  # gzip.open and open share no base type
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
