"""Named reads of screening."""

from screening.queries.entries import changes_of, entries_of, entry_history, search_entries
from screening.queries.health import freshness, list_cards, progress_of, standing
from screening.queries.matches import (
    clearances_for,
    impact_counts,
    impacts_of,
    matches_newer_than,
    matches_of_subject_prefix,
    open_matches,
    valid_clearances,
)
from screening.queries.versions import (
    EVER_ANSWERED,
    ON_THE_LINE,
    REPLACED_SAMPLE,
    State,
    active_versions,
    free_parts,
    known_lists,
    preview_due,
    required_lists_published_by,
    rescreen_due,
    versions_numbered,
    versions_of,
    versions_on,
)

__all__ = (
    "EVER_ANSWERED",
    "ON_THE_LINE",
    "REPLACED_SAMPLE",
    "State",
    "active_versions",
    "changes_of",
    "clearances_for",
    "entries_of",
    "entry_history",
    "free_parts",
    "freshness",
    "impact_counts",
    "impacts_of",
    "known_lists",
    "list_cards",
    "matches_newer_than",
    "matches_of_subject_prefix",
    "open_matches",
    "preview_due",
    "progress_of",
    "required_lists_published_by",
    "rescreen_due",
    "search_entries",
    "standing",
    "valid_clearances",
    "versions_numbered",
    "versions_of",
    "versions_on",
)
