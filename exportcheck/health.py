"""What machines ask: /healthz (does the process answer), /readyz (should it get requests), /metrics (numbers for Prometheus)."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from exportcheck.accounts.models import User
from licenses.models import CheckReport
from screening.lists.freshness import Freshness
from screening.models import ControlList, Match
from screening.queries import active_versions, engine_progress, freshness

FRESHNESS = ("list", "state", "version", "published_on", "checked_at", "entries")
"""What /readyz tells about a list."""


def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else, so that a slow database restarts no process."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is up to date, else 503 with the reason.

    Old lists do not make it unready: every page says how old they are, and an answer with a warning beats none.
    """
    body: dict[str, Any] = {"database": "ok", "migrations": "applied", "lists": []}
    status = HTTPStatus.OK
    try:
        if pending := unapplied():
            body["migrations"] = f"{pending} not applied; run manage.py migrate"
            status = HTTPStatus.SERVICE_UNAVAILABLE
        else:
            body["lists"] = public_lists()
            progress = engine_progress()
            body["engine"] = {"version": progress["engine"], "parties_screened_by_it": not progress["waiting"]}
    except DatabaseError:
        body = {"database": "does not answer"}
        status = HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def unapplied() -> int:
    """How many migrations of this code the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def public_lists() -> list[dict[str, Any]]:
    """How fresh each published list is. A list of the installation's own is nobody's business without a login."""
    published = set(ControlList.objects.filter(custom=False).values_list("code", flat=True))
    return [{key: row[key] for key in FRESHNESS} for row in freshness() if row["list"] in published]


class HealthMiddleware:
    """Answers the two probes before anything else: a probe comes without TLS, login or a host name we know."""

    probes: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = self.probes.get(request.path)
        return probe(request) if probe is not None else self.get_response(request)


class MetricsToken(BaseAuthentication):
    """`Authorization: Bearer METRICS_TOKEN`. Grants /metrics and nothing else."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, str] | None:
        """None when no bearer key was sent; a wrong one is refused."""
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        wanted = settings.METRICS_TOKEN
        if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
            raise AuthenticationFailed("This is not the key in METRICS_TOKEN.")
        return AnonymousUser(), "metrics"

    def authenticate_header(self, request: Request) -> str:
        """Makes the refusal a 401."""
        return 'Bearer realm="metrics"'


class ReadsMetrics(BasePermission):
    """The holder of the key, or somebody of the desk."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Numbers tell about every organization, so exporters do not read them."""
        return request.auth == "metrics" or (isinstance(request.user, User) and request.user.is_desk)


class MetricsView(APIView):
    """Numbers from the rows, the same from whichever process answers."""

    authentication_classes = (MetricsToken, SessionAuthentication)
    permission_classes = (ReadsMetrics,)
    schema = None

    def get(self, request: Request) -> HttpResponse:
        """Prometheus text format."""
        registry = CollectorRegistry(auto_describe=False)
        registry.register(Rows())
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Rows(Collector):
    """Counts of work and age of lists."""

    def collect(self) -> Iterator[Metric]:
        """One family for each question somebody on call asks."""
        yield by_state("exportcheck_checks", "Checks of applications by state", CheckReport)
        yield by_state("exportcheck_matches", "List matches by state", Match)
        now = timezone.now()
        waiting = CheckReport.objects.filter(state__in=(CheckReport.State.PENDING, CheckReport.State.RUNNING))
        oldest = waiting.aggregate(oldest=Min("created_at"))["oldest"]
        age = (now - oldest).total_seconds() if oldest else 0.0
        yield GaugeMetricFamily("exportcheck_oldest_check_seconds", "Age of the oldest check not finished", value=age)
        waiting_parties = engine_progress()["waiting"]
        yield GaugeMetricFamily(
            "exportcheck_parties_of_older_engine", "Parties today's engine has not seen", value=waiting_parties
        )
        entries = GaugeMetricFamily("exportcheck_list_entries", "Entries of the active version", labels=["list"])
        ages = GaugeMetricFamily("exportcheck_list_age_days", "Days since the active version was published", labels=["list"])
        for version in active_versions():
            entries.add_metric([version.control_list.code], version.entries)
            if version.published_on is not None:
                ages.add_metric([version.control_list.code], (now.date() - version.published_on).days)
        yield entries
        yield ages
        states = GaugeMetricFamily("exportcheck_list_state", "1 for the state of a list by its age", labels=["list", "state"])
        for row in freshness(now):
            for state in Freshness:
                states.add_metric([row["list"], state], row["state"] == state)
        yield states


def by_state(name: str, text: str, model: type[CheckReport] | type[Match]) -> Metric:
    """How many rows are in each state; a state without rows is 0, not missing."""
    counts = dict(model.objects.order_by().values_list("state").annotate(Count("pk")))
    family = GaugeMetricFamily(name, text, labels=["state"])
    for state in model.State.values:
        family.add_metric([state], counts.get(state, 0))
    return family


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", MetricsView.as_view(), name="metrics"),
]
