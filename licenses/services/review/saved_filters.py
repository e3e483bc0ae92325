"""Views of the queue that a person keeps under a name. They choose what is shown, nothing else; so they leave no audit event."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import SavedFilter

MAX_SAVED_FILTERS = 30
"""More names than fit beside the queue are no help."""
MAX_QUERY_CHARS = 1_000
NOT_KEPT = frozenset(("p", "_changelist_filters", "_facets", "e"))
"""Parts of an address that are a place in the list or an error, not a choice."""


@transaction.atomic
def save_filter(*, actor: User, name: str, query: str) -> SavedFilter:
    """Keep a query string under a name; a name used before is replaced. Raises Refused: "not_allowed", "invalid"."""
    if not policy.can_see_private_reasons(actor):
        raise Refused("not_allowed", "People of the review desk keep views of the queue.")
    title = " ".join(name.split())
    if not 1 <= len(title) <= 60:
        raise Refused("invalid", "Give the view a name of at most 60 characters.")
    kept = urlencode([(key, value) for key, value in parse_qsl(query.lstrip("?")) if key not in NOT_KEPT])
    if len(kept) > MAX_QUERY_CHARS:
        raise Refused("invalid", "This view is too long to keep; use fewer filters.")
    mine = SavedFilter.objects.filter(user=actor)
    if mine.exclude(name=title).count() >= MAX_SAVED_FILTERS:
        raise Refused("invalid", f"You keep {MAX_SAVED_FILTERS} views already; remove one first.")
    saved, _ = SavedFilter.objects.update_or_create(user=actor, name=title, defaults={"query": kept})
    return saved


@transaction.atomic
def remove_filter(*, actor: User, filter_id: int) -> None:
    """Forget a view of one's own; another person's stays where it is."""
    SavedFilter.objects.filter(pk=filter_id, user=actor).delete()
