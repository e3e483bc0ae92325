"""Fetching a source: new, not new, broken, mirrored; and who switches it on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from exportcheck import leases
from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from screening import queries
from screening.lists import fetch_sources
from screening.lists.fetch_sources import Cadence, FetchSource, is_due
from screening.models import ControlList, ListSource, ListVersion, RefusedFile
from screening.services.activation import fetch as module
from screening.services.activation.fetch import due, fetch_source, set_source
from tests.screening.factories import REASON, csl, load, row, rows
from tests.screening.services.activation.publisher import Publisher, running
from tests.screening.services.activation.test_download import HERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """The consolidated list at one address, two addresses of a set, and a dated edition."""
    with running() as server:
        known = {
            "CSL": FetchSource("CSL", "the consolidated list", ("CSL",), (server.url("/csl.csv"),), Cadence.DAILY, "csl_csv"),
            "PAIR": FetchSource("PAIR", "two files", ("CSL",), (server.url("/one.csv"), server.url("/two.csv")), Cadence.DAILY),
            "DATED": FetchSource(
                "DATED",
                "an edition",
                ("CSL",),
                (server.url("/{date}/csl.csv"),),
                Cadence.DAILY,
                dated_by=server.url("/titles.json"),
            ),
            "LINKED": FetchSource(
                "LINKED",
                "a file under a name of the day",
                ("CSL",),
                (),
                Cadence.DAILY,
                linked_from=server.url("/lists/page"),
                link=fetch_sources.FETCH_SOURCES["DPL"].link,
            ),
        }
        monkeypatch.setattr(fetch_sources, "FETCH_SOURCES", known)
        monkeypatch.setattr(module, "rules", lambda: HERE)
        yield server


def give(publisher: Publisher, lines: list[dict[str, str]], path: str = "/csl.csv", tag: str = '"v1"') -> None:
    body = csl(lines).data
    publisher.answers[path] = lambda handler: (
        handler.plain(304, b"") if handler.headers["If-None-Match"] == tag else handler.plain(200, body, ETag=tag)
    )


def test_a_new_file_is_staged_and_not_activated(publisher: Publisher) -> None:
    give(publisher, rows(10))
    fetched = fetch_source(code="CSL")
    assert (fetched.state, [(one.list, one.state) for one in fetched.lists]) == ("staged", [("EL", "staged")])
    assert not queries.active_versions().exists()
    source = ListSource.objects.get()
    assert (source.error, source.leased_at, source.sha256 != "") == ("", None, True)
    assert ListVersion.objects.get().staged_label == "scheduled fetch"


def test_not_modified_moves_the_day_of_checking_only(publisher: Publisher) -> None:
    give(publisher, rows(10))
    fetch_source(code="CSL")
    ListVersion.objects.update(state="ACTIVE", activated_at=timezone.now())
    ControlList.objects.update(checked_at=None)
    assert fetch_source(code="CSL").state == "not_modified"
    assert ControlList.objects.get().checked_at is not None
    assert ListVersion.objects.get().current_on == timezone.now().date(), "the publisher says it today"


def test_while_a_newer_version_waits_the_list_is_not_called_checked(publisher: Publisher) -> None:
    load(rows(9))
    ControlList.objects.update(checked_at=None)
    give(publisher, rows(10))
    fetch_source(code="CSL")
    fetch_source(code="CSL")
    assert ControlList.objects.get().checked_at is None


def test_the_same_bytes_without_validators_are_no_new_version(publisher: Publisher) -> None:
    publisher.gives("/csl.csv", csl(rows(10)).data)
    assert fetch_source(code="CSL").state == "staged"
    assert fetch_source(code="CSL").state == "not_modified"


def test_a_failure_keeps_the_last_good_version_and_is_told_once(publisher: Publisher) -> None:
    load(rows(10))
    for _ in range(2):
        fetched = fetch_source(code="CSL")
        assert (fetched.state, fetched.good) == ("failed", False)
    assert "404" in ListSource.objects.get().error
    assert AuditEvent.objects.filter(action="list.fetch_failed").count() == 1
    assert queries.active_versions().get().number == 1


def test_a_refused_file_is_kept_once_and_stays_a_failure(publisher: Publisher) -> None:
    publisher.gives("/csl.csv", csl(rows(10)).data[:-40])
    first, second = fetch_source(code="CSL"), fetch_source(code="CSL")
    assert (first.good, second.good) == (False, False)
    assert RefusedFile.objects.count() == 1
    give(publisher, rows(10))
    assert fetch_source(code="CSL").good
    assert ListSource.objects.get().error == ""


@pytest.mark.parametrize(
    "said_since",
    [
        "Die Datei wurde abgewiesen.",  # somebody puts the sentence better
        "404 from the publisher",  # another failure came between
        "",
    ],
)
def test_why_a_file_was_refused_is_told_again_whatever_was_said_since(publisher: Publisher, said_since: str) -> None:
    publisher.gives("/csl.csv", csl(rows(10)).data[:-40])
    refused = fetch_source(code="CSL").lists[0].detail
    assert refused
    ListSource.objects.update(error=said_since)
    again = fetch_source(code="CSL")
    assert again.state == "failed"
    assert refused in again.detail
    assert refused in ListSource.objects.get().error


def test_a_good_file_ends_what_was_refused(publisher: Publisher) -> None:
    publisher.gives("/csl.csv", csl(rows(10)).data[:-40])
    fetch_source(code="CSL")
    assert ListSource.objects.get().refused_detail
    publisher.gives("/csl.csv", csl(rows(10)).data)
    fetch_source(code="CSL")
    row = ListSource.objects.get()
    assert (row.refused_sha256, row.refused_detail, row.error) == ("", "", "")


def test_a_refused_list_is_a_failure_of_the_source(publisher: Publisher) -> None:
    load(rows(10), day=timezone.now().date() - dt.timedelta(days=400))
    publisher.gives("/csl.csv", csl(rows(3)).data)
    fetched = fetch_source(code="CSL")
    assert not fetched.good
    assert "3 entries" in ListSource.objects.get().error


def test_of_a_set_all_files_are_taken_when_one_is_new(publisher: Publisher) -> None:
    give(publisher, rows(5), "/one.csv", '"a"')
    give(publisher, rows(3, "SDN"), "/two.csv", '"b"')
    assert {one.list for one in fetch_source(code="PAIR").lists} == {"EL", "SDN"}
    assert fetch_source(code="PAIR").state == "not_modified"
    give(publisher, rows(4, "SDN"), "/two.csv", '"c"')
    assert {one.list for one in fetch_source(code="PAIR").lists} == {"EL", "SDN"}


def test_a_set_with_a_missing_file_is_nothing(publisher: Publisher) -> None:
    give(publisher, rows(5), "/one.csv")
    assert fetch_source(code="PAIR").state == "failed"
    assert not ListVersion.objects.exists()


def test_the_newest_edition_is_asked_for_by_its_date(publisher: Publisher) -> None:
    titles = {"titles": [{"number": 14, "up_to_date_as_of": "2026-01-01"}, {"number": 15, "up_to_date_as_of": "2026-03-02"}]}
    publisher.gives("/titles.json", json.dumps(titles).encode(), Content_Type="application/json")
    give(publisher, rows(10), "/2026-03-02/csl.csv")
    assert fetch_source(code="DATED").state == "staged"


@pytest.mark.parametrize("body", [b"{}", b"[]", b"no json", b'{"titles": [{"number": 15, "up_to_date_as_of": "current"}]}'])
def test_an_edition_that_is_none_is_a_failure(publisher: Publisher, body: bytes) -> None:
    publisher.gives("/titles.json", body)
    assert "names none of title 15" in fetch_source(code="DATED").detail


def test_one_run_at_a_time(publisher: Publisher) -> None:
    give(publisher, rows(10))
    ListSource.objects.create(code="CSL", leased_at=timezone.now())
    assert fetch_source(code="CSL").state == "busy"
    ListSource.objects.update(leased_at=timezone.now() - dt.timedelta(hours=1))
    assert fetch_source(code="CSL").state == "staged"


def test_a_run_that_was_taken_over_keeps_nothing_of_its_own(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    give(publisher, rows(10))
    download = module.download

    def slow(*args: Any, **options: Any) -> Any:
        ListSource.objects.update(lease_token="another run's", leased_at=timezone.now())
        return download(*args, **options)

    monkeypatch.setattr(module, "download", slow)
    found = fetch_source(code="CSL")
    source = ListSource.objects.get()
    assert (found.state, source.sha256, source.error, source.lease_token) == ("busy", "", "", "another run's")
    assert not ListVersion.objects.exists()


def test_a_long_download_keeps_its_lease(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece that comes renews it, so that a slow line is not taken for a dead worker."""
    monkeypatch.setattr(leases, "RENEW_SECONDS", 0.0)
    give(publisher, rows(10))
    seen: list[dt.datetime] = []
    renew = leases.Lease.renew

    def noted(held: Any, *conditions: Any, **columns: Any) -> None:
        seen.append(timezone.now())
        renew(held, *conditions, **columns)

    monkeypatch.setattr(leases.Lease, "renew", noted)
    fetch_source(code="CSL")
    assert len(seen) >= 4, "before the question, with the answer, before staging, at the end"


def test_a_source_opened_for_it_is_activated_when_no_guard_spoke(publisher: Publisher, ada: User) -> None:
    set_source(actor=ada, code="CSL", enabled=True, auto_activate=True, reason="the publisher is reliable")
    give(publisher, rows(10))
    assert [(one.list, one.state) for one in fetch_source(code="CSL").lists] == [("EL", "active")]
    event = AuditEvent.objects.get(action="list.activated")
    assert event.actor_label == "scheduled fetch"


def test_a_source_opened_for_it_is_not_activated_when_a_guard_spoke(publisher: Publisher, ada: User) -> None:
    load([*rows(10), *rows(10, "SDN")], day=timezone.now().date() - dt.timedelta(days=30))
    set_source(actor=ada, code="CSL", enabled=True, auto_activate=True, reason="the publisher is reliable")
    publisher.gives("/csl.csv", csl([*rows(3), *rows(10, "SDN"), row("Umbrasol Sensors", "SDN", entity_number="99999")]).data)
    assert {(one.list, one.state) for one in fetch_source(code="CSL").lists} == {("EL", "refused"), ("SDN", "staged")}


def test_only_list_admins_switch_sources_and_say_why(publisher: Publisher, ada: User, rita: User) -> None:
    with pytest.raises(Refused):
        set_source(actor=rita, code="CSL", enabled=True, auto_activate=False, reason=REASON)
    with pytest.raises(Refused):
        set_source(actor=ada, code="CSL", enabled=True, auto_activate=False, reason="")
    with pytest.raises(Refused):
        set_source(actor=ada, code="XYZ", enabled=True, auto_activate=False, reason=REASON)
    load(rows(10))
    set_source(actor=ada, code="CSL", enabled=True, auto_activate=False, reason=REASON)
    assert ControlList.objects.get().cadence_hours == 24
    set_source(actor=ada, code="CSL", enabled=False, auto_activate=True, reason=REASON)
    assert (ControlList.objects.get().cadence_hours, ListSource.objects.get().auto_activate) == (720, False)


def test_a_source_is_off_until_it_is_switched_on(publisher: Publisher, ada: User) -> None:
    assert due(timezone.now()) == []
    set_source(actor=ada, code="CSL", enabled=True, auto_activate=False, reason=REASON)
    assert due(timezone.now()) == ["CSL"]
    give(publisher, rows(10))
    fetch_source(code="CSL")
    assert due(timezone.now()) == []
    assert due(timezone.now() + dt.timedelta(days=1)) == ["CSL"]


def at(text: str) -> dt.datetime:
    """A moment in Washington."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=fetch_sources.WASHINGTON)


DUE = [
    ("never asked", Cadence.SIX_HOURS_ON_WORKING_DAYS, None, "2026-03-07 12:00", True),
    ("six hours later on a Monday", Cadence.SIX_HOURS_ON_WORKING_DAYS, "2026-03-02 06:00", "2026-03-02 12:00", True),
    ("five hours later on a Monday", Cadence.SIX_HOURS_ON_WORKING_DAYS, "2026-03-02 07:00", "2026-03-02 12:00", False),
    ("six hours later on a Saturday", Cadence.SIX_HOURS_ON_WORKING_DAYS, "2026-03-07 06:00", "2026-03-07 12:00", False),
    ("the next morning before eight", Cadence.DAILY_AFTER_EIGHT, "2026-03-02 09:00", "2026-03-03 07:59", False),
    ("the next morning at eight", Cadence.DAILY_AFTER_EIGHT, "2026-03-02 09:00", "2026-03-03 08:00", True),
    ("asked early today, now after eight", Cadence.DAILY_AFTER_EIGHT, "2026-03-03 07:00", "2026-03-03 08:30", True),
    ("asked after eight today", Cadence.DAILY_AFTER_EIGHT, "2026-03-03 08:10", "2026-03-03 20:00", False),
    ("a day later", Cadence.DAILY, "2026-03-02 09:00", "2026-03-03 09:00", True),
    ("less than a day later", Cadence.DAILY, "2026-03-02 09:00", "2026-03-03 08:00", False),
]


@pytest.mark.parametrize(("cadence", "tried", "now", "expected"), [case[1:] for case in DUE], ids=[case[0] for case in DUE])
def test_when_a_publisher_is_asked(cadence: Cadence, tried: str | None, now: str, expected: bool) -> None:
    assert is_due(cadence, tried_at=at(tried) if tried else None, now=at(now)) is expected


def test_a_mirror_folder_takes_the_place_of_the_site(publisher: Publisher, settings: Any, tmp_path: Path) -> None:
    settings.LIST_MIRROR_DIR = str(tmp_path / "mirror")
    assert "no folder CSL" in fetch_source(code="CSL").detail
    folder = tmp_path / "mirror" / "CSL"
    folder.mkdir(parents=True)
    assert "is empty" in fetch_source(code="CSL").detail
    (folder / "consolidated.csv").write_bytes(csl(rows(10)).data)
    assert fetch_source(code="CSL").state == "staged"
    ListVersion.objects.update(state="ACTIVE", activated_at=timezone.now())
    assert fetch_source(code="CSL").state == "not_modified"
    assert publisher.asked == []
    current_on = ListVersion.objects.get().current_on
    assert current_on is None or current_on < timezone.now().date(), "what lies in a folder is of any day"


def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    out = StringIO()
    try:
        call_command("fetch_lists", *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), [json.loads(line) for line in out.getvalue().splitlines()]
    return 0, [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_asks_only_what_is_due_unless_told_once(publisher: Publisher) -> None:
    give(publisher, rows(10))
    assert run("CSL") == (0, [])
    code, lines = run("CSL", "--once")
    assert (code, lines[0]["source"], lines[0]["list"], lines[0]["state"]) == (0, "CSL", "EL", "staged")
    assert run("CSL", "--once") == (0, [{"source": "CSL", "state": "not_modified"}])


def test_the_command_says_what_failed_and_exits_3(publisher: Publisher) -> None:
    code, lines = run("CSL", "--once")
    assert (code, lines[0]["state"]) == (3, "failed")
    assert "404" in lines[0]["detail"]


def test_every_source_asks_only_hosts_on_the_list_by_https() -> None:
    for source in fetch_sources.FETCH_SOURCES.values():
        for url in (*source.urls, *filter(None, (source.dated_by, source.linked_from))):
            assert url.startswith("https://")
            assert url.split("/")[2] in fetch_sources.HOSTS


def test_the_newest_file_that_a_page_links_to_is_taken(publisher: Publisher) -> None:
    links = "".join(
        f'<li><a class="x" href="{to}">list</a>'
        for to in ("/files/dpl_12312025.csv", "/files/dpl_04142026.csv", "/files/dpl_02012026.csv?v=1", "/dpl-help.pdf")
    )
    publisher.gives("/lists/page", f"<html><body><ul>{links}</ul></body></html>".encode())
    publisher.gives("/files/dpl_04142026.csv", csl(rows(10)).data)
    assert fetch_source(code="LINKED").state == "staged"
    assert ListVersion.objects.get().file_name == "dpl_04142026.csv"
    publisher.gives("/lists/page", b"<html>moved</html>")
    assert "links to no file of the list" in fetch_source(code="LINKED").detail


def test_a_source_nobody_knows_is_told(publisher: Publisher) -> None:
    with pytest.raises(CommandError, match="XYZ is no source"):
        run("XYZ", "--once")
