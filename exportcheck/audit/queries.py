"""Named reads of the audit log (15 CFR 762.5(c): by party name, country or document number)."""

from __future__ import annotations

import json

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from exportcheck.accounts.models import Organization, User
from exportcheck.accounts.policy import AuditReach, audit_reach, organization_id_of
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.services import SYSTEM

LIST_ACTIONS = "list."
"""Actions about lists begin with this."""


def newest_first() -> QuerySet[AuditEvent]:
    """Every event with its actor, the newest first."""
    return AuditEvent.objects.select_related("actor").order_by("-at", "-pk")


def for_organization(organization: Organization | None) -> QuerySet[AuditEvent]:
    """Chain of an organization, None = the system's own, newest first."""
    chain = SYSTEM if organization is None else f"org:{organization.pk}"
    return newest_first().filter(chain=chain)


def for_subject(subject: str) -> QuerySet[AuditEvent]:
    """What happened to one thing ("application:EX-2026-00017"), newest first."""
    return newest_first().filter(subject=subject)


def within_reach(user: User) -> QuerySet[AuditEvent]:
    """Events a person may see at all (exportcheck.accounts.policy); who sees envelopes only is told by `audit_reach`."""
    reach = audit_reach(user)
    events = newest_first()
    if reach in (AuditReach.EVERYTHING, AuditReach.ENVELOPES):
        return events
    if reach is AuditReach.QUEUE:
        return events.filter(Q(chain__startswith="org:") | Q(action__startswith=LIST_ACTIONS))
    if reach is AuditReach.LISTS:
        return events.filter(action__startswith=LIST_ACTIONS)
    if reach is AuditReach.OWN_ORGANIZATION:
        return events.filter(chain=f"org:{organization_id_of(user)}")
    return events.none()


def mentioning(events: QuerySet[AuditEvent], text: str) -> QuerySet[AuditEvent]:
    """Those of the events whose subject or body holds the text: a party's name, a country code, a document number.

    Every word must be found, in any case. An unindexed scan: for search pages of people, not for programs.
    """
    found = events.annotate(body_text=Cast("body", TextField()))
    for word in text.split():
        wanted = Q(subject__icontains=word) | Q(actor_label__icontains=word)
        for spelling in spellings(word):
            wanted |= Q(body_text__icontains=spelling)
        found = found.filter(wanted)
    return found


def spellings(word: str) -> set[str]:
    """How a word may stand in a stored body: SQLite keeps letters beyond ASCII as JSON escapes, which know no upper case."""
    if word.isascii():
        return {word}
    typed = {word, word.lower(), word.upper(), word.capitalize()}
    return typed | {json.dumps(form)[1:-1] for form in typed}
