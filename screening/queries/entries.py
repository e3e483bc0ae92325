"""Entries of versions, their history, and looking them up."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from screening.lists.search_text import search_words
from screening.models import ListChange, ListEntry, ListVersion
from screening.queries.versions import ON_THE_LINE, State


def entries_of(version: ListVersion) -> QuerySet[ListEntry]:
    """Rows of a version that ever answered, exactly as they stood. A staged version has no rows yet
    (screening.services.versions.version_entries reads it)."""
    rows = ListEntry.objects.filter(control_list_id=version.control_list_id)
    if version.state == State.HISTORY:
        return rows.filter(introduced_in=version)
    if version.state not in ON_THE_LINE:
        return rows.none()
    # A HISTORY row is retired by the version that introduced it, so it never stands between two numbers.
    return rows.filter(introduced_in__number__lte=version.number).filter(
        Q(retired_in__isnull=True) | Q(retired_in__number__gt=version.number)
    )


def entry_history(code: str, uid: str) -> QuerySet[ListEntry]:
    """Every row an entry ever had, newest first."""
    rows = ListEntry.objects.filter(control_list__code=code, uid=uid).select_related(
        "control_list", "introduced_in", "retired_in"
    )
    return rows.order_by("-introduced_in__number")


def search_entries(text: str, code: str = "") -> QuerySet[ListEntry]:
    """Entries of the active versions that hold every word of `text` in a name, alias, address, citation or program."""
    rows = ListEntry.objects.filter(retired_in__isnull=True, control_list__versions__state=State.ACTIVE).select_related(
        "control_list"
    )
    if code:
        rows = rows.filter(control_list__code=code)
    for word in search_words(text):
        rows = rows.filter(search_text__contains=word)
    return rows.order_by("name", "control_list__code", "pk")


def changes_of(version: ListVersion, kind: str) -> QuerySet[ListChange]:
    """Difference of a version to its base, one kind of it, by name."""
    return ListChange.objects.filter(version=version, kind=kind).select_related("before").order_by("name", "pk")
