"""Who may do what: one function per row of the table of roles, and the ten rules below it (docs/roles.md). Deny by default.

Pure checks over the roles of a person and ids of organizations and people: no query but the person's own roles and
membership, nothing of screening or licenses. Each function answers True or False; who calls turns a refusal into 403, or
into 404 where the row is another organization's. What API tokens may do is bounded by their scopes besides
(exportcheck.api.permissions); no desk act is ever open to them, because their person is an exporter (rule 6).

Arguments: `organization_id` is the row's organization, `drafted_by` the id of the person who drafted the application,
`proposed_by` the id of the person whose act is being countersigned.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import DESK_ROLES, RoleName

Person = User | AnonymousUser
"""Whoever makes a request."""


def has_role(user: Person, *roles: RoleName) -> bool:
    """Whether a signed-in, active person holds one of the roles."""
    return isinstance(user, User) and user.has_role(*roles)


def organization_id_of(user: Person) -> int | None:
    """Organization a person works for; None for the desk and for strangers."""
    membership = getattr(user, "membership", None) if isinstance(user, User) else None
    return membership.organization_id if membership else None


def is_member(user: Person, organization_id: int | None) -> bool:
    """Whether the row's organization is the person's own (both known)."""
    return organization_id is not None and organization_id_of(user) == organization_id


def is_exporter_of(user: Person, organization_id: int | None) -> bool:
    """Works as an exporter for just this organization (rule 8: never another one's data)."""
    return has_role(user, RoleName.EXPORTER, RoleName.EXPORTER_ADMIN) and is_member(user, organization_id)


def is_reviewer(user: Person) -> bool:
    """Reviewer or senior reviewer and nothing that must not decide (rules 4 and 5: list admin, auditor, system admin)."""
    barred = has_role(user, RoleName.LIST_ADMIN, RoleName.AUDITOR, RoleName.SYSTEM_ADMIN)
    return has_role(user, RoleName.REVIEWER, RoleName.SENIOR_REVIEWER) and not barred


def is_list_admin(user: Person) -> bool:
    """List admin and nothing that decides or audits (rules 4 and 5)."""
    barred = has_role(user, RoleName.REVIEWER, RoleName.SENIOR_REVIEWER, RoleName.AUDITOR, RoleName.SYSTEM_ADMIN)
    return has_role(user, RoleName.LIST_ADMIN) and not barred


def is_outsider(user: Person, organization_id: int | None, drafted_by: int | None) -> bool:
    """Rule 1: nobody disposes a flag on an application they drafted or of their own organization."""
    return isinstance(user, User) and user.pk != drafted_by and not is_member(user, organization_id)


def can_countersign(user: Person, proposed_by: int | None) -> bool:
    """Four eyes (rules 2 and 3): the second signature is another person's. Nothing proposed: nobody's. Which role it takes
    besides, each act says."""
    return isinstance(user, User) and user.is_active and proposed_by is not None and user.pk != proposed_by


# Row 1: create and edit a draft of one's own organization.
def can_create_draft(user: Person) -> bool:
    """Exporters, for the organization they work for."""
    return is_exporter_of(user, organization_id_of(user))


def can_edit_draft(user: Person, organization_id: int | None) -> bool:
    """Exporters of the draft's organization."""
    return is_exporter_of(user, organization_id)


# Row 2: run a pre-check.
def can_run_precheck(user: Person, organization_id: int | None) -> bool:
    """Exporters of its organization, and reviewers."""
    return is_exporter_of(user, organization_id) or is_reviewer(user)


def can_screen_name(user: Person) -> bool:
    """Screen a single name: whoever may run pre-checks of anything."""
    return is_reviewer(user) or can_create_draft(user)


# Row 3: read applications, see hits.
def can_see_every_organization(user: Person) -> bool:
    """Reviewers and auditors read every application; list admins and system admins see no content (rules 4 and 5)."""
    return is_reviewer(user) or has_role(user, RoleName.AUDITOR)


def can_see_hits(user: Person, organization_id: int | None) -> bool:
    """Exporters of its organization (what a private list says stays hidden from them), reviewers, auditors."""
    return is_exporter_of(user, organization_id) or can_see_every_organization(user)


def can_see_private_reasons(user: Person) -> bool:
    """Reviewer notes, reasons of private lists, rejected candidates, "seen elsewhere": the desk only."""
    return can_see_every_organization(user)


def can_see_queue(user: Person) -> bool:
    """The review queue, its match pages and the desk's page of an application: whoever sees what they show of private lists."""
    return can_see_private_reasons(user)


# Row 4: mark READY, enter the ACN (application control number) or the outcome.
def can_mark_ready(user: Person, organization_id: int | None) -> bool:
    """Exporters of its organization."""
    return is_exporter_of(user, organization_id)


def can_record_outcome(user: Person, organization_id: int | None) -> bool:
    """Exporters of its organization; a senior reviewer may enter the outcome (not the ACN)."""
    return is_exporter_of(user, organization_id) or (is_reviewer(user) and has_role(user, RoleName.SENIOR_REVIEWER))


# Row 5: dispose ordinary flags.
def can_dispose_ordinary(user: Person, organization_id: int | None, drafted_by: int | None) -> bool:
    """Reviewers, on applications that are not their own (rule 1)."""
    return is_reviewer(user) and is_outsider(user, organization_id, drafted_by)


# Row 6: dispose critical flags.
def can_propose_critical(user: Person, organization_id: int | None, drafted_by: int | None) -> bool:
    """A reviewer or senior reviewer proposes; it decides nothing yet (rule 2)."""
    return can_dispose_ordinary(user, organization_id, drafted_by)


def can_countersign_critical(user: Person, organization_id: int | None, drafted_by: int | None, proposed_by: int | None) -> bool:
    """The second person is a senior reviewer and not the one who proposed (rule 2). Nothing proposed: nobody may."""
    senior = has_role(user, RoleName.SENIOR_REVIEWER) and can_dispose_ordinary(user, organization_id, drafted_by)
    return senior and can_countersign(user, proposed_by)


# Row 7: whitelist, override, reopen.
def can_override(user: Person, organization_id: int | None, drafted_by: int | None) -> bool:
    """A senior reviewer does it, with reason and expiry (asked by the service)."""
    return has_role(user, RoleName.SENIOR_REVIEWER) and can_dispose_ordinary(user, organization_id, drafted_by)


def can_simulate_threshold(user: Person) -> bool:
    """Senior reviewers ask what another threshold would have meant; nothing changes by it."""
    return is_reviewer(user) and has_role(user, RoleName.SENIOR_REVIEWER)


# Row 8: import a list, propose a threshold or a dated switch.
def can_import_lists(user: Person) -> bool:
    """List admins stage; nothing answers by it yet."""
    return is_list_admin(user)


def can_propose_switch(user: Person) -> bool:
    """List admins propose thresholds and dated switches. Rule rows change by reviewed commit only."""
    return is_list_admin(user)


# Row 9: activate a list version, a threshold or a switch.
def can_activate(user: Person, proposed_by: int | None) -> bool:
    """A list admin other than who proposed the change (rule 3). Proposed by nobody (a scheduled fetch): any list admin."""
    return is_list_admin(user) and (proposed_by is None or can_countersign(user, proposed_by))


# Row 10: read the audit log, export evidence.
class AuditReach(StrEnum):
    """How much of the audit log somebody reads."""

    NOTHING = "nothing"
    OWN_ORGANIZATION = "own organization"
    QUEUE = "applications of the queue"
    LISTS = "list log"
    EVERYTHING = "everything"
    ENVELOPES = "who did what when, no content"


def audit_reach(user: Person) -> AuditReach:
    """The widest reach of a person's roles."""
    if has_role(user, RoleName.AUDITOR):
        return AuditReach.EVERYTHING
    if is_reviewer(user):
        return AuditReach.QUEUE
    if is_list_admin(user):
        return AuditReach.LISTS
    if has_role(user, RoleName.SYSTEM_ADMIN):
        return AuditReach.ENVELOPES
    return AuditReach.OWN_ORGANIZATION if can_create_draft(user) else AuditReach.NOTHING


def can_read_audit(user: Person, organization_id: int | None) -> bool:
    """Bodies of an organization's events: its exporters, reviewers and auditors. None is the system's own chain: auditors."""
    if organization_id is None:
        return has_role(user, RoleName.AUDITOR)
    return can_see_hits(user, organization_id)


def can_read_list_log(user: Person) -> bool:
    """Events about lists: list admins, reviewers, auditors."""
    return is_list_admin(user) or is_reviewer(user) or has_role(user, RoleName.AUDITOR)


def can_see_switches(user: Person) -> bool:
    """Dated switches and their proposals: whoever reads the list log."""
    return can_read_list_log(user)


def can_export_evidence(user: Person, organization_id: int | None) -> bool:
    """Evidence pack of an application: whoever reads its log."""
    return organization_id is not None and can_read_audit(user, organization_id)


# Row 11: users, roles, keys.
def can_manage_members(user: Person, organization_id: int | None) -> bool:
    """People of an organization: its Exporter admin; a System admin everywhere."""
    own = has_role(user, RoleName.EXPORTER_ADMIN) and is_member(user, organization_id)
    return own or has_role(user, RoleName.SYSTEM_ADMIN)


def can_manage_desk_people(user: Person) -> bool:
    """People of the desk: System admins."""
    return has_role(user, RoleName.SYSTEM_ADMIN)


def can_change_role(user: Person, role: RoleName, person_id: int | None, organization_id: int | None) -> bool:
    """Give or take a role of another person (of `organization_id`, None at the desk). Nobody changes their own roles."""
    if not isinstance(user, User) or user.pk == person_id:
        return False
    if role in DESK_ROLES:
        return organization_id is None and can_manage_desk_people(user)
    return can_manage_members(user, organization_id)


def can_issue_token(user: Person, organization_id: int | None) -> bool:
    """Keys are made by the organization's own Exporter admin: a key reaches content, which a System admin must not."""
    return has_role(user, RoleName.EXPORTER_ADMIN) and is_member(user, organization_id)


def can_revoke_token(user: Person, organization_id: int | None) -> bool:
    """Ending a key is open to a System admin too."""
    return can_manage_members(user, organization_id)


# Row 12: legal hold.
def can_set_hold(user: Person) -> bool:
    """Senior reviewers and auditors."""
    return (is_reviewer(user) and has_role(user, RoleName.SENIOR_REVIEWER)) or has_role(user, RoleName.AUDITOR)


def can_see_holds(user: Person) -> bool:
    """Whoever sees the queue, and who releases holds: a System admin reads subject and papers there, no content."""
    return can_see_queue(user) or has_role(user, RoleName.SYSTEM_ADMIN)


def can_release_hold(user: Person, proposed_by: int | None) -> bool:
    """A System admin with written authority, as second person to the one who asked for the release."""
    return has_role(user, RoleName.SYSTEM_ADMIN) and can_countersign(user, proposed_by)
