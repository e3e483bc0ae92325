"""What `bench_pages` measures: every list page with many applications in the database, and what is shown as one types."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from exportcheck.accounts.models import User
from licenses.benchmarks.invented_rows import parties
from licenses.benchmarks.many_rows import make_rows
from licenses.benchmarks.page_cost import PageCost, at_95, page_cost, quiet_logs
from screening.services.parties.snapshot import current

TYPED = 198
"""Previews of each kind."""
CODES = ("3A001.a.2", "EAR99", "5A002", "3A991", "1C350", "9A610.x")
EXPORTER_PAGES = (
    "/",
    "/?page=200",
    "/?state=IN_REVIEW",
    "/?q=Firm+77",
    "/?q=Sensors+of+lot+99",
    "/address-book/",
    "/address-book/?q=contact+77",
    "/catalog/",
    "/catalog/?q=BENCH-77",
    "/deadlines/",
    "/bulk/",
    "/account/people/",
    "/lists/?q=semiconductor",
    "/eccn/?q=3A0",
)
REVIEWER_PAGES = (
    "/desk/",
    "/desk/licenses/flag/",
    "/desk/licenses/flag/?show=overdue",
    "/desk/licenses/licenseapplication/",
    "/desk/licenses/licenseapplication/?q=Firm+77",
)


@dataclass(frozen=True, slots=True)
class PreviewFigures:
    """Previews of one kind on so many listed entries: milliseconds of the process at the median, at the 95th percentile and at
    worst."""

    kind: str
    previews: int
    entries: int
    median: float
    late: float
    worst: float


def measure_pages(
    exporter: User,
    reviewer: User,
    *,
    applications: int,
    repeats: int,
    on_seeded: Callable[[int, float], None],
    on_page: Callable[[str, PageCost], None],
    on_previews: Callable[[PreviewFigures], None],
) -> None:
    """Seed applications of the exporter's organization, ask for each page as a browser would, and roll everything back. Figures
    are handed out as they come; `on_seeded` gets the number of applications and the seconds it took to make them."""
    with quiet_logs(), transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        began = time.perf_counter()
        made = make_rows(exporter, applications)
        on_seeded(len(made), time.perf_counter() - began)
        own, desk = _signed_in(exporter), _signed_in(reviewer)
        for page in (*EXPORTER_PAGES, f"/applications/{made[20].reference}/"):
            on_page(page, _cost(own, page, repeats))
        for kind, bodies in _typed().items():
            on_previews(_previews(own, f"/applications/{made[0].reference}/{kind}/preview/", kind, bodies))
        for page in REVIEWER_PAGES:
            on_page(page, _cost(desk, page, repeats))
        transaction.set_rollback(True)


def _signed_in(person: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def _cost(client: Client, page: str, repeats: int) -> PageCost:
    return page_cost(lambda: client.get(page), repeats)


def _typed() -> dict[str, list[dict[str, str]]]:
    """What is typed into the forms of a party and of an item."""
    names = [{"name": row["name"], "country": row["country"], "addresses": row["address"]} for row in parties(TYPED)]
    return {"parties": names, "items": [{"eccn": code, "hs6": "8542.39"} for code in CODES] * (TYPED // len(CODES))}


def _previews(client: Client, url: str, kind: str, bodies: list[dict[str, str]]) -> PreviewFigures:
    """What is shown as one types, on the active lists."""
    entries = sum(version.entries for version in current().versions)
    client.post(url, bodies[0])
    times = []
    for body in bodies:
        began = time.process_time()
        client.post(url, body)
        times.append((time.process_time() - began) * 1_000)
    return PreviewFigures(kind, len(times), entries, statistics.median(times), at_95(times), max(times))
