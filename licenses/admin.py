"""Where Django's admin looks for this app: the desk itself is the package licenses.desk."""

from licenses.desk.application_admin import ApplicationAdmin
from licenses.desk.flag_admin import FlagAdmin
from licenses.desk.holds import HoldAdmin
from licenses.desk.quality_review_admin import QualityReviewAdmin
from licenses.desk.switches import SwitchAdmin

__all__ = ("ApplicationAdmin", "FlagAdmin", "HoldAdmin", "QualityReviewAdmin", "SwitchAdmin")
