"""A new engine: every live party is screened again, decisions live on only where the score means the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from exportcheck.accounts.models import Organization, User
from exportcheck.audit.models import AuditEvent
from screening import queries, tasks
from screening.models import EngineRescreen, Match, ScreenedParty, ScreeningRun
from screening.services.matches.resolve import resolve_match
from screening.services.parties import snapshot
from screening.services.parties.engine_info import ENGINE_VERSION, engine_major
from screening.services.screening import engine_change as module
from screening.services.screening.engine_change import rescreen_for_engine
from screening.services.screening.rescreen import rescreen
from tests.screening.factories import LATER, check, load, party, row, rows

pytestmark = pytest.mark.django_db
NAME = "Zarvonik Microsystems"


@pytest.fixture
def acme() -> Organization:
    load(rows(10))
    return Organization.objects.create(name="Acme Semiconductors")


def screened_by_an_older_engine(acme: Organization, *names: str) -> None:
    for number, name in enumerate(names, 1):
        check(party(name), organization=acme, part=f"P{number}")
    ScreenedParty.objects.update(engine_major=0)
    ScreeningRun.objects.update(engine="0.9")


def test_a_check_of_today_stamps_a_party_and_one_of_the_past_does_not(acme: Organization) -> None:
    today, _ = check(party(), organization=acme)
    assert today.engine_major == engine_major()
    past, _ = check(party("Quelbrant Photonics"), organization=acme, case="application:X", part="P2", snapshot=snapshot.at(LATER))
    assert past.engine_major == 0
    assert list(queries.parties_of_older_engine(engine_major())) == [past]


def test_everybody_is_screened_again_once(acme: Organization) -> None:
    screened_by_an_older_engine(acme, NAME, "Perfectly Ordinary Bakery")
    Match.objects.all().delete()  # the older engine had not found it
    assert rescreen_for_engine() == 2
    match = Match.objects.get()
    assert (match.party.facts["name"], match.state, match.run.kind) == (NAME, "OPEN", "engine")
    assert (match.run.engine, match.run.versions) == (ENGINE_VERSION, {"EL": 1})
    assert rescreen_for_engine() == 0
    assert queries.engine_progress()["waiting"] == 0
    assert AuditEvent.objects.get(action="engine.rescreened").body == {"engine": ENGINE_VERSION, "parties": 2}
    assert AuditEvent.objects.get(action="party.rescreened").body["found"] == [f"application:EX-2026-00001:P1 ~ {NAME}"]


def test_parties_that_are_no_longer_live_are_left(acme: Organization) -> None:
    screened_by_an_older_engine(acme, NAME)
    ScreenedParty.objects.update(live=False)
    assert module.engine_change() is None
    assert rescreen_for_engine() == 0


@pytest.mark.parametrize(
    ("score", "band", "state"),
    [(None, "strong", "RESOLVED"), (20.0, "strong", "REOPENED"), (None, "possible", "REOPENED")],
    ids=["the score means the same", "the score moved", "the band moved"],
)
def test_a_decision_lives_on_while_the_score_means_the_same(
    acme: Organization, rita: User, score: float | None, band: str, state: str
) -> None:
    screened_by_an_older_engine(acme, NAME)
    now = Match.objects.get().score
    resolve_match(
        actor=rita,
        match_id=Match.objects.get().pk,
        disposition="false_positive",
        reason_code="DIFFERENT_ADDRESS",
        reason="another address and another registration number",
        two_people=False,
    )
    Match.objects.update(score=now - 2.0 if score is None else score, band=band)
    rescreen_for_engine()
    match = Match.objects.get()
    assert match.state == state
    if state == "REOPENED":
        assert (match.score, match.band, match.clearance) == (now, "strong", None)
        assert match.reopened_because.startswith(f"Engine {ENGINE_VERSION} scores this pair {now} (strong); engine 0.9 said")
        assert Match.objects.get(touched_at__gt=match.created_at) == match


def test_what_this_engine_no_longer_finds_is_gone(acme: Organization) -> None:
    screened_by_an_older_engine(acme, NAME)
    ScreenedParty.objects.update(facts={"name": "Perfectly Ordinary Bakery", "role": "end_user"})
    rescreen_for_engine()
    match = Match.objects.get()
    assert match.gone_at is not None
    assert match.reopened_because == f"Engine {ENGINE_VERSION} no longer finds this pair."


def test_a_party_is_known_by_the_fingerprint_of_this_engine(acme: Organization) -> None:
    screened_by_an_older_engine(acme, NAME)
    made = ScreenedParty.objects.get().fingerprint
    ScreenedParty.objects.update(fingerprint="0" * 64)
    rescreen_for_engine()
    assert ScreenedParty.objects.get().fingerprint == made


class KilledError(BaseException):
    """A worker that dies."""


def test_killed_in_the_middle_the_next_worker_does_the_rest(
    acme: Organization, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    screened_by_an_older_engine(acme, *[NAME] * 5)
    monkeypatch.setattr(module, "BATCH", 2)
    original, seen = module._save_batch, []

    def save(*args: Any) -> None:
        seen.append(args)
        if len(seen) == 2:
            raise KilledError
        original(*args)

    with monkeypatch.context() as dying:
        dying.setattr(module, "_save_batch", save)
        with pytest.raises(KilledError):
            rescreen_for_engine()
    assert queries.engine_progress()["waiting"] == 3
    assert rescreen_for_engine() == 0  # leased a moment ago
    EngineRescreen.objects.update(leased_at=timezone.now() - dt.timedelta(seconds=settings.CLAIM_EXPIRES_SECONDS + 1))
    assert rescreen_for_engine() == 3
    assert Match.objects.filter(gone_at__isnull=True).count() == 5
    assert EngineRescreen.objects.get().finished_at is not None


def test_a_lists_rescreening_comes_first(acme: Organization) -> None:
    screened_by_an_older_engine(acme, NAME)
    version = load([*rows(10)[1:], row(NAME, addresses="2 Canal Road, Shenzhen, CN")], day=LATER)[0]
    assert rescreen_for_engine() == 0
    rescreen(version_id=version.pk)
    assert "changed the entry" in Match.objects.get(gone_at__isnull=False).reopened_because
    assert rescreen_for_engine() == 1


def test_a_list_activated_meanwhile_ends_the_batch(acme: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    screened_by_an_older_engine(acme, NAME)
    original = module.screened_sequence

    def slow(*args: Any) -> Any:
        load([*rows(10), row("Umbrasol Sensors")], day=LATER)
        return original(*args)

    monkeypatch.setattr(module, "screened_sequence", slow)
    assert rescreen_for_engine() == 0
    assert EngineRescreen.objects.get().leased_at is None
    assert queries.engine_progress()["waiting"] == 1


def test_beat_offers_it_and_the_command_does_it(
    acme: Organization, nudged: list[Any], django_capture_on_commit_callbacks: Any, capsys: Any
) -> None:
    screened_by_an_older_engine(acme, NAME)
    nudged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.engine_due()
    assert nudged == [("screening.tasks.rescreen_engine", ())]
    call_command("rescreen_engine")
    assert "1 parties screened, 0 still wait" in capsys.readouterr().out
    nudged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.engine_due()
    assert nudged == []


def test_it_is_seen_on_the_desk_and_by_machines(acme: Organization, ada: User, sign_in: Any) -> None:
    screened_by_an_older_engine(acme, NAME)
    client: Client = sign_in(ada)
    waiting = "1 of 1 parties still wait to be screened by it"
    assert waiting in client.get("/desk/screening/controllist/").content.decode()
    assert Client().get("/readyz").json()["engine"] == {"version": ENGINE_VERSION, "parties_screened_by_it": False}
    rescreen_for_engine()
    assert waiting not in client.get("/desk/screening/controllist/").content.decode()
    assert Client().get("/readyz").json()["engine"]["parties_screened_by_it"] is True
