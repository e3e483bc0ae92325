"""What answers where nothing else does: unknown addresses under /api, and the project's error pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exportcheck import problems
from exportcheck.api.permissions import SignedIn

API_PREFIX = "/api/"


class UnknownView(APIView):
    """404 as problem details for every address under /api/v1 that does not exist."""

    permission_classes = (SignedIn,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Signed in first: a stranger learns no addresses."""
        super().initial(request, *args, **kwargs)
        raise Http404

    def get(self, request: Request) -> Response:
        """Never reached: `initial` raises for every method."""
        raise Http404

    post = put = patch = delete = get


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400."""
    if request.path.startswith(API_PREFIX):
        return problems.response(HTTPStatus.BAD_REQUEST, "bad_request", "The request cannot be read.")
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    if request.path.startswith(API_PREFIX):
        return problems.response(HTTPStatus.NOT_FOUND, "not_found", "Nothing is at this address.")
    return defaults.page_not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    if request.path.startswith(API_PREFIX):
        return problems.response(HTTPStatus.FORBIDDEN, "permission_denied", "Your role does not allow this.")
    return defaults.permission_denied(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """handler500."""
    if request.path.startswith(API_PREFIX):
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return problems.response(status, "error", "Something failed on our side; it was recorded. Try again.")
    return defaults.server_error(request)
