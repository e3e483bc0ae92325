"""The queue's tools: saved views, settling many alike at once within the limits, undo."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.models import Flag, FlagDecision, SavedFilter
from licenses.queries import QUEUE_ORDER, review_queue
from licenses.services.review.claims import claim_flag
from licenses.services.review.decisions import decide_flag
from licenses.services.review.questions import ask_exporter
from licenses.services.review.saved_filters import MAX_SAVED_FILTERS, remove_filter, save_filter
from tests.licenses.factories import REASON, checked, listed_line, load_lists, open_flag
from tests.screening.factories import row

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
QUEUE = "desk:licenses_flag_changelist"
DEBARRED = "ITAR Debarred (DTC) - State Department"
"""A list that takes one person, so that its flags may be settled in bulk."""


def test_a_view_is_kept_under_a_name_and_is_a_plain_link(rita: User, sign_in: SignIn) -> None:
    client = sign_in(rita)
    query = "show=overdue&severity__exact=blocking&p=3"
    answer = client.post(reverse("desk:licenses_flag_save_filter"), {"name": " Late  and grave ", "query": query})
    saved = SavedFilter.objects.get(user=rita)
    assert (saved.name, saved.query) == ("Late and grave", "show=overdue&severity__exact=blocking")
    assert answer["Location"].endswith(f"?{saved.query}")
    page = client.get(f"{reverse(QUEUE)}?{saved.query}")
    assert page.status_code == 200
    assert "Late and grave" in page.content.decode()
    client.post(reverse("desk:licenses_flag_remove_filter", args=(saved.pk,)))
    assert not SavedFilter.objects.exists()


REFUSED = [
    ("", "show=mine", "invalid"),
    ("x" * 61, "show=mine", "invalid"),
    ("long", "&".join(f"a{number}=1" for number in range(400)), "invalid"),
]


@pytest.mark.parametrize(("name", "query", "code"), REFUSED)
def test_views_without_a_name_or_too_long_are_refused(name: str, query: str, code: str, rita: User) -> None:
    with pytest.raises(Refused) as refusal:
        save_filter(actor=rita, name=name, query=query)
    assert refusal.value.code == code


def test_the_same_name_replaces_and_the_number_is_bounded(rita: User) -> None:
    for number in range(MAX_SAVED_FILTERS):
        save_filter(actor=rita, name=f"view {number}", query="show=mine")
    assert save_filter(actor=rita, name="view 0", query="show=second").query == "show=second"
    with pytest.raises(Refused):
        save_filter(actor=rita, name="one more", query="")


def test_views_are_ones_own(rita: User, sam: User, alice: User, sign_in: SignIn) -> None:
    saved = save_filter(actor=rita, name="mine", query="show=mine")
    remove_filter(actor=sam, filter_id=saved.pk)
    assert SavedFilter.objects.filter(pk=saved.pk).exists()
    with pytest.raises(Refused):
        save_filter(actor=alice, name="mine", query="show=mine")
    assert sign_in(alice).post(reverse("desk:licenses_flag_save_filter"), {"name": "x"}).status_code in (302, 403)
    assert SavedFilter.objects.count() == 1


@pytest.fixture
def many(alice: User) -> list[Flag]:
    """Flags of several applications, two bands and severities, in the order of the queue."""
    load_lists()
    for name in (None, None, "Drestova Avionics", "Drestova Avionics", "Zarvonik Microsystems"):
        checked(alice, listed_line(name, "CN") if name else listed_line())
    return list(Flag.objects.order_by(*QUEUE_ORDER))


@pytest.mark.parametrize("few", [0, 500])
@pytest.mark.parametrize(("query", "severity"), [("", ""), ("severity=blocking&", "blocking"), ("severity=warning&", "warning")])
def test_pages_follow_each_other_and_hold_every_flag_once(
    query: str, severity: str, few: int, many: list[Flag], rita: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a filter finds more flags than are named in a query (`few`)."""
    monkeypatch.setattr("licenses.desk.flag_admin.FlagAdmin.list_per_page", 2)
    monkeypatch.setattr("licenses.desk.queue_list.MAX_KEYS_IN_QUERY", few)
    client, wanted, shown = sign_in(rita), [flag for flag in many if severity in ("", flag.severity)], []
    assert len(wanted) > 2
    for number in range(1, -(-len(wanted) // 2) + 1):
        page = client.get(f"{reverse(QUEUE)}?{query}p={number}").context["cl"]
        assert page.result_count == len(wanted)
        shown += list(page.result_list)
    assert shown == wanted


def test_the_tabs_and_the_filters_count_what_they_show(many: list[Flag], rita: User, sam: User, sign_in: SignIn) -> None:
    claim_flag(actor=rita, flag_id=many[0].pk)
    critical = next(flag for flag in many[1:] if flag.code == "LIST_EL")
    decide_flag(actor=sam, flag_id=critical.pk, disposition="false_positive", reason_code="DIFFERENT_ID", reason=REASON)
    ask_exporter(actor=rita, application_id=many[-1].application_id, text="Which registry number does it have?")
    client = sign_in(rita)
    counts = {tab["key"]: tab["count"] for tab in client.get(reverse(QUEUE)).context["tabs"]}
    assert counts["mine"] == counts["second"] == 1
    assert counts["waiting"] > 0
    for show, count in counts.items():
        assert client.get(f"{reverse(QUEUE)}?show={show}").context["cl"].result_count == count, show
        assert len(review_queue.queue(rita, show=show)) == count, show
    for query in ("match__band=strong", "match__band=possible", "match__band=nonsense", "severity=nonsense", "q=Drestova"):
        page = client.get(f"{reverse(QUEUE)}?{query}").context["cl"]
        assert page.result_count == len(page.result_list), query


def test_every_part_has_a_label_a_condition_a_count_and_a_tab(rita: User, sign_in: SignIn) -> None:
    assert review_queue.PARTS.keys() == review_queue.parts(rita).keys() == review_queue.queue_counts(rita).keys()
    tabs = re.findall(
        r'<a href="\?show=(\w+)" [^>]*>(.+?) <span class="ec-count">', sign_in(rita).get(reverse(QUEUE)).content.decode()
    )
    assert tabs == list(review_queue.PARTS.items())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EX-2026-", {"LIST_EL", "LIST_UVL"}),
        ("acme semi", {"LIST_EL", "LIST_UVL"}),
        ("list_uvl", {"LIST_UVL"}),
        ("Drestova", {"LIST_UVL"}),
        ('"Drestova Avionics"', {"LIST_UVL"}),
        ('"Avionics Drestova"', set()),
        ("Drestova LIST_EL", set()),
        ("Mallory", set()),
        ("100%", set()),
    ],
)
def test_the_search_finds_flags_by_whom_and_what_they_are_about(
    text: str, found: set[str], many: list[Flag], rita: User, sign_in: SignIn
) -> None:
    rows = sign_in(rita).get(reverse(QUEUE), {"q": text}).context["cl"].result_list
    assert {row.code for row in rows if row.code.startswith("LIST_")} == found


@pytest.fixture
def alike(alice: User) -> list[Flag]:
    """Three flags of one party on one entry of a list that is open to bulk, in the possible band."""
    debarred = row("Drestova Avionics Instruments", license_requirement="", license_policy="", source=DEBARRED)
    load_lists([debarred, row("Zarvonik Microsystems", "EL")])
    flags = [open_flag(checked(alice, listed_line("Drestova Instruments", "AE")), "LIST_DTC") for _ in range(3)]
    assert {flag.match.band for flag in flags if flag.match} == {"possible"}
    # A check calls an undecided hit blocking, whatever its list; the limits are about the flag as it stands.
    Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(severity="warning", critical=False)
    return flags


def bulk(client: Client, flags: list[Flag], **fields: str) -> object:
    data = {"action": "settle_alike", "_selected_action": [flag.pk for flag in flags], **fields}
    return client.post(reverse(QUEUE), data, follow=True)


def test_alike_hits_are_settled_with_one_reason_each_on_its_own_and_taken_back_at_once(
    alike: list[Flag], rita: User, sign_in: SignIn
) -> None:
    client = sign_in(rita)
    page = bulk(client, alike)
    assert "Settle 3" in page.content.decode()  # type: ignore[attr-defined]
    bulk(client, alike, reason_code="DIFFERENT_NAME", reason=REASON)
    assert FlagDecision.objects.filter(decided_at__isnull=False).count() == 3
    assert AuditEvent.objects.filter(action="flag.decided").count() == 3
    client.post(reverse("desk:licenses_flag_undo_last"))
    assert set(Flag.objects.filter(pk__in=[flag.pk for flag in alike]).values_list("state", flat=True)) == {Flag.State.REOPENED}
    assert AuditEvent.objects.filter(action="decision.undone").count() == 3


def test_grave_flags_are_never_settled_in_bulk(alice: User, rita: User, sign_in: SignIn) -> None:
    load_lists()
    flags = [open_flag(checked(alice, listed_line())) for _ in range(2)]
    page = bulk(sign_in(rita), flags, reason_code="DIFFERENT_NAME", reason=REASON)
    assert "only possible matches" in page.content.decode()  # type: ignore[attr-defined]
    assert not FlagDecision.objects.exists()


def test_an_auditor_settles_nothing_in_bulk(alike: list[Flag], otto: User, sign_in: SignIn) -> None:
    bulk(sign_in(otto), alike, reason_code="DIFFERENT_NAME", reason=REASON)
    assert not FlagDecision.objects.exists()


def test_undo_without_anything_to_undo_says_so(rita: User, sign_in: SignIn) -> None:
    page = sign_in(rita).post(reverse("desk:licenses_flag_undo_last"), follow=True)
    assert "Choose 1 to 50" in page.content.decode()
