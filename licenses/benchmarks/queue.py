"""What `bench_queue` measures: the pages of the review queue with many open flags, in the database as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import reverse

from exportcheck.accounts.roles import RoleName
from licenses.benchmarks.many_flags import make_flags, person
from licenses.benchmarks.page_cost import PageCost, page_cost, quiet_logs
from licenses.models import Flag
from licenses.queries import review_queue
from screening.models import ControlList

MAX_QUERIES, MAX_MS = 20, 300
ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page by its name, what it cost, and whether that passes the limits: of the process on SQLite, which runs in it, by the
    clock elsewhere."""

    name: str
    cost: PageCost

    @property
    def too_much(self) -> bool:
        """Whether it passes the limits."""
        return self.cost.passes(max_queries=MAX_QUERIES, max_ms=MAX_MS, by_clock=connection.vendor != "sqlite")


def measure_queue(*, flags: int, repeats: int, on_made: Callable[[int, str], None], on_page: Callable[[QueuePage], None]) -> int:
    """Make the flags and two reviewers, measure each page; returns how many pass the limits. Figures are handed out as they come;
    `on_made` gets the number of open flags and the kind of database."""
    reviewer, other = person("reviewer", RoleName.SENIOR_REVIEWER), person("other", RoleName.REVIEWER)
    with quiet_logs():
        make_flags(flags, reviewer=reviewer, other=other)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum does in service
        on_made(Flag.objects.count(), connection.vendor)
        client, slow = Client(), 0
        client.force_login(reviewer, backend=settings.AUTHENTICATION_BACKENDS[-1])
        with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
            for name, ask in _pages(client, flags):
                page = QueuePage(name, page_cost(ask, repeats))
                slow += page.too_much
                on_page(page)
    return slow


def _pages(client: Client, flags: int) -> list[tuple[str, Callable[[], HttpResponseBase]]]:
    queue = reverse("desk:licenses_flag_changelist")
    listed, last = ControlList.objects.order_by("pk").first(), -(-flags // ROWS_A_PAGE)
    queries = {
        "first page": "",
        **{f"tab {show}": f"show={show}" for show in review_queue.PARTS},
        "severity and band": "severity=blocking&match__band=strong",
        "critical": "critical__exact=1",
        "one list": f"match__control_list__id__exact={listed.pk if listed else 0}",
        "organization": "application__organization__id__exact=1",
        "search, every flag": "q=quorve",
        "search, few flags": "q=BENCH-000017",
        "page 400": f"p={min(400, last * 4 // 5 or 1)}",
        "last page": f"p={last * 4 // 5 or 1}",
    }
    flag = Flag.objects.order_by("rank", "due_at", "pk").first()
    page = reverse("desk:licenses_flag_change", args=(flag.pk if flag else 0,))
    return [
        *((what, lambda query=query: client.get(f"{queue}?{query}")) for what, query in queries.items()),
        ("dashboard", lambda: client.get(reverse("desk:index"))),
        ("match page", lambda: client.get(page)),
        ("the Next key", lambda: client.post(reverse("desk:licenses_flag_next"))),
    ]
