"""/healthz, /readyz and /metrics: who may ask, and what each answer rests on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from exportcheck import health
from exportcheck.accounts.models import User
from screening.models import ControlList, ListVersion

TOKEN = "the key of the prometheus server"


def active_list(code: str = "EL", *, custom: bool = False) -> ListVersion:
    """A list published ten days ago."""
    control_list, _ = ControlList.objects.get_or_create(code=code, defaults={"name": "a list", "custom": custom})
    return ListVersion.objects.create(
        control_list=control_list,
        number=900,
        state=ListVersion.State.ACTIVE,
        activated_at=timezone.now(),
        published_on=timezone.now().date() - dt.timedelta(days=10),
        current_on=timezone.now().date() - dt.timedelta(days=10),
        entries=3,
        file_name="el.csv",
        file_format="csl_csv",
        sha256="0" * 64,
    )


def test_the_probes_answer_anybody_on_any_host_without_tls(client: Client, settings: Settings, db: Any) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["exportcheck.example"], True
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200
    assert client.get("/readyz", headers={"host": "10.0.0.7"}).status_code == 200


def test_alive_asks_no_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"  # no `db` fixture: a query would raise


def test_ready_names_the_lists_that_answer(client: Client, db: Any) -> None:
    version = active_list()
    body = client.get("/readyz").json()
    assert body["migrations"] == "applied"
    line = next(line for line in body["lists"] if line["list"] == "EL")
    assert (line["version"], line["entries"], line["published_on"]) == (900, 3, str(version.published_on))


def test_a_list_of_the_installations_own_is_not_told_to_strangers(client: Client, db: Any) -> None:
    active_list()
    active_list("OURWATCH", custom=True)
    assert "OURWATCH" not in client.get("/readyz").content.decode()


def test_old_lists_do_not_make_it_unready(client: Client, db: Any) -> None:
    ListVersion.objects.filter(pk=active_list().pk).update(published_on=dt.date(2020, 1, 1))
    assert client.get("/readyz").status_code == 200


def test_a_database_behind_the_code_is_not_ready(client: Client, db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "unapplied", lambda: 2)
    found = client.get("/readyz")
    assert found.status_code == 503
    assert "2 not applied" in found.json()["migrations"]


def test_a_database_that_does_not_answer_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise OperationalError("connection refused: password of user exportcheck")

    monkeypatch.setattr(health, "unapplied", broken)
    found = client.get("/readyz")
    assert (found.status_code, found.json()) == (503, {"database": "does not answer"})


def test_metrics_with_the_key(client: Client, settings: Settings, db: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    active_list()
    text = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'exportcheck_list_age_days{list="EL"} 10.0' in text
    assert 'exportcheck_list_entries{list="EL"} 3.0' in text
    assert 'exportcheck_list_state{list="EL",state="current"} 1.0' in text
    assert 'exportcheck_list_state{list="EL",state="expired"} 0.0' in text
    assert 'exportcheck_checks{state="PENDING"} 0.0' in text
    assert 'exportcheck_matches{state="OPEN"} 0.0' in text
    assert "exportcheck_oldest_check_seconds 0.0" in text


@pytest.mark.parametrize(
    ("configured", "sent"),
    [
        (TOKEN, ""),
        (TOKEN, "Bearer wrong"),
        (TOKEN, "Bearer "),
        ("", "Bearer "),
        ("", "Bearer anything"),
        (TOKEN, f"Basic {TOKEN}"),
    ],
    ids=["no key", "a wrong key", "an empty key", "none configured, none sent", "none configured", "another scheme"],
)
def test_metrics_without_the_key(client: Client, settings: Settings, db: Any, configured: str, sent: str) -> None:
    settings.METRICS_TOKEN = configured
    assert client.get("/metrics", headers={"authorization": sent} if sent else {}).status_code == 401


def test_metrics_for_the_desk_and_not_for_exporters(client: Client, rita: User, alice: User) -> None:
    client.force_login(rita)
    assert client.get("/metrics").status_code == 200
    client.force_login(alice)
    assert client.get("/metrics").status_code == 403
