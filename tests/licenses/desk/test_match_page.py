"""The match page for speed: neighbors in queue order, groups of one entity settled together, what else is known of the party."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from licenses.desk.queue_position import position_of
from licenses.desk.side_by_side import component_rows
from licenses.desk.touched_items import as_range, touched_items
from licenses.models import Flag, FlagDecision, LicenseApplication
from licenses.queries import review_queue
from licenses.services.review.related_hits import folded, group_of, link_between
from screening.matching.types import Alias, ListedParty, Schema
from tests.licenses.factories import (
    REASON,
    checked,
    done,
    item,
    line,
    listed_line,
    load_lists,
    open_flag,
    party,
    settle,
    starter_rows,
)
from tests.screening.factories import row

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
BOTH = "Plimsar Navigation"


def url(name: str, flag: Flag) -> str:
    return reverse(f"desk:licenses_flag_{name}", args=(flag.pk,))


@pytest.fixture
def twice(alice: User) -> LicenseApplication:
    """A party that the Entity List and OFAC both name."""
    load_lists([*starter_rows(), row(BOTH, "EL", addresses="2 Harbor Street, Dubai, AE")])
    return checked(alice, listed_line(BOTH, "AE"))


def listed(
    name: str, code: str = "EL", uid: str = "1", aliases: tuple[str, ...] = (), schema: Schema = Schema.UNKNOWN
) -> ListedParty:
    return ListedParty(list=code, uid=uid, name=name, aliases=tuple(Alias(text) for text in aliases), schema=schema)


LINKS = [
    ("the same primary name, in other letters", listed("Zarvonik, S.A."), listed("ZARVONÍK S A", "SDN", "77"), True),
    ("OFAC's number is one entity on its lists", listed("One", "SDN", "77"), listed("Another", "CMIC", "77"), True),
    ("a number of another publisher says nothing", listed("One", "EL", "77"), listed("Another", "SDN", "77"), False),
    ("the name of one is an alias of the other", listed("Sarvo"), listed("Zarvonik", "SDN", "7", ("SARVO",)), True),
    (
        "a shared alias is no bond: initials are common",
        listed("One", aliases=("ABC",)),
        listed("Two", "SDN", "7", ("ABC",)),
        False,
    ),
    (
        "a ship is not the firm of its name",
        listed("Zarvonik", schema=Schema.VESSEL),
        listed("Zarvonik", "SDN", "7", schema=Schema.ORGANIZATION),
        False,
    ),
    ("nothing in common", listed("One"), listed("Two", "SDN", "7"), False),
]


@pytest.mark.parametrize(("sentence", "one", "other", "linked"), LINKS, ids=[case[0] for case in LINKS])
def test_entries_are_one_entity_only_for_a_reason(sentence: str, one: ListedParty, other: ListedParty, linked: bool) -> None:
    assert bool(link_between(one, other)) is linked
    assert bool(link_between(other, one)) is linked


def test_names_are_folded_for_the_comparison() -> None:
    assert folded("  Zarvoník, S.A.(Pty) ") == "zarvonik s a pty"


def test_hits_of_one_entity_on_two_lists_are_shown_and_settled_together(
    twice: LicenseApplication, rita: User, sam: User, sign_in: SignIn
) -> None:
    first, second = open_flag(twice, "LIST_EL"), open_flag(twice, "LIST_SDN")
    assert [flag.pk for flag, _ in group_of(first)] == [second.pk]
    page = sign_in(rita).get(url("change", first)).content.decode()
    assert "The same listed entity on this application" in page
    assert "Settle together" in page
    decision = {"disposition": "false_positive", "reason_code": "DIFFERENT_ADDRESS", "reason": REASON, "scope": "application"}
    sign_in(rita).post(url("decide", first), {**decision, "also": [second.pk]})
    assert set(FlagDecision.objects.values_list("flag", flat=True)) == {first.pk, second.pk}
    assert AuditEvent.objects.filter(action="flag.proposed").count() == 2
    assert set(twice.flags.filter(pk__in=(first.pk, second.pk)).values_list("state", flat=True)) == {Flag.State.PROPOSED}
    sign_in(sam).post(url("second", first), {"agree": "yes", "note": REASON, "also": [second.pk]})
    assert set(twice.flags.filter(pk__in=(first.pk, second.pk)).values_list("state", flat=True)) == {Flag.State.DISPOSED}


def test_a_decision_that_depends_on_the_role_leaves_the_other_role_open(alice: User, rita: User, sign_in: SignIn) -> None:
    load_lists([*starter_rows(), row(BOTH, "EL", addresses="2 Harbor Street, Dubai, AE")])
    parties = [party(role, BOTH, "AE") for role in ("purchaser", "ultimate_consignee")]
    first, second = checked(alice, line(*parties, destination="AE")).flags.filter(code="LIST_EL").order_by("pk")
    page = sign_in(rita).get(url("change", first)).content.decode()
    assert "as ultimate consignee: the same party in another role, the same entry" in page
    decision = {"disposition": "not_in_scope", "reason_code": "ROLE_NOT_REACHED", "reason": REASON, "scope": "application"}
    page = sign_in(rita).post(url("decide", first), {**decision, "also": [second.pk]}, follow=True).content.decode()
    assert "in another role waits for a decision of its own" in page
    assert list(FlagDecision.objects.values_list("flag", flat=True)) == [first.pk]


def test_flags_of_another_party_are_never_settled_along(
    twice: LicenseApplication, alice: User, rita: User, sign_in: SignIn
) -> None:
    other = open_flag(checked(alice, listed_line()))
    flag = open_flag(twice, "LIST_EL")
    decision = {"disposition": "false_positive", "reason_code": "DIFFERENT_ADDRESS", "reason": REASON, "scope": "application"}
    page = sign_in(rita).post(url("decide", flag), {**decision, "also": [other.pk]})
    assert page.status_code == 200
    assert "not one of the available choices" in page.content.decode()
    assert not FlagDecision.objects.exists()


def test_keys_lead_through_the_queue_in_its_order(alice: User, rita: User, sign_in: SignIn) -> None:
    load_lists()
    for _ in range(3):
        checked(alice, listed_line())
    ids = list(review_queue.queue(rita).values_list("pk", flat=True))
    client = sign_in(rita)
    client.get(reverse("desk:licenses_flag_changelist"))
    for at, pk in enumerate(ids):
        page = client.get(reverse("desk:licenses_flag_change", args=(pk,))).content.decode()
        assert f"{at + 1} of {len(ids)}" in page
        before, after = page.count('data-key="k"'), page.count('data-key="j"')
        assert (before, after) == (int(at > 0), int(at < len(ids) - 1))
    position = position_of(Flag.objects.get(pk=ids[1]), rita, "open")
    assert (position.before, position.after) == (ids[0], ids[2])
    lost = position_of(Flag.objects.get(pk=ids[1]), rita, "mine")
    assert (lost.number, lost.before, lost.after) == (0, None, None)


def test_the_changelist_stands_in_the_same_order_as_the_keys(alice: User, rita: User, sign_in: SignIn) -> None:
    load_lists()
    checked(alice, listed_line("Drestova Avionics", "AE"))
    checked(alice, listed_line())
    page = sign_in(rita).get(reverse("desk:licenses_flag_changelist"))
    shown = [flag.pk for flag in page.context["cl"].result_list]
    assert shown == list(review_queue.queue(rita).values_list("pk", flat=True))
    assert page.context["cl"].result_list[0].critical


def test_one_decision_costs_one_page_and_the_next_flag_is_claimed(alice: User, rita: User, sign_in: SignIn) -> None:
    load_lists()
    one, other = (open_flag(checked(alice, listed_line())) for _ in range(2))
    answer = sign_in(rita).post(
        url("decide", one),
        {"disposition": "true_match", "reason_code": "SAME_ADDRESS", "reason": REASON, "scope": "application"},
    )
    assert answer.status_code == 302
    following = Flag.objects.get(pk=int(answer["Location"].split("/")[-3]))
    assert following.application_id == other.application_id
    assert following.assignee == rita


def test_the_last_decision_is_undone_at_once_although_the_check_was_faster(
    alice: User, rita: User, sam: User, sign_in: SignIn
) -> None:
    load_lists([row("Drestova Avionics", "UVL"), row("Zarvonik Microsystems", "EL")])
    application = checked(alice, listed_line("Drestova Avionics", "AE"))
    client = sign_in(rita)
    last = open_flag(application, "LIST_UVL")
    decision = {"disposition": "false_positive", "reason_code": "DIFFERENT_NAME", "reason": REASON, "scope": "application"}
    client.post(url("decide", last), decision)
    done(application)
    assert not application.flags.filter(state=Flag.State.OPEN, gone_at=None).exists()
    assert client.post(reverse("desk:licenses_flag_undo_last")).status_code == 302
    last.refresh_from_db()
    application.refresh_from_db()
    assert last.state == Flag.State.REOPENED
    assert application.state in (LicenseApplication.State.IN_REVIEW, LicenseApplication.State.REOPENED)
    assert AuditEvent.objects.filter(action="decision.undone").count() == 1


def test_the_page_says_which_items_are_touched_and_by_what(alice: User, rita: User, sign_in: SignIn) -> None:
    load_lists()
    two = [item(), item("3A001.a.2", description="chips", hs6="854231")]
    flag = open_flag(checked(alice, listed_line(items=two)))
    assert [row.key for row in touched_items(flag)] == ["I1", "I2"]
    page = sign_in(rita).get(url("change", flag)).content.decode()
    assert "Touches items I1–I2" in page
    assert "744.11(a), presumption of denial" in page


RUNS = [
    (["I1", "I2", "I3"], "I1–I3"),
    (["I1", "I3"], "I1, I3"),
    (["I1"], "I1"),
    (["A", "B"], "A, B"),
    ([], ""),
]


@pytest.mark.parametrize(("keys", "words"), RUNS)
def test_items_are_named_as_people_say_them(keys: list[str], words: str) -> None:
    assert as_range(keys) == words


def test_parts_of_an_address_stand_side_by_side() -> None:
    hit = {
        "explanation": [
            {"feature": "address: unit", "query": "1318", "listed": "1318, 1319", "value": 1.0, "effect": "same"},
            {"feature": "address: street", "query": "nathan", "listed": "argyle", "value": 0.0, "effect": "differs"},
            {"feature": "token", "query": "a", "listed": "a", "value": 1.0, "effect": "weight 1"},
        ]
    }
    assert [(row.part, row.party, row.entry, row.effect) for row in component_rows(hit)] == [
        ("Unit", "1318", "1318, 1319", "same"),
        ("Street", "nathan", "argyle", "differs"),
    ]


def test_an_address_hit_is_compared_part_by_part_on_the_page(alice: User, rita: User, sign_in: SignIn) -> None:
    where = "Room 1318-19, 13F, Hollywood Plaza, 610 Nathan Road, Mong Kok, Hong Kong"
    load_lists([*starter_rows(), row("Address 07", "EL", addresses=where)])
    body = listed_line("Brightsea Retail Parts", "HK")
    body["parties"][1]["address"] = where
    application = checked(alice, body)
    flag = application.flags.filter(match__channel="address").first()
    assert flag is not None, list(application.flags.values_list("code", "match__channel"))
    page = sign_in(rita).get(url("change", flag)).content.decode()
    for words in ("Address by component", "House number", "✓ same"):
        assert words in page


def test_what_was_decided_about_the_party_anywhere_is_shown_and_strangers_stay_unnamed(
    twice: LicenseApplication, mallory: User, rita: User, sam: User, sign_in: SignIn
) -> None:
    elsewhere = checked(mallory, listed_line(BOTH, "AE"))
    settle(open_flag(elsewhere, "LIST_SDN"), by=rita, second=sam, disposition="true_match", reason_code="SAME_ADDRESS")
    page = sign_in(rita).get(url("change", open_flag(twice, "LIST_EL"))).content.decode()
    assert "by 1 other organization." in page
    assert "Earlier decisions on this party, other entries" in page
    assert "Mallory Trading" not in page


def test_the_page_asks_a_bounded_number_of_questions(
    twice: LicenseApplication, rita: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(rita)
    flag = open_flag(twice, "LIST_EL")
    client.get(url("change", flag))
    with django_assert_max_num_queries(40):
        client.get(url("change", flag))


def test_every_key_that_works_is_told(twice: LicenseApplication, rita: User, sign_in: SignIn) -> None:
    page = sign_in(rita).get(url("change", open_flag(twice, "LIST_EL"))).content.decode()
    keys = page[page.index('id="keys"') :]
    for key in "TFSMEUIJKNZABQ?":
        assert f"<kbd>{key}</kbd>" in keys
