"""The dashboard as a tag, so that the admin site's own index need not know what the desk shows."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from licenses.desk.dashboard import dashboard

register = template.Library()


@register.inclusion_tag("admin/licenses/dashboard.html", takes_context=True)
def desk_dashboard(context: Context) -> dict[str, Any]:
    """Figures for people who see the queue; nothing for list admins and system admins."""
    user = context["request"].user
    if not isinstance(user, User) or not policy.can_see_queue(user):
        return {"shown": False}
    return {"shown": True, "user": user, **dashboard(user, timezone.now())}
