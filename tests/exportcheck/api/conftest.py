"""A client that carries an API token of alice's organization."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from exportcheck.accounts.models import User
from exportcheck.accounts.scopes import Scope
from tests.exportcheck.accounts.test_tokens import make


@pytest.fixture
def key(erin: User) -> str:
    """A token that may screen."""
    return make(erin, scopes=(Scope.SCREEN,))[1]


@pytest.fixture
def program(key: str) -> APIClient:
    """A program with that token."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return client


@pytest.fixture(autouse=True)
def small_api(settings: Any) -> None:
    """The URLs of tests/exportcheck/api/views.py."""
    settings.ROOT_URLCONF = "tests.exportcheck.api.views"
