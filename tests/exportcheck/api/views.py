"""A small API of its own for the tests: what both real APIs share is tested here once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exportcheck.accounts.models import Organization, User
from exportcheck.accounts.scopes import Scope
from exportcheck.api.idempotency import IdempotentMixin
from exportcheck.api.permissions import HasScope, SignedIn
from exportcheck.audit.context import current
from exportcheck.errors import Refused


class PartySerializer(serializers.Serializer[Any]):
    """A party with owners."""

    name = serializers.CharField(max_length=20)
    owners = serializers.ListField(child=serializers.DictField(child=serializers.CharField()), required=False)


class WhoView(APIView):
    """Says who calls."""

    permission_classes = (HasScope(Scope.SCREEN),)

    def get(self, request: Request) -> Response:
        """Who, by what, through which door."""
        user = request.user
        assert isinstance(user, User)
        return Response({"user": user.email, "organization": str(user.organization), "origin": current().as_dict()})


class ForgottenView(APIView):
    """Says nothing of permissions."""

    def get(self, request: Request) -> Response:
        """Never reached."""
        return Response({})


class MakeView(IdempotentMixin, APIView):
    """Makes an organization, to have something to count."""

    permission_classes = (SignedIn,)

    def post(self, request: Request) -> Response:
        """201 with its name; `fail` names a way to fail."""
        serializer = PartySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = Organization.objects.create(name=serializer.validated_data["name"])
        if made.name == "taken":
            raise Refused("taken", "Ana was faster.")
        return Response({"name": made.name}, status=201, headers={"Location": f"/made/{made.name}"})


class FailView(APIView):
    """Raises what the address names."""

    permission_classes = (SignedIn,)

    def get(self, request: Request, how: str) -> Response:
        """Always an error."""
        raise {
            "refused": Refused("stale", "Bob changed it at 10:42. Reload and try again."),
            "missing": Http404("inside words"),
            "denied": PermissionDenied("Not yours to decide."),
            "bug": ZeroDivisionError("secret"),
        }[how]


class OrganizationsView(generics.ListAPIView[Organization]):
    """A paged list."""

    permission_classes = (SignedIn,)
    queryset = Organization.objects.all()

    class serializer_class(serializers.ModelSerializer[Organization]):
        """Name only."""

        class Meta:
            model = Organization
            fields = ("name",)


urlpatterns = [
    path("api/who/", WhoView.as_view()),
    path("api/forgotten/", ForgottenView.as_view()),
    path("api/make/", MakeView.as_view()),
    path("api/fail/<str:how>/", FailView.as_view()),
    path("api/organizations/", OrganizationsView.as_view()),
]
handler404 = "exportcheck.api.views.not_found"
