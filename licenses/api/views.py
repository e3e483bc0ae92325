"""The licenses part of /api/v1: determine, precheck, and the applications of one's organization. The same objects as the commands
take and give (docs/contract.md)."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.accounts.scopes import Scope
from exportcheck.api.idempotency import IdempotentMixin
from exportcheck.api.paging import CappedCursorPagination
from exportcheck.api.permissions import HasScope
from exportcheck.errors import Refused
from licenses import queries
from licenses.access import application_for
from licenses.api import schemas
from licenses.models import CheckReport, LicenseApplication
from licenses.output import payloads
from licenses.rules.types import RuleInputError
from licenses.services.checks.requests import submit_for_check
from licenses.services.drafting.applications import import_application
from licenses.services.drafting.edits import update_application
from licenses.services.evaluation.determine_line import determine_line
from licenses.services.evaluation.precheck_line import precheck
from screening.matching.types import PartyError

AS_OF = OpenApiParameter("as_of", dt.date, description="Lists and rules as they were on this day.")
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of the application as read."
)
IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="The same key is done once and answered twice."
)


class LockMissingError(APIException):
    """428: an edit without If-Match could overwrite a colleague's."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_code = "if_match_required"
    default_detail = "Send the ETag of the application as you read it in If-Match."


def current_user(request: Request) -> User:
    """The signed-in person, or the one who made the token. The permission classes let nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user


def day_of(request: Request) -> dt.date | None:
    """`as_of` of the query string; any other parameter is an error that names it."""
    unknown = sorted(set(request.query_params) - {"as_of", "format"})
    if unknown:
        raise Refused("unknown_key", f"unknown parameter {unknown[0]!r}; known is as_of")
    text = request.query_params.get("as_of")
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refused("bad_value", f"as_of: {text[:40]!r} is not a date such as 2026-07-31") from error


class DetermineView(APIView):
    """One item: does it need a license?"""

    permission_classes = (HasScope(Scope.DETERMINE),)

    @extend_schema(
        operation_id="determine",
        summary="Determine whether an item needs a license",
        request={"application/json": schemas.CASE},
        responses={200: OpenApiResponse(schemas.DETERMINATION, "Outcome, requirements, exceptions, questions, steps.")},
        parameters=[AS_OF],
        tags=["licenses"],
    )
    def post(self, request: Request) -> Response:
        """Read, determine, answer; nothing is kept."""
        if not policy.can_screen_name(current_user(request)):
            raise PermissionDenied("Your role determines nothing.")
        try:
            return Response(determine_line(request.data, as_of=day_of(request)))
        except RuleInputError as error:
            raise Refused(error.code, error.detail) from error


class PrecheckView(APIView):
    """A whole application, checked and not kept."""

    permission_classes = (HasScope(Scope.PRECHECK),)

    @extend_schema(
        operation_id="precheck",
        summary="Pre-check an application without keeping it",
        request={"application/json": schemas.APPLICATION},
        responses={200: OpenApiResponse(schemas.PRECHECK, "Parties screened, items determined, red flags, completeness.")},
        parameters=[AS_OF],
        tags=["licenses"],
    )
    def post(self, request: Request) -> Response:
        """Read, check, answer; nothing is kept."""
        user = current_user(request)
        if not policy.can_screen_name(user):
            raise PermissionDenied("Your role pre-checks nothing.")
        try:
            result = precheck(request.data, as_of=day_of(request), organization_id=user.organization_id)
        except (RuleInputError, PartyError) as error:
            raise Refused(error.code, error.detail) from error
        return Response(
            result if policy.can_see_private_reasons(user) else payloads.exporter_result(result, queries.private_lists())
        )


class ApplicationsView(IdempotentMixin, APIView):
    """The applications of one's organization."""

    def get_permissions(self) -> list[Any]:  # Any: permission classes made per scope
        """Reading and writing have scopes of their own."""
        scope = Scope.APPLICATIONS_READ if self.request.method == "GET" else Scope.APPLICATIONS_WRITE
        return [HasScope(scope)()]

    @extend_schema(
        operation_id="applications_list",
        summary="List applications, newest first",
        responses={200: OpenApiResponse(schemas.PAGE, "One page; `next` leads on.")},
        parameters=[
            OpenApiParameter("state", str, enum=LicenseApplication.State.values),
            OpenApiParameter("q", str, description="In reference, title or a party's name."),
            OpenApiParameter("cursor", str),
            OpenApiParameter("page_size", int, description="200 at most."),
        ],
        tags=["applications"],
    )
    def get(self, request: Request) -> Response:
        """One page of rows."""
        query = request.query_params
        rows = queries.home_rows(current_user(request), state=query.get("state", ""), text=query.get("q", "")[:100])
        pages = CappedCursorPagination()
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response([payloads.row_payload(row) for row in page])

    @extend_schema(
        operation_id="applications_create",
        summary="Create a draft",
        request={"application/json": schemas.DRAFT},
        responses={201: OpenApiResponse(schemas.STORED, "The draft; Location and ETag name it.")},
        parameters=[IDEMPOTENCY],
        tags=["applications"],
    )
    def post(self, request: Request) -> Response:
        """A draft with everything that was sent, or an error and nothing."""
        application = import_application(actor=current_user(request), line=request.data)
        return stored(application, HTTPStatus.CREATED, {"Location": reverse("api_application", args=(application.reference,))})


class ApplicationView(IdempotentMixin, APIView):
    """One application."""

    def get_permissions(self) -> list[Any]:  # Any: permission classes made per scope
        """Reading and writing have scopes of their own."""
        scope = Scope.APPLICATIONS_READ if self.request.method == "GET" else Scope.APPLICATIONS_WRITE
        return [HasScope(scope)()]

    @extend_schema(
        operation_id="applications_read",
        summary="Read an application",
        responses={200: OpenApiResponse(schemas.STORED, "The draft, its state and what it waits for.")},
        tags=["applications"],
    )
    def get(self, request: Request, reference: str) -> Response:
        """The application as its organization sees it; reviewers see the desk's side too."""
        user = current_user(request)
        application = application_for(user, reference)
        if policy.can_see_private_reasons(user):
            return Response(payloads.reviewer_application(application), headers=tag(application))
        return stored(application, HTTPStatus.OK, {})

    @extend_schema(
        operation_id="applications_change",
        summary="Change a draft",
        request={"application/json": schemas.CHANGES},
        responses={
            200: OpenApiResponse(schemas.STORED, "The draft after the change."),
            409: OpenApiResponse(description="Somebody changed it since, or its state does not allow it."),
            428: OpenApiResponse(description="If-Match is missing."),
        },
        parameters=[IF_MATCH, IDEMPOTENCY],
        tags=["applications"],
    )
    def patch(self, request: Request, reference: str) -> Response:
        """Change what was sent, when nobody else did meanwhile."""
        user = current_user(request)
        application = application_for(user, reference)
        lock = lock_of(request)
        changed = update_application(actor=user, application_id=application.pk, lock=lock, data=request.data)
        return stored(changed, HTTPStatus.OK, {})


class CheckView(IdempotentMixin, APIView):
    """Ask for the check of an application."""

    permission_classes = (HasScope(Scope.APPLICATIONS_WRITE),)

    @extend_schema(
        operation_id="applications_check",
        summary="Run the pre-check",
        request=None,
        responses={202: OpenApiResponse(schemas.REPORT, "Accepted; Location names the report to ask for.")},
        parameters=[IDEMPOTENCY],
        tags=["applications"],
    )
    def post(self, request: Request, reference: str) -> Response:
        """The check is queued; its report says when it is done."""
        user = current_user(request)
        application = application_for(user, reference)
        report = submit_for_check(actor=user, application_id=application.pk)
        location = reverse("api_application_report", args=(application.reference, report.number))
        return Response(payloads.report_payload(report), status=HTTPStatus.ACCEPTED, headers={"Location": location})


class ReportView(APIView):
    """One check of an application."""

    permission_classes = (HasScope(Scope.APPLICATIONS_READ),)

    @extend_schema(
        operation_id="applications_report",
        summary="Read a check",
        responses={200: OpenApiResponse(schemas.REPORT, "Without a result while it is not done.")},
        tags=["applications"],
    )
    def get(self, request: Request, reference: str, number: int | None = None) -> Response:
        """The report with this number, or the newest."""
        user = current_user(request)
        application = application_for(user, reference)
        report = queries.latest_report(application) if number is None else numbered(application, number)
        if report is None:
            raise Http404
        if policy.can_see_private_reasons(user):
            return Response(payloads.reviewer_report(report))
        return Response(payloads.report_payload(report, private_lists=queries.private_lists()))


class LatestReportView(ReportView):
    """The newest check of an application."""

    @extend_schema(
        operation_id="applications_latest_report",
        summary="Read the newest check",
        responses={200: OpenApiResponse(schemas.REPORT, "Without a result while it is not done.")},
        tags=["applications"],
    )
    def get(self, request: Request, reference: str, number: int | None = None) -> Response:
        """The newest report."""
        return super().get(request, reference, None)


def numbered(application: LicenseApplication, number: int) -> CheckReport | None:
    """The check with this number."""
    return application.reports.filter(number=number).first()


def stored(application: LicenseApplication, status: HTTPStatus, headers: dict[str, str]) -> Response:
    """An application with its ETag."""
    return Response(payloads.application_payload(application), status=status, headers={**tag(application), **headers})


def tag(application: LicenseApplication) -> dict[str, str]:
    """The edit count as ETag."""
    return {"ETag": f'"{application.lock}"'}


def lock_of(request: Request) -> int:
    """The edit count in If-Match. Raises LockMissingError (428); a tag that is none of ours is never current."""
    text = request.headers.get("If-Match")
    if text is None:
        raise LockMissingError
    bare = text.strip().removeprefix("W/").strip('"')
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else -1
