"""Measure a rescreening end to end: parties stored in a temporary database, a list that changes, workers that share the work.

    manage.py bench_rescreen
    manage.py bench_rescreen --parties 20000 --workers 1 --kill

Nothing of the installation is changed; the entries of its active lists are read, to have real names. Figures: seconds by the
clock from the first worker to the last part, CPU seconds of all workers, matches, and whether any was made twice.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from argparse import ArgumentParser
from multiprocessing.process import BaseProcess
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.models import Count
from django.test.utils import override_settings

from exportcheck.process.temporary_installation import temporary_installation
from screening import queries
from screening.benchmarks.lists import CODE, Measured, invented, store_parties
from screening.matching.types import ListedParty
from screening.models import ListVersion, Match
from screening.services.activation.activate import activate_version
from screening.services.parties import snapshot
from screening.services.screening.rescreen import rescreen
from screening.services.versions import version_entries
from screening.services.versions.stage import stage_list_version

POLL_SECONDS = 1.0
LEASE_SECONDS = 5
"""With --kill: how long a part stays with a worker that says nothing; CLAIM_EXPIRES_SECONDS in service."""


class Command(BaseCommand):
    """`manage.py bench_rescreen`: how long it takes until every stored party is screened against a change."""

    help = "Measure rescreening end to end in a temporary database: N stored parties against M changed entries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much of each, and whether to kill a worker on the way."""
        parser.add_argument("--parties", type=int, default=100_000, metavar="N", help="stored parties (default %(default)s)")
        parser.add_argument("--entries", type=int, default=500, metavar="M", help="added and changed entries (%(default)s)")
        parser.add_argument("--times", type=int, default=1, metavar="T", help="applications each party stands in (%(default)s)")
        parser.add_argument("--workers", type=int, default=2, metavar="W", help="processes that share the work (%(default)s)")
        parser.add_argument("--kill", action="store_true", help="kill a worker in the middle; another finishes its part")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, change the list, rescreen, tell."""
        if min(options["parties"], options["entries"], options["workers"], options["times"]) < 1:
            raise CommandError("give at least one party, one entry and one worker")
        real = listed_here()
        lists = invented(real, options["entries"])
        self.stdout.write(f"names of {len(real):,} entries of active lists; {lists.added} arrive, {lists.changed} change")
        snapshot.close_all()
        with temporary_installation("bench-rescreen"):
            _activate(lists.before)
            started = time.monotonic()
            store_parties(lists, options["parties"], times=options["times"])
            self.stdout.write(f"{options['parties']:,} parties stored in {time.monotonic() - started:.0f} s")
            self._measure(_activate(lists.after), options)
            snapshot.close_all()

    def _measure(self, version: ListVersion, options: dict[str, Any]) -> None:
        with override_settings(CLAIM_EXPIRES_SECONDS=LEASE_SECONDS if options["kill"] else settings.CLAIM_EXPIRES_SECONDS):
            started, used = time.monotonic(), _cpu_of_children()
            running = [_worker(version.pk) for _ in range(options["workers"])]
            to_kill = options["kill"]
            while version.rescreened_at is None:
                time.sleep(POLL_SECONDS)
                standing = queries.progress_of(version)
                self.stdout.write(f"  {time.monotonic() - started:5.1f} s  {standing['done']:>9,} of {standing['total']:,}")
                if to_kill and running and standing["done"] * 3 > standing["total"]:
                    os.kill(running[0].pid or 0, signal.SIGKILL)
                    to_kill = False
                    self.stdout.write("  killed a worker")
                version.refresh_from_db()
                running = [one for one in running if one.is_alive()]
                # What beat does in service: parts whose worker died are offered again.
                running += [_worker(version.pk) for _ in range(options["workers"] - len(running)) if _waits(version)]
            elapsed = time.monotonic() - started
            for one in running:
                one.join()
        self._tell(version, elapsed, _cpu_of_children() - used, options["workers"])

    def _tell(self, version: ListVersion, elapsed: float, cpu: float, workers: int) -> None:
        parties = queries.progress_of(version)["total"]
        standing = Match.objects.filter(gone_at__isnull=True)
        ended = Match.objects.filter(gone_at__isnull=False).count()
        twice = standing.values("party", "entry__uid").annotate(times=Count("pk")).filter(times__gt=1).count()
        self.stdout.write(
            f"{parties:,} parties against {version.added + version.changed} entries, {workers} workers, {os.cpu_count()} cores: "
            f"{elapsed:.1f} s by the clock, {cpu:.1f} CPU seconds ({cpu / parties * 1e3:.2f} ms a party)\n"
            f"{standing.count():,} matches stand, {ended:,} ended, {twice} made twice"
        )


def listed_here() -> list[ListedParty]:
    """Entries of the active lists of this installation. Raises CommandError, which says how to get some."""
    how = "`make demo` does it with the sample list; or manage.py migrate, and import_list CSL FILE --activate --reason TEXT"
    if ListVersion._meta.db_table not in connection.introspection.table_names():
        raise CommandError(f"The database of this installation has no tables; it is read for the names of listed parties. {how}")
    real = [entry for version in queries.active_versions() for entry in version_entries.entries_of(version)]
    if not real:
        raise CommandError(f"No list is active here; its names are what is measured with. {how}")
    return real


def _activate(measured: Measured) -> ListVersion:
    """Import and activate as the operator does."""
    report = stage_list_version(
        actor=None,
        actor_label="bench",
        code=CODE,
        files=(measured.file,),
        format="custom_csv",
        published_on=measured.published_on,
        history=False,
    )
    (one,) = report.lists
    if one.version_id is None or one.state != "staged":
        raise CommandError(f"the invented list was not staged: {one.guard} {one.detail}")
    return activate_version(actor=None, actor_label="bench", version_id=one.version_id, reason="measured")


def _waits(version: ListVersion) -> bool:
    return queries.free_parts().filter(version=version.pk).exists()


def _worker(version_id: int) -> BaseProcess:
    """A process that does what the task does, in this database."""
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=rescreen, kwargs={"version_id": version_id})
    process.start()
    return process


def _cpu_of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
