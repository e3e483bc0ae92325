"""What every test may ask for: the shared data folder when it is there, the people of tests/people.py, a locked audit log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase

from exportcheck.accounts.models import User
from tests import audit_lock, people

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def pytest_configure() -> None:
    """Hashing a password takes a tenth of a second by design; tests make hundreds of people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real lists and development sets beside the checkout; a clone without it skips and says so."""
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_audit_lock() -> Iterator[None]:
    """Tests that commit end with a flush, which the triggers of the audit log refuse: take them away around it, and put
    back what migrations had filled in. Production code has no such switch."""
    roles = import_module("exportcheck.accounts.migrations.0002_roles")
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django's hook has no public name

    def unlocked(case: TransactionTestCase) -> None:
        audit_lock.unlock()
        try:
            flush(case)
        finally:
            audit_lock.lock()
        roles.add_roles(apps, connection.schema_editor())

    TransactionTestCase._fixture_teardown = unlocked  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rates, lockouts and the standing of the lists are cached; no test sees another one's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """Signs a person in without the login page: `sign_in(alice).get("/")`."""

    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def alice(db: Any) -> User:
    """Exporter."""
    return people.alice()


@pytest.fixture
def bob(db: Any) -> User:
    """Exporter, same organization as alice."""
    return people.bob()


@pytest.fixture
def erin(db: Any) -> User:
    """Exporter admin, same organization as alice."""
    return people.erin()


@pytest.fixture
def mallory(db: Any) -> User:
    """Exporter admin of another organization."""
    return people.mallory()


@pytest.fixture
def rita(db: Any) -> User:
    """Reviewer."""
    return people.rita()


@pytest.fixture
def sam(db: Any) -> User:
    """Senior reviewer."""
    return people.sam()


@pytest.fixture
def ada(db: Any) -> User:
    """List admin."""
    return people.ada()


@pytest.fixture
def abe(db: Any) -> User:
    """The other list admin."""
    return people.abe()


@pytest.fixture
def otto(db: Any) -> User:
    """Auditor."""
    return people.otto()


@pytest.fixture
def root(db: Any) -> User:
    """System admin."""
    return people.root()
