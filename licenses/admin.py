"""Where Django's admin looks for this app: the desk itself is the package licenses.desk."""

from licenses.desk.applications import ApplicationAdmin
from licenses.desk.holds import HoldAdmin
from licenses.desk.quality import QualityReviewAdmin
from licenses.desk.queue import FlagAdmin
from licenses.desk.switches import SwitchAdmin

__all__ = ("ApplicationAdmin", "FlagAdmin", "HoldAdmin", "QualityReviewAdmin", "SwitchAdmin")
