"""The list desk: who sees it, what the pages show, what the buttons do."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import Organization, User
from screening.lists.read_files import read
from screening.lists.types import RawFile
from screening.models import ControlList, ListSource, ListVersion, RefusedFile
from screening.services.activation.impact_preview import compute_preview
from tests.screening.factories import LATER, REASON, check, csl, load, party, row, rows, stage

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CARDS = "desk:screening_controllist_changelist"


def page_of(version: ListVersion | int | None, **query: Any) -> str:
    return reverse("desk:screening_listversion_change", args=[getattr(version, "pk", version)], query=query)


def act_on(name: str, version: ListVersion) -> str:
    return reverse(f"desk:screening_{name}", args=[version.pk])


def staged(lines: list[dict[str, str]], by: User | None = None, day: dt.date = LATER) -> ListVersion:
    return ListVersion.objects.get(pk=stage(lines, day=day, actor=by).lists[0].version_id)


def every_address() -> list[str]:
    load(rows(10))
    version = staged([*rows(10), row("Umbrasol Sensors")])
    control_list = ControlList.objects.get()
    return [
        reverse(CARDS),
        reverse("desk:screening_stage"),
        reverse("desk:screening_controllist_change", args=[control_list.pk]),
        reverse("desk:screening_list_options", args=[control_list.pk]),
        reverse("desk:screening_roll_back", args=[control_list.pk, 1]),
        page_of(version),
        *(act_on(name, version) for name in ("activate", "set_aside", "override", "changes_csv", "changes_json")),
        *(act_on(name, version) for name in ("version_file", "progress")),
        reverse("desk:screening_source", args=["CSL"]),
        reverse("desk:screening_source_fetch", args=["CSL"]),
    ]


def test_a_stranger_is_sent_to_the_login_page(client: Client) -> None:
    for address in every_address():
        assert client.get(address).status_code == 302


def test_an_exporter_does_not_enter(sign_in: SignIn, alice: User) -> None:
    visitor = sign_in(alice)
    for address in every_address():
        assert visitor.get(address, follow=True).status_code == 403
        assert visitor.post(address, {"reason": REASON}, follow=True).status_code == 403


def test_a_system_admin_sees_no_lists(sign_in: SignIn, root: User) -> None:
    visitor = sign_in(root)
    assert {visitor.get(address).status_code for address in every_address()} <= {403, 302}


@pytest.mark.parametrize("name", ["rita", "otto"])
def test_reviewers_and_auditors_look_and_change_nothing(sign_in: SignIn, name: str, request: pytest.FixtureRequest) -> None:
    visitor = sign_in(request.getfixturevalue(name))
    addresses = every_address()
    version = ListVersion.objects.get(state="STAGED")
    for address in (reverse(CARDS), page_of(version), act_on("changes_csv", version), act_on("version_file", version)):
        assert visitor.get(address).status_code == 200
    assert "Activate version" not in visitor.get(page_of(version)).content.decode()
    for address in addresses:
        if any(word in address for word in ("stage/", "options", "roll-back", "activate", "set-aside", "override", "sources")):
            assert visitor.post(address, {"reason": REASON}).status_code == 403
    assert ListVersion.objects.get(state="STAGED").pk == version.pk


def test_with_no_list_the_page_says_what_to_import(sign_in: SignIn, ada: User) -> None:
    text = sign_in(ada).get(reverse(CARDS)).content.decode()
    assert "No list answers" in text
    assert "CSL" in text


def test_cards_show_state_age_and_what_waits(sign_in: SignIn, ada: User) -> None:
    today = timezone.now().date()
    load([*rows(10), *rows(4, "UVL")], day=today)
    staged([*rows(10), row("Umbrasol Sensors"), *rows(4, "UVL")], day=today)
    ControlList.objects.filter(code="UVL").update(checked_at=timezone.now() - dt.timedelta(days=70))
    response = sign_in(ada).get(reverse(CARDS))
    text = response.content.decode()
    assert "waits for a second person" in text
    states = {card["list"]: card["state"] for card in response.context["cards"]}
    assert states == {"EL": "current", "UVL": "stale"}
    assert not response.context["standing"]["sample"]


def test_the_sample_is_said_to_be_one(sign_in: SignIn, ada: User) -> None:
    load(rows(2), sample=True)
    assert "The sample list is loaded" in sign_in(ada).get(reverse(CARDS)).content.decode()


def test_pages_of_the_lists_take_few_queries_however_many_rows(
    sign_in: SignIn, ada: User, django_assert_max_num_queries: Any
) -> None:
    load([*rows(60), *rows(60, "UVL"), *rows(60, "SDN")])
    version = staged([*rows(48), *(row(f"{name}onix Sensors") for name in "ABCDEFGHIJK"), *rows(60, "UVL"), *rows(60, "SDN")])
    visitor = sign_in(ada)
    visitor.get(reverse(CARDS))
    with django_assert_max_num_queries(15):
        visitor.get(reverse(CARDS))
    with django_assert_max_num_queries(14):
        visitor.get(reverse("desk:screening_controllist_change", args=[version.control_list_id]))
    for tab in ("added", "removed", "changed", "impact"):
        with django_assert_max_num_queries(24):
            assert visitor.get(page_of(version, tab=tab)).status_code == 200


def test_a_file_is_uploaded_and_what_it_did_is_shown(sign_in: SignIn, ada: User) -> None:
    upload = SimpleUploadedFile("consolidated.csv", csl([*rows(10), *rows(3, "SDN")]).data)
    response = sign_in(ada).post(
        reverse("desk:screening_stage"), {"code": "CSL", "file": upload, "published_on": "2026-03-02", "reason": "daily file"}
    )
    assert response.status_code == 200
    assert [(one.list, one.state) for one in response.context["report"].lists] == [("EL", "staged"), ("SDN", "staged")]
    assert set(ListVersion.objects.values_list("staged_by", "stage_reason")) == {(ada.pk, "daily file")}


def test_a_refused_file_is_shown_with_its_guard(sign_in: SignIn, ada: User) -> None:
    upload = SimpleUploadedFile("consolidated.csv", csl(rows(10)).data[:-40])
    text = sign_in(ada).post(reverse("desk:screening_stage"), {"code": "CSL", "file": upload}).content.decode()
    assert "cut off" in text
    assert RefusedFile.objects.get().staged_by == ada
    assert "cut off" in sign_in(ada).get(reverse(CARDS)).content.decode()


BAD_FORMS = [
    ("no list", {"code": "", "custom_code": ""}),
    ("two codes", {"code": "CSL", "custom_code": "OWN"}),
    ("a code that is none", {"code": "", "custom_code": "own list"}),
    ("a date that is none", {"code": "CSL", "published_on": "31.07.2026"}),
    ("a format that is none", {"code": "CSL", "format": "pdf"}),
]


@pytest.mark.parametrize("fields", [case[1] for case in BAD_FORMS], ids=[case[0] for case in BAD_FORMS])
def test_a_form_that_makes_no_sense_stages_nothing(sign_in: SignIn, ada: User, fields: dict[str, str]) -> None:
    upload = SimpleUploadedFile("consolidated.csv", csl(rows(10)).data)
    response = sign_in(ada).post(reverse("desk:screening_stage"), {**fields, "file": upload})
    assert response.context["form"].errors
    assert not ListVersion.objects.exists()


def test_an_upload_beyond_the_limit_is_refused(sign_in: SignIn, ada: User, settings: Any) -> None:
    settings.LIST_FILE_MAX_BYTES = 100
    upload = SimpleUploadedFile("consolidated.csv", csl(rows(10)).data)
    assert sign_in(ada).post(reverse("desk:screening_stage"), {"code": "CSL", "file": upload}).context["form"].errors["file"]


def test_the_difference_is_shown_field_by_field(sign_in: SignIn, ada: User) -> None:
    load(rows(10))
    moved = row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN")
    version = staged([*rows(9)[1:], moved, row("Umbrasol <b>Sensors</b>")])
    visitor = sign_in(ada)
    changed = visitor.get(page_of(version, tab="changed")).content.decode()
    assert "<del>1 Canal Road, Shenzhen, CN</del>" in changed
    assert "<ins>2 Canal Road, Shenzhen, CN</ins>" in changed
    assert "Umbrasol &lt;b&gt;Sensors" in visitor.get(page_of(version, tab="added")).content.decode()
    assert "Wistramel Propulsion" in visitor.get(page_of(version, tab="removed")).content.decode()
    assert visitor.get(page_of(version, tab="nonsense", page="many")).status_code == 200


def test_a_long_difference_is_paged(sign_in: SignIn, ada: User) -> None:
    version = staged(rows(120))
    response = sign_in(ada).get(page_of(version, tab="added", page=3))
    assert response.context["page"].number == 3
    assert len(response.context["page"].object_list) == 20


def test_the_difference_is_given_as_csv_and_json(sign_in: SignIn, ada: User) -> None:
    load(rows(10))
    moved = row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN")
    version = staged([*rows(9)[1:], moved, row("=cmd Sensors")])
    visitor = sign_in(ada)
    lines = b"".join(visitor.get(act_on("changes_csv", version))).decode()  # type: ignore[arg-type]
    table = list(csv.DictReader(io.StringIO(lines)))
    assert {(line["kind"], line["name"], line["field"]) for line in table} >= {
        ("added", "'=cmd Sensors", ""),
        ("removed", "Wistramel Propulsion", ""),
        ("changed", "Zarvonik Microsystems", "address"),
    }
    response = visitor.get(act_on("changes_json", version))
    found = json.loads(b"".join(response))  # type: ignore[arg-type]
    assert {one["kind"] for one in found} == {"added", "removed", "changed"}
    assert "attachment" in response["Content-Disposition"]


def test_no_difference_is_an_empty_array(sign_in: SignIn, ada: User) -> None:
    version = load(rows(10))[0]
    ListVersion.objects.get().changes.all().delete()
    assert json.loads(b"".join(sign_in(ada).get(act_on("changes_json", version)))) == []  # type: ignore[arg-type]


def test_the_file_comes_back_as_it_came(sign_in: SignIn, ada: User) -> None:
    version = staged(rows(10))
    response = sign_in(ada).get(act_on("version_file", version))
    assert b"".join(response) == csl(rows(10)).data  # type: ignore[arg-type]
    assert "attachment" in response["Content-Disposition"]


def test_the_second_list_admin_activates_on_the_page(sign_in: SignIn, ada: User, abe: User) -> None:
    version = staged(rows(10), ada)
    assert "another list admin activates it" in sign_in(ada).get(page_of(version)).content.decode()
    refused = sign_in(ada).post(act_on("activate", version), {"reason": REASON})
    assert refused.status_code == 422
    second = sign_in(abe)
    assert "Activate version 1" in second.get(page_of(version)).content.decode()
    assert second.post(act_on("activate", version), {"reason": ""}).status_code == 422
    assert second.post(act_on("activate", version), {"reason": REASON}).status_code == 302
    version.refresh_from_db()
    assert (version.state, version.activated_by) == ("ACTIVE", abe)


def test_a_stale_version_says_so_and_offers_no_button(sign_in: SignIn, ada: User, abe: User) -> None:
    load(rows(10))
    version = staged([*rows(10), row("Umbrasol Sensors")], ada)
    load([*rows(10), row("Tarquesol Sensors")], day=LATER)
    text = sign_in(abe).get(page_of(version)).content.decode()
    assert "stage the file again" in text
    assert "Activate version" not in text
    assert sign_in(abe).post(act_on("activate", version), {"reason": REASON}).status_code == 422


def test_a_get_changes_nothing(sign_in: SignIn, ada: User, abe: User) -> None:
    version = staged(rows(10), ada)
    for name in ("activate", "set_aside", "override"):
        assert sign_in(abe).get(act_on(name, version)).status_code == 403


def test_a_version_is_set_aside_with_a_reason(sign_in: SignIn, abe: User) -> None:
    version = staged(rows(10))
    assert sign_in(abe).post(act_on("set_aside", version), {"reason": "the wrong file"}).status_code == 302
    text = sign_in(abe).get(page_of(version)).content.decode()
    assert "the wrong file" in text


def test_a_count_refusal_is_overridden_and_another_person_activates(sign_in: SignIn, ada: User, abe: User) -> None:
    load(rows(10))
    stage(rows(4), day=LATER, actor=ada)
    refused = ListVersion.objects.get(state="REFUSED")
    text = sign_in(ada).get(page_of(refused)).content.decode()
    assert "number of entries out of band" in text
    assert sign_in(ada).post(act_on("override", refused), {"reason": "ok"}).status_code == 422
    response = sign_in(ada).post(act_on("override", refused), {"reason": "the agency removed six parties today"})
    again = ListVersion.objects.get(state="STAGED")
    assert response["Location"] == page_of(again)
    assert (again.overridden_guard, again.entries, again.staged_by) == ("count_band", 4, ada)
    assert "Activate version" not in sign_in(ada).get(page_of(again)).content.decode()
    assert sign_in(abe).post(act_on("activate", again), {"reason": REASON}).status_code == 302


def test_a_canary_refusal_offers_no_override(sign_in: SignIn, ada: User) -> None:
    version = staged(rows(10))
    ListVersion.objects.filter(pk=version.pk).update(state="REFUSED", guard="canary", detail="gone")
    assert "against the guard" not in sign_in(ada).get(page_of(version)).content.decode()
    assert sign_in(ada).post(act_on("override", version), {"reason": "it is right, believe me"}).status_code == 422


def test_an_earlier_version_is_brought_back(sign_in: SignIn, ada: User) -> None:
    load(rows(10))
    version = load(rows(9), day=LATER)[0]
    visitor = sign_in(ada)
    shown = visitor.get(reverse("desk:screening_controllist_change", args=[version.control_list_id])).content.decode()
    address = reverse("desk:screening_roll_back", args=[version.control_list_id, 1])
    assert address in shown
    assert visitor.get(address).status_code == 200
    response = visitor.post(address, {"reason": "version 2 was published by mistake"})
    assert response["Location"] == page_of(ListVersion.objects.get(state="STAGED"))
    assert visitor.get(reverse("desk:screening_roll_back", args=[version.control_list_id, 9])).status_code == 404


def test_impact_is_counted_and_listed_by_case(sign_in: SignIn, ada: User) -> None:
    load(rows(10)[1:])
    check(party(), organization=Organization.objects.create(name="Buyer of machines"))
    version = staged(rows(10))
    visitor = sign_in(ada)
    assert "0 of 1" in visitor.get(act_on("progress", version)).content.decode()
    compute_preview(version_id=version.pk)
    text = visitor.get(page_of(version, tab="impact")).content.decode()
    assert "1 party in 1 case would change" in text.replace("\n", " ").replace("            ", " ")
    assert "application:EX-2026-00001:P1" in text
    assert "every 2s" not in text


def test_options_of_a_list_are_changed_with_a_reason(sign_in: SignIn, ada: User) -> None:
    load(rows(10))
    control_list = ControlList.objects.get()
    address = reverse("desk:screening_list_options", args=[control_list.pk])
    assert sign_in(ada).post(address, {"cadence_hours": "24"}).status_code == 200  # no reason: the form again
    assert sign_in(ada).post(address, {"cadence_hours": "24", "reason": "the agency publishes daily"}).status_code == 302
    control_list.refresh_from_db()
    assert (control_list.cadence_hours, control_list.required, control_list.effect) == (24, False, "")


def test_the_effect_of_a_custom_list_is_chosen(sign_in: SignIn, ada: User) -> None:
    stage([{**row("Zarvonik Microsystems"), "source": "Suppliers we stopped (OWN)"}])
    control_list = ControlList.objects.get()
    address = reverse("desk:screening_list_options", args=[control_list.pk])
    fields = {"cadence_hours": "", "required": "on", "effect": "blocking", "reason": "decided by counsel"}
    assert sign_in(ada).post(address, fields).status_code == 302
    control_list.refresh_from_db()
    assert (control_list.effect, control_list.cadence_hours) == ("blocking", None)


def test_no_page_carries_inline_script_or_style(sign_in: SignIn, ada: User) -> None:
    addresses = every_address()
    visitor = sign_in(ada)
    for address in addresses[:6]:
        if "options" in address:
            continue
        text = visitor.get(address).content.decode()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text


def test_raw_files_of_a_refused_list_stay_readable(sign_in: SignIn, ada: User) -> None:
    load(rows(10))
    stage(rows(4), day=LATER)
    refused = ListVersion.objects.get(state="REFUSED")
    assert b"".join(sign_in(ada).get(act_on("version_file", refused))) == csl(rows(4)).data  # type: ignore[arg-type]


def test_a_source_is_switched_on_with_a_reason(sign_in: SignIn, ada: User) -> None:
    visitor = sign_in(ada)
    address = reverse("desk:screening_source", args=["CSL"])
    assert visitor.get(address).status_code == 200
    assert visitor.post(address, {"enabled": "on", "reason": ""}).context["form"].errors
    assert visitor.post(address, {"enabled": "on", "reason": "we have outside access"}).status_code == 302
    assert ListSource.objects.get(code="CSL").enabled
    ListSource.objects.update(error="data.trade.gov: the publisher answered 503")
    assert "answered 503" in visitor.get(reverse(CARDS)).content.decode()
    assert visitor.get(reverse("desk:screening_source", args=["XYZ"])).status_code == 404


def test_a_source_is_asked_now(sign_in: SignIn, ada: User, nudged: list[Any], django_capture_on_commit_callbacks: Any) -> None:
    address = reverse("desk:screening_source_fetch", args=["CSL"])
    assert sign_in(ada).get(address).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_in(ada).post(address).status_code == 302
    assert nudged == [("screening.tasks.fetch_list_source", ("CSL",))]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_comes_filled_with_an_example_that_reads(sign_in: SignIn, ada: User, rita: User, form: str) -> None:
    url = reverse("desk:screening_template", args=[form])
    given = sign_in(ada).get(url)
    assert given["Content-Disposition"] == f'attachment; filename="own-list-template.{form}"'
    (found,) = read([RawFile(f"own.{form}", given.content)], code="OWN").lists
    assert [entry.uid for entry in found.entries] == ["C-001"]
    assert sign_in(rita).get(url).status_code == 403
    assert sign_in(ada).get(reverse("desk:screening_template", args=["pdf"])).status_code == 404


def test_the_desks_first_page_names_the_lists_that_want_attention(sign_in: SignIn, ada: User, otto: User) -> None:
    home = reverse("desk:index")
    assert "no list answers" in sign_in(ada).get(home).content.decode()
    load([*rows(10), *rows(10, "UVL")], day=timezone.now().date())
    ControlList.objects.filter(code="UVL").update(checked_at=timezone.now() - dt.timedelta(days=200))
    page = sign_in(otto).get(home).content.decode()
    assert "1 list checked in time." in page
    assert "not checked for too long to rest an answer on" in page
