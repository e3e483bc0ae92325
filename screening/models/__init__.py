"""Rows of screening: lists and their versions (lists.py), parties and what was found about them (parties.py)."""

from screening.models.lists import ControlList, ListChange, ListEntry, ListSource, ListVersion, RefusedFile, RescreenPart
from screening.models.parties import (
    FREEING,
    LEAVING_OPEN,
    Clearance,
    EngineRescreen,
    ImpactPreview,
    Match,
    Resolution,
    ScreenedParty,
    ScreeningRun,
)

__all__ = (
    "FREEING",
    "LEAVING_OPEN",
    "Clearance",
    "ControlList",
    "EngineRescreen",
    "ImpactPreview",
    "ListChange",
    "ListEntry",
    "ListSource",
    "ListVersion",
    "Match",
    "RefusedFile",
    "RescreenPart",
    "Resolution",
    "ScreenedParty",
    "ScreeningRun",
)
