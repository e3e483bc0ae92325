"""Rows of licenses: the application (application.py), its checks (check.py), the review (review.py), what came of it
(filing.py), switches (switches.py), retention (records.py), the quality of decisions (quality.py)."""

from licenses.models.application import TURNS, ApplicationParty, Document, LicenseApplication, LineItem, Reference, Revision
from licenses.models.bulk import BulkJob
from licenses.models.check import CheckReport
from licenses.models.filing import GovernmentOutcome, ShipmentLine
from licenses.models.library import CatalogItem, Contact
from licenses.models.notices import Notice
from licenses.models.quality import QualityReview
from licenses.models.records import LegalHold
from licenses.models.review import RANK_SETTLED, Condition, Flag, FlagDecision, Message, Question, SavedFilter, Shipment, Stop
from licenses.models.switches import Switch

__all__ = (
    "RANK_SETTLED",
    "TURNS",
    "ApplicationParty",
    "BulkJob",
    "CatalogItem",
    "CheckReport",
    "Condition",
    "Contact",
    "Document",
    "Flag",
    "FlagDecision",
    "GovernmentOutcome",
    "LegalHold",
    "LicenseApplication",
    "LineItem",
    "Message",
    "Notice",
    "QualityReview",
    "Question",
    "Reference",
    "Revision",
    "SavedFilter",
    "Shipment",
    "ShipmentLine",
    "Stop",
    "Switch",
)
