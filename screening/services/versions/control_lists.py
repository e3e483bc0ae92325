"""Control lists themselves: made when a code is first imported, from the registry where it knows the code."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import Organization, User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from screening.lists import registry
from screening.lists.registry import BUNDLES, CONTROL_LISTS, HAND_CADENCE
from screening.models import ControlList, ListVersion

CUSTOM_EFFECTS = ("info", "warning", "blocking")
"""What a hit on a custom list can mean; the effects of built-in lists are law."""
OFAC_LISTS = registry.OFAC_LISTS
"""Lists that OFAC publishes: one uid is one entity on all of them, and what touched them is kept longer."""
MIN_REASON = 5
"""Characters of a reason; fewer say nothing."""
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,15}")


def check_code(code: str) -> None:
    """Raises Refused("invalid") unless the code is a built-in one, a bundle or fit for a custom list."""
    if code in CONTROL_LISTS or code in BUNDLES:
        return
    if not _CODE.fullmatch(code):
        raise Refused("invalid", f"{code[:40]!r} is no list code: use up to 16 capital letters, digits, '-' and '_', such as EL.")


def hours(cadence: dt.timedelta) -> int:
    """A cadence as whole hours."""
    return int(cadence.total_seconds() // 3600)


def ensure_list(code: str, name: str = "") -> ControlList:
    """The row of a list, made when it is new; a custom one raises a warning flag until its list admin says otherwise."""
    source = CONTROL_LISTS.get(code)
    if source is None:
        defaults = {"name": name or code, "custom": True, "effect": "warning", "cadence_hours": hours(HAND_CADENCE)}
    else:
        defaults = {
            "name": source.name,
            "publisher": source.publisher,
            "required": source.required,
            "exists_from": source.exists_from,
            "cadence_hours": hours(HAND_CADENCE),
        }
    return ControlList.objects.get_or_create(code=code, defaults=defaults)[0]


def own_list(code: str, organization: Organization) -> ControlList:
    """The row of an organization's own list, made when it is new. Raises Refused("invalid") for a list of a publisher, and
    for one that is everybody's or another organization's already: whom a list is about is never changed afterwards."""
    if code in CONTROL_LISTS or code in BUNDLES:
        raise Refused("invalid", f"{code} is a publisher's list; an organization's own list needs a code of its own.")
    defaults = {"name": code, "custom": True, "effect": "warning", "cadence_hours": hours(HAND_CADENCE)}
    row, _ = ControlList.objects.get_or_create(code=code, defaults={**defaults, "organization": organization})
    if row.organization_id != organization.pk:
        raise Refused("invalid", f"{code} was not made as a list of {organization}; choose another code.")
    return row


def active_of(code: str) -> ListVersion | None:
    """The version of a list that answers now."""
    rows = ListVersion.objects.filter(control_list__code=code, state=ListVersion.State.ACTIVE)
    return rows.select_related("control_list").first()


def lock_list(control_list: ControlList) -> ControlList:
    """The row locked until the transaction ends: one stage or activation a list at a time."""
    return ControlList.objects.select_for_update().get(pk=control_list.pk)


@transaction.atomic
def set_list_options(
    *, actor: User | None, code: str, cadence_hours: int | None, required: bool, effect: str, reason: str, actor_label: str = ""
) -> ControlList:
    """How often a list must be checked (None = never judged), whether answers must not miss it, and what a hit on a custom
    list means. Raises Refused: "not_allowed", "invalid" (no reason, a cadence below one hour, an effect that is none)."""
    if actor is not None and not policy.can_import_lists(actor):
        raise Refused("not_allowed", "Only list admins change a list's options.")
    if len(reason.strip()) < MIN_REASON:
        raise Refused("invalid", "Say in a few words why.")
    if cadence_hours is not None and cadence_hours < 1:
        raise Refused("invalid", "The cadence is at least one hour; leave it empty for a list that is never judged by age.")
    control_list = lock_list(ControlList.objects.get(code=code))
    if effect not in (CUSTOM_EFFECTS if control_list.custom else (control_list.effect,)):
        raise Refused("invalid", f"{effect[:20]!r} is no effect that {code} can have.")
    before = {name: getattr(control_list, name) for name in ("cadence_hours", "required", "effect")}
    control_list.cadence_hours, control_list.required, control_list.effect = cadence_hours, required, effect
    control_list.save(update_fields=tuple(before))
    after = {name: getattr(control_list, name) for name in before}
    record(
        actor=actor,
        actor_label=actor_label,
        action="list.options_changed",
        subject=f"list:{code}",
        body={"list": code, "before": before, "after": after, "reason": reason.strip()},
    )
    return control_list
