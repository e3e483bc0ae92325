"""The one way a service says no to a person: what went wrong, in plain words that tell what to do next."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

STATUS: Final = {
    "not_allowed": HTTPStatus.FORBIDDEN,  # the person's role or organization does not allow it
    "invalid": HTTPStatus.UNPROCESSABLE_ENTITY,  # a value cannot be used
    "stale": HTTPStatus.CONFLICT,  # what one looked at has changed since
    "taken": HTTPStatus.CONFLICT,  # somebody was faster
    "state": HTTPStatus.CONFLICT,  # not possible in the state the thing is in
}
"""Answer over HTTP for each code; a code that is not here is answered as "invalid" is."""


class Refused(Exception):
    """A service did nothing, and says why.

    code: stable, one of STATUS (callers may branch on it). detail: for the person, with what to do next.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail

    @property
    def status(self) -> HTTPStatus:
        """Status of the HTTP answer."""
        return STATUS.get(self.code, HTTPStatus.UNPROCESSABLE_ENTITY)
