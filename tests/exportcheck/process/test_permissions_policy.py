"""No page uses a device of the reader's."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/api/v1/screen", "/nowhere/", "/static/img/favicon.svg"])
def test_every_answer_forbids_devices(address: str, client: Client) -> None:
    header = client.get(address).headers["Permissions-Policy"]
    assert "camera=()" in header
    assert "geolocation=()" in header
