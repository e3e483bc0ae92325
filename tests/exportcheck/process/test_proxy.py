"""Behind a TLS proxy: lock-outs go by the address of the client, and nobody chooses his own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from axes.helpers import get_client_ip_address
from django.http import HttpResponse
from django.test import Client, RequestFactory

from exportcheck.accounts.models import User
from exportcheck.process.proxy import ClientAddressMiddleware

ROOT = Path(__file__).resolve().parents[3]
MIDDLEWARE = "exportcheck.process.proxy.ClientAddressMiddleware"
PROXY = "10.0.0.2"


@pytest.mark.parametrize(
    ("header", "seen"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:51234", "203.0.113.9"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("", PROXY),
        ("unknown", PROXY),
        ("203.0.113.9, ", PROXY),
    ],
)
def test_the_last_address_is_the_one_the_proxy_saw(header: str, seen: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": header}, REMOTE_ADDR=PROXY)
    ClientAddressMiddleware(lambda _: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == seen
    assert get_client_ip_address(request) == seen, "what django-axes locks"


@pytest.mark.django_db
def test_a_guesser_locks_himself_out_and_nobody_else(settings: Any, alice: User) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    settings.MIDDLEWARE = [MIDDLEWARE, *settings.MIDDLEWARE]

    def status(address: str) -> int:
        return (
            Client()
            .post(
                "/accounts/login/",
                {"login": alice.email, "password": "wrong"},
                headers={"x-forwarded-for": address},
                REMOTE_ADDR=PROXY,
            )
            .status_code
        )

    # The first part of the header is the guesser's own invention, another one each time.
    codes = [status(f"198.51.100.{number}, 203.0.113.9") for number in range(4)]
    assert codes[-1] == 429
    assert status("203.0.113.50") == 200, "the same name from another address may try"


@pytest.mark.parametrize("on", ["0", "1"])
def test_the_switch_puts_it_first(on: str, tmp_path: Path) -> None:
    code = f"from django.conf import settings; print(settings.MIDDLEWARE[0] == {MIDDLEWARE!r})"
    environment = {
        "DJANGO_SETTINGS_MODULE": "exportcheck.settings",
        "DEBUG": "0",
        "SECRET_KEY": "for this test only" * 3,
        "MAIL_TO_LOG": "1",
    }
    environment |= {
        "ALLOWED_HOSTS": "a.example",
        "SITE_URL": "https://a.example",
        "VAR_DIR": str(tmp_path),
        "BEHIND_TLS_PROXY": on,
    }
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == str(on == "1")
