"""The OpenAPI description: served to those who are signed in, and it names tokens and errors."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from exportcheck.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(settings: Any, alice: User) -> APIClient:
    """Alice, at the real URLs."""
    settings.ROOT_URLCONF = "exportcheck.urls"
    client = APIClient()
    client.force_login(alice)
    return client


def test_it_is_openapi_3_1_and_names_tokens_and_errors(reader: APIClient) -> None:
    answer = reader.get("/api/v1/schema/?format=json")
    assert answer.status_code == 200
    schema = answer.json()
    assert schema["openapi"].startswith("3.1")
    assert schema["components"]["schemas"]["Problem"]["required"][0] == "type"
    for path, calls in schema["paths"].items():
        assert path.startswith("/api/v1/")
        for call in calls.values():
            assert {"token": []} in call["security"], path
            assert "application/problem+json" in call["responses"]["401"]["content"], path


def test_the_page_of_it_needs_no_exception_of_the_policy(reader: APIClient) -> None:
    answer = reader.get("/api/v1/docs/")
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "http" not in answer.content.decode().split("<body", 1)[1].replace("http-equiv", "")
