"""`POST /api/v1/screen`: the objects of the command `screen`, over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.accounts.scopes import Scope
from exportcheck.api.permissions import HasScope
from exportcheck.errors import Refused
from screening import queries, schemas
from screening.matching.read_party import party_from_dict
from screening.matching.types import PartyError
from screening.services.parties import snapshot
from screening.services.parties.made_ids import MadeIds
from screening.services.screening.screen import DEFAULT_TOP, answer, without_private_reasons

MAX_PARTIES = 100
"""Parties of one call; a longer list is several calls, or the command `screen`."""
MAX_HITS = 1_000


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may ask for in the query string."""

    as_of: dt.date | None
    lists: frozenset[str] | None
    min_score: float | None
    top: int


class ScreenView(APIView):
    """Screen one party or up to a hundred against the lists that are active, or those in force on a day."""

    permission_classes = (HasScope(Scope.SCREEN),)

    @extend_schema(
        operation_id="screen",
        summary="Screen parties against the control lists",
        description='Send one Party, or `{"parties": [...]}` with up to 100; the answer has the same form. `min_score` and `top` '
        "only shorten `hits`; the verdict is decided before. No match is said only of the lists named in the answer.",
        request={"application/json": {"oneOf": [schemas.PARTY, schemas.PARTIES]}},
        responses={
            200: OpenApiResponse(
                {"oneOf": [schemas.SCREENED, schemas.SCREENED_MANY]}, "One answer, or one for each party in order."
            )
        },
        parameters=[
            OpenApiParameter("as_of", dt.date, description="Use the versions in force on this day."),
            OpenApiParameter("lists", str, description="Search only these lists, joined by commas."),
            OpenApiParameter("min_score", float, description="Show only hits from this score (0 to 100)."),
            OpenApiParameter("top", int, description=f"Most hits shown, {DEFAULT_TOP} if not given."),
        ],
        tags=["screening"],
    )
    def post(self, request: Request) -> Response:
        """Read, screen, answer."""
        if not isinstance(request.user, User) or not policy.can_screen_name(request.user):
            raise PermissionDenied("Your role does not screen parties.")
        own = request.user.organization_id
        options = read_options(request.query_params, own)
        taken = snapshot.current(own) if options.as_of is None else snapshot.at(options.as_of, own)
        # What a list of one's own making gives as its reasons is the desk's alone.
        hidden = frozenset() if policy.can_see_private_reasons(request.user) else queries.private_lists()
        body = request.data
        if isinstance(body, Mapping) and "parties" in body:
            return Response({"parties": [_screened(*one, options, taken, hidden) for one in read_parties(body)]})
        return Response(_screened(body, "party", "P1", options, taken, hidden))


def _screened(
    data: Any, where: str, made_id: str, options: Options, taken: snapshot.Snapshot, hidden: frozenset[str]
) -> dict[str, Any]:
    try:
        party = party_from_dict(data, where=where)
    except PartyError as error:
        raise Refused(error.code, error.detail) from error
    named = replace(party, id=party.id or made_id)
    found = answer(named, taken, lists=options.lists, min_score=options.min_score, top=options.top, owners=True)
    return without_private_reasons(found, hidden)


def read_parties(body: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """Party objects with their place and the id to use where none is given. Raises Refused."""
    unknown = sorted(set(map(str, body)) - {"parties"})
    if unknown:
        raise Refused("unknown_key", f"unknown key {unknown[0]!r} beside 'parties'")
    parties = body["parties"]
    if not isinstance(parties, list) or not parties:
        raise Refused("wrong_type", "parties must be a list of at least one Party object")
    if len(parties) > MAX_PARTIES:
        raise Refused("too_many", f"parties has {len(parties)} values; {MAX_PARTIES} at most in one call")
    given = [one.get("id") for one in parties if isinstance(one, Mapping)]
    ids = MadeIds(taken=(one for one in given if isinstance(one, str)))
    rows = []
    for position, one in enumerate(parties):
        own = one.get("id") if isinstance(one, Mapping) else None
        rows.append((one, f"parties[{position}]", ids.of(own if isinstance(own, str) else "")))
    return rows


def read_options(query: Mapping[str, str], organization_id: int | None) -> Options:
    """Options of the query string. Raises Refused naming the one that cannot be used."""
    unknown = sorted(set(query) - {"as_of", "lists", "min_score", "top"})
    if unknown:
        raise Refused("unknown_key", f"unknown parameter {unknown[0]!r}; known are as_of, lists, min_score, top")
    top = _number(query, "top", MAX_HITS)
    return Options(
        _date(query), _lists(query, organization_id), _number(query, "min_score", 100), DEFAULT_TOP if top is None else int(top)
    )


def _date(query: Mapping[str, str]) -> dt.date | None:
    if "as_of" not in query:
        return None
    try:
        return dt.date.fromisoformat(query["as_of"])
    except ValueError as error:
        raise Refused("bad_value", f"as_of: {query['as_of'][:40]!r} is not a date such as 2026-07-31") from error


def _lists(query: Mapping[str, str], organization_id: int | None) -> frozenset[str] | None:
    if "lists" not in query:
        return None
    wanted = frozenset(code.strip() for code in query["lists"].split(",") if code.strip())
    unknown = sorted(wanted - {code for code, _ in queries.known_lists(queries.lists_for(organization_id))})
    if unknown or not wanted:
        raise Refused("bad_value", f"lists: {(unknown or ['nothing'])[0][:40]!r} is no list known here")
    return wanted


def _number(query: Mapping[str, str], key: str, most: int) -> float | None:
    if key not in query:
        return None
    text = query[key]
    try:
        value = float(text)
    except ValueError as error:
        raise Refused("bad_value", f"{key}: {text[:40]!r} is not a number") from error
    if not 0 <= value <= most:
        raise Refused("bad_value", f"{key}: {text[:40]} does not lie between 0 and {most}")
    return value
