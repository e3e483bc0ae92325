"""Programs with tokens, and lists to check against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from exportcheck.accounts.models import User
from exportcheck.accounts.scopes import Scope
from exportcheck.accounts.services import issue_token
from tests import people
from tests.licenses.factories import load_lists
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
Programs = Callable[..., APIClient]


@pytest.fixture
def lists(db: Any, own_folders: None) -> None:
    """Six entries of four lists, active."""
    load_lists()


@pytest.fixture
def program(db: Any) -> Programs:
    """Makes a program: `program(Scope.PRECHECK)` of alice's organization, `by=mallory()` of hers."""

    def made(*scopes: Scope, by: User | None = None) -> APIClient:
        client = APIClient()
        admin = by or people.erin()
        until = timezone.now() + dt.timedelta(days=30)
        assert admin.organization is not None
        _, key = issue_token(actor=admin, organization=admin.organization, name="program", scopes=scopes, expires_at=until)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
        return client

    return made
