"""The evidence pack stands on its own: a checker without this product finds it sound, and finds what was changed."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.models import LicenseApplication, Message
from licenses.output import packs, pdf
from licenses.output.packs import Pack, build_pack, export_own_pack, export_pack
from licenses.output.pdf import PdfMissing
from licenses.services.checks.requests import submit_for_check
from licenses.services.drafting.documents import add_document
from licenses.services.evidence.pack import collect_evidence
from licenses.services.review.concerns_and_notes import write_note
from tests.licenses.factories import REASON, checked, done, draft, listed_line, load_lists, open_flag, settle
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)
SignIn = Callable[[User], Client]


@pytest.fixture
def application(alice: User, rita: User, sam: User, own_folders: None) -> LicenseApplication:
    """Checked, with a paper, a hit settled by two people, and a note of the desk."""
    load_lists()
    found = draft(alice, listed_line())
    paper = SimpleUploadedFile("statement.pdf", b"%PDF-1.4 the statement")
    add_document(actor=alice, application_id=found.pk, kind="other", title="Statement", upload=paper)
    checked(alice, listed_line())  # another case of the organization, whose events stand between
    submit_for_check(actor=alice, application_id=found.pk)
    found = done(found)
    settle(open_flag(found), by=rita, second=sam)
    write_note(actor=rita, application_id=found.pk, text="An internal word about the test house.")
    return found


def verified(where: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """The shipped checker, run as an auditor runs it: no environment, no network, only Python."""
    script = folder / "verify_pack.py"
    return subprocess.run(
        [sys.executable, "-I", str(script), str(where)], capture_output=True, text=True, timeout=60, check=False
    )


def unpacked(pack: Pack, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(pack.data)) as archive:
        archive.extractall(folder)
    return folder


def change_body(folder: Path) -> str:
    rows = [json.loads(line) for line in (folder / "chain.jsonl").read_text().splitlines()]
    row = next(row for row in rows if row.get("body"))
    row["body"]["reason"] = "something else"
    (folder / "chain.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return "content was changed"


def change_actor(folder: Path) -> str:
    rows = [json.loads(line) for line in (folder / "chain.jsonl").read_text().splitlines()]
    rows[-1]["envelope"]["actor_label"] = "somebody@example.com"
    (folder / "chain.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return "who, when, what or where was changed"


def drop_event(folder: Path) -> str:
    lines = (folder / "chain.jsonl").read_text().splitlines()
    (folder / "chain.jsonl").write_text("\n".join([lines[0], *lines[2:]]) + "\n")
    return "one is missing"


def change_revision(folder: Path) -> str:
    said = json.loads((folder / "evidence.json").read_text())
    said["revisions"][0]["content"]["parties"][1]["name"] = "Somebody Else"
    (folder / "evidence.json").write_text(json.dumps(said))
    return "revision 1 was changed"


def change_paper(folder: Path) -> str:
    paper = next((folder / "documents").iterdir())
    paper.write_bytes(b"%PDF-1.4 another statement")
    return "is not the one that was attached"


def seal_event(folder: Path) -> str:
    rows = [json.loads(line) for line in (folder / "chain.jsonl").read_text().splitlines()]
    kept = ("chain", "seq", "previous", "hash")
    rows[0] = {**{key: rows[0][key] for key in kept}, "sealed": True}
    (folder / "chain.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return "is sealed, which it is in an exporter's own pack only"


def add_file(folder: Path) -> str:
    (folder / "more.txt").write_text("slipped in")
    return "not named in the manifest"


def drop_file(folder: Path) -> str:
    (folder / "evidence.html").unlink()
    return "is missing"


TAMPERING = [change_body, change_actor, seal_event, drop_event, change_revision, change_paper, add_file, drop_file]


def test_the_pack_is_found_sound_by_its_own_checker_and_every_tampering_is_found(
    application: LicenseApplication, otto: User, tmp_path: Path
) -> None:
    pack = export_pack(actor=otto, application_id=application.pk, at=NOON)
    whole = tmp_path / pack.name
    whole.write_bytes(pack.data)
    folder = unpacked(pack, tmp_path / "pack")
    for where in (whole, folder):
        found = verified(where, folder)
        assert (found.returncode, "Sound" in found.stdout, found.stderr) == (0, True, ""), found.stdout
        assert pack.manifest_sha256 in found.stdout
    for number, tamper in enumerate(TAMPERING):
        copy = unpacked(pack, tmp_path / f"tampered-{number}")
        words = tamper(copy)
        found = verified(copy, folder)
        assert found.returncode == 1, tamper.__name__
        assert words in found.stdout, tamper.__name__
    (tmp_path / "nothing").mkdir()
    assert verified(tmp_path / "nothing", folder).returncode == 2


def test_the_pack_holds_what_an_auditor_asks_for_and_the_export_is_recorded(application: LicenseApplication, otto: User) -> None:
    pack = export_pack(actor=otto, application_id=application.pk, at=NOON)
    with zipfile.ZipFile(io.BytesIO(pack.data)) as archive:
        said = json.loads(archive.read("evidence.json"))
        chain = [json.loads(line) for line in archive.read("chain.jsonl").splitlines()]
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.read("evidence.pdf").startswith(b"%PDF-")
    assert said["application"]["reference"] == application.reference
    assert said["lists"][0].keys() >= {"version", "published_on", "entries", "activated_at"}
    assert [row["list"] for row in said["candidates"]] == ["EL"]
    decision = next(flag for flag in said["flags"] if flag["code"] == "LIST_EL")["decisions"][0]
    assert (decision["proposed_by"], decision["decided_by"]) == ("rita@example.com", "sam@example.com")
    assert said["messages"][0]["internal"] is True
    assert said["documents"][0]["sha256"] in {row["sha256"] for row in manifest["files"]}
    assert said["checks"][0]["replay"]["same"] is True
    others = [row for row in chain if row.get("withheld")]
    assert others, "events of the other case stand between"
    assert all("body" not in row and "salt" not in row for row in others)
    event = AuditEvent.objects.get(action="evidence.exported")
    assert (event.actor, event.body["sha256"]) == (otto, pack.manifest_sha256)


def test_the_same_evidence_gives_the_same_bytes_but_for_the_time(application: LicenseApplication, otto: User) -> None:
    evidence = collect_evidence(actor=otto, application_id=application.pk)
    assert build_pack(evidence, NOON).data == build_pack(evidence, NOON).data
    later = build_pack(evidence, NOON + dt.timedelta(days=1))
    first, second = (zipfile.ZipFile(io.BytesIO(pack.data)) for pack in (build_pack(evidence, NOON), later))
    differing = [name for name in first.namelist() if first.read(name) != second.read(name)]
    assert differing == ["manifest.json"]


def test_a_pack_without_the_pdf_library_says_so(
    application: LicenseApplication, otto: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(page: str) -> bytes:
        raise PdfMissing("cannot load library 'pango'")

    monkeypatch.setattr(packs, "pdf_of", missing)
    pack = export_pack(actor=otto, application_id=application.pk, at=NOON)
    with zipfile.ZipFile(io.BytesIO(pack.data)) as archive:
        assert "evidence.pdf" not in archive.namelist()
        assert "evidence.html" in archive.namelist()
        assert "Pango" in json.loads(archive.read("manifest.json"))["notes"][0]


@pytest.mark.parametrize("name", ["alice", "mallory", "ada", "root"])
def test_only_the_desk_takes_packs_out(name: str, request: pytest.FixtureRequest, application: LicenseApplication) -> None:
    with pytest.raises(Refused) as refusal:
        export_pack(actor=request.getfixturevalue(name), application_id=application.pk, at=NOON)
    assert refusal.value.code == "not_allowed"
    assert not AuditEvent.objects.filter(action="evidence.exported").exists()


def test_the_button_of_the_desk_hands_it_out_by_post_only(
    application: LicenseApplication, rita: User, alice: User, sign_in: SignIn
) -> None:
    url = reverse("desk:licenses_licenseapplication_evidence", args=(application.pk,))
    client = sign_in(rita)
    assert client.get(url).status_code == 403
    answer = client.post(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert sign_in(alice).post(url).status_code in (302, 403)


def test_the_exporters_own_pack_is_sound_and_tells_nothing_of_the_desk(
    application: LicenseApplication, alice: User, rita: User, tmp_path: Path, sign_in: SignIn
) -> None:
    url = reverse("evidence", args=(application.reference,))
    client = sign_in(alice)
    assert client.get(url).status_code == 405
    assert f'action="{url}"' in client.get(reverse("packet", args=(application.reference,))).content.decode()
    answer = client.post(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    whole = tmp_path / "own.zip"
    whole.write_bytes(answer.content)
    with zipfile.ZipFile(whole) as archive:
        archive.extractall(tmp_path / "pack")
        everything = "\n".join(archive.read(name).decode() for name in archive.namelist() if not name.endswith(".pdf"))
    found = verified(whole, tmp_path / "pack")
    assert (found.returncode, found.stderr) == (0, ""), found.stdout
    note = Message.objects.get(internal=True)
    for secret in (note.text, REASON, "rita@example.com", "sam@example.com", "flag.proposed", "note.written"):
        assert secret not in everything, secret
    said = json.loads((tmp_path / "pack" / "evidence.json").read_text())
    assert not said.keys() & {"candidates", "flags", "stops"}
    assert said["checks"][0]["result"]["parties"][1]["hits"][0]["list"] == "EL"
    assert {row["by"] for row in said["timeline"]} == {"alice@example.com"}
    assert {"application.created", "document.added", "check.asked"} <= {row["action"] for row in said["timeline"]}
    assert AuditEvent.objects.get(action="evidence.exported").body["what"] == "own evidence pack"


@pytest.mark.parametrize(("name", "status"), [("mallory", 404), ("rita", 403), ("otto", 403)])
def test_others_take_out_no_exporters_pack(
    name: str, status: int, request: pytest.FixtureRequest, application: LicenseApplication, sign_in: SignIn
) -> None:
    answer = sign_in(request.getfixturevalue(name)).post(reverse("evidence", args=(application.reference,)))
    assert answer.status_code == status
    assert not AuditEvent.objects.filter(action="evidence.exported").exists()


def test_a_broken_link_between_sealed_events_is_found(application: LicenseApplication, alice: User, tmp_path: Path) -> None:
    pack = export_own_pack(actor=alice, application_id=application.pk, at=NOON)
    folder = unpacked(pack, tmp_path / "own")
    rows = [json.loads(line) for line in (folder / "chain.jsonl").read_text().splitlines()]
    sealed = next(row for row in rows if row.get("sealed"))
    sealed["hash"] = "0" * 64
    (folder / "chain.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = verified(folder, folder)
    assert found.returncode == 1
    assert "does not continue the event before it" in found.stdout


def test_the_packet_tells_the_blocks_and_nothing_of_the_desk(
    application: LicenseApplication, alice: User, mallory: User, sign_in: SignIn
) -> None:
    client = sign_in(alice)
    page = client.get(reverse("packet", args=(application.reference,))).content.decode()
    for words in ("Ultimate consignee", "SJ Semiconductor (Jiangyin) Corp.", "Statement", "14500", "Frozen as revision"):
        assert words in page
    note = Message.objects.get(internal=True)
    for secret in (note.text, "Compared name, address", "rita@example.com"):
        assert secret not in page
    pdf = client.get(reverse("packet_pdf", args=(application.reference,)))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    stranger = sign_in(mallory)
    for name in ("packet", "packet_pdf", "packet_json"):
        assert stranger.get(reverse(name, args=(application.reference,))).status_code == 404


def test_the_packet_holds_the_screening_of_what_it_says_and_is_the_same_bytes_again(
    application: LicenseApplication, alice: User, sign_in: SignIn
) -> None:
    client = sign_in(alice)
    for name in ("packet_json", "packet_pdf"):
        url = reverse(name, args=(application.reference,))
        first = client.get(url).content
        with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
            assert client.get(url).content == first, name
    said = client.get(reverse("packet_json", args=(application.reference,))).json()
    assert said["check"]["result"]["parties"][1]["hits"][0]["list"] == "EL"
    assert said["blocks"][0]["block"] == "1"
    assert "Entity List" in client.get(reverse("packet", args=(application.reference,))).content.decode()


def test_a_check_of_other_content_is_no_evidence(application: LicenseApplication, alice: User, sign_in: SignIn) -> None:
    LicenseApplication.objects.filter(pk=application.pk).update(end_use="another end use than the one that was checked")
    client = sign_in(alice)
    assert client.get(reverse("packet_json", args=(application.reference,))).json()["check"] is None
    assert "No check has seen this content" in client.get(reverse("packet", args=(application.reference,))).content.decode()


def test_nothing_is_fetched_for_a_pdf() -> None:
    with pytest.raises(ValueError, match="not fetched"):
        pdf.nothing_fetched("http://198.51.100.7/logo.png")


def test_evidence_refuses_by_policy_before_it_reads(application: LicenseApplication, alice: User) -> None:
    """An exporter's own application too: a pack holds internal notes."""
    with pytest.raises(Refused):
        collect_evidence(actor=alice, application_id=application.pk)
