"""Where Django's admin looks for this app: the desk itself is the package licenses.desk."""

from licenses.desk.applications import ApplicationAdmin
from licenses.desk.queue import FlagAdmin

__all__ = ("ApplicationAdmin", "FlagAdmin")
