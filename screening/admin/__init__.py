"""The list admins' desk: cards of the lists, staging, the difference, its impact, activation by a second person."""

from screening.admin.lists import ControlListAdmin
from screening.admin.versions import ListVersionAdmin

__all__ = ("ControlListAdmin", "ListVersionAdmin")
