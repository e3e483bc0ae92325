"""Web, worker and beat as they are served: a check and a decision over real HTTP, with real Celery between them."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tests import people
from tests.flows.conftest import rows
from tests.installation import Installation, free_port, until
from tests.licenses.factories import REASON, TEST_HOUSE

pytestmark = pytest.mark.broker


class Visitor:
    """A browser without JavaScript: keeps cookies, sends the token of the page it looks at."""

    def __init__(self, site: str, email: str) -> None:
        self.site = site
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        self.page = self.get("/accounts/login/")
        self.post("/accounts/login/", login=email, password=people.PASSWORD)
        assert "/accounts/login/" not in self.at, self.page[:2000]

    def get(self, path: str) -> str:
        """Text of a page."""
        with self.open(self.site + path, timeout=30) as answer:
            self.at, self.page = answer.url, answer.read().decode()
        return self.page

    def post(self, path: str, **data: object) -> str:
        """Send a form with the token of the last page, and follow where it leads."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        assert token, self.page[:2000]
        body = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": token[1]}).encode()
        request = urllib.request.Request(self.site + path, body, {"Referer": self.site + path})  # noqa: S310 - our own server
        with self.open(request, timeout=30) as answer:
            self.at, self.page = answer.url, answer.read().decode()
        return self.page


def test_a_check_and_a_decision_with_everything_running(prepared: Installation) -> None:
    port = free_port()
    prepared.start("up", "--port", str(port), "--workers", "1")
    until(lambda: "ExportCheck answers at" in prepared.log(), seconds=60, what=prepared.log)
    site = f"http://127.0.0.1:{port}"
    alice = Visitor(site, people_email("alice"))
    alice.get("/")
    alice.post("/applications/sample/")
    reference = re.search(r"EX-\d{4}-\d{5}", alice.at)
    assert reference, alice.at
    result = f"/applications/{reference[0]}/"
    alice.get(result)
    alice.post(f"{result}check/")
    until(lambda: "License required" in alice.get(result), seconds=60, what=prepared.log)
    assert TEST_HOUSE in alice.page
    flag = rows(prepared, "SELECT id FROM licenses_flag WHERE code = 'LIST_EL'")[0][0]
    rita = Visitor(site, people_email("rita"))
    rita.get(f"/desk/licenses/flag/{flag}/change/")
    rita.post(
        f"/desk/licenses/flag/{flag}/decide/",
        disposition="true_match",
        reason_code="CONFIRMED_BY_DOCUMENT",
        reason=REASON,
        scope="application",
    )
    done = "SELECT count(*) FROM licenses_checkreport WHERE state = 'DONE'"
    until(lambda: rows(prepared, done) == [(2,)], seconds=60, what=prepared.log)
    assert rows(prepared, f"SELECT state, disposition FROM licenses_flag WHERE id = {flag}") == [("DISPOSED", "true_match")]  # noqa: S608
    assert "License required" in alice.get(result)


def people_email(name: str) -> str:
    """Address of a test person."""
    return f"{name}@example.com"
