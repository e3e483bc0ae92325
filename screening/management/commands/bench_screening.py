"""Measure the matching engine on the active lists and write the accuracy card that users are shown.

    manage.py bench_screening --accuracy --speed
    manage.py bench_screening --million

Anyone who has fetched lists can repeat it. Figures are for the validation half of the entities, at the one default
threshold; the card says where the innocent names came from.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from screening.benchmarks.matching.card import growth_figures, rates, rates_as_card, speed_figures
from screening.benchmarks.matching.recall import Recall
from screening.benchmarks.matching.sources import LOCALES, companies, entities, persons
from screening.benchmarks.worker import WorkerCost
from screening.matching.engine import ENGINE_VERSION
from screening.matching.index.index import Index, build
from screening.matching.policy import DEFAULT
from screening.matching.text.normalize import NORMALIZER_VERSION
from screening.services.parties import snapshot


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
        index, versions = _index(options["entities"])
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
        innocents = companies(options["innocents"]) if options["innocents"] else []
        if options["accuracy"] or everything:
            card["accuracy"] = self._accuracy(index, innocents, options)
        if options["speed"] or everything:
            card["speed"] = self._speed(index, innocents)
        if options["million"]:
            card["growth"] = self._growth(index)
        path = Path(options["card"] or Path(settings.VAR_DIR) / "accuracy_card.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"accuracy card: {path}")

    def _accuracy(self, index: Index, innocents: list[str], options: dict[str, Any]) -> dict[str, Any]:
        source = {
            "companies": (options["innocents"] and Path(options["innocents"]).name) or "none given",
            "persons": f"Faker, {len(LOCALES)} locales",
        }
        measured = list(rates(index, innocents, persons(options["persons"]), options["sample"]))
        for rate in measured:
            self.stdout.write(f"{rate.of:22s} {rate.heading:40s} {rate.share:7.2%}  ({rate.found:,} of {rate.asked:,})")
        self.stdout.write(f"innocent names: companies from {source['companies']}, persons from {source['persons']}\n")
        return rates_as_card(measured, source)

    def _speed(self, index: Index, innocents: list[str]) -> dict[str, Any]:
        figures = speed_figures(index, innocents, time.process_time)
        for row in figures.latencies:
            times = f"p50 {row.p50:8.2f} ms   p95 {row.p95:8.2f} ms   mean {row.mean:8.2f} ms"
            self.stdout.write(f"{row.heading:28s} {times}   ({row.asked} parties, time of one core)")
        self.stdout.write(f"batch {figures.batch_per_second:,.0f} parties/s on one core; {_worker_line(figures.worker)}")
        self.stdout.write(_recall_line(figures.recall))
        return figures.as_card()

    def _growth(self, index: Index) -> list[dict[str, float]]:
        rows = []
        for row in growth_figures(index, time.process_time):
            times = f"build {row.build_seconds:6.1f} s   p50 {row.latency.p50:6.2f} ms   p95 {row.latency.p95:6.2f} ms"
            self.stdout.write(f"{row.names:>9,} names: {times}   {_worker_line(row.worker)}")
            self.stdout.write(_recall_line(row.recall))
            rows.append(row.as_card())
        return rows


def _index(path: str | None) -> tuple[Index, list[dict[str, object]]]:
    """The index to measure, as one segment, and the versions it was made of."""
    if path is not None:
        return build(entities(path)), [{"list": f"file {Path(path).name}"}]
    current = snapshot.current()
    if not len(current.index):
        raise CommandError("no list is active: import one first (manage.py import_list, or fetch_lists), or give --entities FILE")
    return current.index, [ref.as_dict() for ref in current.versions]


def _worker_line(worker: WorkerCost) -> str:
    return (
        f"ready from disk in {worker.ready_s:.2f} s; {worker.mapped_mb:.0f} MB mapped and shared, "
        f"{worker.private_mb:.0f} MB private after the queries"
    )


def _recall_line(recall: Recall) -> str:
    return f"          blocking recall {recall.share:.4f} ({recall.found:,} of {recall.wanted:,})\n"
