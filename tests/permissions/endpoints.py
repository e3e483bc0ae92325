"""Every address of the product with who may GET it and who may POST to it: the matrix that the tests walk.

A URL without a row here fails `test_every_address_has_a_row`. `post=None` says that nobody's POST changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exportcheck.accounts.public import PUBLIC_NAMES
from exportcheck.accounts.roles import RoleName
from licenses.services.bulk.jobs import template
from tests.licenses.factories import REASON, starter_rows
from tests.licenses.services.thresholds.test_switches import FIELDS
from tests.permissions import table as t
from tests.permissions.fixture_organization import World, paper
from tests.permissions.table import Act
from tests.screening.factories import csl, row

Args = Callable[[World], tuple[Any, ...]]
Data = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Door:
    """One address. `theirs`: the row behind it is Acme's, so that another exporter gets the 404 of a row that is not there.
    `barred`: people whom a rule below the table keeps from an act their role has. `leaves`: what an allowed POST must leave
    behind: "event" (an audit event), "row" (a change without one), "" (an answer, nothing kept)."""

    name: str
    get: Act | None = None
    post: Act | None = None
    args: Args = lambda _: ()
    data: Data = lambda _: {}
    theirs: bool = False
    barred: tuple[str, ...] = ()
    leaves: str = "event"


def of(name: str) -> Args:
    """The reference of one of the world's applications."""
    return lambda world: (getattr(world, name).reference,)


def pk(name: str, *more: Any) -> Args:
    """The id of one of the world's rows."""
    return lambda world: (getattr(world, name).pk, *more)


def under(name: str, *more: Any) -> Args:
    """Reference and what follows it."""
    return lambda world: (getattr(world, name).reference, *more)


def locked(**fields: Any) -> Data:
    """Fields with the edit count of the draft."""
    return lambda world: {**fields, "lock": world.lock(world.draft)}


def fixed(**fields: Any) -> Data:
    """Fields as they are."""
    return lambda _: fields


ABOUT = {"type": "export", "destination": "DE", "title": "Other"}
PARTY = {"role": "end_user", "name": "Beispiel GmbH", "country": "DE", "addresses": "1 Beispielweg, Dresden"}
ITEM = {"eccn": "EAR99", "description": "sockets", "quantity": "5", "value_usd": "100"}
DECISION = {"disposition": "true_match", "reason_code": "SAME_ADDRESS", "reason": REASON, "scope": "application"}
NEW = row("Xandrel Pumps")
HELD = {"reach": "application", "authority": "BIS letter of 3 May", "reason": REASON}
STOP = {"stop-reason": REASON, "stop-citation": "15 CFR 736.2(b)(4)"}
CONCERN = {"concern-why": REASON, "concern-severity": "warning"}
QUESTION = "Which registry number does it have?"
FREED = {"disposition": "false_positive", "reason_code": "DIFFERENT_ID", "reason": REASON}


def today() -> str:
    """The day as a date field takes it."""
    return timezone.now().date().isoformat()


PAGES = (
    Door("home", t.SIGNED_IN),
    Door("draft_new", t.EDIT, t.EDIT, data=fixed(**ABOUT)),
    Door("sample_application", None, t.EDIT),
    Door("result", t.HITS, None, of("review"), theirs=True),
    Door("check_start", None, t.CHECK, of("draft"), theirs=True),
    Door("check_progress", t.HITS, None, of("running"), theirs=True),
    Door("result_json", t.HITS, None, of("review"), theirs=True),
    Door("packet", t.PACKET, None, of("cleared"), theirs=True),
    Door("packet_pdf", t.PACKET, None, of("cleared"), theirs=True),
    Door("packet_json", t.PACKET, None, of("cleared"), theirs=True),
    Door("evidence", None, t.OWN_PACK, of("cleared"), theirs=True),
    Door("application_copy", None, t.EDIT, of("cleared"), theirs=True),
    Door("application_withdraw", t.HITS, t.EDIT, of("draft"), fixed(reason="The order was canceled."), theirs=True),
    Door("application_ready", None, t.READY, of("complete"), theirs=True),
    Door("application_edit_again", None, t.EDIT, of("cleared"), theirs=True),
    Door("application_filing", t.HITS, t.READY, of("ready"), lambda _: {"acn": "Z765432", "filed_on": today()}, theirs=True),
    Door(
        "application_outcome", t.HITS, t.OUTCOME, of("filed"), lambda _: {"decision": "DENIED", "decided_on": today()},
        theirs=True,
    ),
    Door(
        "application_shipment", t.HITS, t.READY, of("cleared"),
        lambda _: {"ship_on": today(), "quantity_I1": "500", "value_I1": "14500"}, theirs=True,
    ),
    Door("application_close", None, t.READY, of("cleared"), theirs=True),
    Door("application_appeal", t.HITS, t.EDIT, of("stopped"), fixed(facts=REASON), theirs=True),
    Door(
        "condition_meet", t.HITS, t.READY, lambda w: (w.cleared.reference, w.condition.pk), fixed(note="Filed with the order."),
        theirs=True,
    ),
    Door("draft_page", t.HITS, t.EDIT, under("draft", "about"), locked(**ABOUT), theirs=True),
    Door("party_add", t.HITS, t.EDIT, of("draft"), locked(**PARTY), theirs=True),
    Door("party_edit", t.HITS, t.EDIT, under("draft", "P2"), locked(**PARTY), theirs=True),
    Door("party_remove", None, t.EDIT, under("draft", "P2"), locked(), theirs=True),
    Door("party_keep", None, t.EDIT, under("draft", "P2"), theirs=True),
    Door("party_preview", None, t.HITS, of("draft"), fixed(**PARTY), theirs=True, leaves=""),
    Door("item_add", t.HITS, t.EDIT, of("draft"), locked(**ITEM), theirs=True),
    Door("item_edit", t.HITS, t.EDIT, under("draft", "I1"), locked(**ITEM), theirs=True),
    Door("item_remove", None, t.EDIT, under("draft", "I1"), locked(), theirs=True),
    Door("item_keep", None, t.EDIT, under("draft", "I1"), theirs=True),
    Door("item_preview", None, t.HITS, of("draft"), fixed(**ITEM), theirs=True, leaves=""),
    Door(
        "document_add", t.HITS, t.EDIT, of("draft"), lambda _: {"kind": "other", "title": "", "file": paper("more.pdf")},
        theirs=True,
    ),
    Door("document_get", t.HITS, None, lambda w: (w.draft.reference, w.paper.pk), theirs=True),
    Door("document_remove", None, t.EDIT, lambda w: (w.draft.reference, w.paper.pk), theirs=True),
    Door("address_parts", None, t.SIGNED_IN, data=fixed(**PARTY), leaves=""),
    Door("question_answer", t.HITS, t.EDIT, pk("question"), fixed(text="91320281 of the Jiangyin registry."), theirs=True),
    Door("address_book", t.EXPORTERS),
    Door("contact_add", t.EXPORTERS, t.EXPORTERS, data=fixed(**PARTY)),
    Door("contact_edit", t.EXPORTERS, t.EXPORTERS, pk("contact"), fixed(**PARTY), theirs=True),
    Door("contact_screen", None, t.EXPORTERS, pk("contact"), theirs=True),
    Door("contact_remove", None, t.EXPORTERS, pk("contact"), theirs=True),
    Door("catalog", t.EXPORTERS),
    Door("catalog_add", t.EXPORTERS, t.EXPORTERS, data=fixed(eccn="EAR99", description="sockets")),
    Door("catalog_edit", t.EXPORTERS, t.EXPORTERS, pk("item"), fixed(eccn="EAR99", description="other sockets"), theirs=True),
    Door("catalog_remove", None, t.EXPORTERS, pk("item"), theirs=True),
    Door(
        "bulk_upload", t.EXPORTERS, t.EXPORTERS,
        data=lambda _: {"kind": "parties", "mode": "all", "file": SimpleUploadedFile("rows.csv", template("parties", "csv"))},
    ),
    Door("bulk_template", t.EXPORTERS, None, lambda _: ("parties", "csv")),
    Door("bulk_job", t.EXPORTERS, None, pk("job"), theirs=True),
    Door("bulk_progress", t.EXPORTERS, None, pk("job"), theirs=True),
    Door("bulk_result", t.EXPORTERS, None, pk("job"), theirs=True),
    Door("deadlines", t.EXPORTERS),
    Door("name_screen", t.CHECK, t.CHECK, data=fixed(name="Zarvonik Microsystems")),
    Door("eccn_search", t.SIGNED_IN),
    Door("eccn_page", t.SIGNED_IN, None, lambda _: ("3A001",)),
    Door("entry_search", t.SIGNED_IN),
    Door("entry_page", t.SIGNED_IN, None, lambda w: (w.list.code, w.critical.match.entry.uid)),
    Door("metrics", t.DESK),
    Door("profile", t.SIGNED_IN, t.SIGNED_IN, data=fixed(full_name="Somebody Else")),
    Door("members", t.EXPORTERS, t.PEOPLE_OF_ORG, data=fixed(full_name="New", email="new@example.com")),
    Door("member_change", None, t.PEOPLE_OF_ORG, lambda w: (w.people["alice"].pk,), fixed(act="make_admin"), theirs=True),
    Door("tokens", t.PEOPLE_OF_ORG, t.PEOPLE_OF_ORG, data=fixed(name="order system", scopes=["screen"], days="30")),
    Door("token_revoke", None, t.PEOPLE_OF_ORG, pk("token"), theirs=True),
)  # fmt: skip
"""The site's own pages."""

DESK = (
    Door("desk:index", t.DESK),
    Door("desk:login", None, None),
    Door("desk:logout", None, t.DESK),
    Door("desk:password_change", t.DESK),
    Door("desk:password_change_done", t.DESK),
    Door("desk:jsi18n", t.DESK),
    Door("desk:autocomplete", None),
    Door("desk:view_on_site", None, None, lambda w: (1, w.critical.pk)),
    Door("desk:app_list", t.DESK, None, lambda _: ("licenses",)),
    # Lists.
    Door("desk:screening_source", t.IMPORT, t.IMPORT, lambda _: ("CSL",), fixed(enabled="on", reason=REASON)),
    Door("desk:screening_source_fetch", None, t.IMPORT, lambda _: ("CSL",), leaves=""),
    Door(
        "desk:screening_stage", t.IMPORT, t.IMPORT,
        data=lambda _: {
            "code": "CSL", "file": SimpleUploadedFile("a.csv", csl([*starter_rows(), NEW]).data), "published_on": today(),
        },
    ),
    Door("desk:screening_template", t.IMPORT, None, lambda _: ("csv",)),
    Door("desk:screening_list_options", None, t.IMPORT, pk("list"), fixed(cadence_hours="24", required="on", reason=REASON)),
    Door("desk:screening_roll_back", t.IMPORT, t.IMPORT, pk("list", 1), fixed(reason=REASON)),
    Door("desk:screening_activate", None, t.ACTIVATE, pk("staged"), fixed(reason=REASON), barred=("ada",)),
    Door("desk:screening_set_aside", None, t.IMPORT, pk("staged"), fixed(reason=REASON)),
    Door("desk:screening_override", None, t.IMPORT, pk("refused"), fixed(reason=REASON)),
    Door("desk:screening_changes_csv", t.LIST_LOG, None, pk("staged")),
    Door("desk:screening_changes_json", t.LIST_LOG, None, pk("staged")),
    Door("desk:screening_version_file", t.LIST_LOG, None, pk("staged")),
    Door("desk:screening_progress", t.LIST_LOG, None, pk("staged")),
    Door("desk:licenses_impact", t.LIST_LOG, None, pk("staged")),
    # The queue and the decisions.
    Door("desk:licenses_flag_next", None, t.ORDINARY),
    Door("desk:licenses_flag_simulator", t.OVERRIDE),
    Door("desk:licenses_flag_undo_last", None, t.ORDINARY, leaves=""),
    Door("desk:licenses_flag_save_filter", None, t.QUEUE, data=fixed(name="mine", query="show=mine"), leaves="row"),
    Door("desk:licenses_flag_remove_filter", None, t.REVIEWER_S_OWN, pk("filter"), leaves="row"),
    Door("desk:licenses_flag_undo", None, t.ORDINARY, lambda w: (w.ritas_decision.flag_id,), barred=("sam", "sue")),
    Door("desk:licenses_flag_decide", None, t.ORDINARY, pk("ordinary"), fixed(**DECISION)),
    Door("desk:licenses_flag_decide", None, t.CRITICAL, pk("critical"), fixed(**FREED, scope="application")),
    Door("desk:licenses_flag_decide", None, t.PROPOSE_CLEARANCE, pk("critical"), fixed(**FREED, scope="organization")),
    Door("desk:licenses_flag_decide", None, t.OVERRIDE, pk("ordinary"), fixed(**FREED, scope="everyone")),
    Door("desk:licenses_flag_decide", None, t.ORDINARY, pk("own_flag"), fixed(**DECISION), barred=("rita",)),
    Door("desk:licenses_flag_second", None, t.SECOND, pk("proposed_by_rita"), fixed(agree="yes", note=REASON)),
    Door("desk:licenses_flag_second", None, t.SECOND, pk("proposed_by_sam"), fixed(agree="yes", note=REASON), barred=("sam",)),
    Door(
        "desk:licenses_flag_quality", None, t.ORDINARY, lambda w: (w.drawn.decision.flag_id,), fixed(agree="yes", note=REASON),
        barred=("rita",),
    ),
    Door("desk:licenses_flag_ask", None, t.ORDINARY, pk("ordinary"), fixed(text=QUESTION)),
    Door("desk:licenses_flag_ask", None, t.ORDINARY, pk("own_flag"), fixed(text=QUESTION), barred=("rita",)),
    Door("desk:licenses_flag_claim", None, t.ORDINARY, pk("ordinary")),
    Door("desk:licenses_flag_claim", None, t.ORDINARY, pk("own_flag"), barred=("rita",)),
    Door("desk:licenses_flag_reopen", None, t.OVERRIDE, lambda w: (w.ritas_decision.flag_id,), fixed(because=REASON)),
    Door("desk:licenses_licenseapplication_stop", None, t.ORDINARY, pk("review"), fixed(**STOP)),
    Door("desk:licenses_licenseapplication_stop", None, t.ORDINARY, pk("ritas_own"), fixed(**STOP), barred=("rita",)),
    Door(
        "desk:licenses_licenseapplication_stop_decide", None, t.ORDINARY, lambda w: (w.to_stop.application_id, w.to_stop.pk),
        fixed(**{"second-agree": "yes", "second-note": REASON}), barred=("rita",),
    ),
    Door("desk:licenses_licenseapplication_concern", None, t.ORDINARY, pk("review"), fixed(**CONCERN)),
    Door("desk:licenses_licenseapplication_concern", None, t.ORDINARY, pk("ritas_own"), fixed(**CONCERN), barred=("rita",)),
    Door("desk:licenses_licenseapplication_note", None, t.ORDINARY, pk("review"), fixed(**{"note-text": REASON})),
    Door("desk:licenses_licenseapplication_unask", None, t.ORDINARY, lambda w: (w.question.application_id, w.question.pk)),
    Door("desk:licenses_licenseapplication_evidence", None, t.PACK, pk("review")),
    Door("desk:licenses_legalhold_set", None, t.HOLD, pk("draft"), fixed(**HELD)),
    Door("desk:licenses_legalhold_ask", None, t.HOLD, pk("hold"), fixed(reason=REASON)),
    Door("desk:licenses_legalhold_release", None, t.RELEASE, pk("ending_hold"), fixed(authority="BIS letter of 5 May 2026")),
    Door("desk:licenses_switch_approve", None, t.ACTIVATE, pk("switch"), barred=("ada",)),
    Door("desk:licenses_switch_withdraw", None, t.IMPORT, pk("switch")),
)  # fmt: skip
"""The desk's own addresses, before those that Django's admin makes for every model."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A model at the desk: who sees its rows, who adds and changes them by a form of the admin; nobody ever deletes."""

    label: str
    look: Act = t.NOBODY
    one: Callable[[World], Any] = lambda _: 1
    add: Act = t.NOBODY
    added: Data = lambda _: {}
    change: Act = t.NOBODY
    changed: Data = lambda _: {}
    listed: Act | None = None

    def doors(self) -> list[Door]:
        """Its six addresses."""
        args: Args = lambda world: (self.one(world),)  # noqa: E731 - shorter than a method of its own
        own = f"desk:{self.label}"
        return [
            Door(f"{own}_changelist", self.listed or self.look),
            Door(f"{own}_add", self.add, self.add, data=self.added),
            Door(f"{own}_change", self.look, self.change, args, self.changed),
            Door(f"{own}_history", self.look, None, args),
            Door(f"{own}_delete", None, None, args, fixed(post="yes")),
        ]


ROLE = {"roles": [RoleName.REVIEWER.value]}
MODELS = (
    Rows(
        "accounts_user", t.ACCOUNTS, lambda w: w.people["otto"].pk,
        t.ACCOUNTS, fixed(email="new@example.com", full_name="New", **ROLE), t.ACCOUNTS, fixed(is_active="on", **ROLE),
    ),
    Rows("accounts_apitoken", t.ACCOUNTS, lambda w: w.token.pk),
    Rows("audit_auditevent", t.LOG, lambda w: w.list_event.pk),
    Rows("screening_controllist", t.LIST_LOG, lambda w: w.list.pk),
    Rows("screening_listversion", t.LIST_LOG, lambda w: w.staged.pk, listed=t.DESK),
    Rows("licenses_flag", t.QUEUE, lambda w: w.critical.pk),
    Rows("licenses_licenseapplication", t.QUEUE, lambda w: w.review.pk),
    Rows("licenses_qualityreview", t.QUEUE, lambda w: w.drawn.pk),
    Rows("licenses_legalhold", t.HOLDS_SEEN, lambda w: w.hold.pk),
    Rows(
        "licenses_switch", t.LIST_LOG, lambda w: w.switch.pk, t.IMPORT,
        lambda _: {**FIELDS, "value": "active", "effective_to": ""},
    ),
)  # fmt: skip
"""Every model of the desk."""
ADMIN = tuple(door for model in MODELS for door in model.doors())
ACTIONS = (
    Door(
        "desk:accounts_apitoken_changelist", t.ACCOUNTS, t.ACCOUNTS,
        data=lambda w: {"action": "revoke", "_selected_action": [w.token.pk]},
    ),
    Door(
        "desk:licenses_flag_changelist", t.QUEUE, t.ORDINARY,
        data=lambda w: {
            "action": "settle_alike", "_selected_action": [w.alike.pk], "reason_code": "DIFFERENT_NAME", "reason": REASON,
        },
    ),
)  # fmt: skip
"""Acts on several rows of a list."""


ELSEWHERE = frozenset(
    (
        *PUBLIC_NAMES,
        *("account_reauthenticate", "account_email", "account_change_password", "account_set_password"),
        *("account_confirm_login_code", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
        # Not an address but the answer to those that do not exist, and Django's redirects to the page of a row.
        *("api_unknown", "desk:"),
    )
)
"""Public pages, and each person's own account (allauth's pages of the password and the second factor): no row of the table speaks
of them. tests/exportcheck/accounts/test_walk.py asks them for a login."""
