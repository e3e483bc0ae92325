"""Every call of the API: the scope a key needs for it, and the row of the table that the person behind it needs."""

from __future__ import annotations

from dataclasses import dataclass

from exportcheck.accounts.scopes import Scope
from tests.licenses.factories import clean_line
from tests.permissions import table as t
from tests.permissions.endpoints import Args, Data, fixed, of, under
from tests.permissions.table import Act

CASE = {"eccn": "EAR99", "destination": "DE"}


@dataclass(frozen=True, slots=True)
class ApiDoor:
    """One call of the API with the scope that a token needs; who of the people may is `act`. No scope: any living token."""

    name: str
    method: str
    act: Act
    scope: Scope | None
    args: Args = lambda _: ()
    body: Data | None = None
    theirs: bool = False
    headers: Data = lambda _: {}
    leaves: str = ""


PRECHECKED = {"name": "Zarvonik Microsystems", "country": "CN"}
API = (
    ApiDoor("api_screen", "POST", t.CHECK, Scope.SCREEN, body=fixed(**PRECHECKED)),
    ApiDoor("api_determine", "POST", t.CHECK, Scope.DETERMINE, body=lambda _: CASE),
    ApiDoor("api_precheck", "POST", t.CHECK, Scope.PRECHECK, body=lambda _: clean_line()),
    ApiDoor("api_applications", "GET", t.SIGNED_IN_OR_TOKEN, Scope.APPLICATIONS_READ),
    ApiDoor("api_applications", "POST", t.EDIT, Scope.APPLICATIONS_WRITE, body=lambda _: clean_line(), leaves="event"),
    ApiDoor("api_application", "GET", t.HITS, Scope.APPLICATIONS_READ, of("review"), theirs=True),
    ApiDoor(
        "api_application", "PATCH", t.EDIT, Scope.APPLICATIONS_WRITE, of("draft"), fixed(title="Other"), theirs=True,
        headers=lambda w: {"If-Match": f'"{w.lock(w.draft)}"'}, leaves="event",
    ),
    ApiDoor("api_application_check", "POST", t.CHECK, Scope.APPLICATIONS_WRITE, of("draft"), theirs=True, leaves="event"),
    ApiDoor("api_application_latest_report", "GET", t.HITS, Scope.APPLICATIONS_READ, of("review"), theirs=True),
    ApiDoor("api_application_report", "GET", t.HITS, Scope.APPLICATIONS_READ, under("review", 1), theirs=True),
    ApiDoor("api_schema", "GET", t.SIGNED_IN_OR_TOKEN, None),
    ApiDoor("api_docs", "GET", t.SIGNED_IN_OR_TOKEN, None),
)  # fmt: skip
"""Every call of the API."""
