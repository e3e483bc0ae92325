"""Measure the matching engine on the active lists and write the accuracy card that users are shown.

    manage.py bench_screening --accuracy --speed
    manage.py bench_screening --million

Anyone who has fetched lists can repeat it. Figures are for the validation half of the entities, at the one default
threshold; the card says where the innocent names came from.
"""

from __future__ import annotations

import datetime as dt
import gc
import gzip
import importlib
import json
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from screening.benchmarks import worker as bench_worker
from screening.benchmarks.matching import accuracy, speed
from screening.benchmarks.matching import recall as bench_recall
from screening.matching.engine import ENGINE_VERSION
from screening.matching.index.index import Index, build, load, save
from screening.matching.policy import DEFAULT
from screening.matching.text.normalize import NORMALIZER_VERSION
from screening.matching.types import Alias, ListedParty, Quality, Schema
from screening.services.parties import snapshot

VALIDATION = 1
SEED = 20_26
LOCALES = (
    "en_US en_GB en_IN en_NG en_KE de_DE fr_FR es_ES es_MX es_CO es_AR it_IT pt_BR nl_NL pl_PL tr_TR ru_RU uk_UA ar_AA fa_IR "
    "zh_CN zh_TW ja_JP ko_KR hi_IN id_ID vi_VN th_TH cs_CZ hu_HU ro_RO sv_SE fi_FI el_GR he_IL bg_BG az_AZ fil_PH"
).split()
RECALL_QUERIES, GROWN_QUERIES = 1_000, 200
"""Queries for which an exhaustive oracle is asked as well."""
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)


class Command(BaseCommand):
    """`manage.py bench_screening`: accuracy, speed and growth of the matching engine."""

    help = "Measure accuracy and speed of the matching engine on the active lists; writes the accuracy card."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to measure, on what."""
        parser.add_argument("--accuracy", action="store_true", help="recall, alerts on innocent names, names kept apart")
        parser.add_argument("--speed", action="store_true", help="latency and throughput beside naive RapidFuzz")
        parser.add_argument("--million", action="store_true", help="growth to 1,000,000 synthetic names; takes several minutes")
        parser.add_argument(
            "--innocents", metavar="FILE", help="innocent company names, one a line or first column of a TSV, .gz or plain"
        )
        parser.add_argument("--persons", type=int, default=20_000, metavar="N", help="innocent person names made with Faker")
        parser.add_argument("--sample", type=int, default=3_000, metavar="N", help="most aliases, companies or pairs a figure")
        parser.add_argument(
            "--entities", metavar="FILE", help="JSON Lines of entities instead of the active lists, for development"
        )
        parser.add_argument("--card", metavar="FILE", help="where the accuracy card goes (default: var/accuracy_card.json)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure what was asked; both accuracy and speed when nothing was."""
        everything = not (options["accuracy"] or options["speed"] or options["million"])
        index, versions = self._index(options["entities"])
        card: dict[str, Any] = {
            "engine": ENGINE_VERSION,
            "normalizer": NORMALIZER_VERSION,
            "measured_on": dt.datetime.now(tz=dt.UTC).date().isoformat(),
            "threshold": {"possible": DEFAULT.possible, "strong": DEFAULT.strong},
            "lists": versions,
            "entries": len(index),
            "names": index.names,
        }
        self.stdout.write(f"engine {ENGINE_VERSION}, possible from {DEFAULT.possible:g}, strong from {DEFAULT.strong:g}")
        self.stdout.write(f"{len(index):,} entries, {index.names:,} names\n")
        companies = _companies(options["innocents"])
        if options["accuracy"] or everything:
            card["accuracy"] = self._accuracy(index, companies, options)
        if options["speed"] or everything:
            card["speed"] = self._speed(index, companies)
        if options["million"]:
            card["growth"] = self._growth(index)
        path = Path(options["card"] or Path(settings.VAR_DIR) / "accuracy_card.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"accuracy card: {path}")

    def _index(self, entities: str | None) -> tuple[Index, list[dict[str, object]]]:
        """The index to measure, as one segment."""
        if entities is not None:
            return build(_entities(entities)), [{"list": f"file {Path(entities).name}"}]
        current = snapshot.current()
        if not len(current.index):
            raise CommandError(
                "no list is active: import one first (manage.py import_list, or fetch_lists), or give --entities FILE"
            )
        return current.index, [ref.as_dict() for ref in current.versions]

    def _accuracy(self, index: Index, companies: list[str], options: dict[str, Any]) -> dict[str, Any]:
        sample = options["sample"]
        rates = accuracy.alias_recall(index, DEFAULT, half=VALIDATION, sample=sample, seed=SEED)
        rates += accuracy.variation_recall(index, DEFAULT, half=VALIDATION, sample=min(sample, 400), seed=SEED)
        source = {
            "companies": (options["innocents"] and Path(options["innocents"]).name) or "none given",
            "persons": f"Faker, {len(LOCALES)} locales",
        }
        if companies:
            rates.append(accuracy.alert_rate(index, companies[:sample], DEFAULT, "innocent companies"))
        persons = _persons(options["persons"])
        if persons:
            rates.append(accuracy.alert_rate(index, persons, DEFAULT, "innocent persons"))
        rates += accuracy.kept_apart(index, DEFAULT, sample=min(sample, 1_500), seed=SEED)
        for rate in rates:
            self.stdout.write(f"{rate.of:22s} {rate.heading:40s} {rate.share:7.2%}  ({rate.found:,} of {rate.asked:,})")
        self.stdout.write(f"innocent names: companies from {source['companies']}, persons from {source['persons']}\n")
        rows = [{"of": rate.of, "heading": rate.heading, "share": round(rate.share, 4), "of_names": rate.asked} for rate in rates]
        return {"half": "validation", "innocent_names": source, "rates": rows}

    def _speed(self, index: Index, companies: list[str]) -> dict[str, Any]:
        names = _queries(index, companies, 2_000)
        rows = [speed.screening_latency(index, DEFAULT, time.process_time, names)]
        rows += speed.naive_latency(index, time.process_time, names[:20])
        for row in rows:
            times = f"p50 {row.p50:8.2f} ms   p95 {row.p95:8.2f} ms   mean {row.mean:8.2f} ms"
            self.stdout.write(f"{row.heading:28s} {times}   ({row.asked} parties, time of one core)")
        rate = speed.batch_rate(index, DEFAULT, time.process_time, names)
        worker = self._worker(index, names)
        self.stdout.write(f"batch {rate:,.0f} parties/s on one core; {_said(worker)}")
        recall = self._recall(index, companies, RECALL_QUERIES)
        latency = {row.heading: {"p50_ms": round(row.p50, 3), "p95_ms": round(row.p95, 3)} for row in rows}
        return {"latency": latency, "batch_per_second": round(rate), "blocking_recall": recall, **_rounded(worker)}

    def _growth(self, index: Index) -> list[dict[str, float]]:
        base = index.segments[0]
        words = sorted({token.raw for number in range(0, base.names, 7) for token in base.name(number).tokens})
        return [self._grown(words, size) for size in SIZES]

    def _grown(self, words: list[str], size: int) -> dict[str, float]:
        """One row of the growth table: an index of so many synthetic names, measured as a worker has it, from disk."""
        with tempfile.TemporaryDirectory() as folder:
            start = time.process_time()
            save(build(speed.synthetic(words, size, SEED)), Path(folder) / "snapshot")
            built = time.process_time() - start
            gc.collect()
            grown = load(Path(folder) / "snapshot")
            names = [grown.entry(at * 97 % size).name for at in range(600)]
            names = [name if at % 2 else name[:-2] + name[-1] for at, name in enumerate(names)]
            row = speed.screening_latency(grown, DEFAULT, time.process_time, names)
            worker = self._worker(grown, names)
            times = f"build {built:6.1f} s   p50 {row.p50:6.2f} ms   p95 {row.p95:6.2f} ms"
            self.stdout.write(f"{size:>9,} names: {times}   {_said(worker)}")
            recall = self._recall(grown, [], GROWN_QUERIES)
        return {
            "names": size,
            "build_s": round(built, 1),
            "p50_ms": round(row.p50, 3),
            "p95_ms": round(row.p95, 3),
            "blocking_recall": recall,
            **_rounded(worker),
        }

    def _recall(self, index: Index, companies: list[str], count: int) -> float:
        """Print and give the share of what an exhaustive oracle would show that retrieval brings."""
        queries = bench_recall.mixed_queries(index, companies, count, SEED)
        recall = bench_recall.blocking_recall(index.segments[0], queries, DEFAULT)
        self.stdout.write(f"          blocking recall {recall.share:.4f} ({recall.found:,} of {recall.wanted:,})\n")
        return round(recall.share, 5)

    def _worker(self, index: Index, names: list[str]) -> dict[str, float]:
        """What a worker process pays for this index (bench_worker)."""
        with tempfile.TemporaryDirectory() as folder:
            save(index, Path(folder) / "snapshot")
            command = [sys.executable, "-m", bench_worker.__name__, str(Path(folder) / "snapshot")]
            # The interpreter and module are this installation's own; names go in by standard input.
            done = subprocess.run(  # noqa: S603
                command, input="\n".join(names), capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
            )
        found: dict[str, float] = json.loads(done.stdout)
        return found


def _said(worker: dict[str, float]) -> str:
    return (
        f"ready from disk in {worker['ready_s']:.2f} s; {worker['mapped_mb']:.0f} MB mapped and shared, "
        f"{worker['private_mb']:.0f} MB private after the queries"
    )


def _rounded(worker: dict[str, float]) -> dict[str, float]:
    return {key: round(value, 3) for key, value in worker.items()}


def _queries(index: Index, companies: list[str], most: int) -> list[str]:
    """Half innocent names, half listed ones, in turn; listed ones alone when there are no others."""
    listed = [entry.name for entry in index if entry.schema is not Schema.ADDRESS]
    rng = accuracy.seeded(SEED)
    listed = rng.sample(listed, min(most // 2, len(listed)))
    others = rng.sample(companies, min(most // 2, len(companies)))
    mixed = [name for pair in zip(listed, others, strict=False) for name in pair]
    return mixed or listed


def _opener(path: str) -> Any:  # gzip.open and open share no base type
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def _companies(path: str | None) -> list[str]:
    """Innocent names that the frequency tables never counted."""
    if path is None:
        return []
    with _opener(path) as lines:
        names = [line.rstrip("\n").split("\t")[0] for line in lines]
    accuracy.seeded(SEED).shuffle(names)
    return [name for name in names if name and accuracy.half_of_name(name) != accuracy.COUNTED]


def _persons(count: int) -> list[str]:
    """Given and family names of many countries; empty when Faker, a development package, is not installed."""
    try:
        faker = importlib.import_module("faker")
    except ModuleNotFoundError:
        return []
    names = []
    for locale in LOCALES:
        source = faker.Faker(locale)
        source.seed_instance(SEED)
        names += [f"{source.first_name()} {source.last_name()}" for _ in range(count // len(LOCALES) + 1)]
    accuracy.seeded(SEED).shuffle(names)
    return names[:count]


def _entities(path: str) -> Iterator[ListedParty]:
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
