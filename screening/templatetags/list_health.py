"""How the lists stand, as a tag: the desk's first page need not know what a list is."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import template
from django.template import Context

from exportcheck.accounts import policy
from screening import queries
from screening.lists.freshness import Freshness

register = template.Library()


@register.inclusion_tag("admin/screening/_health.html", takes_context=True)
def list_health(context: Context) -> dict[str, Any]:
    """Lists that want somebody's attention by name, the others counted; nothing for people who do not read about lists."""
    if not policy.can_read_list_log(context["request"].user):
        return {"shown": False}
    rows = queries.freshness()
    counted = Counter(row["state"] for row in rows)
    wanting = [row for row in rows if row["state"] not in (Freshness.CURRENT, Freshness.DUE) or row["staged"]]
    return {
        "shown": True,
        "none": not any(row["version"] for row in rows),
        "fine": counted[Freshness.CURRENT] + counted[Freshness.DUE],
        "wanting": wanting,
        "engine": queries.engine_progress(),
    }
